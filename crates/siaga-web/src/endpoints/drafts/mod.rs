//! `/api/calls/{id}/draft`: the sheet of a call.

pub mod get;
pub mod notes;
pub mod put;
