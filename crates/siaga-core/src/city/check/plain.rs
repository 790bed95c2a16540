//! Names and words of the document are shown as they stand there.

use super::Check;
use crate::text;
use toml::Value;

/// Where in a value something is no line; from there on: `.aliases[2]`.
fn bent(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => (!text::is_line(words)).then(String::new),
        Value::Array(values) => {
            values.iter().enumerate().find_map(|(index, value)| Some(format!("[{index}]{}", bent(value)?)))
        }
        Value::Table(table) => table.iter().find_map(|(key, value)| Some(format!(".{key}{}", bent(value)?))),
        _ => None,
    }
}

impl Check<'_> {
    /// The first place of a row that is no line is told; who mends it finds the next.
    pub(super) fn plain(&mut self, line: u32, place: &str, row: &Value) {
        if let Some(within) = bent(row) {
            self.tell(Some(line), format!("{place}{within}"), text::UNSEEN, "satu baris huruf biasa");
        }
    }

    pub(super) fn plain_words<'w>(&mut self, place: &str, words: impl IntoIterator<Item = &'w str>) {
        if !words.into_iter().all(text::is_line) {
            self.tell(None, place, text::UNSEEN, "satu baris huruf biasa");
        }
    }
}
