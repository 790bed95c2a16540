//! The check that turns the text of a city document into a [`City`].
//!
//! Each row is read by itself, so that ten wrong rows are ten problems with ten line numbers and not one.

mod cards;
mod places;
mod plain;
mod review;
mod routing;

use super::{
    City, CityProblem,
    document::{
        ACKNOWLEDGE_S_MAX, Agency, CITY_TEXT_BYTES_MAX, District, IncidentType, Landmark, Letterhead, Neighbour,
        RouteRow, Village, Webhook,
    },
    names::Names,
};
use crate::{
    phone::{Caller, Number},
    places::Gazetteer,
};
use cards::check_cards;
use jiff::tz::TimeZone;
use places::{Area, check_areas, check_places};
use review::check_review;
use routing::check_routing;
use serde::{Deserialize, de::DeserializeOwned};
use std::sync::Arc;
use toml::Spanned;

type Row = Spanned<toml::Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    key: String,
    name: String,
    zone: String,
    zone_label: String,
    #[serde(default)]
    seat_hour_rupiah: Option<u64>,
    #[serde(default)]
    letterhead: Letterhead,
    districts: Vec<Row>,
    villages: Vec<Row>,
    #[serde(default)]
    landmarks: Vec<Row>,
    #[serde(default)]
    neighbourhoods: Vec<Row>,
    #[serde(default)]
    streets: Vec<Row>,
    #[serde(default)]
    province: Option<String>,
    #[serde(default)]
    neighbours: Vec<Row>,
    incident_types: Vec<Row>,
    agencies: Vec<Row>,
    #[serde(default)]
    routing: Vec<Row>,
    #[serde(default)]
    cards: Vec<Row>,
    #[serde(default)]
    review_items: Vec<Row>,
    /// Numbers that the network puts in for many telephones.
    #[serde(default)]
    shared_numbers: Vec<String>,
    /// Where messages to callers go: the city's SMS or WhatsApp gateway.
    #[serde(default)]
    message_gateway: Option<Webhook>,
}

/// A row with the line it starts on.
type Lined<T> = Vec<(u32, T)>;

struct Check<'t> {
    text: &'t str,
    problems: Vec<CityProblem>,
}

impl Check<'_> {
    fn line(&self, offset: usize) -> u32 {
        let before = self.text.get(..offset).unwrap_or(self.text);
        u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
    }

    fn tell(
        &mut self,
        line: Option<u32>,
        place: impl Into<String>,
        what: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.problems.push(CityProblem { line, place: place.into(), what: what.into(), expected: expected.into() });
    }

    fn rows<T: DeserializeOwned>(&mut self, name: &str, rows: Vec<Row>, expected: &str) -> Lined<T> {
        let mut read = Vec::with_capacity(rows.len());
        for (index, row) in rows.into_iter().enumerate() {
            let line = self.line(row.span().start);
            self.plain(line, &format!("{name}[{index}]"), row.get_ref());
            match row.into_inner().try_into::<T>() {
                Ok(value) => read.push((line, value)),
                Err(error) => self.tell(Some(line), format!("{name}[{index}]"), error.message(), expected),
            }
        }
        read
    }

    /// Keys are lower-case words: they stand in addresses, ledgers and figures for ever.
    fn key(&mut self, line: Option<u32>, place: &str, key: &str) {
        let fits = !key.is_empty()
            && key.len() <= 40
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits {
            self.tell(line, place, format!("kunci \"{key}\""), "huruf kecil a-z, angka dan garis bawah, 1 sampai 40");
        }
    }

    /// Telephone numbers in any of the usual writings.
    fn numbers(&mut self, line: Option<u32>, place: &str, texts: &[String]) -> Vec<Number> {
        let mut read = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            match Caller::read(text) {
                Caller::Known(number) => read.push(number),
                Caller::Withheld | Caller::Unreadable => self.tell(
                    line,
                    format!("{place}[{index}]"),
                    "bukan nomor telepon",
                    "nomor seperti di layar telepon, misalnya 0254-2xxxxx atau +62...",
                ),
            }
        }
        read
    }

    fn webhook(&mut self, line: Option<u32>, place: &str, webhook: &Webhook) {
        if !webhook.url.starts_with("https://") && !webhook.url.starts_with("http://") {
            let what = format!("\"{}\"", webhook.url);
            self.tell(line, format!("{place}.url"), what, "alamat http:// atau https://");
        }
        if webhook.secret.len() < 16 {
            self.tell(line, format!("{place}.secret"), "terlalu pendek", "paling sedikit 16 karakter acak");
        }
    }

    fn point(&mut self, line: u32, place: &str, lat: f64, lng: f64) {
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lng) {
            self.tell(Some(line), place, format!("titik {lat}, {lng}"), "lat -90..90 dan lng -180..180 (derajat)");
        }
    }
}

pub(super) fn read(text: &str) -> Result<City, Vec<CityProblem>> {
    let mut check = Check { text, problems: Vec::new() };
    if text.len() > CITY_TEXT_BYTES_MAX {
        check.tell(
            None,
            "dokumen",
            format!("{} bait", text.len()),
            format!("paling banyak {CITY_TEXT_BYTES_MAX} bait"),
        );
        return Err(check.problems);
    }
    let document: Document = match toml::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let line = error.span().map(|span| check.line(span.start));
            check.tell(
                line,
                "dokumen",
                error.message(),
                "TOML dengan isian key, name, zone, zone_label, letterhead?, districts, villages, incident_types, agencies, routing, cards?, review_items?",
            );
            return Err(check.problems);
        }
    };
    let time_zone = TimeZone::get(&document.zone).unwrap_or_else(|_| {
        check.tell(None, "zone", format!("zona \"{}\"", document.zone), "nama zona IANA, misalnya \"Asia/Jakarta\"");
        TimeZone::UTC
    });
    check.key(None, "key", &document.key);
    if document.name.trim().is_empty() {
        check.tell(None, "name", "kosong", "nama kota seperti di layar");
    }
    check.plain_words("name", [document.name.as_str(), &document.zone_label]);
    check.plain_words("province", document.province.as_deref());
    check.plain_words(
        "letterhead",
        document.letterhead.lines.iter().chain(&document.letterhead.place).map(String::as_str),
    );
    let districts: Lined<District> = check.rows("districts", document.districts, "{ code, name }");
    let villages: Lined<Village> = check.rows("villages", document.villages, "{ code, name, lat, lng, aliases? }");
    let landmarks: Lined<Landmark> =
        check.rows("landmarks", document.landmarks, "{ name, village? | district?, lat?, lng?, aliases? }");
    let neighbourhoods: Lined<Landmark> =
        check.rows("neighbourhoods", document.neighbourhoods, "{ name, village? | district?, lat?, lng?, aliases? }");
    let streets: Lined<Landmark> =
        check.rows("streets", document.streets, "{ name, village? | district?, lat?, lng?, aliases? }");
    let neighbours: Lined<Neighbour> =
        check.rows("neighbours", document.neighbours, "{ name, aliases?, districts?, landmarks? }");
    let types: Lined<IncidentType> = check.rows(
        "incident_types",
        document.incident_types,
        "{ key, short, label, code?, acknowledge_s?, families?, same_for_min?, aliases? }",
    );
    let agencies: Lined<Agency> = check.rows(
        "agencies",
        document.agencies,
        "{ key, label, name, kind? = \"agency\" | \"neighbour\", aliases?, numbers?, shares? = [\"landmark\", \"village\", \"address\", \"rt_rw\", \"pin\", \"situation\", \"victims\", \"reporter_name\", \"reporter_number\", \"notes\"], webhook? = { url, secret } }",
    );
    let routing: Lined<RouteRow> = check.rows(
        "routing",
        document.routing,
        "type, village? | district?, hours? = \"8-16\", agencies = [{ agency, reason }]",
    );

    check_areas(&mut check, &districts, &villages);
    for (list, rows, area) in [
        ("landmarks", &landmarks, Area::Needed),
        ("neighbourhoods", &neighbourhoods, Area::Needed),
        ("streets", &streets, Area::Optional),
    ] {
        check_places(&mut check, (list, area), rows, &districts, &villages);
    }
    let type_names = check_types(&mut check, &types);
    let agency_names = check_agencies(&mut check, &agencies);
    check_routing(&mut check, &routing, &types, &agencies, &villages, &districts);
    let cards = check_cards(&mut check, document.cards, &types);
    let review_form = check_review(&mut check, document.review_items);

    let shared_numbers = check.numbers(None, "shared_numbers", &document.shared_numbers);
    let mut agency_numbers = Vec::new();
    for (index, (line, one)) in agencies.iter().enumerate() {
        let numbers = check.numbers(Some(*line), &format!("agencies[{index}].numbers"), &one.numbers);
        agency_numbers.extend(numbers.into_iter().map(|number| (number, index)));
    }

    if let Some(gateway) = &document.message_gateway {
        check.webhook(None, "message_gateway", gateway);
    }
    if !check.problems.is_empty() {
        check.problems.sort_by_key(|problem| problem.line.unwrap_or(0));
        return Err(check.problems);
    }
    let mut city = City {
        message_gateway: document.message_gateway,
        key: document.key,
        name: document.name,
        zone: document.zone,
        zone_label: document.zone_label,
        seat_hour_rupiah: document.seat_hour_rupiah,
        letterhead: document.letterhead,
        districts: bare(districts),
        villages: bare(villages),
        landmarks: bare(landmarks),
        neighbourhoods: bare(neighbourhoods),
        streets: bare(streets),
        province: document.province,
        neighbours: bare(neighbours),
        incident_types: bare(types),
        agencies: bare(agencies),
        routing: bare(routing),
        cards,
        review_form,
        shared_numbers,
        agency_numbers,
        time_zone,
        type_names,
        agency_names,
        gazetteer: Arc::default(),
        imported: Arc::from([]),
        boundaries: Arc::default(),
    };
    city.gazetteer = Arc::new(Gazetteer::of(&city, &[]));
    Ok(city)
}

fn bare<T>(rows: Lined<T>) -> Vec<T> {
    rows.into_iter().map(|(_, row)| row).collect()
}

fn check_types(check: &mut Check<'_>, types: &Lined<IncidentType>) -> Names {
    let mut names = Names::default();
    for (index, (line, one)) in types.iter().enumerate() {
        let place = format!("incident_types[{index}]");
        check.key(Some(*line), &format!("{place}.key"), &one.key);
        if one.short.len() != 2 || !one.short.bytes().all(|b| b.is_ascii_uppercase()) {
            check.tell(
                Some(*line),
                format!("{place}.short"),
                format!("\"{}\"", one.short),
                "dua huruf besar, misalnya \"KB\"",
            );
        }
        if !(1..=ACKNOWLEDGE_S_MAX).contains(&one.acknowledge_s) {
            check.tell(
                Some(*line),
                format!("{place}.acknowledge_s"),
                one.acknowledge_s.to_string(),
                format!("1 sampai {ACKNOWLEDGE_S_MAX} detik"),
            );
        }
        let spellings =
            [one.key.as_str(), &one.short, &one.label].into_iter().chain(one.aliases.iter().map(String::as_str));
        for taken in names.add(&one.label, spellings) {
            check.tell(
                Some(*line),
                place.clone(),
                format!("nama \"{taken}\" sudah dipakai jenis lain"),
                "tiap nama untuk satu jenis saja",
            );
        }
    }
    if types.is_empty() {
        check.tell(None, "incident_types", "kosong", "paling sedikit satu jenis");
    }
    names
}

fn check_agencies(check: &mut Check<'_>, agencies: &Lined<Agency>) -> Names {
    let mut names = Names::default();
    for (index, (line, one)) in agencies.iter().enumerate() {
        let place = format!("agencies[{index}]");
        check.key(Some(*line), &format!("{place}.key"), &one.key);
        if let Some(webhook) = &one.webhook {
            check.webhook(Some(*line), &format!("{place}.webhook"), webhook);
        }
        let spellings =
            [one.key.as_str(), &one.label, &one.name].into_iter().chain(one.aliases.iter().map(String::as_str));
        for taken in names.add(&one.label, spellings) {
            check.tell(
                Some(*line),
                place.clone(),
                format!("nama \"{taken}\" sudah dipakai instansi lain"),
                "tiap nama untuk satu instansi saja",
            );
        }
    }
    if agencies.is_empty() {
        check.tell(None, "agencies", "kosong", "paling sedikit satu instansi");
    }
    names
}
