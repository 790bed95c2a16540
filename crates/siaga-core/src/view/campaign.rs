//! *Kampanye*: what the city does so that people call 112 rightly, and whether the calls changed.

use crate::{
    campaign::{Campaign, State},
    ids::CampaignId,
    time::{LocalDay, Timestamp},
};
use serde::{Deserialize, Serialize};

/// One row of `GET /api/campaigns`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CampaignView {
    pub campaign_id: CampaignId,
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub campaign: Campaign,
    pub state: State,
    pub cancelled: Option<CampaignCancelled>,
    /// Absent: it has not begun, or never was.
    pub effect: Option<Effect>,
}

/// Who cancelled it, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CampaignCancelled {
    pub at: Timestamp,
    pub by: String,
    pub reason: String,
}

/// How it was written down, each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CampaignVersion {
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub at: Timestamp,
    pub by: String,
    /// Of a correction.
    pub reason: String,
    pub campaign: Campaign,
}

/// `GET /api/campaigns/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CampaignDetail {
    pub view: CampaignView,
    /// The newest first.
    pub versions: Vec<CampaignVersion>,
}

/// `GET /api/campaigns/{id}/effect?window=`: the effect, and the days it is read from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CampaignEffect {
    pub effect: Option<Effect>,
    /// From the first day before to the last one after; a day that is missing was not counted.
    pub days: Vec<DayPoint>,
    /// Other campaigns on these days.
    pub others: Vec<CampaignMark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayPoint {
    pub day: LocalDay,
    #[cfg_attr(test, ts(type = "number"))]
    pub nuisance: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub real: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CampaignMark {
    pub campaign_id: CampaignId,
    pub name: String,
    pub first: LocalDay,
    pub last: LocalDay,
}

/// What it did to the calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Effect {
    /// Version of its definition.
    pub definition: u32,
    /// Days asked for before and after.
    pub window: u16,
    pub windows: Vec<EffectWindow>,
    pub series: Vec<SeriesEffect>,
    pub cautions: Vec<EffectCaution>,
    /// The first day on which all its days are over.
    pub complete_on: LocalDay,
}

/// One compared span: its days are the denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EffectWindow {
    pub key: WindowKey,
    pub from: LocalDay,
    pub to: LocalDay,
    pub days: u32,
    /// Days over with open lines.
    pub counted: u32,
    #[cfg_attr(test, ts(type = "number"))]
    pub offered: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub prank: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub ghost: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub real: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub ledger: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WindowKey {
    Before,
    During,
    After,
    /// A year before [`WindowKey::Before`].
    YearBefore,
    /// A year before [`WindowKey::After`].
    YearAfter,
}

/// Which calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EffectSeries {
    /// Prank and ghost.
    Nuisance,
    Prank,
    Ghost,
    /// Emergencies.
    Real,
}

impl EffectSeries {
    pub const ALL: [EffectSeries; 4] =
        [EffectSeries::Nuisance, EffectSeries::Prank, EffectSeries::Ghost, EffectSeries::Real];
}

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EffectVerdict {
    Fell,
    Rose,
    /// Not to be told from the usual ups and downs.
    Indistinct,
    TooFew,
    /// The campaign, or the days after it, are not over.
    Running,
}

/// One kind of calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SeriesEffect {
    pub series: EffectSeries,
    /// By `beyond_year`; without it by `after`.
    pub verdict: EffectVerdict,
    pub during: Option<EffectRatio>,
    pub after: Option<EffectRatio>,
    /// After over before, over the same of the year before.
    pub beyond_year: Option<EffectRatio>,
}

/// A change in percent with its 95 % limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EffectRatio {
    pub verdict: EffectVerdict,
    pub change_pct: f64,
    pub low_pct: f64,
    pub high_pct: f64,
    /// Calls found, and those expected if nothing had changed.
    pub found: f64,
    pub expected: f64,
    /// How many times the variance of a Poisson count.
    pub spread: f64,
}

/// What must be said beside a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EffectCaution {
    /// Other things changed too, and no year tells how much.
    NoComparisonYear,
    /// The same, because that year had a campaign of its own.
    CampaignThen,
    /// Another campaign on the same days.
    Overlap,
    /// Another campaign cut the days before or after short.
    Shortened,
    /// Days without a record were left out.
    DaysMissing,
    /// The spans were recorded in different ways.
    Source,
    /// It was held in a part of the city; calls are counted in all of it.
    Local,
    /// Emergencies became fewer too.
    RealFell,
    /// Not the span that was chosen before.
    OtherWindow,
}

/// Body of `POST /api/campaigns`. The page makes the id, so that one sent twice is one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewCampaign {
    pub campaign_id: CampaignId,
    pub campaign: Campaign,
}

/// Body of `PUT /api/campaigns/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CorrectCampaign {
    /// The version that was on the screen.
    #[cfg_attr(test, ts(type = "number"))]
    pub seen: i64,
    pub campaign: Campaign,
    pub reason: String,
}

/// Body of `POST /api/campaigns/{id}/cancel`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CancelCampaign {
    pub reason: String,
}
