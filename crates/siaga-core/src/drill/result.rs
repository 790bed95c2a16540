//! What a team did with a drill. Of the team, never of a person: who answered is not read.

use super::DrillCaller;
use crate::{class::Class, time::Timestamp, view::drill::DrillResult};

/// One call as it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrillCall {
    pub nth: u32,
    pub offered_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub class: Option<Class>,
    /// When it became, or joined, an incident.
    pub sent_at: Option<Timestamp>,
}

/// Counts a drill's calls against what their callers truly were.
#[must_use]
pub fn result(callers: &[DrillCaller], calls: &[DrillCall]) -> DrillResult {
    let mut found = DrillResult::default();
    let (mut waits, mut sendings) = (Vec::new(), Vec::new());
    for call in calls {
        found.came += 1;
        let Some(answered_at) = call.answered_at else { continue };
        found.answered += 1;
        waits.push(answered_at.ms_since(call.offered_at));
        let truth = usize::try_from(call.nth).ok().and_then(|nth| callers.get(nth)).map(|caller| caller.truth());
        found.classed += u32::from(call.class.is_some());
        found.classed_right += u32::from(call.class.is_some() && call.class == truth.map(|truth| truth.class));
        if truth.is_some_and(|truth| truth.incident_type.is_some()) {
            found.real += 1;
            if let Some(sent_at) = call.sent_at {
                found.real_sent += 1;
                sendings.push(sent_at.ms_since(answered_at));
            }
        }
    }
    waits.sort_unstable();
    sendings.sort_unstable();
    found.answer_longest_ms = waits.last().copied();
    found.answer_median_ms = median(&waits);
    found.send_median_ms = median(&sendings);
    found
}

/// The middle one; of an even count the lower of the two, so that it is a time that somebody saw.
fn median(sorted: &[i64]) -> Option<i64> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    fn call(nth: u32, answered_s: Option<i64>, class: Option<Class>, sent_s: Option<i64>) -> DrillCall {
        let after = |s: i64| NOW.plus_ms(s * 1_000);
        DrillCall { nth, offered_at: NOW, answered_at: answered_s.map(after), class, sent_at: sent_s.map(after) }
    }

    #[test]
    fn a_team_is_counted_against_the_truth() {
        let callers = [DrillCaller::Fire, DrillCaller::Child, DrillCaller::Silent, DrillCaller::Accident];
        let calls = [
            call(0, Some(4), Some(Class::Emergency), Some(34)),
            call(1, Some(10), Some(Class::Ghost), None),
            call(2, None, Some(Class::Abandoned), None),
            call(3, Some(6), None, None),
        ];
        let found = result(&callers, &calls);
        let expected = DrillResult {
            came: 4,
            answered: 3,
            answer_median_ms: Some(6_000),
            answer_longest_ms: Some(10_000),
            classed: 2,
            classed_right: 1,
            real: 2,
            real_sent: 1,
            send_median_ms: Some(30_000),
        };
        assert_eq!(found, expected);
        assert_eq!(result(&callers, &[]), DrillResult::default());
    }
}
