//! OpenStreetMap's own XML (`.osm`): nodes first, ways by their nodes. Relations are areas that ways draw as well.

use super::{Taken, aliases_of_tags, kind_of_tags};
use crate::places::Known;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::HashMap;

/// What is open between a start and its end.
struct Thing {
    at: String,
    point: Option<(f64, f64)>,
    nodes: Vec<i64>,
    tags: Vec<(String, String)>,
}

pub(super) fn read(text: &str, taken: &mut Taken<'_>) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    let mut nodes: HashMap<i64, (f64, f64)> = HashMap::new();
    let mut open: Option<Thing> = None;
    let mut is_osm = false;
    loop {
        let line =
            |at: u64| text.as_bytes()[..(at as usize).min(text.len())].iter().filter(|b| **b == b'\n').count() + 1;
        let event = reader.read_event().map_err(|_| format!("XML rusak di baris {}", line(reader.error_position())))?;
        match event {
            Event::Start(start) | Event::Empty(start) if start.name().as_ref() == b"osm" => is_osm = true,
            Event::Start(start) if matches!(start.name().as_ref(), b"node" | b"way") => {
                open = Some(thing(&start, &mut nodes))
            }
            Event::Empty(start) if start.name().as_ref() == b"node" => drop(thing(&start, &mut nodes)),
            Event::Empty(start) | Event::Start(start) => {
                if let Some(open) = &mut open {
                    match start.name().as_ref() {
                        b"nd" => open.nodes.extend(attribute(&start, "ref").and_then(|id| id.parse::<i64>().ok())),
                        b"tag" => open.tags.extend(attribute(&start, "k").zip(attribute(&start, "v"))),
                        _ => {}
                    }
                }
            }
            Event::End(end) if matches!(end.name().as_ref(), b"node" | b"way") => {
                if let Some(open) = open.take() {
                    close(open, &nodes, taken)?;
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if is_osm { Ok(()) } else { Err("XML ini bukan berkas OpenStreetMap (.osm)".to_owned()) }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = start.try_get_attribute(name).ok().flatten()?;
    let text = String::from_utf8_lossy(&value.value).into_owned();
    quick_xml::escape::unescape(&text).map(std::borrow::Cow::into_owned).ok()
}

fn thing(start: &BytesStart<'_>, nodes: &mut HashMap<i64, (f64, f64)>) -> Thing {
    let id = attribute(start, "id").unwrap_or_default();
    let degrees = |name: &str, most: f64| {
        attribute(start, name).and_then(|text| text.parse::<f64>().ok()).filter(|degrees| degrees.abs() <= most)
    };
    let point = degrees("lat", 90.0).zip(degrees("lon", 180.0));
    if let Some((id, point)) = id.parse().ok().zip(point) {
        nodes.insert(id, point);
    }
    let kind = String::from_utf8_lossy(start.name().as_ref()).into_owned();
    Thing { at: format!("{kind} {id}"), point, nodes: Vec::new(), tags: Vec::new() }
}

/// Nodes and ways without a name are what the others are drawn of: nobody needs to hear of each.
fn close(thing: Thing, nodes: &HashMap<i64, (f64, f64)>, taken: &mut Taken<'_>) -> Result<(), String> {
    let tag = |key: &str| thing.tags.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let Some(name) = tag("name") else { return Ok(()) };
    let Some(kind) = kind_of_tags(tag) else {
        taken.skip(thing.at.clone(), name, "bukan jalan, permukiman, atau patokan");
        return Ok(());
    };
    let of_way = || thing.nodes.get(thing.nodes.len() / 2).and_then(|id| nodes.get(id)).copied();
    let Some(point) = thing.point.or_else(of_way) else {
        taken.skip(thing.at.clone(), name, "titiknya tidak ada di dalam berkas");
        return Ok(());
    };
    taken.add(thing.at.clone(), Known { aliases: aliases_of_tags(tag), point: Some(point), ..Known::new(kind, name) })
}
