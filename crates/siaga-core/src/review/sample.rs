//! Which answered calls get a score form: two in a hundred by rank, and at least one of each call-taker a month.

use super::draw::is_among;
use crate::{
    ids::{CallId, UserId},
    time::{LocalDay, Timestamp},
};
use std::collections::{BTreeMap, BTreeSet};

/// Two in a hundred, of a million.
pub const SAMPLE_OF_MILLION: u32 = 20_000;
/// A review is due this long after its call (ms): five days.
pub const DUE_MS: i64 = 5 * DAY_MS;
/// Whoever is drawn late in a month's end has at least this long (ms).
const DUE_AT_LEAST_MS: i64 = DAY_MS;
const DAY_MS: i64 = 86_400_000;
/// From this day of the month on, who has no drawn call yet gets one of their latest: late enough that most were drawn by
/// chance, early enough for who works every third day.
const AT_LEAST_ONE_FROM: i32 = 22;
/// Their latest: within this time (ms), so that five days suffice.
const LATEST_MS: i64 = 2 * DAY_MS;

/// An answered call with a recording, that a person of ours took.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answered {
    pub call: CallId,
    pub taker: UserId,
    pub ended_at: Timestamp,
    pub day: LocalDay,
    pub rank: i64,
}

/// Why a call was drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    TwoPercent,
    AtLeastOne,
}

/// A drawn call, and until when its form is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chosen {
    pub of: Answered,
    pub why: Why,
    pub due_at: Timestamp,
}

/// Adds what is missing: `known` was drawn before. `calls` are those of this month and the one before.
#[must_use]
pub fn sample(calls: &[Answered], known: &BTreeSet<CallId>, today: LocalDay, now: Timestamp) -> Vec<Chosen> {
    let chosen = |of: &Answered, why: Why| {
        let due_at = of.ended_at.plus_ms(DUE_MS).max(now.plus_ms(DUE_AT_LEAST_MS));
        Chosen { of: *of, why, due_at }
    };
    let mut drawn = Vec::new();
    let mut have: BTreeSet<(UserId, i32)> = BTreeSet::new();
    let mut lacking: BTreeMap<(UserId, i32), Vec<&Answered>> = BTreeMap::new();
    for call in calls {
        let of = (call.taker, call.day.month());
        if known.contains(&call.call) {
            have.insert(of);
        } else if is_among(call.rank, SAMPLE_OF_MILLION) {
            have.insert(of);
            drawn.push(chosen(call, Why::TwoPercent));
        } else {
            lacking.entry(of).or_default().push(call);
        }
    }
    for ((taker, month), own) in lacking {
        let over = month < today.month();
        if have.contains(&(taker, month)) || !(over || today.0 % 100 >= AT_LEAST_ONE_FROM) {
            continue;
        }
        let latest = own.iter().filter(|call| over || now.ms_since(call.ended_at) <= LATEST_MS);
        if let Some(call) = latest.min_by_key(|call| (call.rank, call.call)) {
            drawn.push(chosen(call, Why::AtLeastOne));
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Draw, Seed, draw::rank};
    use proptest::prelude::*;
    use uuid::Uuid;

    /// 2026-05-22 08:00 in Jakarta.
    const NOW: Timestamp = Timestamp(1_779_411_600_000_000);

    fn answered(n: u128, taker: u128, days_ago: i64) -> Answered {
        let (call, ended_at) = (CallId(Uuid::from_u128(n)), NOW.plus_ms(-days_ago * DAY_MS));
        let day = LocalDay(20_260_522 - i32::try_from(days_ago).unwrap());
        let rank = rank(&Seed([8; 32]), Draw::Sample, call);
        Answered { call, taker: UserId(Uuid::from_u128(taker)), ended_at, day, rank }
    }

    #[test]
    fn who_has_none_by_the_22nd_gets_one_of_their_latest() {
        let many = i64::MAX;
        let calls = [
            Answered { rank: many, ..answered(1, 1, 1) },
            Answered { rank: 1, ..answered(2, 2, 9) },
            Answered { rank: many, ..answered(3, 2, 1) },
            Answered { rank: many, ..answered(4, 3, 9) },
        ];
        let chosen = sample(&calls, &BTreeSet::new(), LocalDay(20_260_522), NOW);
        let of: Vec<_> = chosen.iter().map(|one| (one.of.call.0.as_u128(), one.why)).collect();
        // the third took no call in two days: they get one when they do, or when the month is over
        assert_eq!(of, [(2, Why::TwoPercent), (1, Why::AtLeastOne)]);
        assert_eq!(chosen[1].due_at, NOW.plus_ms(4 * DAY_MS));
        assert_eq!(chosen[0].due_at, NOW.plus_ms(DAY_MS), "its five days are over: a day is left all the same");
        let early = sample(&calls, &BTreeSet::new(), LocalDay(20_260_521), NOW);
        assert_eq!(early.len(), 1, "before the 22nd chance has its time");
        let over = sample(&calls, &BTreeSet::new(), LocalDay(20_260_601), NOW);
        assert_eq!(over.len(), 3);
    }

    proptest! {
        /// After the month everybody has one, nobody is drawn twice, and looking again adds nothing.
        #[test]
        fn everybody_has_one_in_the_end(takers in prop::collection::vec((0_u128..6, 0_i64..20), 0..200)) {
            let calls: Vec<Answered> = takers.iter().enumerate().map(|(n, (taker, ago))| answered(n as u128, *taker, *ago)).collect();
            let drawn = sample(&calls, &BTreeSet::new(), LocalDay(20_260_601), NOW);
            let known: BTreeSet<CallId> = drawn.iter().map(|one| one.of.call).collect();
            prop_assert_eq!(known.len(), drawn.len());
            let have: BTreeSet<UserId> = drawn.iter().map(|one| one.of.taker).collect();
            let all: BTreeSet<UserId> = calls.iter().map(|one| one.taker).collect();
            prop_assert_eq!(have, all);
            prop_assert!(sample(&calls, &known, LocalDay(20_260_601), NOW).is_empty());
        }
    }
}
