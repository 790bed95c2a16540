//! What stands behind the sums, and the identities that tie it to them.

use super::{
    ANSWERED_CLASSES, UNCLASSIFIED, identity,
    interval::share_at_most_pct,
    month_label,
    period::ReportPeriod,
    staffing::HourDays,
    wait::{WaitEnd, Waits},
};
use crate::{
    city::City,
    class::Class,
    time::Timestamp,
    view::{
        call::CallOutcome,
        report::{
            Figures, Identity,
            detail::{AnswerTimes, Detail, Exposure, Harm, HourCount, MonthClasses, Screening, TakerCount},
        },
    },
};
use std::collections::BTreeMap;

/// The answer that standards ask for (milliseconds); an edge of the bins.
const TARGET_MS: i64 = 10_000;

/// The rest of a period's counts, each list from its own query. Words as stored; `""` is "not given".
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CountedDetail {
    pub days_with_calls: u64,
    pub staffed_ms: Option<u64>,
    pub from_ledger: u64,
    /// Month `yyyymm`, outcome, class, calls.
    pub by_month: Vec<(i32, String, String, u64)>,
    pub by_hour: Vec<HourCell>,
    pub busy: HourDays,
    pub by_wait: Vec<WaitCell>,
    pub by_taker: Vec<TakerCell>,
    /// Real callers who waited while nuisance was at a seat, and for how long ([`held`]).
    pub real_waited: u64,
    pub waited_ms: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HourCell {
    pub weekday: u8,
    pub hour: u8,
    pub outcome: String,
    pub class: String,
    pub calls: u64,
    pub talk_ms: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitCell {
    pub lane: String,
    pub outcome: String,
    pub class: String,
    pub bin: i64,
    pub calls: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakerCell {
    pub source: String,
    pub taker: String,
    /// As shown; none: as stored.
    pub label: Option<String>,
    pub class: String,
    pub calls: u64,
}

/// A real caller's wait and one nuisance call at a seat in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Waited {
    pub from: Timestamp,
    pub to: Timestamp,
    pub held_from: Timestamp,
    pub held_to: Timestamp,
}

/// The detail of a period, and what must hold between it and its figures.
pub(super) fn detail(
    period: &ReportPeriod,
    figures: &Figures,
    counted: &CountedDetail,
    city: &City,
) -> (Detail, Vec<Identity>) {
    let harm = harm(counted, city.seat_hour_rupiah);
    let tenths = |ms: u64| (super::interval::float(ms) / 360_000.0).round() / 10.0;
    let detail = Detail {
        exposure: Exposure {
            days_with_calls: counted.days_with_calls,
            staffed_hours: counted.staffed_ms.map(tenths),
            from_ledger: counted.from_ledger,
        },
        months: months(period, &counted.by_month),
        hours: hours(&counted.by_hour),
        answer_times: answer_times(&counted.by_wait),
        by_taker: takers(&counted.by_taker),
        screening: screening(&counted.by_wait),
        harm,
    };
    let identities = identities(figures, &detail);
    (detail, identities)
}

fn identities(figures: &Figures, detail: &Detail) -> Vec<Identity> {
    let emergency = figures.classes.get(Class::Emergency.key()).copied().unwrap_or(0);
    let of_month = |key: &str| detail.months.iter().filter_map(|one| one.counts.get(key)).sum::<u64>();
    let hours = |of: fn(&HourCount) -> u64| detail.hours.iter().map(of).sum::<u64>();
    let takers = |of: fn(&TakerCount) -> u64| detail.by_taker.iter().map(of).sum::<u64>();
    let all = detail.months.iter().flat_map(|one| one.counts.values()).sum();
    let waited = detail.answer_times.first().map_or(0, |one| one.answered + one.left + one.unknown);
    let seconds = detail.harm.nuisance_seat_s.min(detail.harm.seat_s);
    vec![
        identity("sum(months) = offered", all, figures.offered),
        identity("sum(months.emergency) = emergency", of_month(Class::Emergency.key()), emergency),
        identity("sum(hours) = offered", hours(|one| one.offered), figures.offered),
        identity("sum(hours.emergency) = emergency", hours(|one| one.emergency), emergency),
        identity("sum(hours.nuisance) = nuisance", hours(|one| one.nuisance), figures.nuisance),
        identity("sum(by_taker) = answered", takers(|one| one.total), figures.answered),
        identity("sum(by_taker.normal) = emergency", takers(|one| one.normal), emergency),
        identity("sum(answer_times) = answered + abandoned", waited, figures.answered + figures.abandoned),
        identity("nuisance_seat_s is part of seat_s", detail.harm.nuisance_seat_s, seconds),
    ]
}

/// The class of an answered call as it is counted, or how the call ended instead.
fn counted_as(outcome: &str, class: &str) -> String {
    if outcome != CallOutcome::Answered.key() {
        return outcome.to_owned();
    }
    let known = ANSWERED_CLASSES.into_iter().any(|one| one.key() == class);
    if known { class.to_owned() } else { UNCLASSIFIED.to_owned() }
}

fn months(period: &ReportPeriod, cells: &[(i32, String, String, u64)]) -> Vec<MonthClasses> {
    let mut months: BTreeMap<i32, BTreeMap<String, u64>> =
        period.months().map(|month| (month, BTreeMap::new())).collect();
    for (month, outcome, class, calls) in cells {
        if let Some(counts) = months.get_mut(month) {
            *counts.entry(counted_as(outcome, class)).or_default() += calls;
        }
    }
    let shown = |(month, counts): (i32, _)| {
        let (key, label) = month_label(month);
        MonthClasses { key, label, counts }
    };
    months.into_iter().map(shown).collect()
}

fn is_nuisance(class: &str) -> bool {
    class == Class::Prank.key() || class == Class::Ghost.key()
}

fn hours(cells: &[HourCell]) -> Vec<HourCount> {
    let mut hours: BTreeMap<(u8, u8), HourCount> = (1..=7)
        .flat_map(|weekday| (0..24).map(move |hour| (weekday, hour)))
        .map(|(weekday, hour)| ((weekday, hour), HourCount { weekday, hour, offered: 0, emergency: 0, nuisance: 0 }))
        .collect();
    for cell in cells {
        let Some(hour) = hours.get_mut(&(cell.weekday, cell.hour)) else { continue };
        hour.offered += cell.calls;
        if cell.outcome == CallOutcome::Answered.key() {
            hour.emergency += if cell.class == Class::Emergency.key() { cell.calls } else { 0 };
            hour.nuisance += if is_nuisance(&cell.class) { cell.calls } else { 0 };
        }
    }
    hours.into_values().collect()
}

fn answer_times(cells: &[WaitCell]) -> Vec<AnswerTimes> {
    let row = |key: &str, belongs: &dyn Fn(&WaitCell) -> bool| {
        let mut waits = Waits::default();
        for cell in cells.iter().filter(|cell| belongs(cell)) {
            let answered = cell.outcome == CallOutcome::Answered.key();
            waits.add(cell.bin, if answered { WaitEnd::Answered } else { WaitEnd::Left }, cell.calls);
        }
        AnswerTimes {
            key: key.to_owned(),
            answered: waits.answered(),
            left: waits.left(),
            unknown: waits.unknown,
            within_10_s: waits.answered_within(TARGET_MS),
            p50_ms: waits.quantile_ms(50.0),
            p90_ms: waits.quantile_ms(90.0),
            p95_ms: waits.quantile_ms(95.0),
            p99_ms: waits.quantile_ms(99.0),
            longest_ms: waits.longest_ms(),
        }
    };
    vec![
        row("all", &|_| true),
        row("lane_a", &|cell| cell.lane == "a"),
        row("lane_b", &|cell| cell.lane == "b"),
        row("emergency", &|cell| cell.class == Class::Emergency.key()),
    ]
}

fn takers(cells: &[TakerCell]) -> Vec<TakerCount> {
    let mut takers: BTreeMap<(&str, &str), TakerCount> = BTreeMap::new();
    for cell in cells {
        let empty = || TakerCount {
            key: cell.taker.clone(),
            label: cell.label.clone().unwrap_or_else(|| cell.taker.clone()),
            source: cell.source.clone(),
            normal: 0,
            prank: 0,
            ghost: 0,
            information: 0,
            test: 0,
            unclassified: 0,
            total: 0,
        };
        let one = takers.entry((&cell.source, &cell.taker)).or_insert_with(empty);
        one.total += cell.calls;
        let place = match Class::from_key(&cell.class) {
            Some(Class::Emergency) => &mut one.normal,
            Some(Class::Prank) => &mut one.prank,
            Some(Class::Ghost) => &mut one.ghost,
            Some(Class::Information) => &mut one.information,
            Some(Class::Test) => &mut one.test,
            Some(Class::Abandoned) | None => &mut one.unclassified,
        };
        *place += cell.calls;
    }
    let mut takers: Vec<TakerCount> = takers.into_values().filter(|one| one.total > 0).collect();
    takers.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| (&a.label, &a.key).cmp(&(&b.label, &b.key))));
    takers
}

fn screening(cells: &[WaitCell]) -> Screening {
    let sum =
        |belongs: &dyn Fn(&WaitCell) -> bool| cells.iter().filter(|cell| belongs(cell)).map(|cell| cell.calls).sum();
    let is_real = |cell: &WaitCell| cell.class == Class::Emergency.key();
    let is_slow = |cell: &WaitCell| cell.lane == "b";
    let has_left = |cell: &WaitCell| cell.outcome == CallOutcome::Abandoned.key();
    let real = sum(&is_real);
    let real_lane_b = sum(&|cell| is_real(cell) && is_slow(cell));
    let real_lost = sum(&|cell| is_real(cell) && is_slow(cell) && has_left(cell));
    let tenths = |pct: f64| (pct * 10.0).round() / 10.0;
    Screening {
        real,
        real_lane_b,
        real_lost,
        lane_b: sum(&is_slow),
        lane_b_left_unknown: sum(&|cell| is_slow(cell) && has_left(cell) && cell.class == Class::Abandoned.key()),
        slower_at_most_pct: share_at_most_pct(real_lane_b, real).map(tenths),
        lost_at_most_pct: share_at_most_pct(real_lost, real).map(tenths),
    }
}

fn harm(counted: &CountedDetail, rupiah_per_seat_hour: Option<u64>) -> Harm {
    let seat_ms = |belongs: fn(&str) -> bool| {
        let cells = counted.by_hour.iter().filter(|cell| cell.outcome == CallOutcome::Answered.key());
        cells.filter(|cell| belongs(&cell.class)).map(|cell| cell.talk_ms).sum::<u64>()
    };
    let nuisance_ms = seat_ms(is_nuisance);
    Harm {
        real_waited: counted.real_waited,
        real_waited_s: counted.waited_ms / 1_000,
        seat_s: seat_ms(|_| true) / 1_000,
        nuisance_seat_s: nuisance_ms / 1_000,
        rupiah_per_seat_hour,
        rupiah: rupiah_per_seat_hour.map(|rupiah| rupiah.saturating_mul(nuisance_ms / 1_000) / 3_600),
    }
}

/// How many waits there are, and how many milliseconds of them lay under at least one nuisance call.
#[must_use]
pub fn held(waited: &[Waited]) -> (u64, u64) {
    let mut waited = waited.to_vec();
    waited.sort();
    let (mut calls, mut sum) = (0, 0);
    let mut last: Option<(Timestamp, Timestamp, Timestamp)> = None;
    for one in waited {
        let known = last.filter(|(from, to, _)| (*from, *to) == (one.from, one.to));
        calls += u64::from(known.is_none());
        // What a nuisance call before it covered already counts once.
        let covered = known.map_or(one.from, |(.., covered)| covered);
        let until = one.held_to.min(one.to);
        sum += until.ms_since(one.held_from.max(covered)).max(0).unsigned_abs();
        last = Some((one.from, one.to, covered.max(until)));
    }
    (calls, sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_under_several_nuisance_calls_count_once() {
        let one = |from, to, held_from, held_to| {
            let s = |second: i64| Timestamp(second * 1_000_000);
            Waited { from: s(from), to: s(to), held_from: s(held_from), held_to: s(held_to) }
        };
        assert_eq!(held(&[]), (0, 0));
        assert_eq!(held(&[one(100, 160, 50, 120)]), (1, 20_000));
        assert_eq!(held(&[one(100, 160, 50, 120), one(100, 160, 90, 130), one(100, 160, 150, 999)]), (1, 40_000));
        assert_eq!(held(&[one(100, 160, 50, 200), one(100, 160, 110, 120)]), (1, 60_000));
        assert_eq!(held(&[one(100, 160, 0, 110), one(300, 310, 0, 999)]), (2, 20_000));
    }
}
