//! Drafts, incidents, assignments.

use crate::{
    ids::{AssignmentId, AttachmentId, CallId, IncidentId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fields of the sheet (LEMBAR). All optional: a half-filled sheet is worth keeping.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default)]
pub struct IntakeFields {
    pub landmark: Option<String>,
    pub village_code: Option<String>,
    /// Link./Kp./Komplek, blok, street.
    pub address: Option<String>,
    pub rt_rw: Option<String>,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    pub incident_type: Option<String>,
    pub reporter_name: Option<String>,
    pub reporter_number: Option<String>,
    /// People hurt or in danger, as said.
    pub victims: Option<u32>,
    pub situation: Option<String>,
}

/// One line, time-stamped, never changed afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NoteLine {
    pub at: Timestamp,
    pub by: String,
    pub text: String,
}

/// `GET /api/calls/{id}/draft`; `PUT` answers with it after the merge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftView {
    pub call_id: CallId,
    /// 0: nothing saved yet.
    pub revision: u32,
    pub fields: IntakeFields,
    pub notes: Vec<NoteLine>,
    pub saved_at: Option<Timestamp>,
    /// Already sent as this incident.
    pub incident_id: Option<IncidentId>,
}

/// Body of `PUT /api/calls/{id}/draft`: only the fields that this person changed; `null` empties one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftChange {
    /// The revision the person was looking at.
    pub base_revision: u32,
    #[cfg_attr(test, ts(type = "Partial<IntakeFields>"))]
    pub fields: BTreeMap<String, serde_json::Value>,
}

/// Body of `POST /api/calls/{id}/draft/notes` and `POST /api/incidents/{id}/notes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewNote {
    pub text: String,
}

/// `GET /api/route?incident_type=&village_code=`: whom sending would ask, before it is done.
/// Also what `Send` stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlannedAgency {
    pub agency: String,
    pub label: String,
    /// Why this agency, in words.
    pub reason: String,
}

/// Body of `POST /api/incidents` (F9). Carries the draft's revision: what is sent is what was seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SendIncident {
    pub call_id: CallId,
    pub draft_revision: u32,
    /// Agencies chosen by the person; absent: as the routing table says.
    #[serde(default)]
    pub agencies: Option<Vec<String>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum IncidentStatus {
    Open,
    Closed,
}

/// How an incident ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum IncidentOutcome {
    Resolved,
    NothingFound,
    FalseReport,
    Duplicate,
    HandedOver,
}

impl IncidentOutcome {
    pub const ALL: [IncidentOutcome; 5] = [
        IncidentOutcome::Resolved,
        IncidentOutcome::NothingFound,
        IncidentOutcome::FalseReport,
        IncidentOutcome::Duplicate,
        IncidentOutcome::HandedOver,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            IncidentOutcome::Resolved => "resolved",
            IncidentOutcome::NothingFound => "nothing_found",
            IncidentOutcome::FalseReport => "false_report",
            IncidentOutcome::Duplicate => "duplicate",
            IncidentOutcome::HandedOver => "handed_over",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

/// diteruskan, diterima, berangkat, tiba, selesai; nihil; dibatalkan.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    Sent,
    Acknowledged,
    EnRoute,
    OnScene,
    Done,
    /// Nihil di lokasi.
    NothingFound,
    Cancelled,
}

impl AssignmentState {
    pub const ALL: [AssignmentState; 7] = [
        AssignmentState::Sent,
        AssignmentState::Acknowledged,
        AssignmentState::EnRoute,
        AssignmentState::OnScene,
        AssignmentState::Done,
        AssignmentState::NothingFound,
        AssignmentState::Cancelled,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            AssignmentState::Sent => "sent",
            AssignmentState::Acknowledged => "acknowledged",
            AssignmentState::EnRoute => "en_route",
            AssignmentState::OnScene => "on_scene",
            AssignmentState::Done => "done",
            AssignmentState::NothingFound => "nothing_found",
            AssignmentState::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// One agency on one incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AssignmentView {
    pub assignment_id: AssignmentId,
    pub incident_id: IncidentId,
    pub agency: String,
    pub agency_label: String,
    pub reason: String,
    /// A neighbour was asked to take the incident over; *acknowledged* means that they have.
    pub hand_over: bool,
    pub state: AssignmentState,
    pub sent_at: Timestamp,
    /// When it must be acknowledged at the latest.
    pub acknowledge_by: Timestamp,
    /// Not acknowledged in time: 1 after 60 s, 2 after 120 s, 3 after 180 s; 0 in time.
    pub overdue_level: u8,
    pub acknowledged_at: Option<Timestamp>,
    pub en_route_at: Option<Timestamp>,
    pub on_scene_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    /// Delivery of the message: see `outbox`.
    pub delivered: bool,
    /// The agency has no channel of its own: a person forwards the message from *pesan keluar*.
    pub by_hand: bool,
    pub notes: Vec<NoteLine>,
    pub photos: Vec<AttachmentId>,
    /// The responder's page, for a dispatcher who must read it out or forward it.
    pub task_url: String,
}

/// A row of `GET /api/incidents?status=open|closed` and the answer of `GET /api/incidents/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IncidentView {
    pub incident_id: IncidentId,
    /// Of a drill: simulated, and none of its messages leaves the house.
    pub drill: bool,
    /// Of one of its calls a person marked that the caller cannot speak freely: nobody rings them back.
    pub duress: bool,
    /// Running number of the year, as spoken: 231.
    pub number: u32,
    pub status: IncidentStatus,
    pub outcome: Option<IncidentOutcome>,
    pub incident_type: String,
    pub type_label: String,
    pub fields: IntakeFields,
    /// One line for people: "depan Masjid Agung, Kel. Cipare, Kec. Serang".
    pub place: String,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub opened_by: String,
    /// The call whose sheet is the incident's.
    pub opened_call: CallId,
    /// With those of the incidents that gave way to it.
    pub calls: Vec<CallId>,
    pub assignments: Vec<AssignmentView>,
    pub notes: Vec<NoteLine>,
    /// It gave way to this one: steered there, shown at both.
    pub merged_into: Option<IncidentRef>,
    /// These gave way to it.
    pub merged: Vec<IncidentRef>,
    /// Related, and not the same.
    pub links: Vec<IncidentRef>,
    pub major: Option<MajorMark>,
    /// Grows with each change, for compare-and-set.
    pub revision: u32,
}

/// Another incident, as it is named in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IncidentRef {
    pub incident_id: IncidentId,
    pub number: u32,
    pub type_label: String,
    pub status: IncidentStatus,
}

/// A major incident: who said so, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MajorMark {
    pub at: Timestamp,
    pub by: String,
    pub reason: String,
}

/// Body of `POST /api/incidents/{id}/merge`: gives way to that one. Of `/links`: is related to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OtherIncident {
    pub incident_id: IncidentId,
}

/// Body of `POST /api/incidents/{id}/calls/{call}/split`: the call becomes an incident of its own, which is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SplitCall {
    /// Agencies chosen by the person; absent: as the routing table says.
    #[serde(default)]
    pub agencies: Option<Vec<String>>,
}

/// Body of `POST /api/incidents/{id}/reopen`, `/major`, and of `DELETE /api/incidents/{id}/major`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GivenReason {
    pub reason: String,
}

/// Body of `POST /api/incidents/{id}/calls` (F10).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AttachCall {
    pub call_id: CallId,
}

/// Body of `POST /api/incidents/{id}/assignments`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewAssignment {
    pub agency: String,
}

/// Body of `POST /api/incidents/{id}/close`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CloseIncident {
    pub outcome: IncidentOutcome,
    #[serde(default)]
    pub note: Option<String>,
}

/// Body of `POST /api/assignments/{id}/steps` (dispatcher on the radio) and `POST /api/tasks/{token}/steps`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Step {
    pub state: AssignmentState,
    /// True time of the tap, when it was queued in a dead zone. Absent: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// What the same clock said when this was sent: how far it is off.
    #[serde(default)]
    pub clock: Option<Timestamp>,
    #[serde(default)]
    pub note: Option<String>,
}
