//! Where the caller is, when the trunk says it: a PIDF-LO (RFC 4119) in the INVITE's own body, named by `cid:` in its
//! Geolocation header (RFC 6442). Point and circle in WGS 84 (RFC 5491 5.2.1, 5.2.2); what is anything else, broken or
//! hostile is no position. Nothing here fails a call, and nothing is fetched.

use super::body::multipart;
use quick_xml::{Reader, events::Event};
use siaga_core::desk::Position;

const KIND: &str = "application/pidf+xml";
/// A location of a telephone is below 2 kB; more is not read.
const BYTES_MAX: usize = 16_384;
/// A PIDF-LO nests about ten deep.
const DEPTH_MAX: usize = 32;
/// Elements and texts of a document; a PIDF-LO has about fifty.
const EVENTS_MAX: usize = 2_000;
/// Names of WGS 84, latitude first, in two and in three dimensions (RFC 5491 5.1); the older spelling is met too.
const WGS84: [&str; 3] = ["urn:ogc:def:crs:epsg::4326", "urn:ogc:def:crs:epsg::4979", "urn:ogc:def:crs:epsg:6.6:4326"];
/// The unit of a radius: metres (RFC 5491 5.2.2).
const METRE: &str = "urn:ogc:def:uom:epsg::9001";
/// Half the way round the earth: a circle that says nothing.
const RADIUS_M_MAX: f64 = 20_000_000.0;

/// The position that an INVITE carries. The part that Geolocation names goes first; a trunk that forgets the header is
/// believed too.
pub fn position(headers: &[(&str, &str)], body: &[u8]) -> Option<Position> {
    let values = |wanted: &'static str| {
        headers.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    };
    let kind = values("Content-Type").chain(values("c")).next().unwrap_or_default();
    let parts = multipart(kind, body);
    let named = |id: &str| {
        !id.is_empty()
            && values("Geolocation")
                .any(|value| value.to_ascii_lowercase().contains(&format!("cid:{}>", id.to_ascii_lowercase())))
    };
    let (first, rest): (Vec<_>, Vec<_>) = parts.iter().filter(|part| part.is(KIND)).partition(|part| named(&part.id));
    first.into_iter().chain(rest).find_map(|part| read(part.body))
}

/// What an open element is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Shape(Shape),
    /// `gml:pos`, and whether it is in WGS 84.
    Place,
    Radius,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Point,
    Circle,
}

/// The first point or circle of the document (RFC 5491 3.3: the first is the one to use).
fn read(xml: &[u8]) -> Option<Position> {
    if xml.len() > BYTES_MAX {
        return None;
    }
    let mut reader = Reader::from_reader(xml);
    let mut open: Vec<Element> = Vec::new();
    let (mut shape, mut place, mut radius_m) = (None, None, None);
    for _ in 0..EVENTS_MAX {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let attribute = |name: &str| {
                    let value = tag.try_get_attribute(name).ok().flatten()?;
                    Some(String::from_utf8_lossy(&value.value).to_ascii_lowercase())
                };
                let element = match tag.local_name().as_ref() {
                    b"Point" => Element::Shape(Shape::Point),
                    b"Circle" => Element::Shape(Shape::Circle),
                    b"pos" => Element::Place,
                    b"radius" if attribute("uom").is_none_or(|unit| unit == METRE) => Element::Radius,
                    _ => Element::Other,
                };
                if let Element::Shape(found) = element {
                    let known = attribute("srsName").is_none_or(|name| WGS84.contains(&name.as_str()));
                    (shape, place, radius_m) = (known.then_some(found), None, None);
                }
                open.push(element);
                if open.len() > DEPTH_MAX {
                    return None;
                }
            }
            Event::End(_) => {
                if let (Element::Shape(ended), Some((latitude, longitude))) = (open.pop()?, place)
                    && shape == Some(ended)
                {
                    let radius_m = if ended == Shape::Circle { radius_m? } else { 0.0 };
                    return Some(Position { latitude, longitude, radius_m });
                }
            }
            Event::Text(text) => {
                let text = text.decode().ok()?;
                match open.last() {
                    Some(Element::Place) => place = Some(coordinates(&text)?),
                    Some(Element::Radius) => radius_m = Some(length(&text)?),
                    _ => {}
                }
            }
            // No entities: what defines or uses them is not read on.
            Event::DocType(_) | Event::GeneralRef(_) | Event::Eof => return None,
            Event::Empty(_) | Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    None
}

/// Latitude and longitude in degrees; a height may follow.
fn coordinates(text: &str) -> Option<(f64, f64)> {
    let mut numbers = text.split_ascii_whitespace().map(str::parse::<f64>);
    let (latitude, longitude) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let right = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    right.then_some((latitude, longitude))
}

fn length(text: &str) -> Option<f64> {
    let metres = text.trim().parse::<f64>().ok()?;
    (0.0..=RADIUS_M_MAX).contains(&metres).then_some(metres)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(shape: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:gp=\"urn:ietf:params:xml:ns:pidf:geopriv10\" \
             xmlns:gml=\"http://www.opengis.net/gml\" xmlns:gs=\"http://www.opengis.net/pidflo/1.0\" entity=\"pres:x\"><tuple id=\"a\"><status>\
             <gp:geopriv><gp:location-info>{shape}</gp:location-info><gp:usage-rules/></gp:geopriv></status></tuple></presence>"
        )
    }

    fn circle(place: &str, radius: &str) -> String {
        document(&format!(
            "<gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>{place}</gml:pos>\
             <gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">{radius}</gs:radius></gs:Circle>"
        ))
    }

    #[test]
    fn points_and_circles_are_read_and_all_else_is_no_position() {
        let at = |latitude, longitude, radius_m| Some(Position { latitude, longitude, radius_m });
        let point = |attributes: &str, place: &str| {
            document(&format!("<gml:Point {attributes}>\n  <gml:pos>\n{place} </gml:pos></gml:Point>"))
        };
        let deep = document(&"<a>".repeat(200));
        let rows: Vec<(&str, String, Option<Position>)> = vec![
            ("circle", circle("-6.1149 106.1502", "850.5"), at(-6.1149, 106.1502, 850.5)),
            ("point", point("srsName=\"urn:ogc:def:crs:EPSG::4326\"", "-6.12 106.15"), at(-6.12, 106.15, 0.0)),
            ("with height", point("srsName=\"urn:ogc:def:crs:EPSG::4979\"", "-6.12 106.15 30"), at(-6.12, 106.15, 0.0)),
            ("no system named", point("", "-6.12 106.15"), at(-6.12, 106.15, 0.0)),
            ("another system", point("srsName=\"urn:ogc:def:crs:EPSG::3857\"", "-6.12 106.15"), None),
            ("longitude first", circle("106.1502 -6.1149", "10"), None),
            ("not a number", circle("NaN NaN", "10"), None),
            ("endless", circle("-6.1 106.1", "inf"), None),
            ("less than nothing", circle("-6.1 106.1", "-5"), None),
            ("no radius", circle("-6.1 106.1", "").replace("gs:radius", "gs:other"), None),
            ("feet", circle("-6.1 106.1", "10").replace("EPSG::9001", "EPSG::9002"), None),
            ("one number", circle("-6.1", "10"), None),
            ("civic address", document("<ca:civicAddress><ca:country>ID</ca:country></ca:civicAddress>"), None),
            ("cut off", circle("-6.1 106.1", "10")[..400].to_string(), None),
            ("deep", deep, None),
            ("large", circle("-6.1 106.1", &" ".repeat(20_000)), None),
            ("entities", format!("<!DOCTYPE a [<!ENTITY x \"1\">]>{}", circle("&x; &x;", "&x;")), None),
            ("an entity without a definition", circle("&x; 106.1", "10"), None),
            ("no XML", "-6.1 106.1".into(), None),
            ("nothing", String::new(), None),
        ];
        for (name, xml, expected) in rows {
            assert_eq!(read(xml.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn the_named_part_goes_first() {
        let body = format!(
            "--b\r\nContent-Type: application/pidf+xml\r\nContent-ID: <other@x>\r\n\r\n{}\r\n\
             --b\r\nContent-Type: application/pidf+xml;charset=utf-8\r\nContent-ID: <Here@x>\r\n\r\n{}\r\n--b--\r\n",
            circle("-1 101", "1"),
            circle("-2 102", "2")
        );
        let kind = ("Content-Type", "multipart/mixed; boundary=b");
        let found = |geolocation| position(&[kind, ("Geolocation", geolocation)], body.as_bytes()).map(|p| p.latitude);
        assert_eq!(found("<cid:here@x>;inserted-by=\"a\""), Some(-2.0));
        assert_eq!(found("<https://lis.example/x>, <cid:here@x>"), Some(-2.0));
        assert_eq!(found("<cid:gone@x>"), Some(-1.0), "carried, if not named");
        assert_eq!(position(&[kind], body.as_bytes()).map(|p| p.latitude), Some(-1.0));
        assert_eq!(position(&[("Content-Type", "application/pidf+xml")], body.as_bytes()), None);
    }
}
