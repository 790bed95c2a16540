//! `/api/feeds`: figures that other offices fetch by themselves, with a token of their own.

pub mod ministry;
