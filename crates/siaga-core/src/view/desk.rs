//! The live desk: everything that rings, talks or waits now. Sent whole as SSE event `desk` whenever it changed.

use crate::{
    class::Class,
    ids::{CallId, CallbackId, IncidentId, SeatId, UserId},
    link::NoLink,
    time::Timestamp,
    view::{link::PositionView, supervision::SupervisionView},
};
use serde::{Deserialize, Serialize};

/// SSE event `desk` of `GET /api/live`; also `GET /api/desk`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DeskView {
    /// Grows with each change; the id of the SSE event.
    #[cfg_attr(test, ts(type = "number"))]
    pub sequence: u64,
    /// The server's clock when this was made; the page shows times relative to it.
    pub now: Timestamp,
    /// Open calls, oldest first: waiting, live, and ended but not yet classed. At most `DESK_CARDS_MAX`.
    pub calls: Vec<CallCard>,
    /// All waiting calls, also those beyond the cards.
    pub waiting_count: u32,
    pub waiting_since: Option<Timestamp>,
    pub seats: Vec<SeatView>,
    /// Assignments sent and not acknowledged in time.
    pub overdue_count: u32,
    /// Oldest first; who sent something over a link before all others, then interrupted calls.
    pub callbacks: Vec<CallbackView>,
    pub last_emergency_at: Option<Timestamp>,
    /// A hand-over note was given then, and nobody of the next shift has acknowledged it.
    pub handover_since: Option<Timestamp>,
    pub links: Links,
}

/// Health of what the desk stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Links {
    /// The SIP side answers itself (watchdog).
    pub telephone: Link,
    /// The database takes writes; `Degraded`: live events go to the spool.
    pub data: Link,
    /// The last recording could be written; `Down`: calls go on unrecorded (disk full).
    pub recording: Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Link {
    Up,
    Degraded,
    Down,
}

/// Which way a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A person called 112.
    Incoming,
    /// We call a person back.
    CallBack,
    /// A simulated call of a drill that this server ordered: marked everywhere, left out of every figure.
    Drill,
}

/// Where an open call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallPhase {
    /// Nobody has answered yet.
    Ringing,
    /// The machine answered, greeted and listens; no person has spoken yet.
    Listening,
    /// The machine calls a person back; nobody is at a seat for it yet.
    Asking,
    /// We call back and the person's telephone rings.
    Dialling,
    Talking,
    Held,
    /// A person at a telephone outside the centre speaks with the caller.
    AtTelephone,
    /// Its seat is gone: the caller hears us and waits at the head of the queue for the next seat.
    Waiting,
    /// A person handed it off because of abuse: the machine says so, the line stays open and is listened to.
    HandedOff,
    /// The line is down, the class is not yet given.
    Wrap,
}

/// One card under PANGGILAN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallCard {
    pub call_id: CallId,
    pub direction: Direction,
    pub phase: CallPhase,
    /// As shown: `0812-3456-7890`; absent: "tanpa nomor".
    pub number: Option<String>,
    pub offered_at: Timestamp,
    /// A human answered.
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// The seat it rings at or is answered by.
    pub seat: Option<SeatId>,
    pub lane: Lane,
    /// 0 to 100: how probable nuisance is, if real reports were as frequent; 50 says nothing.
    pub suspicion: u8,
    /// Why, in clauses; what speaks for the caller first.
    pub reasons: Vec<String>,
    /// The number's history in one sentence, real reports first.
    pub history: String,
    /// The number has a report before at whose place something was found: shown apart.
    pub real_before: bool,
    pub speech: Speech,
    /// Loudest moment of the last half second, dBFS; absent: nothing was measured yet.
    pub level_dbfs: Option<i8>,
    /// Keys the caller pressed, oldest first; at most `KEYS_SHOWN_MAX`.
    pub keys: String,
    /// The number is under a block: this caller came through the slower door.
    pub blocked: bool,
    /// The line is up, nobody speaks with the caller and nothing was heard for long: the *silent lines* panel.
    pub silent_line: bool,
    /// The line is up and nothing was heard of its caller so far, no sound and no key: to be asked before a person ends it.
    pub unheard: bool,
    /// Such a caller was asked by keypad script: until then an answer is awaited; past: none came.
    pub answer_by: Option<Timestamp>,
    /// The outside telephone that it also rings at, or is answered by.
    pub telephone: Option<String>,
    /// A person handed it off to the recorded sentence; absent once somebody took it again.
    pub handed_off: Option<HandOffView>,
    /// A person marked it: the caller cannot speak freely.
    pub duress: bool,
    /// An earlier caller of this number could not speak freely, within `THREATENED_MS`; nobody has marked this call.
    pub duress_before: bool,
    /// Where the caller is, as far as anything told it; a suggestion, never the sheet's own.
    pub position: Option<PositionView>,
    /// Something came over the location link, last then.
    pub sent_at: Option<Timestamp>,
    /// Why this caller can get no location link.
    pub no_link: Option<NoLink>,
    /// Why it rings where it rings, or what it waits for, in one clause.
    pub why: String,
    pub class: Option<ClassChoice>,
    /// Until then the class can be undone with one key.
    pub undo_until: Option<Timestamp>,
    /// The person is muted at the seat.
    pub muted: bool,
    pub incident_id: Option<IncidentId>,
    /// A shift lead hears this conversation, or speaks in it: always shown to the call-taker.
    pub supervision: Option<SupervisionView>,
}

/// Who handed a caller off, and whether the caller wants a person again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HandOffView {
    pub by: UserId,
    /// Another seat is asked first for a while.
    pub seat: SeatId,
    pub back_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    A,
    B,
}

/// What is heard on the line. Measured, never judged.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Speech {
    /// No media yet.
    Unknown,
    Voice,
    /// Something that is no voice: a tap, a cough, breath, a bang.
    Noise,
    Silent {
        since: Timestamp,
    },
}

/// A class with its sub-reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClassChoice {
    pub class: Class,
    #[serde(default)]
    pub sub: Option<String>,
}

/// A place where a call-taker works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SeatView {
    pub seat: SeatId,
    pub user_id: UserId,
    pub display_name: String,
    pub state: SeatState,
    pub since: Timestamp,
    pub call: Option<CallId>,
}

/// The interface words are SIAP, DERING, BICARA, CATAT, JEDA, HILANG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SeatState {
    Ready,
    Ringing,
    Talking,
    Wrap,
    Paused,
    /// Page or media are gone: never shown as available.
    Gone,
}

/// Somebody who must be called back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallbackView {
    pub callback_id: CallbackId,
    pub call_id: CallId,
    pub number: String,
    pub reason: CallbackReason,
    /// Their caller could not speak freely, within `THREATENED_MS`: ringing may betray them, and a person asks twice.
    pub duress: bool,
    pub since: Timestamp,
    pub attempts: u32,
    /// When the machine calls next; absent: it has done what it does, a person must.
    pub next_attempt_at: Option<Timestamp>,
    pub history: String,
    /// Something came over the location link, last then: a person must see it first.
    pub sent_at: Option<Timestamp>,
    /// Why this caller can get no location link.
    pub no_link: Option<NoLink>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallbackReason {
    /// Wrote over the location link and has nobody: first on the list, and never called by the machine. A ringing
    /// telephone may betray who cannot speak.
    Wrote,
    /// Our machine, or the network, cut the call in the middle: before all who got no person.
    Interrupted,
    /// Was taken for nuisance, and a second person heard a real call: a person calls, not the machine.
    FoundReal,
    /// The machine was full and said 503.
    Deferred,
    /// Gone before a human answered.
    Abandoned,
}

/// SSE event `changed`: something behind a list changed; the page that shows it fetches again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Changed {
    pub topic: Topic,
    /// The one thing that changed, where it is one.
    pub id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Calls,
    Drafts,
    Incidents,
    Outbox,
    City,
    Sanctions,
    /// What callers send over their location link.
    Links,
    /// What question cards were answered with.
    Answers,
    /// Calls that are heard and judged again.
    Reviews,
    /// The note of the change of shift.
    Handovers,
    /// Simulated calls that a lead ordered.
    Drills,
    /// Who is on duty when.
    Roster,
}

impl Topic {
    pub const ALL: [Self; 12] = [
        Self::Calls,
        Self::Drafts,
        Self::Incidents,
        Self::Outbox,
        Self::City,
        Self::Sanctions,
        Self::Links,
        Self::Answers,
        Self::Reviews,
        Self::Handovers,
        Self::Drills,
        Self::Roster,
    ];
}

/// Body of `POST /api/seat`: the microphone check just done.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TakeSeat {
    /// Loudest level heard in the check, dBFS (0 = full scale).
    pub microphone_peak_dbfs: f32,
}

/// Answer of `POST /api/seat`: the person's own seat again, or the lowest free one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SeatTaken {
    pub seat: SeatId,
}

/// Answer of `POST /api/callbacks/{id}/call` and `POST /api/calls/{id}/answer`: the call that is now at this seat.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallAtSeat {
    pub call_id: CallId,
}

/// `POST /api/seat/station`: the browser's SDP offer, answered with ours.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Sdp {
    pub sdp: String,
}

/// Body of `POST /api/calls/{id}/class`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GiveClass {
    pub class: Class,
    #[serde(default)]
    pub sub: Option<String>,
    /// The key was held: also end the call, by this person's will.
    #[serde(default)]
    pub hang_up: bool,
    /// Why, where the record of a call that is over is corrected; at most 300 characters.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub reason: Option<String>,
}

/// Body of `POST /api/calls/{id}/say`: what the machine says for who cannot speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Say {
    pub prompt: SayPrompt,
}

/// What a person may have said on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SayPrompt {
    /// Any key or tap will do.
    AnyKey,
    /// 1 is yes, 2 is no.
    YesNo,
    /// 1 is "I need help", 2 is a slip: what a person asks before they end a line on which nothing was heard.
    NeedHelp,
}

/// Body of `POST /api/calls/{id}/claim`; may be left out in the first 20 s of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClaimCall {
    #[serde(default)]
    pub reason: Option<String>,
}

/// Body of `POST /api/calls/{id}/mute`, `/hold` and `/duress`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Switch {
    pub on: bool,
}

/// Body of `POST /api/calls/{id}/keypad`: `0-9*#`, sent to the caller's line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Keypad {
    pub digits: String,
}
