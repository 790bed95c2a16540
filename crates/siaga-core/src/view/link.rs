//! What comes over a caller's location link, at the desk and on the caller's telephone.

use crate::{
    ids::{AttachmentId, CallId, LineId, LinkId},
    link::NoLink,
    location::{Located, PositionSource},
    time::Timestamp,
    view::outbox::DeliveryState,
};
use serde::{Deserialize, Serialize};

/// Where a caller is: a circle, and how old it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PositionView {
    /// WGS 84 degrees.
    pub lat: f64,
    pub lng: f64,
    pub radius_m: f64,
    /// Measured then.
    pub at: Timestamp,
    pub source: PositionSource,
}

impl From<Located> for PositionView {
    fn from(of: Located) -> Self {
        let p = of.position;
        Self { lat: p.latitude, lng: p.longitude, radius_m: p.radius_m, at: of.at, source: of.source }
    }
}

/// A row of `GET /api/links`: one caller and all that went to and fro in the last hours, whatever call it was in. Also the answer of
/// `GET /api/calls/{id}/link`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LinkThread {
    /// The newest call it belongs to.
    pub call_id: CallId,
    /// All calls it belongs to.
    pub calls: Vec<CallId>,
    /// As shown: `0812-3456-7890`.
    pub number: Option<String>,
    /// The newest link.
    pub link: Option<LinkView>,
    /// The position that counts now.
    pub position: Option<PositionView>,
    /// Oldest first.
    pub lines: Vec<CallerLine>,
    /// Lines of the caller that nobody here has read.
    pub unread: u32,
    /// Why this caller can get no link.
    pub no_link: Option<NoLink>,
}

/// A link that went out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LinkView {
    pub link_id: LinkId,
    pub sent_at: Timestamp,
    /// Who sent it; absent: the machine.
    pub sent_by: Option<String>,
    pub expires_at: Timestamp,
    /// The caller's telephone opened it.
    pub opened_at: Option<Timestamp>,
    /// Of the message.
    pub delivery: DeliveryState,
    /// `page`: no gateway is connected, the message stands on *pesan keluar* only.
    pub channel: String,
}

/// One line of the chat with a caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallerLine {
    pub line_id: LineId,
    pub at: Timestamp,
    /// Who wrote it here; absent: the caller.
    pub by: Option<String>,
    /// Empty where it is a photo.
    pub text: String,
    /// `GET /api/attachments/{id}`.
    pub photo: Option<AttachmentId>,
    /// A caller's line that somebody here has read.
    pub read: bool,
}

/// Body of `POST /api/calls/{id}/lines`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WriteLine {
    pub text: String,
}

/// `GET /api/links/{token}`: what the caller's own page shows. Names of people here stay here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkPage {
    pub now: Timestamp,
    pub expires_at: Timestamp,
    /// Oldest first.
    pub lines: Vec<PageLine>,
    /// The most accurate position that has arrived, metres.
    pub radius_m: Option<f64>,
}

/// One line on the caller's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageLine {
    pub line_id: LineId,
    pub at: Timestamp,
    /// The caller wrote it.
    pub mine: bool,
    pub text: String,
    pub photo: bool,
    /// Somebody here has read it.
    pub read: bool,
}

/// Body of `POST /api/links/{token}/positions`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendPosition {
    pub lat: f64,
    pub lng: f64,
    #[serde(default)]
    pub radius_m: Option<f64>,
    /// Measured then by the telephone's clock; absent: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// What the same clock said when this was sent.
    #[serde(default)]
    pub clock: Option<Timestamp>,
}

/// Body of `POST /api/links/{token}/lines`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendLine {
    /// Made by the telephone: a line sent twice is one.
    pub line_id: LineId,
    pub text: String,
    #[serde(default)]
    pub at: Option<Timestamp>,
    #[serde(default)]
    pub clock: Option<Timestamp>,
}
