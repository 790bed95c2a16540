//! Who may do what. One table; the router names a permission per route and a test sweeps every route with every role.

use serde::{Deserialize, Serialize};

/// The five roles.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    CallTaker,
    Dispatcher,
    ShiftLead,
    Viewer,
    Administrator,
}

/// What a route asks of the person behind it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Permission {
    /// Any signed-in person: own session, own second factor, the city's words.
    SignedIn,
    /// See the live desk, calls and incidents.
    SeeDesk,
    /// Take a seat, answer, class, write the draft, send an incident.
    TakeCalls,
    /// Change incidents and assignments on the board.
    Dispatch,
    /// Hear a recording; each time with a reason.
    HearRecordings,
    /// Listen to a running call of somebody else, whisper to its call-taker, speak with both. The call-taker always sees it.
    Supervise,
    /// Code nuisance calls again, review drawn calls: by ear, each time logged.
    ReviewCalls,
    /// See figures.
    SeeReports,
    /// Publish the figures of a period: keep them signed, under a name.
    PublishReports,
    /// Write campaigns down, correct and cancel them.
    KeepCampaigns,
    /// Import old records, change the city's data.
    ManageCity,
    /// See sanctions with the history of their numbers, and the versions of the rules.
    SeeSanctions,
    /// Propose, approve, reject and lift sanctions, answer appeals. Who may be first and second is the ladder's own rule.
    DecideSanctions,
    /// Draft rules and try them on last year's calls.
    DraftPolicy,
    /// Put rules into force.
    PutPolicy,
    /// Make and change accounts.
    ManageUsers,
    /// Order a drill and end it.
    RunDrills,
    /// Choose who gets reports by e-mail, and when.
    ScheduleReports,
    /// Start demo callers; exists only in the demo.
    RunDemo,
}

impl Role {
    pub const ALL: [Role; 5] = [Role::CallTaker, Role::Dispatcher, Role::ShiftLead, Role::Viewer, Role::Administrator];

    /// The word stored in the database and typed on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Role::CallTaker => "call_taker",
            Role::Dispatcher => "dispatcher",
            Role::ShiftLead => "shift_lead",
            Role::Viewer => "viewer",
            Role::Administrator => "administrator",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The whole table of rights.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        use Role as R;
        match permission {
            P::SignedIn => true,
            P::SeeDesk => matches!(self, R::CallTaker | R::Dispatcher | R::ShiftLead),
            P::TakeCalls => matches!(self, R::CallTaker | R::Dispatcher | R::ShiftLead),
            P::Dispatch => matches!(self, R::CallTaker | R::Dispatcher | R::ShiftLead),
            P::HearRecordings | P::ReviewCalls | P::Supervise => matches!(self, R::ShiftLead),
            P::SeeReports => matches!(self, R::ShiftLead | R::Viewer | R::Administrator),
            // The head of service is a viewer: whose campaign it is writes it down.
            P::KeepCampaigns => matches!(self, R::ShiftLead | R::Viewer | R::Administrator),
            P::PublishReports => matches!(self, R::ShiftLead | R::Viewer),
            P::ManageCity => matches!(self, R::ShiftLead | R::Administrator),
            P::SeeSanctions | P::DecideSanctions | P::DraftPolicy => matches!(self, R::ShiftLead | R::Administrator),
            P::PutPolicy | P::ManageUsers | P::ScheduleReports => matches!(self, R::Administrator),
            P::RunDrills => matches!(self, R::ShiftLead),
            P::RunDemo => matches!(self, R::CallTaker | R::ShiftLead | R::Administrator),
        }
    }
}
