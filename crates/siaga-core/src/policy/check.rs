//! What a set of rules must hold before it may be tried or put into force. Promises of the product bound a city's choice.

use super::{LANE_B_HEARD_MS_LIMIT, LANE_B_MS_LIMIT, Policy, SILENT_SLIDE_MS_LIMIT};
use crate::sanction::{BLOCK_HOURS_MAX, ONE_PERSON_HOURS_MAX, WINDOW_DAYS_MAX, notice::TEXT_CHARS_MAX};
use std::fmt;

/// Longest name of a version (characters).
const NAME_CHARS_MAX: usize = 80;

/// One rule that cannot be, and what is expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyProblem {
    /// `sanction.block_from`.
    pub place: String,
    /// Indonesian.
    pub expected: String,
}

impl fmt::Display for PolicyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.expected)
    }
}

impl Policy {
    /// Everything that is wrong with these rules; empty: they can be put into force.
    #[must_use]
    pub fn problems(&self) -> Vec<PolicyProblem> {
        let (ladder, queue) = (&self.sanction, &self.queue);
        let mut found = Vec::new();
        let mut expect = |holds: bool, place: &str, expected: String| {
            if !holds {
                found.push(PolicyProblem { place: place.to_owned(), expected });
            }
        };
        let name = self.name.trim().chars().count();
        expect((1..=NAME_CHARS_MAX).contains(&name), "name", format!("nama, 1 sampai {NAME_CHARS_MAX} huruf"));
        expect(
            (1..=WINDOW_DAYS_MAX).contains(&ladder.window_days),
            "sanction.window_days",
            format!("1 sampai {WINDOW_DAYS_MAX} hari"),
        );
        expect(ladder.warn_from >= 2, "sanction.warn_from", "paling sedikit 2: pembinaan lebih dahulu".to_owned());
        expect(
            ladder.block_from > ladder.warn_from,
            "sanction.block_from",
            format!("lebih dari {}: peringatan lebih dahulu", ladder.warn_from),
        );
        expect(
            ladder.refer_from > ladder.block_from,
            "sanction.refer_from",
            format!("lebih dari {}: blokir sementara lebih dahulu", ladder.block_from),
        );
        let hours = 1..=BLOCK_HOURS_MAX;
        expect(hours.contains(&ladder.block_hours), "sanction.block_hours", format!("1 sampai {BLOCK_HOURS_MAX} jam"));
        expect(
            hours.contains(&ladder.block_again_hours) && ladder.block_again_hours >= ladder.block_hours,
            "sanction.block_again_hours",
            format!("{} sampai {BLOCK_HOURS_MAX} jam", ladder.block_hours),
        );
        expect(
            (1..=ONE_PERSON_HOURS_MAX).contains(&ladder.one_person_hours_max),
            "sanction.one_person_hours_max",
            format!("1 sampai {ONE_PERSON_HOURS_MAX} jam: lebih lama selalu butuh dua orang"),
        );
        let waits = [
            ("queue.lane_b_ms_max", queue.lane_b_ms_max, LANE_B_MS_LIMIT),
            ("queue.lane_b_heard_ms_max", queue.lane_b_heard_ms_max, LANE_B_HEARD_MS_LIMIT),
            ("queue.silent_slide_ms", queue.silent_slide_ms, SILENT_SLIDE_MS_LIMIT),
        ];
        for (place, ms, limit) in waits {
            expect((0..=limit).contains(&ms), place, format!("0 sampai {limit} ms, seperti yang dijanjikan"));
        }
        for (place, expected) in self.overflow.problems() {
            expect(false, place, expected);
        }
        let grows = std::iter::once(&0).chain(&queue.call_back_after_ms).is_sorted_by(|a, b| a < b);
        expect(grows, "queue.call_back_after_ms", "waktu (ms) yang makin besar, lebih dari 0".to_owned());
        expect(queue.kept_for_lane_a >= 1, "queue.kept_for_lane_a", "paling sedikit 1 meja untuk jalur A".to_owned());
        for (key, text) in self.notice.all() {
            expect(
                (1..=TEXT_CHARS_MAX).contains(&text.trim().chars().count()),
                &format!("notice.{key}"),
                format!("teks 1 sampai {TEXT_CHARS_MAX} huruf"),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Policy), place: Option<&str>) {
        let mut policy = Policy::default();
        change(&mut policy);
        let found: Vec<_> = policy.problems().into_iter().map(|one| one.place).collect();
        assert_eq!(found.first().map(String::as_str), place, "{found:?}");
    }

    #[test]
    fn a_city_chooses_within_the_promises() {
        check(|_| {}, None);
        check(|policy| policy.sanction.block_again_hours = BLOCK_HOURS_MAX, None);
        check(|policy| policy.sanction.block_again_hours = BLOCK_HOURS_MAX + 1, Some("sanction.block_again_hours"));
        check(|policy| policy.sanction.one_person_hours_max = 25, Some("sanction.one_person_hours_max"));
        check(|policy| policy.sanction.warn_from = 1, Some("sanction.warn_from"));
        check(|policy| policy.sanction.block_from = 3, Some("sanction.block_from"));
        check(|policy| policy.queue.lane_b_ms_max = 61_000, Some("queue.lane_b_ms_max"));
        check(|policy| policy.queue.call_back_after_ms = vec![2, 1], Some("queue.call_back_after_ms"));
        check(|policy| policy.queue.kept_for_lane_a = 0, Some("queue.kept_for_lane_a"));
        check(|policy| policy.notice.block.clear(), Some("notice.block"));
        check(|policy| policy.name = " ".to_owned(), Some("name"));
    }
}
