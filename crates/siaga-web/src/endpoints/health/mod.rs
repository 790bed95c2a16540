//! `/api/health`.

pub mod get;
