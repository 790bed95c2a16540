//! How near two sheets are, given how sure each is.

use crate::{
    city::City,
    view::{incident::IntakeFields, similar::SimilarReason},
};

/// Nearer than this (m) is the same place, whatever the pins' own uncertainty.
pub const NEAR_M: f64 = 300.0;
/// A pin that a person set from words is this far off at most (m), mostly.
const PIN_RADIUS_M: f64 = 150.0;
/// A kelurahan is 1 to 2 km across: without a pin this far (m) from its middle.
const VILLAGE_RADIUS_M: f64 = 1_000.0;
/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// Where a sheet says it is.
#[derive(Clone, Copy)]
struct Spot {
    at: (f64, f64),
    radius_m: f64,
}

fn spot(city: &City, fields: &IntakeFields) -> Option<Spot> {
    if let Some(at) = fields.lat.zip(fields.lng) {
        return Some(Spot { at, radius_m: PIN_RADIUS_M });
    }
    let village = city.village_by_code(fields.village_code.as_deref()?)?;
    Some(Spot { at: (village.lat, village.lng), radius_m: VILLAGE_RADIUS_M })
}

/// Good to a percent inside a city.
fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let dy = (a.0 - b.0) * DEGREE_M;
    let dx = (a.1 - b.1) * DEGREE_M * a.0.to_radians().cos();
    dx.hypot(dy)
}

/// How two sheets stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Nearness {
    /// Two pins.
    Near {
        metres: u32,
    },
    /// Two pins, farther apart but within what both may be off.
    Around {
        metres: u32,
    },
    SameVillage {
        same_rt_rw: Option<bool>,
    },
    /// What both may be off overlaps.
    Overlaps,
    /// A neighbouring place, beyond the overlap: callers do not know borders.
    Beside,
    Apart,
}

pub fn nearness(city: &City, a: &IntakeFields, b: &IntakeFields) -> Option<Nearness> {
    let (here, there) = (spot(city, a)?, spot(city, b)?);
    let apart = metres(here.at, there.at);
    let off = here.radius_m + there.radius_m;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance in a city, in metres")]
    let whole = apart.round() as u32;
    let two_pins = here.radius_m + there.radius_m <= 2.0 * PIN_RADIUS_M;
    let same_village = a.village_code.is_some() && a.village_code == b.village_code;
    Some(match () {
        () if two_pins && apart <= NEAR_M => Nearness::Near { metres: whole },
        () if two_pins && apart <= NEAR_M + off => Nearness::Around { metres: whole },
        () if same_village && (!two_pins || apart <= 2.0 * VILLAGE_RADIUS_M) => {
            let both = a.rt_rw.as_deref().zip(b.rt_rw.as_deref());
            Nearness::SameVillage { same_rt_rw: both.map(|(a, b)| digits(a) == digits(b)) }
        }
        () if apart <= off.max(VILLAGE_RADIUS_M) => Nearness::Overlaps,
        () if apart <= off.max(VILLAGE_RADIUS_M) + VILLAGE_RADIUS_M => Nearness::Beside,
        () => Nearness::Apart,
    })
}

/// `03/05`, `3/5`, `RT 3 RW 5`: the numbers say it.
fn digits(rt_rw: &str) -> Vec<u32> {
    rt_rw.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

impl Nearness {
    pub fn points(&self) -> i32 {
        match self {
            Nearness::Near { .. } => 42,
            Nearness::Around { .. } => 28,
            Nearness::SameVillage { same_rt_rw: Some(true) } => 36,
            Nearness::SameVillage { .. } => 20,
            Nearness::Overlaps => 8,
            Nearness::Beside => -6,
            Nearness::Apart => -45,
        }
    }

    /// Whether this alone is a place that fits.
    pub fn fits(&self) -> bool {
        matches!(self, Nearness::Near { .. } | Nearness::Around { .. } | Nearness::SameVillage { .. })
    }

    pub fn reason(&self) -> Option<SimilarReason> {
        match *self {
            Nearness::Near { metres } | Nearness::Around { metres } => Some(SimilarReason::Distance { metres }),
            Nearness::SameVillage { same_rt_rw: Some(true) } => Some(SimilarReason::SameRtRw),
            Nearness::SameVillage { .. } => Some(SimilarReason::SameVillage),
            Nearness::Overlaps => Some(SimilarReason::NextVillage),
            Nearness::Beside | Nearness::Apart => None,
        }
    }
}
