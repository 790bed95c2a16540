//! A paper as the values that the template reads.

use super::{ROWS_MAX, world};
use crate::{
    paper::{Block, Cell, Kind, Paper, Row, Table, Weight},
    words::grouped,
};
use typst::foundations::{Array, Datetime, Dict, IntoValue, Str, Value};

pub(super) fn of(paper: &Paper) -> Dict {
    let pairs = |pairs: &[(String, String)]| array(pairs.iter().map(|(name, value)| array([text(name), text(value)])));
    let paper = dict([
        ("mark", paper.mark.map_or(Value::None, text)),
        ("letterhead", array(paper.letterhead.iter().map(|line| text(line)))),
        ("author", text(paper.letterhead.first().map_or("", String::as_str))),
        ("title", text(&paper.title)),
        ("subtitle", text(&paper.subtitle)),
        ("footer", text(&paper.footer)),
        ("dated", dated(paper)),
        ("blocks", array(paper.blocks.iter().map(block))),
        ("signed-at", text(&paper.signed_at)),
        ("signer", text("Nama, jabatan")),
        ("proof-title", text("Dasar angka")),
        ("proof", pairs(&paper.proof)),
        ("definitions-title", text("Arti angka")),
        ("definitions", pairs(&paper.definitions)),
    ]);
    [(Str::from("paper"), paper)].into_iter().collect()
}

/// A letter that the font does not have would end the setting (an archive takes no file with one): it becomes a question
/// mark.
fn text(text: &str) -> Value {
    let shown: String = text.chars().map(|c| if world::can_show(c) { c } else { '?' }).collect();
    Value::Str(Str::from(shown))
}

fn array(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect::<Array>())
}

fn dict<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Dict(members.into_iter().map(|(name, value)| (Str::from(name), value)).collect())
}

/// In UTC, as the file's own date.
fn dated(paper: &Paper) -> Value {
    let at = paper.dated.in_zone(&jiff::tz::TimeZone::UTC);
    let part = |part: i8| u8::try_from(part).unwrap_or(0);
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    )
    .map_or(Value::None, IntoValue::into_value)
}

fn block(block: &Block) -> Value {
    match block {
        Block::Signature => dict([("kind", text("signature"))]),
        Block::Paragraph(words) => dict([("kind", text("paragraph")), ("text", text(words))]),
        Block::Table(one) => dict([("kind", text("table")), ("table", table(one))]),
    }
}

fn table(table: &Table) -> Value {
    let columns = table.columns.iter().map(|column| {
        dict([
            ("head", text(&column.head)),
            ("number", Value::Bool(column.kind == Kind::Number)),
            ("wide", Value::Bool(column.kind == Kind::Text)),
        ])
    });
    let most = table.rows.iter().filter(|row| row.weight == Weight::Plain).flat_map(|row| drawn(table, row)).max();
    let rows = table.rows.iter().take(ROWS_MAX).map(|one| row(table, one, most.unwrap_or(0)));
    let rest = table.rows.len().saturating_sub(ROWS_MAX);
    let mut note = table.note.clone();
    if rest > 0 {
        let told = format!("{} baris lagi: selengkapnya di XLSX. ", grouped(u64::try_from(rest).unwrap_or(u64::MAX)));
        note = Some(told + note.as_deref().unwrap_or_default());
    }
    dict([
        ("title", text(&table.title)),
        ("columns", array(columns)),
        ("rows", array(rows)),
        ("bars", Value::Bool(table.bars.is_some())),
        ("note", note.map_or(Value::None, |note| text(&note))),
    ])
}

/// The counts of a row that are drawn.
fn drawn(table: &Table, row: &Row) -> Vec<u64> {
    let columns = table.bars.map(|bars| [Some(bars.now), bars.before]).into_iter().flatten().flatten();
    columns.filter_map(|column| count(row, column)).collect()
}

fn count(row: &Row, column: usize) -> Option<u64> {
    match row.cells.get(column) {
        Some(Cell::Count(count)) => Some(*count),
        _ => None,
    }
}

fn row(table: &Table, row: &Row, most: u64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "a length on paper")]
    let length = |column: Option<usize>| match column.and_then(|column| count(row, column)) {
        Some(count) if most > 0 && row.weight == Weight::Plain => Value::Float(count as f64 / most as f64),
        _ => Value::None,
    };
    let weight = match row.weight {
        Weight::Plain => "plain",
        Weight::Part => "part",
        Weight::Total => "total",
    };
    dict([
        ("cells", array(row.cells.iter().map(|cell| text(&cell.shown())))),
        ("weight", text(weight)),
        ("bar", length(table.bars.map(|bars| bars.now))),
        ("bar-before", length(table.bars.and_then(|bars| bars.before))),
    ])
}
