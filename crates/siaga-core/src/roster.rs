//! *Jadwal jaga*: who is on duty when. A plan is a pattern, a day to begin, and crews; the rest follows by counting days.
//! What two people swapped is a change on top, with the lead's yes. Nothing here keeps anybody from a seat.

mod advice;
mod pattern;
mod swap;

pub use advice::short_hours;
pub use pattern::{Pattern, Slot};
pub use swap::{Swap, SwapRefused, with_swaps};

use crate::{
    text,
    time::{LocalDay, Timestamp},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Crews of one plan: four teams, and some for a city that has more.
pub const CREWS_MAX: usize = 8;
/// People of one crew.
pub const PEOPLE_MAX: usize = 20;
/// Characters of a name.
pub const NAME_CHARS_MAX: usize = 60;

/// One crew (*regu*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Crew {
    pub name: String,
    /// Display names, the lead first.
    pub people: Vec<String>,
}

/// What a version of the roster says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub pattern: Pattern,
    /// The day from which it counts; before it nobody is rostered.
    pub from: LocalDay,
    pub crews: Vec<Crew>,
}

/// One shift of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Duty {
    /// The day it begins on.
    pub day: LocalDay,
    pub slot: Slot,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Absent: one person of a list, not a crew.
    pub crew: Option<String>,
    pub people: Vec<String>,
}

/// What cannot be in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanProblem {
    /// This pattern asks for so many crews.
    Crews { needed: usize },
    /// Too many crews or people.
    TooMany,
    /// A crew without a name, or without people.
    Empty,
    /// A name that is empty, endless, or in two crews.
    Name,
    /// Two crews of one name.
    Twice,
    /// A crew's name has letters that nobody sees.
    Unseen,
}

/// A person's name in a roster.
#[must_use]
pub fn is_name(name: &str) -> bool {
    (1..=NAME_CHARS_MAX).contains(&name.trim().chars().count()) && text::is_line(name)
}

impl Plan {
    /// Whether it can be counted on.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), PlanProblem> {
        let needed = self.pattern.crews();
        if self.crews.len() > CREWS_MAX || self.crews.iter().any(|crew| crew.people.len() > PEOPLE_MAX) {
            return Err(PlanProblem::TooMany);
        }
        if self.crews.len() < needed {
            return Err(PlanProblem::Crews { needed });
        }
        let mut people: Vec<&str> = Vec::new();
        for (at, crew) in self.crews.iter().enumerate() {
            if crew.name.trim().is_empty() || crew.people.is_empty() {
                return Err(PlanProblem::Empty);
            }
            if !text::is_line(&crew.name) {
                return Err(PlanProblem::Unseen);
            }
            if self.crews.iter().take(at).any(|other| other.name == crew.name) {
                return Err(PlanProblem::Twice);
            }
            for name in &crew.people {
                if !is_name(name) || people.contains(&name.as_str()) {
                    return Err(PlanProblem::Name);
                }
                people.push(name);
            }
        }
        Ok(())
    }

    /// The shifts of one day, in order.
    #[must_use]
    pub fn duties(&self, day: LocalDay, zone: &TimeZone) -> Vec<Duty> {
        let (Some(first), Some(date)) = (self.from.date(), day.date()) else { return Vec::new() };
        let Ok(since) = first.until(date).map(|span| i64::from(span.get_days())) else { return Vec::new() };
        if since < 0 || self.check().is_err() {
            return Vec::new();
        }
        let everybody: Vec<&String> = self.crews.iter().flat_map(|crew| &crew.people).collect();
        let slots = self.pattern.slots().iter();
        slots
            .map(|slot| {
                let hours = slot.hours();
                let (crew, people) = match self.pattern.on(*slot, since, self.crews.len()) {
                    pattern::On::Crew(at) => {
                        let crew = &self.crews[at];
                        (Some(crew.name.clone()), crew.people.clone())
                    }
                    pattern::On::OneOfAll(nth) => (None, vec![everybody[nth % everybody.len()].clone()]),
                };
                let (from, to) = (edge(date, hours.0, zone), edge(date, hours.0 + hours.1, zone));
                Duty { day, slot: *slot, from, to, crew, people }
            })
            .collect()
    }

    /// The shifts of some days in a row.
    #[must_use]
    pub fn days(&self, first: LocalDay, count: u16, zone: &TimeZone) -> Vec<Duty> {
        let Some(date) = first.date() else { return Vec::new() };
        let days = (0..i64::from(count)).filter_map(|n| date.checked_add(n.days()).ok());
        days.flat_map(|date| self.duties(LocalDay::from_date(date), zone)).collect()
    }
}

/// So many hours after a day began, by the clock on the wall.
fn edge(date: Date, hour: i8, zone: &TimeZone) -> Timestamp {
    let day = date.checked_add(i64::from(hour / 24).days()).unwrap_or(date);
    let at = zone.to_timestamp(day.at(hour % 24, 0, 0, 0));
    Timestamp(at.map_or(0, |at| at.as_microsecond()))
}

/// Who is on now, and who comes next.
#[must_use]
pub fn now_and_next(duties: &[Duty], now: Timestamp) -> (Option<&Duty>, Option<&Duty>) {
    let on = duties.iter().find(|duty| duty.from <= now && now < duty.to);
    let next = duties.iter().filter(|duty| duty.from > now).min_by_key(|duty| duty.from);
    (on, next)
}

#[cfg(test)]
mod tests;
