//! `/api/city`: the city's words and places, and its document.

pub mod document;
pub mod get;
pub mod put;
