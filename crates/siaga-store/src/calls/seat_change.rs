//! Who sat down, left, paused and came back, as rows.

use crate::{StoreError, Tx, rollup::let_go, tx::execute};
use jiff::tz::TimeZone;
use siaga_core::{call::live::Fact, report::SeatChange, time::Timestamp};

/// Writes what a fact says about a seat; twice is once.
pub async fn apply(tx: &mut Tx, at: Timestamp, fact: &Fact, zone: &TimeZone) -> Result<(), StoreError> {
    let (seat, change) = match fact {
        Fact::SeatTaken { seat, .. } => (seat, SeatChange::Taken),
        Fact::SeatLeft { seat, .. } => (seat, SeatChange::Left),
        Fact::SeatPaused { seat, on: true, .. } => (seat, SeatChange::Paused),
        Fact::SeatPaused { seat, on: false, .. } => (seat, SeatChange::Resumed),
        _ => return Ok(()),
    };
    let rows = execute!(
        *tx,
        "INSERT INTO seat_change (seat, at, change) VALUES ($1, $2, $3) ON CONFLICT (at, seat, change) DO NOTHING",
        i64::from(seat.0),
        at.0,
        change.key()
    )?;
    if rows > 0 {
        let_go(tx, at.local_day(zone)).await?;
    }
    Ok(())
}
