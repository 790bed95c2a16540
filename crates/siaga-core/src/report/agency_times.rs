//! How long the agencies took, from one point in time to the next. What a day's assignments took is kept as the whole
//! seconds of each step, so that any days put together give the exact median and not a median of medians.

use crate::{
    time::Timestamp,
    view::report::proceedings::{AgencyTimes, StepTime},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// What some assignments took, by agency. In JSON as a day of it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgencySums(BTreeMap<String, AgencySum>);

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct AgencySum {
    /// The name that the agency had when it was sent last, and when that was.
    label: String,
    sent_last: i64,
    assignments: u64,
    /// Seconds in the order of [`SPANS`], each list rising. Who has no point in time, or has them the wrong way round, is in
    /// none.
    seconds: [Vec<u64>; SPANS.len()],
}

impl AgencySums {
    #[must_use]
    pub fn of(rows: &[AssignmentTimes]) -> Self {
        let mut sums = Self::default();
        for row in rows {
            let sum = sums.0.entry(row.agency.clone()).or_default();
            sum.name(&row.agency_label, row.sent_at.0);
            sum.assignments += 1;
            for ((_, from, to), seconds) in SPANS.iter().zip(&mut sum.seconds) {
                let ms = from(row).zip(to(row)).and_then(|(from, to)| u64::try_from(to.ms_since(from)).ok());
                seconds.extend(ms.map(|ms| ms / 1_000));
            }
        }
        sums.in_order()
    }

    /// Puts other assignments to these; the lists are in no order then.
    pub fn add(&mut self, other: Self) {
        for (agency, other) in other.0 {
            let sum = self.0.entry(agency).or_default();
            sum.name(&other.label, other.sent_last);
            sum.assignments += other.assignments;
            for (seconds, others) in sum.seconds.iter_mut().zip(other.seconds) {
                seconds.extend(others);
            }
        }
    }

    /// Each list rising again, so that equal sums are equal however they were put together.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.0.values_mut().flat_map(|sum| &mut sum.seconds).for_each(|seconds| seconds.sort_unstable());
        self
    }

    /// How many assignments there are, and how many seconds their steps took together.
    #[must_use]
    pub fn totals(&self) -> (u64, u64) {
        let seconds = self.0.values().flat_map(|sum| sum.seconds.iter().flatten()).sum();
        (self.0.values().map(|sum| sum.assignments).sum(), seconds)
    }

    /// The intervals per agency, most assignments first.
    #[must_use]
    pub fn times(self) -> Vec<AgencyTimes> {
        let times = self.0.into_iter().map(|(key, mut sum)| AgencyTimes {
            key,
            label: sum.label,
            assignments: sum.assignments,
            steps: SPANS
                .iter()
                .zip(&mut sum.seconds)
                .map(|(span, known)| step(span.0, known, sum.assignments))
                .collect(),
        });
        let mut times: Vec<AgencyTimes> = times.collect();
        times.sort_by(|a, b| b.assignments.cmp(&a.assignments).then_with(|| a.key.cmp(&b.key)));
        times
    }
}

impl AgencySum {
    fn name(&mut self, label: &str, sent: i64) {
        if (sent, label) >= (self.sent_last, self.label.as_str()) {
            (self.sent_last, self.label) = (sent, label.to_owned());
        }
    }
}

fn step(key: &str, known: &mut [u64], assignments: u64) -> StepTime {
    // Nearest rank: a value that was seen, no mean of two.
    let mut rank = |pct: usize| {
        let place = (known.len() * pct).div_ceil(100).checked_sub(1)?;
        Some(*known.select_nth_unstable(place).1)
    };
    let (median_s, p90_s) = (rank(50), rank(90));
    let known = known.len() as u64;
    StepTime { key: key.to_owned(), known, missing: assignments - known.min(assignments), median_s, p90_s }
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
        let times = AgencySums::of(&rows).times();
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
        assert_eq!(AgencySums::of(&[]).times(), []);
    }

    #[test]
    fn days_put_together_are_all_assignments_at_once() {
        let rows: Vec<AssignmentTimes> = (0..200_i64)
            .map(|n| {
                let agency = ["damkar", "bpbd", "psc"][usize::try_from(n * n % 3).unwrap()];
                let mut one = assignment(
                    agency,
                    50 + n * 7 % 11,
                    Some(40 + n * 31 % 97),
                    (n % 4 > 0).then_some(100 + n * 53 % 601),
                );
                one.agency_label = format!("{agency} {}", n / 90);
                one.closed_at = (n % 5 > 0).then_some(at(3_000 + n * 17 % 977));
                one
            })
            .collect();
        let all = AgencySums::of(&rows);
        for days in [1, 3, 7, 200] {
            let mut sums = AgencySums::default();
            for day in rows.chunks(days) {
                let kept = serde_json::to_string(&AgencySums::of(day)).unwrap();
                sums.add(serde_json::from_str(&kept).unwrap());
            }
            assert_eq!(sums.totals(), all.totals());
            assert_eq!(sums.times(), all.clone().times(), "{days} a day");
        }
    }
}
