//! What is live: one loop over one closed event enum, its effects, and the jobs that must happen.
//!
//! `desk_loop` turns what happens into inputs of `siaga_core::desk` and does what comes back: orders to the voice side
//! (`lines`), facts to the `writer` (database, or `spool` while it is away), a picture for the consoles. `engine` is
//! the handle for everybody else. The loop never waits: not for the database, not for a person.

pub mod adopt;
mod boundary;
pub mod changes;
pub mod city;
pub mod clock;
mod desk_loop;
mod engine;
mod history;
pub mod ids;
pub mod jobs;
pub mod limits;
pub mod lines;
pub mod map;
pub mod notify;
pub mod policy;
mod record;
mod spool;
mod suspects;
mod tail;
pub mod testing;
mod world;
mod writer;

pub use engine::{Engine, EngineConfig, EngineError, Lead, StationRefused};
pub use spool::facts_set_aside;

#[cfg(test)]
mod tests;
