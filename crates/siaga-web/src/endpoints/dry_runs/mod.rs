//! `/api/dry-runs/{id}`: how far a try of rules is, and what it found.

pub mod delete;
pub mod get;
