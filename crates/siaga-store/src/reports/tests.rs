//! The published figures come out of the made-up ledgers, on both databases, and the definitions are the code's.

mod lists;
mod live;
mod months;
mod random;

use super::*;
use crate::{ledger::LedgerImport, on_both};
use siaga_core::{
    city::serang,
    ids::ImportId,
    ledger::{read, sample},
    time::{LocalDay, Timestamp},
    view::report::Mark,
};
use uuid::Uuid;

/// 2026-11-24 00:00:00 UTC.
const NOW: Timestamp = Timestamp(1_795_478_400_000_000);

/// Every member has its words in the document.
fn every_member_is_defined(value: &serde_json::Value) {
    const DOCUMENT: &str = include_str!("../../../../docs/definitions.md");
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                let known = name.starts_with("20") || DOCUMENT.contains(&format!("`{name}`"));
                assert!(known, "docs/definitions.md does not name `{name}`");
                every_member_is_defined(value);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(every_member_is_defined),
        _ => {}
    }
}

async fn import(store: &Store, text: &str) -> u64 {
    let ledger = read(text.as_bytes(), &serang(), NOW).expect("a made-up ledger is right");
    assert_eq!(ledger.bad, []);
    let import = LedgerImport::of(text.as_bytes(), ImportId(Uuid::now_v7()), NOW);
    store.ledger_import(&ledger, &import).await.unwrap().added
}

on_both! {
    async fn the_published_figures_come_out(store: Store) {
        assert_eq!(import(&store, &sample::serang_2020()).await, 23_734);
        assert_eq!(import(&store, &sample::serang_2019()).await, 16_000);
        assert_eq!(import(&store, &sample::serang_2020()).await, 0);
        let period = ReportPeriod::parse("2020-01-01", "2020-09-30").unwrap();
        let report = store.report(&period, Compare::PreviousYear, &serang()).await.unwrap();
        every_member_is_defined(&serde_json::to_value(&report).unwrap());
        let figures = &report.figures;
        assert_eq!(figures.period.days, 274);
        assert_eq!((figures.offered, figures.answered, figures.nuisance), (23_734, 23_734, 23_572));
        assert_eq!((figures.abandoned, figures.deferred, figures.failed), (0, 0, 0));
        assert_eq!(figures.classes["emergency"], 162);
        let of = |label: &str| figures.by_type.iter().find(|one| one.label == label).map(|one| one.count);
        let named = ["Korsleting listrik", "Kecelakaan", "Kebakaran", "Ambulans", "Pohon tumbang"].map(|name| of(name).unwrap());
        assert_eq!(named, [34, 22, 19, 19, 18]);
        let others = figures.by_type.iter().map(|one| one.count).sum::<u64>() - named.iter().sum::<u64>();
        assert_eq!(others, 50);
        assert_eq!(figures.by_month.len(), 9);
        assert!(figures.by_month.iter().all(|month| month.count > 2_000));
        let compare = report.compare.unwrap();
        assert_eq!((compare.figures.offered, compare.figures.period.from.as_str()), (16_000, "2019-01-01"));
        assert_eq!(compare.change_pct["offered"], Some(48.3));
        assert_eq!(compare.change_pct["emergency"], Some(35.0));
        assert_eq!(compare.change_pct["information"], None);
        let emergency = compare.change["emergency"];
        assert_eq!((emergency.pct, emergency.few), (Some(35.0), false));
        assert_eq!((emergency.low_pct, emergency.high_pct), (Some(6.0), Some(72.4)));
        assert_eq!(compare.marks, [Mark::Days]);
        assert_eq!(store.rollup_check(LocalDay(20_190_101), LocalDay(20_201_231)).await.unwrap(), []);
    }

    async fn days_outside_the_period_do_not_count(store: Store) {
        const HEADER: &str = "started_at,number,answered_at,ended_at,class\n";
        let at = |time: &str| format!("{time},,,{time},abandoned\n");
        // 17:00 UTC is midnight in Serang: the first second of 1 February, the last of January.
        let text = [HEADER, &at("2020-01-31T17:00:00Z"), &at("2020-01-31T16:59:59Z"), &at("2020-02-29 23:59:59"), &at("2020-03-01 00:00:00")];
        assert_eq!(import(&store, &text.concat()).await, 4);
        for (from, to, calls) in [("2020-02-01", "2020-02-29", 2), ("2020-01-31", "2020-01-31", 1), ("2020-03-02", "2020-03-31", 0), ("2020-01-01", "2020-12-31", 4)] {
            let period = ReportPeriod::parse(from, to).unwrap();
            let figures = store.report(&period, Compare::Nothing, &serang()).await.unwrap().figures;
            assert_eq!((figures.offered, figures.abandoned), (calls, calls), "{from} to {to}");
        }
    }

    async fn a_day_that_does_not_add_up_is_no_report(store: Store) {
        import(&store, &sample::serang_2019()).await;
        let mut tx = store.begin().await.unwrap();
        crate::tx::execute!(tx, "UPDATE class_month SET outcome = 'lost' WHERE month = $1 AND class = 'ghost'", 201_903_i64).unwrap();
        tx.commit().await.unwrap();
        let period = ReportPeriod::parse("2019-01-01", "2019-09-30").unwrap();
        let broken = store.report(&period, Compare::Nothing, &serang()).await.unwrap_err();
        assert!(matches!(broken, ReportError::Broken(_)), "{broken}");
        assert!(broken.to_string().contains("offered = answered"), "{broken}");
        // Also when only the year before is wrong.
        let period = ReportPeriod::parse("2020-01-01", "2020-09-30").unwrap();
        assert!(matches!(store.report(&period, Compare::PreviousYear, &serang()).await, Err(ReportError::Broken(_))));
        assert!(store.report(&period, Compare::Nothing, &serang()).await.is_ok());
    }
}

#[test]
fn the_definitions_are_those_of_the_code() {
    const DOCUMENT: &str = include_str!("../../../../docs/definitions.md");
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = one_line(DOCUMENT);
    for sql in [
        proceedings::HANDLED,
        proceedings::SANCTIONS,
        proceedings::CORRECTIONS,
        proceedings::PUBLISHED,
        proceedings::REDIALS,
        detail::FROM_LEDGER,
        detail::MONTHS,
        detail::HOURS,
        detail::WAITS,
        detail::TAKERS,
        crate::rollup::AGENCIES,
        crate::rollup::AGENCY_DAYS,
        crate::rollup::AGENCY_MONTHS,
        crate::rollup::BUSY,
        crate::rollup::DAYS_WITH_CALLS,
        crate::rollup::MONTH_SUMS,
        crate::rollup::DAY_SUMS,
        crate::rollup::HELD,
        crate::rollup::STAFFED,
        OFFERED,
        ANSWERED,
        ABANDONED,
        DEFERRED,
        FAILED,
        BY_CLASS,
        BY_TYPE,
        BY_AGENCY,
        BY_VILLAGE,
        BY_MONTH,
    ] {
        assert!(document.contains(&format!("{};", one_line(sql))), "docs/definitions.md does not show: {sql}");
    }
    let version = format!("Version **{}**", siaga_core::report::DEFINITIONS);
    assert!(DOCUMENT.contains(&version), "docs/definitions.md is not of this version");
}
