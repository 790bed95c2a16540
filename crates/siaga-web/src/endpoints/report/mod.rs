//! The figures of a period.

pub mod csv;
pub mod document;
pub mod get;
