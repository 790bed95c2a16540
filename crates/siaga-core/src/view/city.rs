//! The city's words and places, as the interface needs them.

use serde::{Deserialize, Serialize};

/// `GET /api/city`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CityView {
    pub key: String,
    pub name: String,
    /// IANA zone, for example `Asia/Jakarta`, and its short word `WIB`.
    pub zone: String,
    pub zone_label: String,
    pub incident_types: Vec<TypeView>,
    pub agencies: Vec<AgencyView>,
    pub districts: Vec<DistrictView>,
    pub villages: Vec<VillageView>,
    pub sub_reasons: Vec<SubReasonView>,
    pub cards: Vec<crate::view::card::CardView>,
}

/// `GET /api/city/document`, and the body of `PUT /api/city` (with the version that was changed) and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CityDocument {
    /// 0: none is stored yet.
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    /// TOML.
    pub document: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypeView {
    pub key: String,
    /// Two letters for the type-ahead: KB, KR, LK.
    pub short: String,
    pub label: String,
    pub aliases: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AgencyView {
    pub key: String,
    pub label: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DistrictView {
    pub code: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VillageView {
    pub code: String,
    pub name: String,
    pub district: String,
    pub lat: f64,
    pub lng: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SubReasonView {
    pub class: crate::class::Class,
    pub key: String,
    pub label: String,
}

/// `GET /api/places?q=`: places, best first, at most 10, and what else the text said. Nothing is picked by the machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlaceAnswer {
    pub hits: Vec<PlaceHit>,
    /// Further places that fit as well as the first and are not shown.
    pub more: u32,
    /// "depan", "seberang": where it is, seen from the place.
    pub relation: Option<String>,
    /// "Blok C5 No. 12".
    pub house: Option<String>,
    pub rt_rw: Option<RtRwSaid>,
}

/// RT and RW that stood in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RtRwSaid {
    /// "03/05", "03/-", "-/05"; empty with a problem.
    pub text: String,
    /// Why it cannot be, in words.
    pub problem: Option<String>,
}

/// A place that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlaceHit {
    pub kind: PlaceKind,
    /// "Sukawana" or "Masjid Agung".
    pub name: String,
    /// Absent where the kelurahan is not sure.
    pub village_code: Option<String>,
    pub village: Option<String>,
    /// Always shown; empty for what is larger than a kecamatan or whose kecamatan is not known.
    pub district: String,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    /// The alias or spelling that fit, when not the name itself.
    pub matched: Option<String>,
    /// The point is only the middle of the village.
    pub approximate: bool,
    /// The neighbour it lies in, "Kabupaten Serang"; absent inside the city.
    pub outside: Option<String>,
    /// Another hit has the same name: a person says which.
    pub same_name: bool,
    /// It was said as it is written, and nothing else comes near: Enter may take it.
    pub sure: bool,
    /// Who must be named with it: "© OpenStreetMap contributors, ODbL 1.0". Absent: the city's own data.
    pub source: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Village,
    District,
    City,
    Province,
    /// A regency or city beside ours.
    Neighbour,
    Landmark,
    Street,
    /// Link., Kp., Komplek, Perumahan.
    Neighbourhood,
}
