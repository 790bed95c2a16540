//! `/api/callbacks`: who must be called back. The open entries are part of the live desk too.

pub mod call;
pub mod delete;
pub mod list;
