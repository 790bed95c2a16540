//! Figures as documents: JSON for programs, text for a terminal, CSV for a spreadsheet; and the documents an office sends,
//! PDF, DOCX and XLSX, all from one [`Paper`].
//!
//! Nothing is counted here; what a figure means stands in `docs/definitions.md`.

mod csv_table;
#[cfg(feature = "documents")]
mod docx;
mod json;
mod ministry;
mod paper;
#[cfg(feature = "documents")]
mod pdf;
mod rejects;
mod text;
#[cfg(not(feature = "documents"))]
mod without;
mod words;
#[cfg(feature = "documents")]
mod xlsx;

pub use csv_table::csv;
#[cfg(feature = "documents")]
pub use docx::docx;
pub use json::json;
pub use ministry::{FEED_FORMAT, ministry_csv, ministry_json};
pub use paper::{Bars, Block, Cell, Column, Edition, Kind, Paper, Row, Table, Weight, period_report};
#[cfg(feature = "documents")]
pub use pdf::pdf;
pub use rejects::rejects;
pub use text::text;
#[cfg(not(feature = "documents"))]
pub use without::{docx, pdf, xlsx};
#[cfg(feature = "documents")]
pub use xlsx::xlsx;

/// A writer failed: an error of this program, never of the figures.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("dokumen tidak dapat disusun: {0}")]
pub struct RenderError(String);

#[cfg(test)]
mod tests;
