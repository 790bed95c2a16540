//! Shapes of the rows of the city document.

use crate::{
    dispatch::ACKNOWLEDGE_S,
    incident::{SharedField, similar::SAME_FOR_MIN},
};
use serde::Deserialize;

/// A document is words and at most some thousand places; more is not a city but a mistake.
pub const CITY_TEXT_BYTES_MAX: usize = 2_000_000;
/// An hour without an acknowledgement is never in time.
pub const ACKNOWLEDGE_S_MAX: u32 = 3_600;
/// Type of a routing row that fits every incident.
pub const ROUTE_ANY: &str = "*";

/// What stands on top of the documents a city sends. Nothing of it is invented: what is absent is a line to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letterhead {
    /// Government, office, address: one line each.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Where documents are signed.
    #[serde(default)]
    pub place: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    pub code: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Village {
    /// Begins with its district's code.
    pub code: String,
    pub name: String,
    /// A rounded middle point, WGS 84 degrees.
    pub lat: f64,
    pub lng: f64,
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A landmark, a neighbourhood (Link., Kp., Komplek) or a street.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Landmark {
    pub name: String,
    /// Where the kelurahan is sure.
    #[serde(default)]
    pub village: Option<String>,
    /// Where only the kecamatan is.
    #[serde(default)]
    pub district: Option<String>,
    #[serde(default)]
    pub lat: Option<f64>,
    #[serde(default)]
    pub lng: Option<f64>,
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A regency or city beside ours: calls come from there too, and its places are said to be outside.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names of its kecamatan.
    #[serde(default)]
    pub districts: Vec<String>,
    /// Well-known places there that are taken for ours.
    #[serde(default)]
    pub landmarks: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentType {
    pub key: String,
    /// Two letters for the type-ahead.
    pub short: String,
    pub label: String,
    /// APCO ANS 2.103.2, where one fits.
    #[serde(default)]
    pub code: Option<String>,
    /// Seconds until a missing acknowledgement is loud.
    #[serde(default = "acknowledge_s")]
    pub acknowledge_s: u32,
    /// Words shared with the types that callers mistake for it: fire and short circuit. None: only itself.
    #[serde(default)]
    pub families: Vec<String>,
    /// Minutes without a call until another call is seldom about the same one; a flood is called in for hours.
    #[serde(default = "same_for_min")]
    pub same_for_min: u32,
    #[serde(default)]
    pub aliases: Vec<String>,
}

fn acknowledge_s() -> u32 {
    ACKNOWLEDGE_S
}

fn same_for_min() -> u32 {
    SAME_FOR_MIN
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub key: String,
    pub label: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Absent: the message goes to the page *pesan keluar*.
    #[serde(default)]
    pub webhook: Option<Webhook>,
    /// Telephones of its posts and crews: no sanction ever reaches them.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// `neighbour`: another city's or regency's centre, to which incidents are handed over.
    #[serde(default)]
    pub kind: AgencyKind,
    /// Fields of the sheet that its link, its webhook and its messages get. Absent: where and what, not who called.
    #[serde(default)]
    pub shares: Option<Vec<SharedField>>,
}

/// What an agency is to this city.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// Ours to send.
    #[default]
    Agency,
    /// Asked to take an incident over; it stays ours until they have said yes.
    Neighbour,
}

/// Where an agency's own system listens. `docs/webhook.md`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    pub url: String,
    pub secret: String,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

/// One row of the routing table: incident type, optionally narrowed, to agencies in order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteRow {
    /// Key of an incident type, or `*`.
    #[serde(rename = "type")]
    pub incident_type: String,
    #[serde(default)]
    pub village: Option<String>,
    #[serde(default)]
    pub district: Option<String>,
    #[serde(default)]
    pub hours: Option<Hours>,
    pub agencies: Vec<AgencyReason>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyReason {
    pub agency: String,
    /// In words, as the call-taker reads it.
    pub reason: String,
}

/// Hours of the day, `from` in it, `to` not: `8-16`; `22-6` runs over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hours {
    pub from: u8,
    pub to: u8,
}

impl TryFrom<String> for Hours {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const EXPECTED: &str = "dua jam 0-24 dengan tanda hubung, misalnya \"8-16\" atau \"22-6\"";
        let (from, to) = text.split_once('-').ok_or(EXPECTED)?;
        let from: u8 = from.trim().parse().map_err(|_| EXPECTED)?;
        let to: u8 = to.trim().parse().map_err(|_| EXPECTED)?;
        if from > 23 || to > 24 || from == to { Err(EXPECTED) } else { Ok(Self { from, to }) }
    }
}

impl Hours {
    #[must_use]
    pub fn holds(self, hour: u8) -> bool {
        if self.from < self.to { (self.from..self.to).contains(&hour) } else { hour >= self.from || hour < self.to }
    }
}
