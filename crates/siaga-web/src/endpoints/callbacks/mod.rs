//! `/api/callbacks`: who must be called back. The list itself is part of the live desk.

pub mod call;
pub mod delete;
