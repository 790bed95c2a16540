//! What happens in the storm, and what callers and call-takers make of it: every share here is an assumption, chosen to
//! be worse than a good night.

use super::{CALLS, EVENTS, UNRELATED};
use crate::city::Dice;
use siaga_core::{
    city::{City, Village},
    view::incident::IntakeFields,
};

/// Types of the events, with how often.
const EVENT_TYPES: [(&str, f64); 6] = [
    ("fallen_tree", 3.0),
    ("flood", 3.0),
    ("electrical", 2.0),
    ("fire", 2.0),
    ("traffic_accident", 1.0),
    ("disaster", 1.0),
];
const OTHER_TYPES: [&str; 10] = [
    "ambulance",
    "traffic_accident",
    "animal",
    "crime",
    "public_order",
    "fallen_tree",
    "fire",
    "gas_leak",
    "electrical",
    "traffic",
];
/// What a type is taken for.
const TAKEN_FOR: [(&str, [&str; 2]); 8] = [
    ("fire", ["electrical", "gas_leak"]),
    ("electrical", ["fire", "fallen_tree"]),
    ("fallen_tree", ["disaster", "electrical"]),
    ("flood", ["disaster", "fallen_tree"]),
    ("disaster", ["fallen_tree", "flood"]),
    ("traffic_accident", ["ambulance", "traffic"]),
    ("ambulance", ["traffic_accident", "suicide"]),
    ("gas_leak", ["fire", "electrical"]),
];
const PLACES: [&str; 12] = [
    "masjid",
    "mushola",
    "warung",
    "SDN",
    "pasar",
    "bengkel",
    "toko",
    "puskesmas",
    "perumahan",
    "jembatan",
    "lapangan",
    "pos ronda",
];
const NAMES: [&str; 48] = [
    "Ikhlas",
    "Hidayah",
    "Mawar",
    "Melati",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Flamboyan",
    "Sejahtera",
    "Makmur",
    "Barokah",
    "Berkah",
    "Muhajirin",
    "Taqwa",
    "Nurul Iman",
    "Sukajadi",
    "Sukamaju",
    "Karang Tengah",
    "Pasir Indah",
    "Griya Permata",
    "Bumi Asri",
    "Ciwaru",
    "Cilampang",
    "Kebon Jahe",
    "Kaujon",
    "Benggala",
    "Sayabulu",
    "Ciceri",
    "Pandean",
    "Lebak Indah",
    "Jaya Abadi",
    "Bu Tini",
    "Haji Udin",
    "Pak Sarip",
    "Widya",
    "Rajawali",
    "Garuda",
    "Merpati",
    "Cendana",
    "Jati",
    "Mahoni",
    "Beringin",
    "Teratai",
    "Dahlia",
    "Bougenville",
    "Kamboja",
    "Seruni",
    "Wijaya",
];
/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_320.0;
const MINUTE_MS: f64 = 60_000.0;

struct Event {
    incident_type: &'static str,
    at: (f64, f64),
    village: usize,
    rt_rw: String,
    landmarks: [String; 3],
    street: String,
    starts_ms: f64,
    /// Mean minutes after which people still call.
    fades_min: f64,
}

/// One call: what stands in its sheet when the list is shown, and the truth.
pub struct Call {
    pub at_ms: i64,
    /// The truth.
    pub event: usize,
    pub fields: IntakeFields,
    pub number: Option<String>,
}

/// One night.
pub struct World {
    events: Vec<Event>,
    /// In the order of their coming.
    pub calls: Vec<Call>,
}

impl World {
    pub fn new(city: &City, seed: u64) -> Self {
        let mut dice = Dice::of(seed, 1);
        let events: Vec<Event> = (0..EVENTS + UNRELATED).map(|index| event(city, index < EVENTS, &mut dice)).collect();
        let mut order: Vec<usize> = (EVENTS..EVENTS + UNRELATED).collect();
        let sizes: Vec<f64> = (0..EVENTS).map(|_| dice.around(1.0, 0.7)).collect();
        let total: f64 = sizes.iter().sum();
        // everybody has at least three; the rest goes by size
        order.extend((0..EVENTS).flat_map(|event| [event; 3]));
        while order.len() < UNRELATED + CALLS {
            let mut rest = dice.unit() * total;
            let event = sizes.iter().position(|size| {
                rest -= size;
                rest < 0.0
            });
            order.push(event.unwrap_or(0));
        }
        let mut calls: Vec<Call> = Vec::with_capacity(order.len());
        let mut numbers: Vec<Vec<String>> = vec![Vec::new(); events.len()];
        for (index, event) in order.into_iter().enumerate() {
            let mut call = call(city, &events[event], event, &mut dice);
            call.number = number(index, &numbers[event], &mut dice);
            numbers[event].extend(call.number.clone());
            calls.push(call);
        }
        calls.sort_by_key(|call| (call.at_ms, call.event));
        Self { events, calls }
    }

    /// Whether people call about it for hours, and nobody closes it in the night.
    pub fn lasts(&self, event: usize) -> bool {
        self.events[event].incident_type == "flood"
    }
}

fn event(city: &City, big: bool, dice: &mut Dice) -> Event {
    let village = dice.below(city.villages.len());
    let middle = &city.villages[village];
    let incident_type = if big { weighted(dice) } else { OTHER_TYPES[dice.below(OTHER_TYPES.len())] };
    let fades_min = if incident_type == "flood" { 50.0 } else { 9.0 };
    Event {
        incident_type,
        at: moved((middle.lat, middle.lng), 450.0, dice),
        village,
        rt_rw: format!("{:02}/{:02}", 1 + dice.below(9), 1 + dice.below(12)),
        landmarks: std::array::from_fn(|_| format!("{} {}", PLACES[dice.below(PLACES.len())], name(dice))),
        street: format!("Jl. {}", name(dice)),
        starts_ms: dice.unit() * 150.0 * MINUTE_MS,
        fades_min,
    }
}

fn weighted(dice: &mut Dice) -> &'static str {
    let total: f64 = EVENT_TYPES.iter().map(|(_, weight)| weight).sum();
    let mut rest = dice.unit() * total;
    for (key, weight) in EVENT_TYPES {
        rest -= weight;
        if rest < 0.0 {
            return key;
        }
    }
    EVENT_TYPES[0].0
}

fn name(dice: &mut Dice) -> &'static str {
    NAMES[dice.below(NAMES.len())]
}

fn moved((lat, lng): (f64, f64), sigma_m: f64, dice: &mut Dice) -> (f64, f64) {
    let (dy, dx) = (sigma_m * dice.normal(), sigma_m * dice.normal());
    (lat + dy / DEGREE_M, lng + dx / (DEGREE_M * lat.to_radians().cos()))
}

fn call(city: &City, event: &Event, index: usize, dice: &mut Dice) -> Call {
    let mut fields = IntakeFields::default();
    let wrong = TAKEN_FOR.iter().find(|(key, _)| *key == event.incident_type).map(|(_, others)| others[dice.below(2)]);
    let by_chance = OTHER_TYPES[dice.below(OTHER_TYPES.len())];
    fields.incident_type = match dice.unit() {
        x if x < 0.72 => Some(event.incident_type),
        x if x < 0.91 => Some(wrong.unwrap_or(event.incident_type)),
        x if x < 0.96 => Some(by_chance),
        _ => None,
    }
    .map(str::to_owned);
    if dice.chance(0.35) {
        let sigma = if dice.chance(0.8) { 90.0 } else { 320.0 };
        let (lat, lng) = moved(event.at, sigma, dice);
        (fields.lat, fields.lng) = (Some(lat), Some(lng));
    }
    let right = dice.unit();
    let village = match right {
        x if x < 0.78 => Some(&city.villages[event.village]),
        x if x < 0.90 => neighbour(city, event),
        _ => None,
    };
    fields.village_code = village.map(|village| village.code.clone());
    if right < 0.78 && dice.chance(0.2) {
        fields.rt_rw = Some(event.rt_rw.clone());
    }
    fields.landmark = match dice.unit() {
        x if x < 0.75 => {
            let which = match dice.unit() {
                x if x < 0.5 => 0,
                x if x < 0.8 => 1,
                _ => 2,
            };
            Some(format!("depan {}", heard(&event.landmarks[which], 0.3, dice)))
        }
        x if x < 0.87 => Some(format!("dekat rumah {}", name(dice))),
        _ => None,
    };
    if dice.chance(0.25) {
        fields.address = Some(heard(&event.street, 0.25, dice));
    }
    Call { at_ms: after(event, dice), event: index, fields, number: None }
}

fn after(event: &Event, dice: &mut Dice) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "hours in milliseconds")]
    let at = (event.starts_ms + dice.gap(event.fades_min * MINUTE_MS)) as i64;
    at
}

/// The kelurahan beside it: callers do not know borders.
fn neighbour<'c>(city: &'c City, event: &Event) -> Option<&'c Village> {
    let far = |village: &&Village| {
        let (dy, dx) = (village.lat - event.at.0, village.lng - event.at.1);
        dy.hypot(dx)
    };
    let own = &city.villages[event.village].code;
    city.villages.iter().filter(|village| village.code != *own).min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// Misheard over a bad line: a letter or two wrong in the last word.
fn heard(text: &str, share: f64, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let wrong = match dice.unit() {
        x if x < share * 0.3 => 2,
        x if x < share => 1,
        _ => 0,
    };
    for _ in 0..wrong {
        let from = letters.iter().rposition(|c| *c == ' ').map_or(0, |at| at + 1);
        let at = from + dice.below(letters.len() - from);
        match dice.below(3) {
            0 if letters.len() - from > 3 => drop(letters.remove(at)),
            1 => letters.insert(at, LETTERS[dice.below(LETTERS.len())]),
            _ => letters[at] = LETTERS[dice.below(LETTERS.len())],
        }
    }
    letters.into_iter().collect()
}

const LETTERS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'n', 'l', 'r', 's', 't'];

/// The pattern of this repository's tests; some hide theirs, some call again.
fn number(index: usize, before: &[String], dice: &mut Dice) -> Option<String> {
    match dice.unit() {
        x if x < 0.05 => None,
        x if x < 0.11 && !before.is_empty() => Some(before[dice.below(before.len())].clone()),
        _ => Some(format!("08121112{index:04}")),
    }
}
