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

/// One answer of `GET /api/places?q=`, best first, at most 10. Never picked by the machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlaceHit {
    pub kind: PlaceKind,
    /// "Sukawana" or "Masjid Agung".
    pub name: String,
    /// Absent for a landmark whose kelurahan is not sure.
    pub village_code: Option<String>,
    pub village: Option<String>,
    /// Always shown.
    pub district: String,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    /// The alias or spelling that fit, when not the name itself.
    pub matched: Option<String>,
    /// The point is only the middle of the village.
    pub approximate: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Village,
    Landmark,
}
