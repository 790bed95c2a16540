//! `/api/places`: where is it?

pub mod get;
