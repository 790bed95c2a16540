//! What is different between two reports of one period, figure by figure. It walks the report's own shape, so that a
//! figure added later is compared without a line here.

use crate::view::{report::Report, signed_report::FigureChange};
use serde_json::Value;
use std::collections::BTreeMap;

/// Members that repeat what others say, or break the same calls down further: one call would be told twenty times.
const DERIVED: [&str; 6] = ["identities", "change_pct", "change", "marks", "detail", "proceedings"];

/// In the order of their names; empty: every figure is what it was.
#[must_use]
pub fn changes(before: &Report, now: &Report) -> Vec<FigureChange> {
    let (old, new) = (leaves(before), leaves(now));
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| {
            let (before, now) = (old.get(name), new.get(name));
            let value = |leaf: Option<&Leaf>| leaf.map(|leaf| leaf.value.clone());
            (value(before) != value(now)).then(|| FigureChange {
                name: name.clone(),
                label: now.or(before).map(|leaf| leaf.label.clone()).unwrap_or_default(),
                before: value(before),
                now: value(now),
            })
        })
        .collect()
}

struct Leaf {
    label: String,
    value: String,
}

fn leaves(report: &Report) -> BTreeMap<String, Leaf> {
    let mut found = BTreeMap::new();
    let value = serde_json::to_value(report).unwrap_or_default();
    walk(&value, &mut Vec::new(), &mut Vec::new(), &mut found);
    found
}

fn walk(value: &Value, path: &mut Vec<String>, label: &mut Vec<String>, found: &mut BTreeMap<String, Leaf>) {
    let mut down = |step: &str, word: &str, value: &Value| {
        path.push(step.to_owned());
        label.push(word.to_owned());
        walk(value, path, label, found);
        path.pop();
        label.pop();
    };
    match value {
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| !DERIVED.contains(&name.as_str())) {
                down(name, word(name), value);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let text = |member: &str| item.get(member).and_then(Value::as_str);
                match (text("key"), item.get("count")) {
                    // A named count is one figure: its name is its key, not its place in a sorted list.
                    (Some(key), Some(count)) => down(key, text("label").unwrap_or(key), count),
                    (Some(key), None) => down(key, text("label").unwrap_or(key), item),
                    (None, _) => down(&at.to_string(), &(at + 1).to_string(), item),
                }
            }
        }
        Value::Null => {}
        leaf => {
            let value = leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned);
            let label = label.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(": ");
            found.insert(path.join("."), Leaf { label, value });
        }
    }
}

/// A member in the words of the page; one without a word is told by its name.
fn word(name: &str) -> &str {
    match name {
        "compare" => "Tahun sebelumnya",
        "period" => "Periode",
        "offered" => "Masuk",
        "answered" => "Dijawab petugas",
        "deferred" => "Ditunda",
        "failed" => "Gagal",
        "nuisance" => "Prank dan ghost",
        "classes" => "",
        "emergency" => "Darurat",
        "information" => "Informasi",
        "prank" => "Prank",
        "ghost" => "Ghost",
        "test" => "Uji coba",
        "unclassified" => "Belum diberi kelas",
        "abandoned" => "Putus",
        "by_type" => "Jenis",
        "by_agency" => "Instansi",
        "by_village" => "Kelurahan",
        "by_month" => "Bulan",
        "definitions" => "Versi definisi",
        other => other,
    }
}
