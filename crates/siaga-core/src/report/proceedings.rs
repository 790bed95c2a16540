//! What happened in a period, from rows: few enough to be read one by one.

use super::{change_pct, period::ReportPeriod, village_label};
use crate::{
    city::City,
    sanction::{AppealOutcome, Heard, Sanction, Step},
    time::Timestamp,
    view::report::{
        Figures,
        proceedings::{AgencyTimes, AppealCount, Correction, Handled, Published, StepCount, StepTime},
    },
};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows of the list of handled emergencies (a year of the city has about 200).
pub const HANDLED_MAX: u32 = 500;

/// An assignment with the points in time around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssignmentTimes {
    pub agency: String,
    pub agency_label: String,
    pub offered_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub sent_at: Timestamp,
    pub acknowledged_at: Option<Timestamp>,
    pub on_scene_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

/// Name, from where, to where.
type Span = (&'static str, fn(&AssignmentTimes) -> Option<Timestamp>, fn(&AssignmentTimes) -> Option<Timestamp>);

const SPANS: [Span; 7] = [
    ("answer", |one| one.offered_at, |one| one.answered_at),
    ("decide", |one| one.answered_at, |one| Some(one.opened_at)),
    ("send", |one| Some(one.opened_at), |one| Some(one.sent_at)),
    ("acknowledge", |one| Some(one.sent_at), |one| one.acknowledged_at),
    ("arrive", |one| Some(one.sent_at), |one| one.on_scene_at),
    ("response", |one| one.offered_at, |one| one.on_scene_at),
    ("close", |one| Some(one.opened_at), |one| one.closed_at),
];

/// The intervals per agency, most assignments first.
#[must_use]
pub fn agency_times(rows: &[AssignmentTimes]) -> Vec<AgencyTimes> {
    let mut agencies: BTreeMap<&str, Vec<&AssignmentTimes>> = BTreeMap::new();
    for row in rows {
        agencies.entry(&row.agency).or_default().push(row);
    }
    let mut agencies: Vec<AgencyTimes> = agencies
        .into_iter()
        .map(|(key, rows)| AgencyTimes {
            key: key.to_owned(),
            label: rows.last().map_or(key, |row| &row.agency_label).to_owned(),
            assignments: rows.len() as u64,
            steps: SPANS.iter().map(|span| step_time(span, &rows)).collect(),
        })
        .collect();
    agencies.sort_by(|a, b| b.assignments.cmp(&a.assignments).then_with(|| a.key.cmp(&b.key)));
    agencies
}

fn step_time((key, from, to): &Span, rows: &[&AssignmentTimes]) -> StepTime {
    let seconds = |row: &&AssignmentTimes| u64::try_from(to(row)?.ms_since(from(row)?)).ok().map(|ms| ms / 1_000);
    let mut known: Vec<u64> = rows.iter().filter_map(seconds).collect();
    known.sort_unstable();
    // Nearest rank: a value that was seen, no mean of two.
    let rank = |pct: usize| known.get((known.len() * pct).div_ceil(100).saturating_sub(1)).copied();
    StepTime {
        key: (*key).to_owned(),
        known: known.len() as u64,
        missing: (rows.len() - known.len()) as u64,
        median_s: rank(50),
        p90_s: rank(90),
    }
}

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
        waiting: 0,
    });
    let mut appeals = AppealCount::default();
    for sanction in all {
        let step = sanction.case().proposal.step;
        if let Some(count) = counts.iter_mut().find(|count| count.key == step.key()) {
            count.proposed += 1;
            *match sanction {
                Sanction::Proposed { .. } | Sanction::AwaitingSecond { .. } => &mut count.waiting,
                Sanction::Rejected { .. } => &mut count.rejected,
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

    fn assignment(agency: &str, sent: i64, acknowledged: Option<i64>, on_scene: Option<i64>) -> AssignmentTimes {
        AssignmentTimes {
            agency: agency.into(),
            agency_label: agency.to_uppercase(),
            offered_at: Some(at(0)),
            answered_at: Some(at(4)),
            opened_at: at(40),
            sent_at: at(sent),
            acknowledged_at: acknowledged.map(at),
            on_scene_at: on_scene.map(at),
            closed_at: None,
        }
    }

    #[test]
    fn intervals_have_median_p90_and_what_is_missing() {
        let mut rows: Vec<AssignmentTimes> =
            (1..=10).map(|n| assignment("damkar", 50, Some(50 + n), Some(100 * n))).collect();
        rows.push(assignment("damkar", 50, None, None));
        // A telephone whose clock ran behind: no interval, and told.
        rows.push(assignment("damkar", 50, Some(20), None));
        rows.push(assignment("bpbd", 45, None, None));
        let times = agency_times(&rows);
        assert_eq!(
            times.iter().map(|one| (one.label.as_str(), one.assignments)).collect::<Vec<_>>(),
            [("DAMKAR", 12), ("BPBD", 1)]
        );
        let step = |key: &str| times[0].steps.iter().find(|one| one.key == key).unwrap().clone();
        let shown = |key: &str| (step(key).known, step(key).missing, step(key).median_s, step(key).p90_s);
        assert_eq!(shown("answer"), (12, 0, Some(4), Some(4)));
        assert_eq!(shown("acknowledge"), (10, 2, Some(5), Some(9)));
        assert_eq!(shown("response"), (10, 2, Some(500), Some(900)));
        assert_eq!(shown("close"), (0, 12, None, None));
        assert_eq!(agency_times(&[]), []);
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
