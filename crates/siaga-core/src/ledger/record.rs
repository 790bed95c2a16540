//! Records of RFC 4180, strictly: a quoted cell must end at a comma or a line end, and the file must not end in one.
//!
//! A lenient reader takes a forgotten quotation mark as the start of one cell that swallows all rows up to the next
//! mark; the totals would then be wrong without a word. So the fault is named with the line where the cell began.

use crate::view::ledger::RowProblem;
use std::borrow::Cow;

/// One record and the line it begins at.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    pub line: u64,
    pub cells: Vec<Cow<'a, [u8]>>,
}

/// Walks over the records; empty lines are passed over. After a problem it ends.
pub(crate) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Records<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes `\n`, `\r\n` or `\r`; false when there is none.
    fn line_end(&mut self) -> bool {
        match self.peek() {
            Some(b'\n') => self.at += 1,
            Some(b'\r') => self.at += if self.bytes.get(self.at + 1) == Some(&b'\n') { 2 } else { 1 },
            _ => return false,
        }
        self.line += 1;
        true
    }

    fn bare_cell(&mut self) -> Cow<'a, [u8]> {
        let start = self.at;
        while self.peek().is_some_and(|b| !matches!(b, b',' | b'\n' | b'\r')) {
            self.at += 1;
        }
        Cow::Borrowed(&self.bytes[start..self.at])
    }

    fn quoted_cell(&mut self) -> Result<Cow<'a, [u8]>, RowProblem> {
        let began = self.line;
        self.at += 1;
        let start = self.at;
        let mut doubled = false;
        loop {
            match self.peek() {
                None => return Err(quote_problem(began, &self.bytes[start..], "tanda kutip penutup (\")")),
                Some(b'"') if self.bytes.get(self.at + 1) == Some(&b'"') => {
                    doubled = true;
                    self.at += 2;
                }
                Some(b'"') => break,
                Some(b'\n' | b'\r') => {
                    self.line_end();
                }
                Some(_) => self.at += 1,
            }
        }
        let inside = &self.bytes[start..self.at];
        self.at += 1;
        if self.peek().is_some_and(|b| !matches!(b, b',' | b'\n' | b'\r')) {
            return Err(quote_problem(
                began,
                inside,
                "koma atau akhir baris sesudah tanda kutip penutup (tanda kutip di dalam teks ditulis ganda: \"\")",
            ));
        }
        Ok(if doubled { Cow::Owned(undouble(inside)) } else { Cow::Borrowed(inside) })
    }

    fn record(&mut self) -> Result<Record<'a>, RowProblem> {
        let line = self.line;
        let mut cells = Vec::with_capacity(11);
        loop {
            cells.push(if self.peek() == Some(b'"') { self.quoted_cell()? } else { self.bare_cell() });
            if self.peek() == Some(b',') {
                self.at += 1;
            } else {
                // Here is a line end or the end of the file: the cells stop at nothing else.
                self.line_end();
                return Ok(Record { line, cells });
            }
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, RowProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.line_end() {}
        self.peek()?;
        let record = self.record();
        if record.is_err() {
            self.at = self.bytes.len();
        }
        Some(record)
    }
}

fn undouble(inside: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(inside.len());
    let mut bytes = inside.iter();
    while let Some(byte) = bytes.next() {
        out.push(*byte);
        if *byte == b'"' {
            // Its twin.
            bytes.next();
        }
    }
    out
}

fn quote_problem(line: u64, inside: &[u8], expected: &str) -> RowProblem {
    let start = String::from_utf8_lossy(&inside[..inside.len().min(200)]);
    RowProblem {
        line,
        column: String::new(),
        value: super::show_value(&format!("\"{start}")),
        expected: expected.to_owned(),
    }
}
