//! The rows of calls: written from facts, corrected by people, read as lists.
//!
//! `record.rs` is one call and what a fact does to it, without a database; `write.rs` puts facts, events and figures
//! into one transaction; `lead.rs` says who was beside it; `marked.rs` whose caller could not speak freely; `correct.rs` lets people correct a class; `read.rs` answers the screens.

mod correct;
mod lead;
pub(crate) mod marked;
mod read;
mod record;
pub(crate) mod seat_change;
mod write;

pub(crate) use record::{CallRecord, call_of, clean};

pub use correct::{ClassError, Corrector};
pub(crate) use read::threatened;
pub use read::{CallFilter, ClassFilter, Drills, OpenCall};
pub use write::{CallIncident, Classing, NewClass};

#[cfg(test)]
pub(crate) mod tests;
