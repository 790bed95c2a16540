//! What happened in a period, from rows: few enough to be read one by one.

use super::{change_pct, period::ReportPeriod, village_label};
use crate::{
    city::City,
    sanction::{AppealOutcome, Heard, Sanction, SanctionState, Step},
    time::Timestamp,
    view::report::{
        Figures,
        proceedings::{AppealCount, Correction, Handled, Published, StepCount},
    },
};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows of the list of handled emergencies (a year of the city has about 200).
pub const HANDLED_MAX: u32 = 500;

/// A row of the list as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandledRow {
    pub at: Timestamp,
    pub incident_type: Option<String>,
    pub village_code: Option<String>,
    pub agency: Option<String>,
    pub incident: Option<(i64, i64)>,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
}

#[must_use]
pub fn handled(rows: Vec<HandledRow>, city: &City) -> Vec<Handled> {
    let label = |key: Option<String>, known: &dyn Fn(&str) -> Option<String>| {
        let key = key.unwrap_or_default();
        known(&key).unwrap_or(key)
    };
    rows.into_iter()
        .map(|row| Handled {
            at: row.at,
            type_label: label(row.incident_type, &|key| city.incident_type(key).map(|one| one.label.clone())),
            village_label: label(row.village_code, &|code| village_label(city, code)),
            agency_label: label(row.agency, &|key| city.agency(key).map(|one| one.label.clone())),
            incident: row.incident.map(|(year, number)| format!("{year}/{number}")),
            closed_at: row.closed_at,
            outcome: row.outcome,
        })
        .collect()
}

/// Sanctions by rung, all four, and the appeals against them.
#[must_use]
pub fn sanctions(all: &[Sanction]) -> (Vec<StepCount>, AppealCount) {
    let mut counts = Step::ALL.map(|step| StepCount {
        key: step.key().to_owned(),
        label: step.label().to_owned(),
        proposed: 0,
        approved: 0,
        rejected: 0,
        withdrawn: 0,
        waiting: 0,
    });
    let mut appeals = AppealCount::default();
    for sanction in all {
        let step = sanction.case().proposal.step;
        if let Some(count) = counts.iter_mut().find(|count| count.key == step.key()) {
            count.proposed += 1;
            *match sanction.state() {
                SanctionState::Proposed | SanctionState::AwaitingSecond => &mut count.waiting,
                SanctionState::Rejected => &mut count.rejected,
                SanctionState::Withdrawn => &mut count.withdrawn,
                _ => &mut count.approved,
            } += 1;
        }
        let heard: Option<&Heard> = match sanction {
            Sanction::InForce { heard, .. }
            | Sanction::Given { heard, .. }
            | Sanction::Expired { heard, .. }
            | Sanction::Lifted { heard, .. } => heard.as_ref(),
            Sanction::Appealed { .. } => {
                appeals.made += 1;
                appeals.waiting += 1;
                None
            }
            Sanction::Proposed { .. } | Sanction::AwaitingSecond { .. } | Sanction::Rejected { .. } => None,
        };
        if let Some(heard) = heard {
            appeals.made += 1;
            match heard.outcome {
                AppealOutcome::Upheld => appeals.upheld += 1,
                AppealOutcome::Lifted => appeals.lifted += 1,
            }
        }
    }
    (counts.into(), appeals)
}

/// Corrections by day and classes, from the bodies of their events.
#[must_use]
pub fn corrections(events: &[(Timestamp, Option<String>)], zone: &TimeZone) -> Vec<Correction> {
    let mut counts: BTreeMap<(String, String, String), u64> = BTreeMap::new();
    for (at, body) in events {
        // A body that retention took away still was a correction.
        let body: Value = body.as_deref().and_then(|body| serde_json::from_str(body).ok()).unwrap_or_default();
        let class = |side: &str| body[side]["class"].as_str().unwrap_or_default().to_owned();
        let (from, to) = (class("from"), class("to"));
        if from != to || body.is_null() {
            *counts.entry((at.in_zone(zone).date().to_string(), from, to)).or_default() += 1;
        }
    }
    let shown = |((day, from_class, to_class), calls)| Correction { day, from_class, to_class, calls };
    counts.into_iter().map(shown).collect()
}

/// Which of our figures a published measure speaks of, as far as its name says.
fn measure_of(measure: &str, figures: &Figures) -> Option<u64> {
    let class = |key: &str| figures.classes.get(key).copied();
    match measure {
        "calls_offered" | "calls_reported" => Some(figures.offered),
        "calls_answered" => Some(figures.answered),
        "calls_unanswered" => Some(figures.abandoned),
        "valid_reports" => class("emergency"),
        "prank_or_ghost" => Some(figures.nuisance),
        "prank" | "ghost" | "information" => class(measure),
        _ => None,
    }
}

/// Sets published figures beside ours where both speak of the same days.
#[must_use]
pub fn beside_published(rows: Vec<Published>, period: &ReportPeriod, figures: &Figures) -> Vec<Published> {
    let spans = |one: &Published, of: &ReportPeriod| one.from == of.from().to_string() && one.to == of.to().to_string();
    let before = period.year_before();
    rows.into_iter()
        .map(|one| {
            let ours = measure_of(&one.measure, figures);
            Published {
                ours: ours.filter(|_| spans(&one, period)),
                change_pct: ours.filter(|_| spans(&one, &before)).and_then(|ours| change_pct(one.value, ours)),
                ..one
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp(second * 1_000_000)
    }

    #[test]
    fn corrections_are_told_by_day() {
        let body = |from: &str, to: &str| {
            Some(serde_json::json!({ "from": { "class": from }, "to": { "class": to } }).to_string())
        };
        let zone = TimeZone::get("Asia/Jakarta").unwrap();
        // 17:00 UTC is the next day in Serang.
        let rows = [
            (at(17 * 3_600), body("prank", "emergency")),
            (at(17 * 3_600 + 5), body("prank", "emergency")),
            (at(3_600), body("ghost", "ghost")),
            (at(3_600), None),
        ];
        let told: Vec<_> = corrections(&rows, &zone)
            .into_iter()
            .map(|one| (one.day, one.from_class, one.to_class, one.calls))
            .collect();
        let line = |day: &str, from: &str, to: &str, calls| (day.to_owned(), from.to_owned(), to.to_owned(), calls);
        assert_eq!(told, [line("1970-01-01", "", "", 1), line("1970-01-02", "prank", "emergency", 2)]);
    }
}
