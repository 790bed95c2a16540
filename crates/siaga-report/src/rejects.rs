//! Rows that could not be taken, for a person to mend and give again.

use siaga_core::ledger::{BadRow, defuse};

/// The original columns, and `problem` with everything that is wrong. Safe to open in a spreadsheet.
#[must_use]
pub fn rejects(header: &[String], bad: &[BadRow]) -> String {
    // A file of rejected rows that was mended in part has the column already.
    let problem_at = header.iter().position(|name| name.eq_ignore_ascii_case("problem"));
    let mut lines = vec![header.iter().map(|name| defuse(name).into_owned()).collect::<Vec<_>>()];
    if problem_at.is_none() {
        lines[0].push("problem".to_owned());
    }
    for row in bad {
        let told = row.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let mut cells: Vec<String> = row.cells.iter().map(|cell| defuse(cell).into_owned()).collect();
        match problem_at {
            Some(at) if at < cells.len() => cells[at] = told,
            _ => {
                // A row with too few cells keeps its problem in the last column.
                cells.resize(cells.len().max(header.len()), String::new());
                cells.push(told);
            }
        }
        lines.push(cells);
    }
    super::csv_table::written(lines)
}
