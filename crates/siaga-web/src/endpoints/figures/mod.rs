//! The tables that reports read.

pub mod get;
