//! Whole months are read from the tables by month: every figure is the same as day by day and as a scan of the calls,
//! also after corrections, a rebuild, and a rebuild that was broken off.

use super::*;
use crate::{
    rollup::{Begin, Table},
    testing::meddle,
    tx::fetch_all,
};
use siaga_core::{
    class::Class,
    ids::{CallId, UserId},
    ledger::sample::Sample,
    view::desk::ClassChoice,
};

const ALL_DAYS: (LocalDay, LocalDay) = (LocalDay(0), LocalDay(99_991_231));
/// An assignment that is not there.
const NOBODY_SENT: &str = "UPDATE day_sum SET agencies = '{\"x\":{\"label\":\"X\",\"sent_last\":1,\"assignments\":1,\
    \"seconds\":[[],[],[],[],[],[],[]]}}' WHERE local_day = 20240105";
/// Whole months, their edges, and neither.
const PERIODS: [(&str, &str); 7] = [
    ("2023-11-01", "2024-03-31"),
    ("2023-11-12", "2024-03-09"),
    ("2024-01-01", "2024-01-31"),
    ("2023-12-31", "2024-02-01"),
    ("2024-02-29", "2024-02-29"),
    ("2023-12-24", "2024-01-02"),
    ("2023-01-01", "2024-12-31"),
];

/// Five months over the turn of a year, with waits under nuisance.
fn five_months(seed: u64) -> String {
    Sample {
        from: jiff::civil::date(2023, 11, 5),
        to: jiff::civil::date(2024, 3, 20),
        seed,
        emergencies: &[("kebakaran", 300), ("banjir", 150)],
        information: 200,
        prank: 1_000,
        ghost: 1_000,
        abandoned: 300,
        test: 20,
    }
    .to_csv()
}

async fn as_the_calls_say(store: &Store, when: &str) {
    for (from, to) in PERIODS {
        let period = ReportPeriod::parse(from, to).unwrap();
        for part in Part::ALL {
            let ours = store.report_part(&period, part, &serang()).await.unwrap();
            if let Some(scanned) = store.report_scan(&period, part, &serang()).await.unwrap() {
                let ours: BTreeMap<_, _> = ours.into_iter().filter(|(_, calls)| *calls > 0).collect();
                let scanned: BTreeMap<_, _> = scanned.into_iter().filter(|(_, calls)| *calls > 0).collect();
                assert_eq!(ours, scanned, "{when}: {from} to {to}: {part:?}");
            }
        }
        let report = store.report(&period, Compare::Nothing, &serang()).await.unwrap();
        assert!(report.figures.detail.is_some(), "{when}");
    }
}

/// A rebuild beside it may hold the writer for longer than a person's request waits on a slow machine: tried again, as they do.
async fn writer(store: &Store) -> crate::Tx {
    for _ in 0..20 {
        if let Ok(tx) = store.begin().await {
            return tx;
        }
    }
    store.begin().await.unwrap()
}

/// As the server does it: begun again where the writer was held for too long.
async fn rebuilt_beside(store: &Store) {
    for _ in 0..20 {
        if store.rollups_rebuild(Begin::Beside, |_| ()).await.is_ok() {
            return;
        }
    }
    store.rollups_rebuild(Begin::Beside, |_| ()).await.unwrap();
}

/// A transaction each, as people do it: nobody holds the writer for long.
async fn correct_some(store: &Store) {
    let mut tx = store.read().await.unwrap();
    let calls = fetch_all!(tx, (Uuid,), "SELECT call_id FROM call ORDER BY offered_at, call_id").unwrap();
    drop(tx);
    for (place, (call,)) in calls.into_iter().enumerate().step_by(97) {
        let choice = ClassChoice { class: Class::ALL[place % 5], sub: None };
        let mut tx = writer(store).await;
        store.call_reclass(&mut tx, CallId(call), &choice, UserId(Uuid::nil()), Uuid::now_v7(), NOW).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn filled(store: &Store) -> usize {
    let mut tx = store.read().await.unwrap();
    fetch_all!(tx, (i64,), "SELECT local_day FROM day_sum").unwrap().len()
}

async fn months_filled(store: &Store) -> Vec<i64> {
    let mut tx = store.read().await.unwrap();
    let months = fetch_all!(tx, (i64,), "SELECT month FROM month_sum ORDER BY month").unwrap();
    months.into_iter().map(|(month,)| month).collect()
}

on_both! {
    async fn months_say_what_the_calls_say(store: Store) {
        import(&store, &five_months(3)).await;
        as_the_calls_say(&store, "as imported").await;
        let days = store.day_sums_fill_past(NOW, usize::MAX).await.unwrap();
        assert!(days > 100 && filled(&store).await == days, "{days}");
        assert_eq!(store.day_sums_fill_past(NOW, usize::MAX).await.unwrap(), 0, "nothing is left to fill");
        assert_eq!(months_filled(&store).await, [202_311, 202_312, 202_401, 202_402, 202_403]);
        as_the_calls_say(&store, "waits added up").await;
        let period = ReportPeriod::parse("2023-11-01", "2024-03-31").unwrap();
        assert!(store.report_part(&period, Part::Harm, &serang()).await.unwrap()["waited"] > 0, "nobody waited: nothing was tested");
        correct_some(&store).await;
        assert!(filled(&store).await < days, "a corrected call lets go of its days");
        as_the_calls_say(&store, "corrected").await;
        store.day_sums_fill_past(NOW, usize::MAX).await.unwrap();
        as_the_calls_say(&store, "corrected and added up").await;
        assert_eq!(store.rollup_check(ALL_DAYS.0, ALL_DAYS.1).await.unwrap(), []);
    }

    async fn a_cold_rebuild_gives_the_same_and_calls_may_change_meanwhile(store: Store) {
        import(&store, &five_months(4)).await;
        let period = ReportPeriod::parse("2023-11-12", "2024-03-09").unwrap();
        store.rollups_rebuild(Begin::Cold, |_| ()).await.unwrap();
        as_the_calls_say(&store, "rebuilt").await;
        let before = store.report(&period, Compare::Nothing, &serang()).await.unwrap();
        let mut told = Vec::new();
        store.rollups_rebuild(Begin::Cold, |step| told.push((step.done, step.all))).await.unwrap();
        assert_eq!(told, [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]);
        assert_eq!(store.report(&period, Compare::Nothing, &serang()).await.unwrap(), before);
        tokio::join!(rebuilt_beside(&store), rebuilt_beside(&store), correct_some(&store));
        assert_eq!(store.rollup_check(ALL_DAYS.0, ALL_DAYS.1).await.unwrap(), []);
        as_the_calls_say(&store, "rebuilt twice at once, beside corrections").await;
    }

    async fn a_rebuild_that_was_broken_off_goes_on(store: Store) {
        import(&store, &five_months(5)).await;
        let mut begun = 0;
        // Dropped in the middle, as a killed program leaves it.
        let stopped = tokio::select! {
            done = store.rollups_rebuild(Begin::Cold, |step| begun = step.done) => Some(done),
            () = async { loop { tokio::task::yield_now().await; if store.figures_state().await.unwrap().rebuild.is_some_and(|one| one.done >= 2) { break } } } => None,
        };
        assert!(stopped.is_none(), "it was not broken off: {stopped:?}");
        let state = store.figures_state().await.unwrap().rebuild.expect("it is not over");
        assert!(state.done >= 2 && state.months == 5 && !state.is_current, "{state:?}");
        correct_some(&store).await;
        let mut first = None;
        assert!(store.rollups_up_to_date(|step| { first.get_or_insert(step.done); }).await.unwrap());
        assert_eq!(first, Some(usize::try_from(state.done).unwrap()), "it goes on where it was");
        assert_eq!(store.figures_state().await.unwrap().rebuild, None);
        assert_eq!(store.rollup_check(ALL_DAYS.0, ALL_DAYS.1).await.unwrap(), []);
        as_the_calls_say(&store, "gone on").await;
        assert!(!store.rollups_up_to_date(|_| ()).await.unwrap());
    }

    async fn damage_is_found_where_it_is_and_only_a_rebuild_mends_it(store: Store) {
        import(&store, &five_months(6)).await;
        store.day_sums_fill_past(NOW, usize::MAX).await.unwrap();
        for (sql, table, day) in [
            ("UPDATE call_day SET calls = calls + 1 WHERE local_day = 20240105 AND class = 'ghost'", Table::Day, 20_240_105),
            ("UPDATE call_wait SET calls = calls + 1 WHERE local_day = 20240105", Table::Wait, 20_240_105),
            ("UPDATE taker_month SET calls = calls - 1 WHERE month = 202401", Table::TakerMonth, 202_401),
            ("UPDATE day_hour SET calls = calls + 1 WHERE local_day = 20240105", Table::DayHour, 20_240_105),
            ("UPDATE day_sum SET waited_ms = waited_ms + 1 WHERE local_day = 20240105", Table::Sums, 20_240_105),
            (NOBODY_SENT, Table::Sums, 20_240_105),
            ("UPDATE month_sum SET waited_ms = waited_ms + 1 WHERE month = 202401", Table::MonthSums, 202_401),
            ("UPDATE month_sum SET hours = '[]' WHERE month = 202401", Table::MonthSums, 202_401),
            ("UPDATE month_sum SET agencies = '{}', days_with_calls = 3 WHERE month = 202401", Table::MonthSums, 202_401),
        ] {
            meddle(&store, sql).await;
            let found = store.rollup_check(LocalDay(20_240_105), LocalDay(20_240_105)).await.unwrap();
            assert!(found.iter().any(|one| one.table == table && one.day == day), "{sql}: {found:?}");
            assert_eq!(store.rollup_check(LocalDay(20_240_205), LocalDay(20_240_205)).await.unwrap(), [], "{sql}");
            let found = store.day_check(LocalDay(20_240_105)).await.unwrap();
            assert!(!found.differences.is_empty() && found.calls > 0);
            let names = found.differences.iter().any(|one| one.cell.contains("Ani") || one.cell.contains("Budi"));
            assert!(!names, "{found:?}");
            store.rollups_rebuild(Begin::Beside, |_| ()).await.unwrap();
            assert_eq!(store.rollup_check(ALL_DAYS.0, ALL_DAYS.1).await.unwrap(), [], "{sql}");
        }
    }

    async fn a_night_is_kept_once(store: Store) {
        import(&store, &five_months(7)).await;
        let day = store.day_check(LocalDay(20_240_105)).await.unwrap();
        let night = LocalDay(20_240_401);
        assert!(store.night_keep(night, std::slice::from_ref(&day), NOW).await.unwrap());
        assert!(!store.night_keep(night, &[day], NOW).await.unwrap(), "another node was first");
        assert_eq!(store.last_night_checked().await.unwrap(), Some(night));
        let state = store.figures_state().await.unwrap();
        assert_eq!((state.checked_at, state.days.len(), state.days[0].differences), (Some(NOW), 1, 0));
    }

    async fn made_up_calls_are_in_the_figures_like_others(store: Store) {
        import(&store, &five_months(8)).await;
        let edges = ReportPeriod::parse("2024-01-01", "2024-01-31").unwrap().edges(store.zone());
        let mut next = 0;
        let throw = |below: i64| { next = (next * 31 + 7) % 1_009; next % below.max(1) };
        let made = store.made_up_incidents(edges, &serang(), throw).await.unwrap();
        assert!(made > 50, "{made}");
        assert_eq!(store.made_up_incidents(edges, &serang(), |_| 0).await.unwrap(), 0, "each call once");
        store.made_up_corrections(edges, 5, NOW).await.unwrap();
        let period = ReportPeriod::parse("2024-01-01", "2024-01-31").unwrap();
        let beside = store.report(&period, Compare::Nothing, &serang()).await.unwrap().proceedings.unwrap();
        assert!(beside.agency_times.iter().map(|one| one.assignments).sum::<u64>() >= made);
        assert_eq!(beside.corrections.iter().map(|one| one.calls).sum::<u64>(), 5);
        let audit = store.audit(&[]).await.unwrap();
        assert_eq!((audit.chain.broken, audit.faults.told), (None, Vec::new()));
        as_the_calls_say(&store, "made up").await;
        store.day_sums_fill_past(NOW, usize::MAX).await.unwrap();
        as_the_calls_say(&store, "made up and added up").await;
    }
}
