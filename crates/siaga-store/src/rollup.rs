//! The figures per day and cell, moved in the transaction that changes a call, and the check that recounts them.
//!
//! Reports read only these tables; they never scan calls. A call counts from the moment it has an outcome; calls that
//! we make ourselves (call-backs) are no calls to 112 and never count. One call stands in four tables: `call_day`,
//! `call_hour`, `taker_day`, and `call_wait` when somebody waited for a human.

mod check;
mod rebuild;

pub use check::RollupDifference;
pub use rebuild::Rebuilt;
pub(crate) use rebuild::are_current;

use crate::{
    StoreError, Tx,
    tx::{execute, fetch_all},
    words::Word,
};
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

/// The four tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Table {
    Day,
    Hour,
    Wait,
    Taker,
}

impl Table {
    const ALL: [Table; 4] = [Table::Day, Table::Hour, Table::Wait, Table::Taker];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Day => "call_day",
            Table::Hour => "call_hour",
            Table::Wait => "call_wait",
            Table::Taker => "taker_day",
        }
    }
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

    /// Moves the tables by these counts; what comes out as nothing is left alone.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        for ((table, day, cell), (calls, talk_ms)) in self.0.iter().filter(|(_, sums)| **sums != (0, 0)) {
            let text = |place: usize| cell.get(place).map(String::as_str).unwrap_or_default();
            let number = |place: usize| text(place).parse::<i64>().unwrap_or(WAIT_UNKNOWN);
            match table {
                Table::Day => execute!(
                    *tx,
                    "INSERT INTO call_day (local_day, outcome, class, sub, incident_type, agency, village_code, calls)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                     ON CONFLICT (local_day, outcome, class, sub, incident_type, agency, village_code)
                     DO UPDATE SET calls = call_day.calls + excluded.calls",
                    *day,
                    text(0),
                    text(1),
                    text(2),
                    text(3),
                    text(4),
                    text(5),
                    *calls,
                )?,
                Table::Hour => execute!(
                    *tx,
                    "INSERT INTO call_hour (local_day, weekday, hour, outcome, class, calls, talk_ms)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)
                     ON CONFLICT (local_day, weekday, hour, outcome, class)
                     DO UPDATE SET calls = call_hour.calls + excluded.calls,
                                   talk_ms = call_hour.talk_ms + excluded.talk_ms",
                    *day,
                    number(0),
                    number(1),
                    text(2),
                    text(3),
                    *calls,
                    *talk_ms,
                )?,
                Table::Wait => execute!(
                    *tx,
                    "INSERT INTO call_wait (local_day, lane, outcome, class, bin, calls)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (local_day, lane, outcome, class, bin)
                     DO UPDATE SET calls = call_wait.calls + excluded.calls",
                    *day,
                    text(0),
                    text(1),
                    text(2),
                    number(3),
                    *calls,
                )?,
                Table::Taker => execute!(
                    *tx,
                    "INSERT INTO taker_day (local_day, source, taker, outcome, class, calls)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (local_day, source, taker, outcome, class)
                     DO UPDATE SET calls = taker_day.calls + excluded.calls",
                    *day,
                    text(0),
                    text(1),
                    text(2),
                    text(3),
                    *calls,
                )?,
            };
        }
        Ok(())
    }

    /// What the tables say about some days.
    async fn written(tx: &mut Tx, (from, to): (i64, i64)) -> Result<Self, StoreError> {
        let mut tallies = Self::default();
        let rows = fetch_all!(
            *tx,
            (i64, String, String, String, String, String, String, i64),
            "SELECT local_day, outcome, class, sub, incident_type, agency, village_code, calls
             FROM call_day WHERE local_day >= $1 AND local_day <= $2",
            from,
            to
        )?;
        for (day, outcome, class, sub, kind, agency, village, calls) in rows {
            tallies.set(Table::Day, day, vec![outcome, class, sub, kind, agency, village], (calls, 0));
        }
        let rows = fetch_all!(
            *tx,
            (i64, i64, i64, String, String, i64, i64),
            "SELECT local_day, weekday, hour, outcome, class, calls, talk_ms
             FROM call_hour WHERE local_day >= $1 AND local_day <= $2",
            from,
            to
        )?;
        for (day, weekday, hour, outcome, class, calls, talk_ms) in rows {
            tallies.set(
                Table::Hour,
                day,
                vec![weekday.to_string(), hour.to_string(), outcome, class],
                (calls, talk_ms),
            );
        }
        let rows = fetch_all!(
            *tx,
            (i64, String, String, String, i64, i64),
            "SELECT local_day, lane, outcome, class, bin, calls
             FROM call_wait WHERE local_day >= $1 AND local_day <= $2",
            from,
            to
        )?;
        for (day, lane, outcome, class, bin, calls) in rows {
            tallies.set(Table::Wait, day, vec![lane, outcome, class, bin.to_string()], (calls, 0));
        }
        let rows = fetch_all!(
            *tx,
            (i64, String, String, String, String, i64),
            "SELECT local_day, source, taker, outcome, class, calls
             FROM taker_day WHERE local_day >= $1 AND local_day <= $2",
            from,
            to
        )?;
        for (day, source, taker, outcome, class, calls) in rows {
            tallies.set(Table::Taker, day, vec![source, taker, outcome, class], (calls, 0));
        }
        Ok(tallies)
    }

    fn set(&mut self, table: Table, day: i64, cell: Vec<String>, sums: (i64, i64)) {
        self.0.insert((table, day, cell), sums);
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
