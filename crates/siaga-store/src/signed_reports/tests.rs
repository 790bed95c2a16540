//! What is signed can be checked by its bytes, and a change of any of them is found.

use super::*;
use crate::on_both;
use siaga_core::{
    city::serang,
    ids::{ImportId, UserId},
    ledger::read,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_478_400_000_000);
const LEDGER: &str = "started_at,number,answered_at,ended_at,class,incident_type,village_code\n\
    2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,prank,,\n\
    2020-03-02 08:00:00,,2020-03-02 08:00:05,2020-03-02 08:01:00,emergency,fire,36.73.01.1002\n\
    2020-03-03 08:00:00,,2020-03-03 08:00:05,2020-03-03 08:01:00,emergency,fire,36.73.01.1003\n";

async fn import(store: &Store, text: &str) {
    let ledger = read(text.as_bytes(), &serang(), NOW).expect("a made-up ledger is right");
    assert_eq!(ledger.bad, []);
    let import = crate::ledger::LedgerImport::of(text.as_bytes(), ImportId(Uuid::now_v7()), NOW);
    store.ledger_import(&ledger, &import).await.unwrap();
}

async fn signed(store: &Store) -> SignedReport {
    let key = store.evidence_key([5; 32]).await.unwrap();
    let march = ReportPeriod::parse("2020-03-01", "2020-03-31").unwrap();
    store.signed_report(&march, Compare::PreviousYear, &serang(), &key).await.unwrap()
}

on_both! {
    async fn the_same_record_gives_the_same_file_and_one_more_call_another(store: Store) {
        import(&store, LEDGER).await;
        let report = signed(&store).await;
        assert_eq!(file(&report), file(&signed(&store).await));
        let districts: Vec<_> = report.body.by_district.iter().map(|one| (one.label.as_str(), one.count)).collect();
        assert_eq!(districts, [("Serang", 2)], "two kelurahan of one kecamatan");
        assert!(report.body.as_of.seq > 0 && report.body.as_of.at.is_some());
        let found = verify(file(&report).as_bytes());
        assert_eq!((found.faults.len(), found.holds.len()), (0, 2), "{found:?}");
        assert_eq!(found.key.as_ref(), Some(&report.key));
        import(&store, &LEDGER.lines().next().map(|head| format!("{head}\n2020-03-09 08:00:00,,2020-03-09 08:00:05,2020-03-09 08:01:00,ghost,,\n")).unwrap()).await;
        let after = signed(&store).await;
        assert_ne!(after.sha256, report.sha256);
        let changes = siaga_core::report::changes(&report.body.report, &after.body.report);
        for (name, before, now) in [
            ("offered", "3", "4"), ("answered", "3", "4"), ("nuisance", "1", "2"), ("classes.ghost", "0", "1"), ("by_month.2020-03", "3", "4"),
        ] {
            let one = changes.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("{name}: {changes:?}"));
            assert_eq!((one.before.as_deref(), one.now.as_deref()), (Some(before), Some(now)), "{name}");
        }
        assert!(changes.iter().all(|one| one.name != "classes.prank"), "what did not change is not told");
    }

    async fn a_name_that_stands_twice_is_refused(store: Store) {
        import(&store, LEDGER).await;
        let text = file(&signed(&store).await);
        for (from, to) in [
            ("\"answered\": 3", "\"answered\": 919, \"answered\": 3"),
            ("\"format\":", "\"format\": \"other\", \"format\":"),
        ] {
            assert!(text.contains(from), "{from}");
            let found = verify(text.replacen(from, to, 1).as_bytes());
            assert!(found.holds.is_empty() && found.faults.len() == 1, "{found:?}");
            assert!(found.faults[0].contains("stands twice"), "{found:?}");
        }
    }

    async fn a_changed_file_is_found(store: Store) {
        import(&store, LEDGER).await;
        let report = signed(&store).await;
        let text = file(&report);
        for (from, to, words) in [
            ("\"count\": 2", "\"count\": 3", "figures: were changed"),
            (&report.sha256, "00", "figures: were changed"),
            (&report.signature, "00", "signature: is not"),
            ("siaga-report-1", "siaga-report-9", "format"),
            ("{", "[", "line 2"),
        ] {
            let told = verify(text.replacen(from, to, 1).as_bytes()).faults.join("; ");
            assert!(told.contains(words), "{from}: {told}");
        }
        // Another order and other spaces say the same.
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(verify(value.to_string().as_bytes()).faults, [""; 0]);
    }

    async fn what_was_published_stays_and_tells_what_changed(store: Store) {
        import(&store, LEDGER).await;
        let key = store.evidence_key([5; 32]).await.unwrap();
        let by = crate::incidents::Actor { user: UserId(Uuid::now_v7()), name: "Kepala" };
        let march = ReportPeriod::parse("2020-03-01", "2020-03-31").unwrap();
        let publish = async || store.report_publish(&march, Compare::Nothing, &serang(), &key, by, NOW).await;
        let first = publish().await.unwrap();
        assert_eq!((first.version, first.from.as_str(), first.by.as_str()), (1, "2020-03-01", "Kepala"));
        assert_eq!(publish().await.unwrap(), first, "the same figures are not published twice");
        let id = Uuid::parse_str(&first.publication_id).unwrap();
        let then = store.publication_since(id, &serang()).await.unwrap();
        assert_eq!((then.changes.len(), then.events), (0, 1), "only the publication itself");
        let (_, kept) = store.publication(id).await.unwrap();
        assert_eq!(verify(file(&kept).as_bytes()).faults, [""; 0], "kept as it was signed");

        import(&store, &LEDGER.replace("2020-03-0", "2020-03-1")).await;
        let then = store.publication_since(id, &serang()).await.unwrap();
        let fire = then.changes.iter().find(|one| one.name == "by_type.fire").expect("more fires");
        assert_eq!((fire.label.as_str(), fire.before.as_deref(), fire.now.as_deref()), ("Jenis: Kebakaran", Some("2"), Some("4")));
        let second = publish().await.unwrap();
        assert_eq!(second.version, 2);
        let list = store.publications().await.unwrap();
        assert_eq!(list, [second, first]);
        assert_eq!(store.publication(Uuid::nil()).await.unwrap_err(), StoreError::NotFound);
        let kinds: Vec<_> = store.events_after(0, 99).await.unwrap().into_iter().map(|one| one.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| *kind == "ReportPublished").count(), 2);
    }

    async fn a_period_that_runs_is_not_published(store: Store) {
        import(&store, LEDGER).await;
        let key = store.evidence_key([5; 32]).await.unwrap();
        let by = crate::incidents::Actor { user: UserId(Uuid::now_v7()), name: "Kepala" };
        let period = ReportPeriod::parse("2026-11-01", "2026-11-24").unwrap();
        let told = store.report_publish(&period, Compare::Nothing, &serang(), &key, by, NOW).await.unwrap_err();
        assert!(told.to_string().contains("periode belum selesai"), "{told}");
        assert_eq!(store.publications().await.unwrap(), []);
    }
}
