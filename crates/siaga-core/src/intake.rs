//! The sheet (LEMBAR): merged field by field, checked with clear words, never thrown away.
//!
//! Two people may write one draft. A field that only one of them changed since both looked is taken; a field that
//! both changed stays as it is and the second is told the other's value. Notes are lines that are only added.

mod check;
mod place;

pub use check::{
    ADDRESS_CHARS_MAX, FieldProblem, LANDMARK_CHARS_MAX, NAME_CHARS_MAX, NOTE_CHARS_MAX, NUMBER_CHARS_MAX,
    RT_RW_CHARS_MAX, SITUATION_CHARS_MAX, VICTIMS_MAX, note_text, ready_to_send,
};
pub use place::place_line;

use crate::{
    city::City,
    view::incident::{DraftChange, IntakeFields},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A draft as it is held: its fields, and at which revision each was last written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub revision: u32,
    pub fields: IntakeFields,
    pub written_at: BTreeMap<String, u32>,
}

/// Why a change was not taken. Nothing of it was.
#[derive(Clone, Debug, PartialEq)]
pub enum MergeRefused {
    /// Somebody else wrote these fields since: field and the value that stands.
    Conflict(Vec<(String, Value)>),
    Invalid(Vec<FieldProblem>),
}

impl Sheet {
    /// Takes a change as a whole or not at all. A change that changes nothing leaves the revision as it is.
    pub fn merge(self, change: &DraftChange, city: &City) -> Result<Self, MergeRefused> {
        let held = as_map(&self.fields);
        let (mut conflicts, mut problems, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for (field, value) in &change.fields {
            let value = match check::field(field, value, city) {
                Ok(value) => value,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let stands = held.get(field).cloned().unwrap_or(Value::Null);
            if stands == value {
                continue;
            }
            if self.written_at.get(field).is_some_and(|at| *at > change.base_revision) {
                conflicts.push((field.clone(), stands));
            } else {
                changed.push((field.clone(), value));
            }
        }
        if !problems.is_empty() {
            return Err(MergeRefused::Invalid(problems));
        }
        if !conflicts.is_empty() {
            return Err(MergeRefused::Conflict(conflicts));
        }
        if changed.is_empty() {
            return Ok(self);
        }
        let mut next = Self { revision: self.revision + 1, ..self };
        let mut map = held;
        for (field, value) in changed {
            next.written_at.insert(field.clone(), next.revision);
            map.insert(field, value);
        }
        next.fields =
            serde_json::from_value(Value::Object(map)).expect("because every field was checked for its shape");
        Ok(next)
    }
}

fn as_map(fields: &IntakeFields) -> Map<String, Value> {
    match serde_json::to_value(fields) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests;
