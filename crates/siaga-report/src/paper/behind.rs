//! The tables of what stands behind the sums: people, waits, agencies, sanctions, harm, corrections. A report that has
//! only its sums has none of them; an empty list is no table.

mod detail;
mod proceedings;

use super::{Cell, Column, Kind, Row, Table, Weight};
use jiff::tz::TimeZone;
use siaga_core::view::signed_report::ReportBody;

pub(super) fn all(body: &ReportBody) -> Vec<Table> {
    let zone = TimeZone::get(&body.city.zone).unwrap_or(TimeZone::UTC);
    let mut all = Vec::new();
    if let Some(detail) = &body.report.figures.detail {
        all.extend(detail::tables(detail, body.report.figures.period.days));
    }
    if let Some(proceedings) = &body.report.proceedings {
        all.extend(proceedings::tables(proceedings, &zone));
    }
    all.retain(|table| !table.rows.is_empty());
    all
}

fn table(name: &str, title: &str, columns: Vec<Column>, rows: Vec<Row>, note: Option<&str>) -> Table {
    Table { name: name.to_owned(), title: title.to_owned(), columns, rows, bars: None, note: note.map(str::to_owned) }
}

fn columns<const N: usize>(all: [(&str, Kind); N]) -> Vec<Column> {
    all.into_iter().map(|(head, kind)| Column { head: head.to_owned(), kind }).collect()
}

fn plain(cells: Vec<Cell>) -> Row {
    Row { cells, weight: Weight::Plain }
}

fn word(text: &str) -> Cell {
    if text.is_empty() { Cell::Missing } else { Cell::Text(text.to_owned()) }
}

fn count(value: Option<u64>) -> Cell {
    value.map_or(Cell::Missing, Cell::Count)
}
