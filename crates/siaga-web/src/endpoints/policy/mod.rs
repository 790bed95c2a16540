//! `/api/policy`: the rules of screening and queue.

pub mod get;
