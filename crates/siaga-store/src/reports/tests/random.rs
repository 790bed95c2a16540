//! Random ledgers, corrected at random: every figure equals a count of the file by other means, and nothing ever fails to
//! reconcile.

use super::*;
use crate::tx::fetch_all;
use siaga_core::{
    class::Class,
    ids::{CallId, UserId},
    ledger::sample::Sample,
    report::wait_at_most_ms,
    view::{desk::ClassChoice, report::Figures},
};

/// A small generator of our own: the same seed, the same test.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn sample(seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut some = |most: u64| u32::try_from(dice.below(most)).unwrap();
    let emergencies = [("kebakaran", some(9)), ("banjir", some(4)), ("ambulans", 1 + some(5))];
    Sample {
        from: jiff::civil::date(2024, 2, 20),
        to: jiff::civil::date(2024, 3, 17),
        seed,
        emergencies: &emergencies,
        information: some(30),
        prank: some(90),
        ghost: some(90),
        abandoned: some(60),
        test: some(6),
    }
    .to_csv()
}

/// The rows of a file as plain cells: only the last column of a sample is ever quoted.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|line| line.split(',').take(10).map(str::to_owned).collect()).collect()
}

/// `2024-02-29 23:10:05` as seconds of its day; the samples never run over midnight by more than their own length.
fn second(text: &str) -> i64 {
    let part = |at: usize| text[at..at + 2].parse::<i64>().unwrap();
    part(11) * 3_600 + part(14) * 60 + part(17)
}

/// Sakamoto's method, 1 is Monday.
fn weekday(text: &str) -> u8 {
    let (mut year, month, day): (i64, usize, i64) =
        (text[..4].parse().unwrap(), text[5..7].parse().unwrap(), text[8..10].parse().unwrap());
    if month < 3 {
        year -= 1;
    }
    let sunday_zero =
        (year + year / 4 - year / 100 + year / 400 + [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] + day) % 7;
    if sunday_zero == 0 { 7 } else { u8::try_from(sunday_zero).unwrap() }
}

fn compare_with_the_file(figures: &Figures, file: &[Vec<String>]) {
    let detail = figures.detail.as_ref().unwrap();
    let of = |test: &dyn Fn(&[String]) -> bool| file.iter().filter(|row| test(row)).count() as u64;
    assert_eq!(figures.offered, file.len() as u64);
    assert_eq!(figures.answered, of(&|row| !row[2].is_empty()));
    assert_eq!(figures.abandoned, of(&|row| row[4] == "abandoned"));
    assert_eq!(figures.nuisance, of(&|row| ["prank", "ghost"].contains(&row[4].as_str())));
    for class in ["emergency", "information", "prank", "ghost", "test"] {
        assert_eq!(figures.classes[class], of(&|row| row[4] == class), "{class}");
    }
    assert_eq!(detail.exposure.from_ledger, file.len() as u64);
    let days: std::collections::BTreeSet<&str> = file.iter().map(|row| &row[0][..10]).collect();
    assert_eq!(detail.exposure.days_with_calls, days.len() as u64);
    for hour in &detail.hours {
        let here = |row: &[String]| weekday(&row[0]) == hour.weekday && second(&row[0]) / 3_600 == i64::from(hour.hour);
        assert_eq!(hour.offered, of(&here), "{hour:?}");
        assert_eq!(hour.emergency, of(&|row| here(row) && row[4] == "emergency"), "{hour:?}");
    }
    for taker in &detail.by_taker {
        assert_eq!(taker.source, "ledger");
        assert_eq!(taker.total, of(&|row| row[9] == taker.key && !row[2].is_empty()), "{taker:?}");
        assert_eq!(taker.ghost, of(&|row| row[9] == taker.key && row[4] == "ghost"), "{taker:?}");
    }
    for month in &detail.months {
        for (class, calls) in &month.counts {
            assert_eq!(*calls, of(&|row| row[0].starts_with(&month.key) && row[4] == *class), "{month:?} {class}");
        }
    }
    let waited = |row: &[String]| (second(&row[2]) - second(&row[0])).rem_euclid(86_400);
    let all = &detail.answer_times[0];
    assert_eq!(all.within_10_s, of(&|row| !row[2].is_empty() && waited(row) <= 10));
    // Nobody waits longer than 12 s for an answer there, and the edge above the longest is what is shown.
    let longest = file.iter().filter(|row| !row[2].is_empty()).map(|row| waited(row)).max().unwrap();
    assert_eq!(all.longest_ms, wait_at_most_ms(siaga_core::report::wait_bin(longest * 1_000)));
    let seats: i64 = file
        .iter()
        .filter(|row| ["prank", "ghost"].contains(&row[4].as_str()))
        .map(|row| (second(&row[3]) - second(&row[2])).rem_euclid(86_400))
        .sum();
    assert_eq!(detail.harm.nuisance_seat_s, seats.unsigned_abs());
}

async fn correct(store: &Store, call: CallId, class: Class) {
    let mut tx = store.begin().await.unwrap();
    let choice = ClassChoice { class, sub: None };
    store.call_reclass(&mut tx, call, &choice, UserId(Uuid::nil()), Uuid::now_v7(), NOW).await.unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn figures_equal_an_independent_count_of_the_file(store: Store) {
        let period = ReportPeriod::parse("2024-02-20", "2024-03-17").unwrap();
        let mut file = Vec::new();
        for seed in 1..4 {
            let text = sample(seed);
            import(&store, &text).await;
            file.extend(rows(&text));
            let report = store.report(&period, Compare::PreviousYear, &serang()).await.unwrap();
            compare_with_the_file(&report.figures, &file);
        }
    }

    async fn corrections_at_random_always_reconcile(store: Store) {
        import(&store, &sample(9)).await;
        let mut tx = store.read().await.unwrap();
        let calls = fetch_all!(tx, (Uuid,), "SELECT call_id FROM call ORDER BY offered_at, call_id").unwrap();
        drop(tx);
        let period = ReportPeriod::parse("2024-01-01", "2024-12-31").unwrap();
        let before = store.report(&period, Compare::Nothing, &serang()).await.unwrap().figures;
        let mut dice = Dice(112);
        for _ in 0..60 {
            let (call,) = calls[usize::try_from(dice.below(calls.len() as u64)).unwrap()];
            let class = Class::ALL[usize::try_from(dice.below(6)).unwrap()];
            correct(&store, CallId(call), class).await;
        }
        let report = store.report(&period, Compare::Nothing, &serang()).await.unwrap();
        assert_eq!((report.figures.offered, report.figures.answered), (before.offered, before.answered));
        assert_ne!(report.figures.classes, before.classes);
        assert_eq!(store.rollup_check(LocalDay(0), LocalDay(99_991_231)).await.unwrap(), []);
    }

    async fn figures_that_an_older_program_wrote_are_made_anew(store: Store) {
        import(&store, &sample(5)).await;
        let period = ReportPeriod::parse("2024-01-01", "2024-12-31").unwrap();
        let before = store.report(&period, Compare::Nothing, &serang()).await.unwrap();
        for sql in ["DELETE FROM call_hour", "DELETE FROM call_wait", "DELETE FROM taker_day", "UPDATE rollup_shape SET shape = 1"] {
            crate::testing::meddle(&store, sql).await;
        }
        let sums = store.report(&period, Compare::Nothing, &serang()).await.unwrap();
        assert_eq!((sums.figures.offered, sums.figures.detail), (before.figures.offered, None));
        let mut told = Vec::new();
        assert!(store.rollups_up_to_date(|step| told.push((step.done, step.all))).await.unwrap());
        assert_eq!(told, [(0, 2), (1, 2), (2, 2)]);
        assert_eq!(store.report(&period, Compare::Nothing, &serang()).await.unwrap(), before);
        assert!(!store.rollups_up_to_date(|_| ()).await.unwrap());
    }
}
