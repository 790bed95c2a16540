//! Figures as documents: JSON for programs, text for a terminal, CSV for a spreadsheet.
//!
//! Nothing is counted here; what a figure means stands in `docs/definitions.md`.

mod csv_table;
mod json;
mod rejects;
mod text;

pub use csv_table::csv;
pub use json::json;
pub use rejects::rejects;
pub use text::text;

#[cfg(test)]
mod tests;
