//! Made-up cities whose truth is known.

use super::*;
use crate::campaign::{Kind, Organiser};
use jiff::civil::{Date, date};

const FIRST: Date = date(2020, 6, 1);
const LAST: Date = date(2020, 6, 14);

/// A generator of its own; the same seed, the same city.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        // xorshift64* (Vigna).
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11;
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let unit = bits as f64 / (1_u64 << 53) as f64;
        unit
    }

    /// Around 1, that much to either side.
    fn about(&mut self, side: f64) -> f64 {
        1.0 + side * (2.0 * self.unit() - 1.0)
    }

    /// Knuth's: means here stay small.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (floor, mut product) = ((-mean).exp(), self.unit());
        let mut count = 0;
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }
}

/// How a made-up city calls.
#[derive(Clone, Copy)]
struct Calls {
    mean: f64,
    /// How far days, and weeks, go from it.
    day: f64,
    week: f64,
    /// From the day after the campaign on.
    after: f64,
}

/// Weekends are busier: whoever compares other weekdays sees it.
fn city(seed: u64, calls: Calls, first: Date, last: Date) -> Days {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut week = 1.0;
    let dates = Span { first, last }.dates();
    let day = |(at, date): (usize, Date)| {
        if at % 7 == 0 {
            week = dice.about(calls.week);
        }
        let weekend = if date.weekday().to_monday_zero_offset() > 4 { 1.4 } else { 1.0 };
        let mean = calls.mean * weekend * week * if date > LAST { calls.after } else { 1.0 };
        let mean = mean * dice.about(calls.day);
        let (prank, real) = (dice.poisson(mean), dice.poisson(1.2));
        (LocalDay::from_date(date), DayCount { offered: prank + real, prank, ghost: 0, real, ledger: 0 })
    };
    dates.enumerate().map(day).collect()
}

fn campaign() -> Campaign {
    Campaign {
        name: "Siaran radio".into(),
        kind: Kind::Radio,
        first: LocalDay::from_date(FIRST),
        last: LocalDay::from_date(LAST),
        villages: Vec::new(),
        audience: "Semua".into(),
        organiser: Organiser::Other("Diskominfo".into()),
        notes: String::new(),
        reached: None,
        window: 28,
    }
}

fn found(days: &Days, window: u16, others: &[Span], today: Date) -> Effect {
    let campaign = campaign();
    let question = Question { campaign: &campaign, window, others, today: LocalDay::from_date(today) };
    effect(question, days).expect("it has begun")
}

fn series(effect: &Effect, what: EffectSeries) -> &SeriesEffect {
    effect.series.iter().find(|one| one.series == what).expect("each series is there")
}

const STEADY: Calls = Calls { mean: 20.0, day: 0.5, week: 0.0, after: 1.0 };
const LATER: Date = date(2021, 6, 1);

/// How often the interval of `after` holds the truth, and how often a fall is found, in so many made-up cities.
fn share(calls: Calls, window: u16) -> (f64, f64) {
    const CITIES: u64 = 250;
    let truth = (calls.after - 1.0) * 100.0;
    let (mut held, mut fell) = (0.0, 0.0);
    for seed in 1..=CITIES {
        let days = city(seed, calls, date(2020, 2, 1), date(2020, 10, 31));
        let effect = found(&days, window, &[], LATER);
        let one = series(&effect, EffectSeries::Nuisance);
        let ratio = one.after.expect("there is enough");
        held += f64::from(u8::from(ratio.low_pct <= truth && truth <= ratio.high_pct));
        fell += f64::from(u8::from(one.verdict == EffectVerdict::Fell));
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let all = CITIES as f64;
    (held / all, fell / all)
}

/// Wild days, and whole weeks that are wild and begin on other weekdays than the spans: the interval holds nothing-happened about as often as it says. By days alone
/// it would in about four of five cities of the second kind.
#[test]
fn where_nothing_happened_the_interval_says_so() {
    for (calls, window) in [
        (STEADY, 28),
        (Calls { week: 0.25, ..STEADY }, 28),
        (Calls { week: 0.25, ..STEADY }, 91),
        (Calls { mean: 3.0, day: 0.9, ..STEADY }, 56),
    ] {
        let (held, fell) = share(calls, window);
        assert!((0.91..=0.99).contains(&held), "{held} of {window} days");
        assert!(fell < 0.05, "{fell}");
    }
}

#[test]
fn a_third_less_is_found() {
    let (held, fell) = share(Calls { mean: 40.0, day: 0.35, after: 0.7, ..STEADY }, 28);
    assert!(held >= 0.91 && fell > 0.9, "held {held}, found {fell}");
}

/// A year that falls by itself, like the year before it: no campaign did that.
#[test]
fn what_the_year_before_did_too_is_no_effect() {
    let calls = Calls { day: 0.2, ..STEADY };
    let mut days = city(7, Calls { after: 0.7, ..calls }, date(2020, 2, 1), date(2020, 10, 31));
    for (day, count) in city(8, calls, date(2019, 2, 1), date(2019, 6, 14)) {
        days.insert(day, count);
    }
    for (day, count) in city(9, Calls { mean: 14.0, ..calls }, date(2019, 6, 15), date(2019, 10, 31)) {
        days.insert(day, count);
    }
    let effect = found(&days, 28, &[], LATER);
    let one = series(&effect, EffectSeries::Nuisance);
    assert_eq!(one.after.map(|ratio| ratio.verdict), Some(EffectVerdict::Fell));
    assert_eq!(one.verdict, EffectVerdict::Indistinct, "{one:?}");
    assert_eq!(effect.cautions, []);
    assert_eq!(effect.windows.len(), 5);
    // A campaign in that year: it says nothing any more, and is told.
    let then = Span { first: date(2019, 6, 3), last: date(2019, 6, 5) };
    let effect = found(&days, 28, &[then], LATER);
    assert_eq!(series(&effect, EffectSeries::Nuisance).verdict, EffectVerdict::Fell);
    assert_eq!(effect.cautions, [EffectCaution::CampaignThen]);
}

/// Counted by hand: 10 a day before, 9 a day after, every day alike.
#[test]
fn the_figures_are_those_of_the_days() {
    let day = |date: Date| {
        let prank = if date > LAST { 6 } else { 7 };
        (LocalDay::from_date(date), DayCount { offered: 12, prank, ghost: 3, real: 2, ledger: 0 })
    };
    let days: Days = Span { first: date(2020, 1, 1), last: date(2020, 12, 31) }.dates().map(day).collect();
    let effect = found(&days, 28, &[], LATER);
    let counted: Vec<_> =
        effect.windows.iter().map(|one| (one.key, one.days, one.counted, one.prank + one.ghost, one.real)).collect();
    use EffectSeries::{Nuisance, Prank, Real};
    use WindowKey::{After, Before, During};
    assert_eq!(counted, [(Before, 28, 28, 280, 56), (During, 14, 14, 140, 28), (After, 28, 28, 252, 56)]);
    assert_eq!((effect.windows[0].from, effect.windows[0].to), (LocalDay(20_200_504), LocalDay(20_200_531)));
    assert_eq!((effect.windows[2].from, effect.windows[2].to), (LocalDay(20_200_615), LocalDay(20_200_712)));
    assert_eq!(effect.complete_on, LocalDay(20_200_713));
    let ratio = series(&effect, Nuisance).after.unwrap();
    assert_eq!((ratio.change_pct, ratio.found, ratio.expected), (-10.0, 252.0, 280.0));
    // Days that are all alike scatter less than Poisson; not less than Poisson is believed.
    assert_eq!((ratio.spread, ratio.verdict), (1.0, EffectVerdict::Indistinct));
    assert!(ratio.low_pct < -10.0 && ratio.high_pct > 0.0, "{ratio:?}");
    assert_eq!(series(&effect, Prank).after.unwrap().change_pct, -14.3);
    assert_eq!(series(&effect, Real).after.unwrap().change_pct, 0.0);
    assert_eq!(series(&effect, Nuisance).during.unwrap().change_pct, 0.0);
    assert_eq!(effect.cautions, [EffectCaution::NoComparisonYear]);
    assert_eq!(found(&days, 56, &[], LATER).cautions.last(), Some(&EffectCaution::OtherWindow));
}

#[test]
fn before_its_days_are_over_there_is_no_result() {
    let days = city(3, Calls { after: 0.5, ..STEADY }, date(2020, 2, 1), date(2020, 10, 31));
    for (today, counted) in
        [(FIRST, (28, 0, None)), (date(2020, 6, 10), (28, 9, Some(0))), (date(2020, 7, 12), (28, 14, Some(27)))]
    {
        let effect = found(&days, 28, &[], today);
        let one = series(&effect, EffectSeries::Nuisance);
        assert_eq!((one.verdict, one.after), (EffectVerdict::Running, None), "{today}");
        let of = |at: usize| effect.windows.get(at).map_or(0, |one| one.counted);
        assert_eq!((of(0), of(1), of(2)), (counted.0, counted.1, counted.2.unwrap_or(0)), "{today}");
        assert_eq!(effect.cautions, [], "{today}");
    }
    assert_eq!(series(&found(&days, 28, &[], date(2020, 7, 13)), EffectSeries::Nuisance).verdict, EffectVerdict::Fell);
    let campaign = campaign();
    let early = Question { campaign: &campaign, window: 28, others: &[], today: LocalDay(20_200_531) };
    assert_eq!(effect(early, &days), None);
}

/// Days without a record are no days without a call: taken out, they change nothing but the width.
#[test]
fn a_day_without_a_record_is_not_zero_calls() {
    let mut days = city(5, Calls { day: 0.1, ..STEADY }, date(2020, 2, 1), date(2020, 10, 31));
    let whole = series(&found(&days, 28, &[], LATER), EffectSeries::Nuisance).after.unwrap();
    // The busy weekends of two weeks after.
    for day in [20_200_620, 20_200_621, 20_200_627, 20_200_628] {
        days.remove(&LocalDay(day));
    }
    let effect = found(&days, 28, &[], LATER);
    let part = series(&effect, EffectSeries::Nuisance).after.unwrap();
    assert!((part.change_pct - whole.change_pct).abs() < 5.0, "{part:?} {whole:?}");
    assert!(part.expected < whole.expected);
    assert_eq!(effect.windows[2].counted, 24);
    assert!(effect.cautions.contains(&EffectCaution::DaysMissing));
    // Hardly any day: nothing is said.
    days.retain(|day, _| day.0 < 20_200_615 || day.0 > 20_200_712 || day.0 % 2 == 0 && day.0 > 20_200_700);
    let effect = found(&days, 28, &[], LATER);
    assert_eq!(series(&effect, EffectSeries::Nuisance).verdict, EffectVerdict::TooFew);
    assert_eq!(series(&found(&Days::new(), 28, &[], LATER), EffectSeries::Real).verdict, EffectVerdict::TooFew);
}

#[test]
fn another_campaign_cuts_the_days_and_is_told() {
    let days = city(5, STEADY, date(2020, 2, 1), date(2020, 10, 31));
    let span = |first, last| Span { first, last };
    let spans = |others: &[Span]| {
        let effect = found(&days, 28, others, LATER);
        let days: Vec<_> = effect.windows.iter().map(|one| (one.key, one.days)).collect();
        (days, effect.cautions, effect.series[0].verdict)
    };
    use EffectCaution::{NoComparisonYear, Overlap, Shortened};
    use WindowKey::{After, Before, During};
    // In the third week back: two are left, whole ones.
    let (days_of, cautions, verdict) = spans(&[span(date(2020, 5, 13), date(2020, 5, 13))]);
    assert_eq!(days_of, [(Before, 14), (During, 14), (After, 28)]);
    assert_eq!((cautions, verdict), (vec![NoComparisonYear, Shortened], EffectVerdict::Indistinct));
    // Right after it: no after is left.
    let (days_of, cautions, verdict) = spans(&[span(date(2020, 6, 18), date(2020, 6, 30))]);
    assert_eq!(days_of, [(Before, 28), (During, 14)]);
    assert_eq!((cautions, verdict), (vec![NoComparisonYear, Shortened], EffectVerdict::TooFew));
    // On the same days.
    let (_, cautions, _) = spans(&[span(date(2020, 6, 5), date(2020, 6, 7))]);
    assert_eq!(cautions, [NoComparisonYear, Overlap]);
}

#[test]
fn different_records_and_a_part_of_the_city_are_told() {
    let mut days = city(5, STEADY, date(2020, 2, 1), date(2020, 10, 31));
    for (day, count) in &mut days {
        count.ledger = if *day < LocalDay::from_date(FIRST) { count.offered } else { 0 };
    }
    let mut part = campaign();
    part.villages = vec!["36.73.01.1001".into()];
    let question = Question { campaign: &part, window: 28, others: &[], today: LocalDay::from_date(LATER) };
    let cautions = effect(question, &days).expect("it is over").cautions;
    use EffectCaution::{Local, NoComparisonYear, Source};
    assert_eq!(cautions, [NoComparisonYear, Source, Local]);
}
