//! What the screens are told: the shapes of every JSON answer and live event.
//!
//! Plain data. The TypeScript side (`ui/src/api/types.ts`) is generated from here by a test, so a field can
//! not mean two things.

pub mod call;
pub mod callback;
pub mod campaign;
pub mod card;
pub mod city;
pub mod coding;
pub mod demo;
pub mod desk;
pub mod drill;
pub mod figures;
pub mod handover;
pub mod incident;
pub mod ledger;
pub mod lesson;
pub mod link;
pub mod mailing;
pub mod map;
pub mod outbox;
pub mod policies;
pub mod policy;
pub mod report;
pub mod review;
pub mod roster;
pub mod run;
pub mod sanction;
pub mod session;
pub mod signed_report;
pub mod similar;
pub mod supervision;
pub mod task;
pub mod timeline;

#[cfg(test)]
mod said;
#[cfg(test)]
mod typescript;
