//! One folder per thing, one file per endpoint: request, handler, tests. The rows stand in `routes.rs`.
//!
//! # An example, in full
//!
//! ```text
//! //! `GET /api/notes/{id}`: one note.
//!
//! use crate::{Answer, Person, Web, input::PathId};
//! use axum::{Json, extract::State};
//!
//! pub async fn note(State(web): State<Web>, person: Person, PathId(id): PathId<NoteId>) -> Answer<Json<NoteView>> {
//!     Ok(Json(web.store.note(id).await?))          // StoreError becomes a Problem: 404, 409, 503 or 500
//! }
//!
//! #[cfg(test)]
//! mod tests {
//!     use crate::testing::House;
//!
//!     #[tokio::test]
//!     async fn a_note_is_read() {
//!         let house = House::new().await;
//!         let siti = house.sign_in(Role::CallTaker).await;         // a cookie
//!         let answer = house.get("/api/notes/...", &siti).await;   // post(path, &cookie, json), put, patch, delete
//!         assert_eq!(answer.status, 404);
//!         assert_eq!(answer.json()["type"], "not_found");
//!     }
//! }
//! ```
//!
//! and its row: `get("/api/notes/{id}", Needs(P::SeeDesk), notes::get::note)`. A body is [`crate::JsonBody`], a
//! query [`crate::input::QueryOf`], a refusal [`crate::Problem`] with words that say what to do. Several path
//! parameters are a tuple in one `PathId`. A bigger body: `.upload(bytes)` on the row.

pub mod aml;
pub mod answers;
pub mod appeals;
pub mod assignments;
pub mod attachments;
pub mod callbacks;
pub mod calls;
pub mod campaigns;
pub mod city;
pub mod codings;
pub mod demo;
pub mod desk;
pub mod drafts;
pub mod drills;
pub mod dry_runs;
pub mod feeds;
pub mod figures;
pub mod handovers;
pub mod health;
pub mod incidents;
pub mod ledger;
pub mod links;
pub mod mailings;
pub mod map;
pub mod me;
pub mod outbox;
pub mod places;
pub mod policies;
pub mod policy;
pub mod publications;
pub mod recordings;
pub mod report;
pub mod reviews;
pub mod roster;
pub mod route;
pub mod sanctions;
pub mod seat;
pub mod session;
pub mod setup;
pub mod supervision;
pub mod tasks;
pub mod users;
pub mod what_ifs;
