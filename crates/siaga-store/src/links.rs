//! The one-time location link and what comes over it: positions, lines, photos.
//!
//! `token.rs` makes and hashes what stands in the link · `make.rs` makes a link and its message in one transaction ·
//! `due.rs` says for whom the machine makes one · `arrive.rs` takes in what the caller sends · `write.rs` what people here
//! do · `read.rs` answers the screens · `forget.rs` takes all of it away with its call. Positions, lines and photos stand
//! in tables of their own; the chain of events knows that they came, not what they say.

mod arrive;
mod due;
mod error;
mod forget;
mod make;
mod read;
#[cfg(test)]
mod tests;
mod token;
mod write;

pub use arrive::{OpenLink, Told};
pub use error::LinkError;
pub use make::NewLink;
pub use read::ThreadsOf;
pub use token::{LINK_CHANCE_BYTES, LinkToken};

use crate::{StoreError, Tx, calls::clean, tx::execute};
use siaga_core::{call::live::Fact, location::PositionSource, time::Timestamp};
use uuid::Uuid;

/// What the live desk tells: a position in an INVITE; and a call that begins takes what its telephone told before it.
pub(crate) async fn apply(tx: &mut Tx, id: Uuid, at: Timestamp, fact: &Fact) -> Result<(), StoreError> {
    match fact {
        Fact::Located { call, position, .. } => {
            let place = arrive::Place { call: Some(call.0), number: None, source: PositionSource::Invite };
            arrive::put_position(tx, id, place, position, (at, at)).await
        }
        Fact::Offered { call, number: Some(number), .. } => {
            execute!(
                *tx,
                "UPDATE caller_position SET call_id = $1
                 WHERE call_id IS NULL AND number = $2 AND received_at BETWEEN $3 AND $4",
                call.0,
                clean(number),
                at.plus_ms(-siaga_core::link::AML_MATCH_MS).0,
                at.plus_ms(siaga_core::link::AML_MATCH_MS).0
            )?;
            Ok(())
        }
        _ => Ok(()),
    }
}
