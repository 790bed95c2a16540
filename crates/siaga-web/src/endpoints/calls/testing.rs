//! Calls for the tests of these endpoints.

use crate::testing::House;
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    ids::{CallId, SeatId, UserId},
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
    },
};
use uuid::Uuid;

/// 2026-05-03 08:00 in Jakarta.
pub const T0: Timestamp = Timestamp(1_777_770_000_000_000);
pub const NUMBER: &str = "+6281234567890";

/// Writes an answered call that began `seconds` after [`T0`].
pub async fn write_call(house: &House, seconds: i64, number: Option<&str>, class: Class) -> CallId {
    write_call_by(house, seconds, number, class, UserId(Uuid::now_v7())).await
}

/// The same, of a drill.
pub async fn write_drill_call(house: &House, seconds: i64, number: &str) -> CallId {
    write(house, seconds, Direction::Drill, Some(number), Class::Prank, UserId(Uuid::now_v7())).await
}

/// Taken and classed by a person.
pub async fn write_call_by(house: &House, seconds: i64, number: Option<&str>, class: Class, by: UserId) -> CallId {
    write(house, seconds, Direction::Incoming, number, class, by).await
}

async fn write(
    house: &House,
    seconds: i64,
    direction: Direction,
    number: Option<&str>,
    class: Class,
    by: UserId,
) -> CallId {
    let call = CallId(Uuid::now_v7());
    let offered = Fact::Offered {
        call,
        direction,
        number: number.map(str::to_owned),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 0,
        reasons: vec![],
        callback: None,
    };
    let facts = [
        (0, offered),
        (2, Fact::Answered { call, seat: SeatId(1), call_taker: by }),
        (8, Fact::Classed { call, by, choice: Some(ClassChoice { class, sub: None }) }),
        (9, Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller }),
    ]
    .map(|(after, fact)| LiveFact { id: Uuid::now_v7(), at: T0.plus_ms((seconds + after) * 1_000), fact });
    house.store.write_live(&facts).await.expect("because the store is empty and open");
    call
}
