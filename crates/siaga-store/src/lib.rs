//! What is written: the only crate with SQL.
//!
//! One SQL text serves SQLite (default, one file) and PostgreSQL (several nodes). What keeps that true:
//! placeholders are `$n`; columns are `BIGINT`, `TEXT`, `BOOLEAN`, `UUID`, `BYTEA`, `DOUBLE PRECISION` and nothing
//! else, so an integer is always `i64`; a time is `BIGINT` microseconds UTC and a day of the city `BIGINT yyyymmdd`;
//! no date functions; `CAST(SUM(x) AS BIGINT)`; `WHERE true` before `ON CONFLICT` in `INSERT ... SELECT`.
//! `statements.rs` prepares every statement of this crate on both databases.
//!
//! There is one writer at a time on both databases: [`Store::begin`] takes the end of the event chain first, so
//! write transactions never deadlock and never see each other half done. Keep them short, and wait for nothing
//! outside the database in one. [`Store::read`] is a read-only snapshot beside the writer.
//!
//! # A slice adds a table, a query and a test
//!
//! 1. `migrations/0042_note.sql` with the DDL, and a line in `migrations.rs`.
//! 2. `src/note.rs`, and `mod note;` here:
//!
//! ```text
//! use crate::tx::{execute, fetch_all, row};                           // also fetch_one, fetch_optional, on
//! row! { pub struct Note { pub note_id: Uuid, pub at: i64, pub text: Option<String> } }
//! impl Store {
//!     pub async fn note_create(&self, note: &Note, by: UserId) -> Result<(), StoreError> {
//!         let mut tx = self.begin().await?;                       // dropped without commit: nothing happened
//!         execute!(tx, "INSERT INTO note (note_id, at, text) VALUES ($1, $2, $3)", note.note_id, note.at, &note.text)?;
//!         events::append(&mut tx, NewEvent { actor: Some(by), ..NewEvent::new(Uuid::now_v7(), at, "NoteAdded") }).await?;
//!         tx.commit().await
//!     }
//!     pub async fn notes(&self) -> Result<Vec<Note>, StoreError> {
//!         let mut tx = self.read().await?;
//!         fetch_all!(tx, Note, "SELECT note_id, at, text FROM note ORDER BY at DESC LIMIT $1", 50_i64)
//!     }
//! }
//! on_both! { async fn a_note_is_kept(store: Store) { store.note_create(..).await.unwrap(); assert_eq!(..); } }
//! ```
//!
//! `execute!` gives the rows touched (compare-and-set: 0 means somebody was first), `fetch_one!` is
//! [`StoreError::NotFound`] without a row, `fetch_optional!` an `Option`; the row type may also be a tuple. In a
//! function that takes `tx: &mut Tx` write `execute!(*tx, ...)`. For anything else:
//! `on!(tx, t => query.fetch(&mut **t))`, where `t` is the transaction of the database at hand.

pub mod accounts;
pub mod attachments;
pub mod audit;
pub mod callbacks;
pub mod calls;
pub mod campaigns;
pub mod city_versions;
pub mod codings;
pub mod drills;
pub mod error;
pub mod events;
pub mod evidence;
pub mod handovers;
pub mod idempotency;
pub mod incidents;
pub mod ledger;
mod lessons;
pub mod links;
mod made_up;
pub mod mailings;
pub mod map_sources;
mod migrations;
mod numbers;
mod open;
pub mod outbox;
pub mod policies;
pub mod publications;
mod recording_key;
pub mod recordings;
pub mod replay;
pub mod reports;
pub mod reviews;
pub mod rollup;
pub mod roster;
pub mod sanctions;
pub mod signed_reports;
mod sqlite_file;
#[cfg(test)]
mod statements;
pub mod testing;
pub mod timeline;
mod tx;
mod words;

pub use error::StoreError;
pub use open::{Store, StoreConfig};
pub use tx::Tx;
