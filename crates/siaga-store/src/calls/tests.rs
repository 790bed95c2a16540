//! A call's row, events and figures agree whatever the order, however often, whatever the text.

mod figures;
mod lists;
mod order;

use crate::{Store, calls::record::CallRecord};
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    ids::{CallId, SeatId, UserId},
    time::{LocalDay, Timestamp},
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
    },
};
use uuid::Uuid;

/// 2026-05-03 08:00 in Jakarta.
pub const T0: Timestamp = Timestamp(1_777_770_000_000_000);
pub const DAY: LocalDay = LocalDay(20_260_503);
pub const NUMBER: &str = "+6281234567890";
pub const TAKER: UserId = UserId(Uuid::from_u128(7));

pub fn call() -> CallId {
    CallId(Uuid::now_v7())
}

pub fn at_s(seconds: i64) -> Timestamp {
    T0.plus_ms(seconds * 1_000)
}

pub fn live(seconds: i64, fact: Fact) -> LiveFact {
    LiveFact { id: Uuid::now_v7(), at: at_s(seconds), fact }
}

pub fn offered(call: CallId) -> Fact {
    Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: Some(NUMBER.into()),
        number_raw: Some("081234567890".into()),
        display_name: None,
        sip_call_id: Some("a@b".into()),
        lane: Lane::B,
        suspicion: 60,
        reasons: vec!["16 tanpa suara".into()],
        callback: None,
    }
}

pub fn answered(call: CallId) -> Fact {
    Fact::Answered { call, seat: SeatId(1), call_taker: TAKER }
}

pub fn choice(class: Class, sub: Option<&str>) -> ClassChoice {
    ClassChoice { class, sub: sub.map(str::to_owned) }
}

pub fn classed(call: CallId, class: Class, sub: Option<&str>) -> Fact {
    Fact::Classed { call, by: TAKER, choice: Some(choice(class, sub)) }
}

pub fn ended(call: CallId, outcome: CallOutcome) -> Fact {
    Fact::Ended { call, outcome, by: EndedBy::Caller }
}

/// A whole answered call of a class, begun at `seconds`.
pub async fn past_call(store: &Store, seconds: i64, class: Class, sub: Option<&str>) -> CallId {
    let call = call();
    let facts = [
        live(seconds, offered(call)),
        live(seconds + 2, answered(call)),
        live(seconds + 9, classed(call, class, sub)),
        live(seconds + 10, ended(call, CallOutcome::Answered)),
    ];
    store.write_live(&facts).await.unwrap();
    call
}

pub async fn record(store: &Store, call: CallId) -> CallRecord {
    CallRecord::load(&mut store.read().await.unwrap(), call).await.unwrap().unwrap()
}
