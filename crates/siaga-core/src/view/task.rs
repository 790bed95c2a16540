//! The responder's page `tugas/<token>`: one assignment, no account.

use crate::{
    time::Timestamp,
    view::{
        card::CardAnswerLine,
        incident::{AssignmentState, NoteLine},
    },
};
use serde::{Deserialize, Serialize};

/// `GET /api/tasks/{token}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TaskView {
    /// Of a drill: nobody has to go.
    pub drill: bool,
    /// The caller cannot speak freely: not rung back, and told before one goes. Not after closing.
    pub duress: bool,
    pub incident_number: u32,
    pub agency_label: String,
    pub type_label: String,
    pub place: String,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    pub situation: Option<String>,
    pub victims: Option<u32>,
    pub reporter_name: Option<String>,
    pub reporter_number: Option<String>,
    pub incident_notes: Vec<NoteLine>,
    /// What callers answered and did not correct.
    pub answers: Vec<CardAnswerLine>,
    pub state: AssignmentState,
    pub sent_at: Timestamp,
    pub acknowledged_at: Option<Timestamp>,
    pub en_route_at: Option<Timestamp>,
    pub on_scene_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    /// States that may follow now: what the big buttons are.
    pub next: Vec<AssignmentState>,
    pub notes: Vec<NoteLine>,
    pub photo_count: u32,
    /// The incident is closed: the page is for reading only.
    pub closed: bool,
    pub city: String,
    pub demo: bool,
}
