//! The report as the contract has it.

use siaga_core::view::report::Report;

/// Indented, ending in a line end.
#[must_use]
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).expect("because a report is numbers and texts");
    text.push('\n');
    text
}
