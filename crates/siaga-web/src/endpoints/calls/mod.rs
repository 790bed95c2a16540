//! `/api/calls`: the calls as records.

pub mod get;
pub mod history;
pub mod list;
pub mod playbacks;

#[cfg(test)]
pub(crate) mod testing;
