//! `/api/desk` and `/api/live`: the live desk, once and as a stream.

pub mod get;
pub mod live;
