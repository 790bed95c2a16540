//! What double coding says: agreement, and how many real callers may hide among the nuisance.

use super::{CODINGS_OF_WEEK, FEW_CODED, agreement};
use crate::{
    class::Class,
    report::share_at_most_pct,
    time::LocalDay,
    view::coding::{CodingCount, CodingFigures, CodingWeek},
};

/// A drawn call as figures see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coded {
    pub first: Class,
    /// The second class, once given.
    pub second: Option<Class>,
    /// A shift lead found that the second class was wrong: it was no real call.
    pub settled_unreal: bool,
}

/// One week with its drawn calls by rank, lowest first.
#[derive(Clone, PartialEq, Debug)]
pub struct WeekCoded {
    pub week: LocalDay,
    /// Nuisance calls with and without a recording, once the week is over; until then `None`.
    pub closed: Option<(u64, u64)>,
    pub by_rank: Vec<Coded>,
}

/// Week by week and together.
#[must_use]
pub fn coding_figures(weeks: Vec<WeekCoded>) -> CodingFigures {
    let mut all = (0, 0, Vec::new());
    let mut shown = Vec::new();
    for mut week in weeks {
        week.by_rank.truncate(CODINGS_OF_WEEK);
        let (calls, unrecorded) = week.closed.unwrap_or((week.by_rank.len() as u64, 0));
        let count = count(calls, unrecorded, &week.by_rank);
        shown.push(CodingWeek { week: week.week, closed: week.closed.is_some(), count });
        // the sample of a week that runs is not whole: it is shown, and left out of the sum
        if week.closed.is_some() {
            all.0 += calls;
            all.1 += unrecorded;
            all.2.extend(week.by_rank);
        }
    }
    CodingFigures { weeks: shown, all: count(all.0, all.1, &all.2) }
}

fn count(calls: u64, unrecorded: u64, drawn: &[Coded]) -> CodingCount {
    let pairs: Vec<(Class, Class)> = drawn.iter().filter_map(|one| Some((one.first, one.second?))).collect();
    let agreed = agreement(pairs);
    let real = drawn.iter().filter(|one| one.second == Some(Class::Emergency) && !one.settled_unreal).count() as u64;
    let at_most = share_at_most_pct(real, agreed.of);
    CodingCount {
        calls,
        unrecorded,
        drawn: drawn.len() as u64,
        coded: agreed.of,
        alike: agreed.alike,
        kappa: agreed.kappa.map(|kappa| kappa.value),
        kappa_low: agreed.kappa.map(|kappa| kappa.low),
        kappa_high: agreed.kappa.map(|kappa| kappa.high),
        real,
        real_at_most_pct: at_most,
        real_at_most: at_most.map(|pct| calls_at_most(pct, calls)),
        few: agreed.of < FEW_CODED,
    }
}

/// A share of calls as calls, never too few.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 100 % of a count far under 2^52"
)]
fn calls_at_most(pct: f64, calls: u64) -> u64 {
    (pct / 100.0 * calls as f64).ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(first: Class, second: Option<Class>) -> Coded {
        Coded { first, second, settled_unreal: false }
    }

    fn week(monday: i32, closed: Option<(u64, u64)>, by_rank: Vec<Coded>) -> WeekCoded {
        WeekCoded { week: LocalDay(monday), closed, by_rank }
    }

    #[test]
    fn a_week_says_how_many_real_calls_may_hide() {
        let mut drawn = vec![coded(Class::Prank, Some(Class::Prank)); 30];
        drawn.extend(vec![coded(Class::Ghost, Some(Class::Ghost)); 19]);
        drawn.push(coded(Class::Ghost, Some(Class::Emergency)));
        let figures = coding_figures(vec![week(20_260_427, Some((600, 4)), drawn)]);
        let count = figures.all;
        assert_eq!((count.calls, count.unrecorded, count.drawn, count.coded, count.alike), (600, 4, 50, 50, 49));
        assert_eq!((count.real, count.few), (1, false));
        // 1 of 50: at most 9.14 % (exact), so at most 55 of 600
        assert!((count.real_at_most_pct.unwrap() - 9.140).abs() < 0.001, "{count:?}");
        assert_eq!(count.real_at_most, Some(55));
        assert_eq!(figures.weeks[0].count, count);
    }

    #[test]
    fn only_the_lowest_ranks_count_and_a_running_week_stays_out_of_the_sum() {
        let surplus = vec![coded(Class::Prank, Some(Class::Emergency)); 3];
        let mut drawn = vec![coded(Class::Prank, Some(Class::Prank)); 50];
        drawn.extend(surplus);
        let running = week(20_260_504, None, vec![coded(Class::Ghost, Some(Class::Prank))]);
        let figures = coding_figures(vec![week(20_260_427, Some((80, 0)), drawn), running]);
        assert_eq!(
            (figures.all.coded, figures.all.real),
            (50, 0),
            "what was drawn beyond the 50 is no part of the sample"
        );
        assert_eq!(figures.all.kappa, None, "all of one class");
        assert_eq!(
            (figures.weeks[1].closed, figures.weeks[1].count.coded, figures.weeks[1].count.few),
            (false, 1, true)
        );
    }

    #[test]
    fn nothing_coded_says_nothing() {
        let figures = coding_figures(vec![week(20_260_427, Some((80, 0)), vec![coded(Class::Prank, None); 50])]);
        assert_eq!((figures.all.coded, figures.all.real_at_most_pct, figures.all.real_at_most), (0, None, None));
        assert!(figures.all.few);
        let settled = Coded { settled_unreal: true, ..coded(Class::Prank, Some(Class::Emergency)) };
        let figures = coding_figures(vec![week(20_260_427, Some((80, 0)), vec![settled])]);
        assert_eq!((figures.all.coded, figures.all.alike, figures.all.real), (1, 0, 0), "it stays a disagreement");
    }
}
