//! The figures per day and cell, moved in the transaction that changes a call, and the check that recounts them.
//!
//! Reports read only these tables; they never scan calls. A call counts from the moment it has an outcome; calls that
//! we make ourselves (call-backs) are no calls to 112 and never count. One call stands in four tables: `call_day`,
//! `call_hour`, `taker_day`, and `call_wait` when somebody waited for a human. What follows from these (the same by
//! month, all calls of an hour) is derived when they are written.

mod agencies;
mod check;
mod day_sum;
mod month_sum;
mod nightly;
mod rebuild;
mod table;
mod write;

#[cfg(test)]
pub(crate) use agencies::{AGENCIES, AGENCY_DAYS, AGENCY_MONTHS};
pub(crate) use agencies::{agencies_counted, agency_sums, let_go_incident};
pub use check::RollupDifference;
#[cfg(test)]
pub(crate) use day_sum::{DAY_SUMS, HELD, STAFFED};
pub(crate) use day_sum::{DaySums, counted as days_counted, let_go};
pub(crate) use month_sum::sums;
#[cfg(test)]
pub(crate) use month_sum::{BUSY, DAYS_WITH_CALLS, MONTH_SUMS};
pub use nightly::DayChecked;
pub use rebuild::{Begin, Rebuilt};
pub(crate) use rebuild::{are_current, progress};
pub use table::Table;

use crate::words::Word;
use jiff::tz::TimeZone;
use siaga_core::{
    class::Class,
    ids::UserId,
    report::{WAIT_UNKNOWN, wait_bin},
    time::{LocalDay, Timestamp},
    view::{call::CallOutcome, desk::Lane},
};
use std::collections::BTreeMap;

/// A call as the figures see it.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    pub day: LocalDay,
    pub offered_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub lane: Lane,
    pub outcome: CallOutcome,
    pub class: Option<Class>,
    pub sub: Option<&'a str>,
    pub details: Details<'a>,
    pub taker: Taker<'a>,
}

/// What an emergency was and where: counted for emergencies only.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Details<'a> {
    pub incident_type: Option<&'a str>,
    pub agency: Option<&'a str>,
    pub village_code: Option<&'a str>,
}

/// Who took the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taker<'a> {
    Live(Option<UserId>),
    /// A name as an old ledger has it.
    Ledger(Option<&'a str>),
}

/// Adds a call to its cells, or takes it out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    In,
    Out,
}

/// Calls by table, day and cell: how many, and how long they talked (only in `call_hour`).
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Tallies(BTreeMap<(Table, i64, Vec<String>), (i64, i64)>);

impl Tallies {
    /// Counts one call in its four places.
    pub fn count(&mut self, zone: &TimeZone, call: &Tally<'_>, sign: Sign) {
        let factor = if sign == Sign::In { 1 } else { -1 };
        let (outcome, class) =
            (call.outcome.word().to_owned(), call.class.map(Word::word).unwrap_or_default().to_owned());
        let details = if call.class == Some(Class::Emergency) { call.details } else { Details::default() };
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let Details { incident_type, agency, village_code } = details;
        let cell =
            vec![outcome.clone(), class.clone(), text(call.sub), text(incident_type), text(agency), text(village_code)];
        self.add(Table::Day, call.day, cell, (factor, 0));
        let local = call.offered_at.in_zone(zone);
        let weekday = local.date().weekday().to_monday_one_offset().to_string();
        let hour = vec![weekday, local.hour().to_string(), outcome.clone(), class.clone()];
        self.add(Table::Hour, call.day, hour, (factor, factor * call.talk_ms()));
        if let Some(bin) = call.wait_bin() {
            let cell = vec![call.lane.word().to_owned(), outcome.clone(), class.clone(), bin.to_string()];
            self.add(Table::Wait, call.day, cell, (factor, 0));
        }
        let (source, taker) = match call.taker {
            Taker::Live(user) => ("live", user.map(|user| user.0.to_string()).unwrap_or_default()),
            Taker::Ledger(name) => ("ledger", text(name)),
        };
        self.add(Table::Taker, call.day, vec![source.to_owned(), taker, outcome, class], (factor, 0));
    }

    fn add(&mut self, table: Table, day: LocalDay, cell: Vec<String>, (calls, talk_ms): (i64, i64)) {
        let sums = self.0.entry((table, i64::from(day.0), cell)).or_default();
        sums.0 += calls;
        sums.1 += talk_ms;
    }
}

impl Tally<'_> {
    fn talk_ms(&self) -> i64 {
        match (self.outcome, self.answered_at, self.ended_at) {
            (CallOutcome::Answered, Some(answered), Some(ended)) => ended.ms_since(answered).max(0),
            _ => 0,
        }
    }

    /// Who was answered, or left, waited; the deferred and the failed did not.
    fn wait_bin(&self) -> Option<i64> {
        let until = match self.outcome {
            CallOutcome::Answered => self.answered_at,
            CallOutcome::Abandoned => self.ended_at,
            CallOutcome::Deferred | CallOutcome::Failed => return None,
        };
        Some(until.map_or(WAIT_UNKNOWN, |until| wait_bin(until.ms_since(self.offered_at))))
    }
}
