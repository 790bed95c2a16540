//! `/api/route`: the routing table, asked before it is used.

pub mod get;
