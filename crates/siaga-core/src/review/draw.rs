//! The draw. Each call has a rank, a keyed hash of its id: nobody without the key can tell it, nobody can change it, and
//! with the key it can be recomputed. The lowest ranks are drawn.

use crate::ids::CallId;
use sha2::{Digest, Sha256};

/// The house's secret of the draw, made once. No `Debug`: who knows it knows the sample.
#[derive(Clone)]
pub struct Seed(pub [u8; 32]);

/// What is drawn for: one call has unrelated ranks for different draws.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Draw {
    /// 50 nuisance calls a week, coded twice.
    Coding,
    /// 2 % of answered calls, with a score form.
    Sample,
}

impl Draw {
    fn word(self) -> &'static [u8; 6] {
        match self {
            Draw::Coding => b"coding",
            Draw::Sample => b"sample",
        }
    }
}

/// The rank of a call, 0 to 2^63 - 1, uniform. SHA-256 over key, purpose and id, each of fixed length, so that no two
/// inputs read the same.
#[must_use]
pub fn rank(seed: &Seed, draw: Draw, call: CallId) -> i64 {
    let mut hasher = Sha256::new();
    hasher.update(seed.0);
    hasher.update(draw.word());
    hasher.update(call.0.as_bytes());
    let digest = hasher.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    (u64::from_be_bytes(first) >> 1).cast_signed()
}

/// Whether a rank is among the lowest `of_million` in a million.
#[must_use]
pub fn is_among(rank: i64, of_million: u32) -> bool {
    i128::from(rank) * 1_000_000 < i128::from(of_million) * (1_i128 << 63)
}

/// Which calls of a week are heard again. A week that is over: those with the `wanted` lowest ranks. A week that runs: those
/// whose rank would be among them if the week had as many calls as are `expected`; so the work begins before the week
/// ends, and by chance alone. When more come than expected, some were drawn beyond the lowest: they are heard too, but
/// only the lowest count in figures.
#[must_use]
pub fn drawn(ranked: &[(CallId, i64)], wanted: usize, expected: Option<usize>) -> Vec<(CallId, i64)> {
    let mut lowest = ranked.to_vec();
    lowest.sort_by_key(|(call, rank)| (*rank, *call));
    lowest.truncate(wanted);
    let Some(expected) = expected else { return lowest };
    let expected = expected.max(ranked.len()).max(1);
    let share = u32::try_from(wanted * 1_000_000 / expected).unwrap_or(u32::MAX);
    lowest.retain(|(_, rank)| is_among(*rank, share));
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn ranked(seed: u8, calls: u128) -> Vec<(CallId, i64)> {
        let seed = Seed([seed; 32]);
        let id = |n| CallId(Uuid::from_u128(n));
        (0..calls).map(|n| (id(n), rank(&seed, Draw::Coding, id(n)))).collect()
    }

    #[test]
    fn a_rank_is_the_keys_and_the_purposes_own() {
        let call = CallId(Uuid::from_u128(1));
        let one = rank(&Seed([1; 32]), Draw::Coding, call);
        assert_eq!(one, rank(&Seed([1; 32]), Draw::Coding, call));
        assert_ne!(one, rank(&Seed([2; 32]), Draw::Coding, call));
        assert_ne!(one, rank(&Seed([1; 32]), Draw::Sample, call));
        assert!(one >= 0);
    }

    /// 2 % of 100,000 is 2,000; four standard deviations are 177.
    #[test]
    fn two_in_a_hundred_are_two_in_a_hundred() {
        let among = ranked(3, 100_000).iter().filter(|(_, rank)| is_among(*rank, 20_000)).count();
        assert!(among.abs_diff(2_000) < 177, "{among}");
        assert!(is_among(i64::MAX, 1_000_000) && !is_among(0, 0));
    }

    /// Over many keys, every call of a week is drawn about equally often: first or last of the week.
    #[test]
    fn no_part_of_the_week_is_drawn_more_often() {
        let (weeks, calls, mut early, mut late) = (200_u8, 400_u128, 0, 0);
        for seed in 0..weeks {
            let place = |call: &CallId| call.0.as_u128();
            let drawn = drawn(&ranked(seed, calls), CODINGS, None);
            assert_eq!(drawn.len(), CODINGS);
            early += drawn.iter().filter(|(call, _)| place(call) < calls / 2).count();
            late += drawn.iter().filter(|(call, _)| place(call) >= calls / 2).count();
        }
        // 10,000 draws: the standard deviation of either half is under 50
        assert!(early.abs_diff(late) < 400, "{early} and {late}");
    }

    const CODINGS: usize = crate::review::CODINGS_OF_WEEK;

    proptest! {
        /// What the week draws while it runs is what it draws in the end, as long as it is no busier than expected.
        #[test]
        fn early_work_is_part_of_the_sample(seed: u8, calls in 0_u128..600, more in 0_u128..200) {
            let whole = (calls + more) as usize;
            let running = drawn(&ranked(seed, calls), CODINGS, Some(whole));
            let over: BTreeSet<_> = drawn(&ranked(seed, calls + more), CODINGS, None).into_iter().collect();
            // by chance some more than 50 of a week may lie under the share; those are heard and not counted
            let surplus = running.iter().filter(|one| !over.contains(one)).count();
            let under = ranked(seed, calls + more).iter()
                .filter(|(_, rank)| is_among(*rank, (CODINGS * 1_000_000 / whole.max(1)) as u32)).count();
            prop_assert!(surplus <= under.saturating_sub(CODINGS), "{surplus} of {under}");
        }

        #[test]
        fn a_small_week_is_heard_whole(seed: u8, calls in 0_u128..50) {
            prop_assert_eq!(drawn(&ranked(seed, calls), CODINGS, None).len(), calls as usize);
            prop_assert_eq!(drawn(&ranked(seed, calls), CODINGS, Some(0)).len(), calls as usize);
        }
    }
}
