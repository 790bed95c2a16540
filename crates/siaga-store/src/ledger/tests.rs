//! A file is in wholly or not at all, and nothing counts twice.

use super::*;
use crate::on_both;
use siaga_core::{
    city::{City, serang},
    ledger::{read, sample},
    report::ReportPeriod,
};
use std::sync::LazyLock;

static CITY: LazyLock<City> = LazyLock::new(serang);

/// 2026-11-24 00:00:00 UTC.
const NOW: Timestamp = Timestamp(1_795_478_400_000_000);

const HEADER: &str =
    "started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note";

fn row(second: u32, class: &str) -> String {
    format!(
        "2020-03-01 08:00:{second:02},0812345678{second:02},2020-03-01 08:01:00,2020-03-01 08:02:00,{class},,,,,Ani,"
    )
}

fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

async fn import(store: &Store, text: &str, bad_rows: BadRows) -> LedgerAnswer {
    let ledger = read(text.as_bytes(), &CITY, NOW).expect("the header is right");
    let import = LedgerImport { bad_rows, ..LedgerImport::of(text.as_bytes(), ImportId(Uuid::now_v7()), NOW) };
    store.ledger_import(&ledger, &import).await.unwrap()
}

async fn offered(store: &Store) -> u64 {
    let period = ReportPeriod::parse("2019-01-01", "2020-12-31").unwrap();
    let report = store.report(&period, crate::reports::Compare::Nothing, &CITY).await.unwrap();
    report.figures.offered
}

/// The rollup agrees with the calls, and the event chain holds with this many events.
async fn sound(store: &Store, events: i64) {
    let differences = store.rollup_check(LocalDay(20_000_101), LocalDay(20_991_231)).await.unwrap();
    assert_eq!(differences, []);
    let chain = store.chain_verify().await.unwrap();
    assert_eq!((chain.broken, chain.events), (None, events));
}

on_both! {
    async fn the_same_call_told_differently_is_counted_and_said(store: Store) {
        let first = import(&store, &file(&[row(1, "prank"), row(2, "ghost")]), BadRows::Refuse).await;
        assert_eq!(first.notices, [] as [String; 0]);
        let again = import(&store, &file(&[row(1, "ghost"), row(2, "ghost"), row(3, "prank")]), BadRows::Refuse).await;
        assert_eq!((again.added, again.known, again.notices.len()), (2, 1, 1), "{:?}", again.notices);
        assert!(again.notices[0].starts_with("1 baris punya waktu mulai dan nomor yang sama"), "{:?}", again.notices);
    }

    async fn rows_become_calls_with_their_fields(store: Store) {
        let text = format!(
            "{HEADER}\n2020-03-01 08:00:00,081234567890,2020-03-01 08:00:05,2020-03-01 08:02:00,emergency,,kebakaran,\
             Damkar,36.73.01.1002,Budi,\"=asap, api\"\n2020-03-01 23:30:00,,,2020-03-01 23:30:09,abandoned,,,,,,\n"
        );
        let answer = import(&store, &text, BadRows::Refuse).await;
        assert_eq!((answer.outcome, answer.added, answer.known), (LedgerOutcome::Imported, 2, 0));
        let filter = crate::calls::CallFilter { day: Some(LocalDay(20_200_301)), limit: 10, ..Default::default() };
        let calls = store.calls_list(&filter).await.unwrap();
        let [gone, fire] = calls.as_slice() else { panic!("two calls, newest first") };
        assert!(fire.imported && gone.imported);
        assert_eq!(fire.number.as_deref(), Some("+6281234567890"));
        assert_eq!(fire.incident_type.as_deref(), Some("fire"));
        assert_eq!(fire.agency.as_deref(), Some("damkar"));
        assert_eq!(fire.village_code.as_deref(), Some("36.73.01.1002"));
        assert_eq!(fire.note.as_deref(), Some("=asap, api"));
        assert_eq!(fire.outcome, Some(CallOutcome::Answered));
        assert_eq!((gone.outcome, gone.answered_at, gone.class), (Some(CallOutcome::Abandoned), None, Some(Class::Abandoned)));
        sound(&store, 1).await;
    }

    async fn the_same_file_twice_adds_nothing_and_says_so(store: Store) {
        let text = file(&[row(1, "prank"), row(2, "ghost")]);
        import(&store, &text, BadRows::Refuse).await;
        let again = import(&store, &text, BadRows::Refuse).await;
        assert_eq!((again.outcome, again.added, again.known), (LedgerOutcome::Known, 0, 2));
        assert!(again.message.contains("sudah diimpor pada 2026-11-24 07:00"), "{}", again.message);
        assert_eq!(offered(&store).await, 2);
        sound(&store, 1).await;
    }

    async fn an_overlapping_file_adds_only_what_is_new(store: Store) {
        // Two equal rows are two calls; written in other words they are still those two.
        import(&store, &file(&[row(1, "prank"), row(1, "prank"), row(2, "ghost")]), BadRows::Refuse).await;
        let other_words = row(1, "PRANK").replace("0812", "+62812").replace("2020-03-01 08:01:00", "2020-03-01T01:01:00Z");
        let answer = import(&store, &file(&[other_words.clone(), row(3, "ghost"), other_words.clone(), other_words]), BadRows::Refuse).await;
        assert_eq!((answer.added, answer.known), (2, 2), "the third equal row and the new one");
        assert!(answer.message.contains("2 panggilan diimpor. 2 baris sudah ada"), "{}", answer.message);
        assert_eq!(offered(&store).await, 5);
        sound(&store, 2).await;
    }

    async fn a_bad_row_stops_the_file_or_is_skipped(store: Store) {
        let text = file(&[row(1, "prank"), row(2, "pranks"), row(3, "ghost")]);
        let refused = import(&store, &text, BadRows::Refuse).await;
        assert_eq!((refused.outcome, refused.added, refused.bad, refused.problem_count), (LedgerOutcome::Refused, 0, 1, 1));
        assert_eq!(offered(&store).await, 0);
        sound(&store, 0).await;
        let skipped = import(&store, &text, BadRows::Skip).await;
        assert_eq!((skipped.outcome, skipped.added, skipped.bad), (LedgerOutcome::Imported, 2, 1));
        // Mended, the same rows come with the one that is new.
        let mended = import(&store, &text.replace("pranks", "prank"), BadRows::Refuse).await;
        assert_eq!((mended.added, mended.known), (1, 2));
        assert_eq!(offered(&store).await, 3);
        sound(&store, 2).await;
    }

    async fn a_file_without_rows_adds_nothing(store: Store) {
        let answer = import(&store, &format!("{HEADER}\n"), BadRows::Refuse).await;
        assert_eq!((answer.outcome, answer.added), (LedgerOutcome::Known, 0));
        assert!(answer.message.contains("tidak ada baris"), "{}", answer.message);
        sound(&store, 0).await;
    }

    /// An import that fails at its last statement leaves nothing behind.
    async fn a_failed_import_leaves_nothing(store: Store) {
        let text = file(&[row(1, "prank")]);
        let ledger = read(text.as_bytes(), &CITY, NOW).unwrap();
        let first = LedgerImport::of(text.as_bytes(), ImportId(Uuid::now_v7()), NOW);
        store.ledger_import(&ledger, &first).await.unwrap();
        // The same import id once more: its row cannot be written, after 600 calls were.
        let many: Vec<String> = (0..600).map(|n| row(2, "ghost").replace("Ani", &format!("Ani {n}"))).collect();
        let ledger = read(file(&many).as_bytes(), &CITY, NOW).unwrap();
        let second = LedgerImport { import_id: first.import_id, ..LedgerImport::of(b"x", first.import_id, NOW) };
        store.ledger_import(&ledger, &second).await.unwrap_err();
        assert_eq!(offered(&store).await, 1);
        sound(&store, 1).await;
        let third = LedgerImport::of(b"x", ImportId(Uuid::now_v7()), NOW);
        assert_eq!(store.ledger_import(&ledger, &third).await.unwrap().added, 600);
        sound(&store, 2).await;
    }
}

/// 100,000 rows; the limit is ten seconds in a release build, and this test runs in any.
#[test]
fn a_hundred_thousand_rows_are_in_within_the_limit() {
    crate::testing::on_sqlite(async |store: Store| {
        let sample = sample::Sample {
            from: jiff::civil::date(2020, 1, 1),
            to: jiff::civil::date(2020, 12, 31),
            seed: 7,
            emergencies: &[("kebakaran", 300), ("banjir", 700)],
            information: 12_000,
            prank: 40_000,
            ghost: 40_000,
            abandoned: 6_000,
            test: 1_000,
        };
        let text = sample.to_csv();
        let began = std::time::Instant::now();
        let ledger = read(text.as_bytes(), &CITY, NOW).unwrap();
        let read_s = began.elapsed().as_secs_f64();
        let import = LedgerImport::of(text.as_bytes(), ImportId(Uuid::now_v7()), NOW);
        let answer = store.ledger_import(&ledger, &import).await.unwrap();
        let all_s = began.elapsed().as_secs_f64();
        eprintln!("100,000 rows: {read_s:.2} s read, {all_s:.2} s in all");
        assert_eq!((answer.added, answer.bad), (100_000, 0));
        let limit_s = if cfg!(debug_assertions) { 100.0 } else { 10.0 };
        assert!(all_s < limit_s, "{all_s:.1} s");
        sound(&store, 1).await;
    });
}
