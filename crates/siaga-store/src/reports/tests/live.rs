//! What only the telephone knows: seats, lanes, waits under nuisance.

use super::*;
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    ids::{CallId, SeatId, UserId},
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
    },
};

/// 2026-11-02 08:00:00 in Serang, a Monday.
const EIGHT: i64 = 1_793_581_200_000_000;
const TAKER: UserId = UserId(Uuid::from_u128(112));

fn at(seconds: i64, fact: Fact) -> LiveFact {
    LiveFact { id: Uuid::now_v7(), at: Timestamp(EIGHT + seconds * 1_000_000), fact }
}

/// A call from its offer to its end, answered where `answered` says when.
fn call(lane: Lane, offered: i64, answered: Option<i64>, ended: i64, class: Option<Class>) -> Vec<LiveFact> {
    let call = CallId(Uuid::now_v7());
    let seat = SeatId(1);
    let mut facts = vec![at(
        offered,
        Fact::Offered {
            call,
            direction: Direction::Incoming,
            number: None,
            number_raw: None,
            display_name: None,
            sip_call_id: None,
            lane,
            suspicion: 0,
            reasons: Vec::new(),
            callback: None,
        },
    )];
    facts.extend(answered.map(|second| at(second, Fact::Answered { call, seat, call_taker: TAKER })));
    if let Some(class) = class {
        facts.push(at(ended, Fact::Classed { call, by: TAKER, choice: Some(ClassChoice { class, sub: None }) }));
    }
    let outcome = if answered.is_some() { CallOutcome::Answered } else { CallOutcome::Abandoned };
    facts.push(at(ended, Fact::Ended { call, outcome, by: EndedBy::Caller }));
    facts
}

on_both! {
    async fn seats_lanes_and_harm_come_out(store: Store) {
        let seat = SeatId(1);
        let mut facts = vec![
            at(0, Fact::SeatTaken { seat, user: TAKER }),
            at(3_600, Fact::SeatPaused { seat, user: TAKER, on: true }),
            at(5_400, Fact::SeatPaused { seat, user: TAKER, on: false }),
        ];
        // A prank holds the only seat from 100 s to 160 s while a fire waits from 110 s to 170 s.
        facts.extend(call(Lane::A, 98, Some(100), 160, Some(Class::Prank)));
        facts.extend(call(Lane::A, 110, Some(170), 290, Some(Class::Emergency)));
        // Two in lane B: one real and answered, one gone and never reached.
        facts.extend(call(Lane::B, 300, Some(320), 400, Some(Class::Emergency)));
        facts.extend(call(Lane::B, 300, None, 330, None));
        facts.push(at(9_000, Fact::SeatLeft { seat, user: TAKER }));
        store.write_live(&facts).await.unwrap();
        let period = ReportPeriod::parse("2026-11-02", "2026-11-02").unwrap();
        let figures = store.report(&period, Compare::Nothing, &serang()).await.unwrap().figures;
        let detail = figures.detail.unwrap();
        // 2.5 h at the seat, half an hour of it paused.
        assert_eq!(detail.exposure.staffed_hours, Some(2.0));
        assert_eq!((detail.exposure.from_ledger, detail.exposure.days_with_calls), (0, 1));
        assert_eq!((detail.harm.real_waited, detail.harm.real_waited_s), (1, 50));
        assert_eq!((detail.harm.seat_s, detail.harm.nuisance_seat_s, detail.harm.rupiah), (60 + 120 + 80, 60, None));
        let screening = &detail.screening;
        assert_eq!((screening.real, screening.real_lane_b, screening.real_lost), (2, 1, 0));
        assert_eq!((screening.lane_b, screening.lane_b_left_unknown), (2, 1));
        // None of two: 1 - 0.05^(1/2).
        assert_eq!(screening.lost_at_most_pct, Some(77.6));
        let monday = detail.hours.iter().find(|hour| (hour.weekday, hour.hour) == (1, 8)).unwrap();
        assert_eq!((monday.offered, monday.emergency, monday.nuisance), (4, 2, 1));
        let times: Vec<_> = detail.answer_times.iter().map(|one| (one.key.as_str(), one.answered, one.left, one.within_10_s)).collect();
        assert_eq!(times, [("all", 3, 1, 1), ("lane_a", 2, 0, 1), ("lane_b", 1, 1, 0), ("emergency", 2, 0, 0)]);
        assert_eq!(detail.answer_times[2].p50_ms, Some(20_000));
        let taker = &detail.by_taker[0];
        assert_eq!((taker.key.as_str(), taker.normal, taker.prank, taker.total), (TAKER.0.to_string().as_str(), 2, 1, 3));
        assert_eq!(store.rollup_check(LocalDay(0), LocalDay(99_991_231)).await.unwrap(), []);
        // The rows of the seats come out of the events again.
        crate::testing::meddle(&store, "DELETE FROM seat_change").await;
        store.rollups_rebuild(crate::rollup::Begin::Beside, |_| ()).await.unwrap();
        let again = store.report(&period, Compare::Nothing, &serang()).await.unwrap().figures.detail.unwrap();
        assert_eq!(again.exposure.staffed_hours, Some(2.0));
    }
}
