//! The lists beside the sums: handled emergencies, corrections after the period, figures published elsewhere, advice.

use super::*;
use crate::tx::fetch_all;
use siaga_core::{
    class::Class,
    ids::{CallId, UserId},
    ledger::read_published,
    view::desk::ClassChoice,
};

const CUTTINGS: &str = "from,to,measure,value,approximate,source\n\
    2019-01-01,2019-09-30,calls_reported,16000,ya,koran\n\
    2020-01-01,2020-09-30,valid_reports,162,tidak,koran\n\
    2022-01-01,2022-04-27,calls_offered,4400,tidak,koran\n";

on_both! {
    async fn what_others_published_stands_apart(store: Store) {
        import(&store, &sample::serang_2020()).await;
        let period = ReportPeriod::parse("2020-01-01", "2020-09-30").unwrap();
        let before = store.report(&period, Compare::PreviousYear, &serang()).await.unwrap();
        let rows = read_published(CUTTINGS.as_bytes()).unwrap();
        assert_eq!(store.published_import(&rows, None, NOW).await.unwrap(), 3);
        assert_eq!(store.published_import(&rows, None, NOW).await.unwrap(), 0, "the same file again changes nothing");
        let report = store.report(&period, Compare::PreviousYear, &serang()).await.unwrap();
        assert_eq!((&report.figures, &report.compare), (&before.figures, &before.compare), "no figure of ours moved");
        let published = report.proceedings.unwrap().published;
        let told: Vec<_> = published.iter().map(|one| (one.value, one.approximate, one.ours, one.change_pct)).collect();
        assert_eq!(told, [(16_000, true, None, Some(48.3)), (162, false, Some(162), None)]);
    }

    async fn every_emergency_is_listed_and_corrections_are_told(store: Store) {
        import(&store, &sample::serang_2020()).await;
        let period = ReportPeriod::parse("2020-01-01", "2020-09-30").unwrap();
        let lists = store.report(&period, Compare::Nothing, &serang()).await.unwrap().proceedings.unwrap();
        assert_eq!((lists.handled.len(), lists.corrections.len(), lists.agency_times.len()), (162, 0, 0));
        assert!(lists.handled.windows(2).all(|pair| pair[0].at <= pair[1].at));
        assert!(lists.handled.iter().any(|one| one.type_label == "Kebakaran" && one.incident.is_none()));
        assert_eq!(lists.sanctions.iter().map(|step| step.proposed).sum::<u64>(), 0);
        let staffing = lists.staffing.unwrap();
        // 23,734 calls in 274 days of 24 hours, two of three between 10 and 21 o'clock: under ten an hour, one minute each.
        assert_eq!((staffing.days, staffing.calls, staffing.hours.len()), (274, 23_734, 24));
        assert!(staffing.hours.iter().all(|hour| (1..=2).contains(&hour.seats) && hour.within_pct >= 99.0), "{staffing:?}");

        let mut tx = store.begin().await.unwrap();
        let calls = fetch_all!(tx, (Uuid,), "SELECT call_id FROM call WHERE class = 'ghost' ORDER BY offered_at LIMIT 2").unwrap();
        for (call,) in calls {
            let choice = ClassChoice { class: Class::Emergency, sub: None };
            store.call_reclass(&mut tx, CallId(call), &choice, UserId(Uuid::nil()), Uuid::now_v7(), NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let report = store.report(&period, Compare::Nothing, &serang()).await.unwrap();
        let lists = report.proceedings.unwrap();
        assert_eq!((report.figures.classes["emergency"], lists.handled.len()), (164, 164));
        let told: Vec<_> = lists.corrections.iter().map(|one| (one.day.as_str(), one.from_class.as_str(), one.to_class.as_str(), one.calls)).collect();
        assert_eq!(told, [("2026-11-24", "ghost", "emergency", 2)]);
        // Corrected while the period still ran: nothing was published yet.
        let running = ReportPeriod::parse("2020-01-01", "2026-12-31").unwrap();
        let lists = store.report(&running, Compare::Nothing, &serang()).await.unwrap().proceedings.unwrap();
        assert_eq!(lists.corrections, []);
    }
}
