//! A document before it has a form: what the PDF, DOCX and XLSX show alike. It is built once, in [`build`]; a figure that
//! is added later is one more [`Table`] there, and every form has it.

mod behind;
mod build;
mod clean;
mod definitions;
mod edition;
mod sentences;
mod tables;

pub use build::period_report;
pub use edition::Edition;

use crate::words::{grouped, percent};
use siaga_core::time::Timestamp;

/// Letterhead, title, content, and what proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Over every page of a document that is none: a demo's.
    pub mark: Option<&'static str>,
    /// The largest first.
    pub letterhead: Vec<String>,
    pub title: String,
    /// The period in words.
    pub subtitle: String,
    pub blocks: Vec<Block>,
    /// "Serang, ...": place and date to fill in by hand.
    pub signed_at: String,
    /// Name and value: which definitions, which end of the record, which hash.
    pub proof: Vec<(String, String)>,
    /// Figure and rule.
    pub definitions: Vec<(String, String)>,
    /// At the foot of every page.
    pub footer: String,
    /// The date inside the file: of the record, not of the making, so that the same record gives the same bytes.
    pub dated: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(String),
    Table(Table),
    /// Where it is signed by hand; a form without pages has no such place.
    Signature,
}

/// One table; in the XLSX one sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Of the sheet: at most 31 characters.
    pub name: String,
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub bars: Option<Bars>,
    /// Under the table: what 100 % is.
    pub note: Option<String>,
}

/// The columns whose counts are also drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bars {
    pub now: usize,
    pub before: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A text of a word or two.
    Word,
    Number,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub weight: Weight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Plain,
    /// A part of the row above it.
    Part,
    Total,
}

/// A value; its form is the writer's.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Count(u64),
    /// In percent, with its sign.
    Change(f64),
    /// In percent of what the table's note says.
    Share(f64),
    /// With one decimal: hours, seconds.
    Decimal(f64),
    /// Nothing can be said: a change from 0.
    Missing,
}

impl Cell {
    /// As a person reads it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => grouped(*count),
            Cell::Change(change) => percent(*change),
            Cell::Share(share) => format!("{} %", crate::words::decimal(*share)),
            Cell::Decimal(value) => crate::words::decimal(*value),
            Cell::Missing => "–".to_owned(),
        }
    }
}

impl Paper {
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) | Block::Signature => None,
        })
    }
}

#[cfg(all(test, feature = "documents"))]
mod tests;
