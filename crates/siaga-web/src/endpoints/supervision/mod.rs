//! `/api/calls/{id}/supervision`: a shift lead beside the call-taker of a running call.

pub mod delete;
pub mod post;
pub mod put;

#[cfg(test)]
pub(crate) mod tests;
