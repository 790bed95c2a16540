//! Waits in bins of fixed edges, so that a year's percentiles are read from a few counts. An edge is at most 16 % above
//! the one before it; a percentile is given as the upper edge of its bin and never looks better than it was.

use std::{collections::BTreeMap, sync::LazyLock};

/// One decade of edges, in tenths: 10, 15, 20, 30, 45 and 60 seconds are among them because targets name them.
const STEPS: [i64; 24] =
    [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90];
/// From 0.1 s to 10,000 s (milliseconds per tenth of a step).
const DECADES: [i64; 5] = [10, 100, 1_000, 10_000, 100_000];
/// The bin of a call whose wait is not known.
pub const WAIT_UNKNOWN: i64 = -1;

static EDGES_MS: LazyLock<Vec<i64>> = LazyLock::new(|| {
    let mut edges: Vec<i64> = DECADES.iter().flat_map(|unit| STEPS.map(|step| step * unit)).collect();
    edges.push(10_000_000);
    edges
});

/// The bin of a wait: the first edge that is not below it. What is longer than the last edge has the last bin.
#[must_use]
pub fn wait_bin(wait_ms: i64) -> i64 {
    i64::try_from(EDGES_MS.partition_point(|edge| *edge < wait_ms)).unwrap_or(WAIT_UNKNOWN)
}

/// The longest wait of a bin, milliseconds; the last bin has none.
#[must_use]
pub fn wait_at_most_ms(bin: i64) -> Option<i64> {
    EDGES_MS.get(usize::try_from(bin).ok()?).copied()
}

/// Waits by bin: those that ended with an answer, and those whose caller left. Who left would have waited longer: a
/// censored observation.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits {
    bins: BTreeMap<i64, (u64, u64)>,
    pub unknown: u64,
}

/// How a wait ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum WaitEnd {
    Answered,
    Left,
}

impl Waits {
    pub fn add(&mut self, bin: i64, end: WaitEnd, calls: u64) {
        if bin == WAIT_UNKNOWN {
            self.unknown += calls;
            return;
        }
        let (answered, left) = self.bins.entry(bin).or_default();
        match end {
            WaitEnd::Answered => *answered += calls,
            WaitEnd::Left => *left += calls,
        }
    }

    pub fn answered(&self) -> u64 {
        self.bins.values().map(|(answered, _)| answered).sum()
    }

    pub fn left(&self) -> u64 {
        self.bins.values().map(|(_, left)| left).sum()
    }

    /// Answered within this time; exact where it is an edge.
    pub fn answered_within(&self, ms: i64) -> u64 {
        let within = self.bins.iter().filter(|(bin, _)| wait_at_most_ms(**bin).is_some_and(|edge| edge <= ms));
        within.map(|(_, (answered, _))| answered).sum()
    }

    /// The wait within which this share of callers would have been answered (Kaplan and Meier). None where so many left
    /// that nobody can say.
    pub fn quantile_ms(&self, per_cent: f64) -> Option<i64> {
        /// Shares that differ by rounding are the same.
        const SAME: f64 = 1e-9;
        let mut at_risk = self.answered() + self.left();
        let mut waiting = 1.0;
        for (bin, (answered, left)) in &self.bins {
            if at_risk == 0 {
                break;
            }
            waiting *= super::interval::float(at_risk - answered) / super::interval::float(at_risk);
            if (1.0 - waiting) * 100.0 + SAME >= per_cent && *answered > 0 {
                return wait_at_most_ms(*bin);
            }
            at_risk -= answered + left;
        }
        None
    }

    /// The longest wait that ended with an answer.
    pub fn longest_ms(&self) -> Option<i64> {
        let longest = self.bins.iter().rev().find(|(_, (answered, _))| *answered > 0);
        longest.and_then(|(bin, _)| wait_at_most_ms(*bin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_close_and_hold_the_targets() {
        assert!(EDGES_MS.windows(2).all(|pair| pair[0] < pair[1] && pair[1] * 100 <= pair[0] * 116));
        for target in [10_000, 15_000, 20_000, 30_000, 45_000, 60_000] {
            assert_eq!(wait_at_most_ms(wait_bin(target)), Some(target));
            assert_eq!(wait_bin(target + 1), wait_bin(target) + 1);
        }
        assert_eq!((wait_bin(0), wait_bin(-5), wait_at_most_ms(0)), (0, 0, Some(100)));
        assert_eq!((wait_at_most_ms(wait_bin(10_000_001)), wait_at_most_ms(WAIT_UNKNOWN)), (None, None));
    }

    #[test]
    fn who_left_counts_as_still_waiting_then() {
        let mut waits = Waits::default();
        // 10 callers: 4 answered at 1 s, 2 left at 2 s, 4 answered at 3 s.
        waits.add(wait_bin(1_000), WaitEnd::Answered, 4);
        waits.add(wait_bin(2_000), WaitEnd::Left, 2);
        waits.add(wait_bin(3_000), WaitEnd::Answered, 4);
        waits.add(WAIT_UNKNOWN, WaitEnd::Answered, 7);
        assert_eq!((waits.answered(), waits.left(), waits.unknown), (8, 2, 7));
        assert_eq!(waits.quantile_ms(40.0), Some(1_000));
        assert_eq!(waits.quantile_ms(41.0), Some(3_000));
        assert_eq!((waits.quantile_ms(100.0), waits.longest_ms()), (Some(3_000), Some(3_000)));
        assert_eq!((waits.answered_within(2_000), waits.answered_within(3_000)), (4, 8));
    }

    #[test]
    fn where_most_left_nothing_is_said() {
        let mut waits = Waits::default();
        waits.add(wait_bin(1_000), WaitEnd::Answered, 1);
        waits.add(wait_bin(2_000), WaitEnd::Left, 9);
        assert_eq!((waits.quantile_ms(10.0), waits.quantile_ms(50.0)), (Some(1_000), None));
        assert_eq!(Waits::default().quantile_ms(50.0), None);
    }
}
