//! Who sat down, left, paused and came back, as rows.

use crate::{StoreError, Tx, tx::execute};
use siaga_core::{call::live::Fact, report::SeatChange, time::Timestamp};

/// Writes what a fact says about a seat; twice is once.
pub async fn apply(tx: &mut Tx, at: Timestamp, fact: &Fact) -> Result<(), StoreError> {
    let (seat, change) = match fact {
        Fact::SeatTaken { seat, .. } => (seat, SeatChange::Taken),
        Fact::SeatLeft { seat, .. } => (seat, SeatChange::Left),
        Fact::SeatPaused { seat, on: true, .. } => (seat, SeatChange::Paused),
        Fact::SeatPaused { seat, on: false, .. } => (seat, SeatChange::Resumed),
        _ => return Ok(()),
    };
    execute!(
        *tx,
        "INSERT INTO seat_change (seat, at, change) VALUES ($1, $2, $3) ON CONFLICT (at, seat, change) DO NOTHING",
        i64::from(seat.0),
        at.0,
        change.key()
    )?;
    Ok(())
}
