//! What a field may hold. A problem names the field, the limit and what would fit.

use crate::{city::City, view::incident::IntakeFields};
use serde_json::Value;

/// Characters; "depan warung sebelah masjid" and some.
pub const LANDMARK_CHARS_MAX: usize = 200;
/// Characters; Link./Kp./Komplek, blok and street.
pub const ADDRESS_CHARS_MAX: usize = 300;
/// Characters; "003/012".
pub const RT_RW_CHARS_MAX: usize = 20;
/// Characters of a person's name.
pub const NAME_CHARS_MAX: usize = 100;
/// Characters of a telephone number as typed, with blanks and signs.
pub const NUMBER_CHARS_MAX: usize = 30;
/// Characters; the situation in a few sentences, the rest goes into notes.
pub const SITUATION_CHARS_MAX: usize = 4_000;
/// Characters of one note line.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// People; more than the city has inhabitants is a slip of the finger.
pub const VICTIMS_MAX: u64 = 1_000_000;

/// One field that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    pub problem: String,
}

fn problem(field: &str, problem: impl Into<String>) -> FieldProblem {
    FieldProblem { field: field.to_owned(), problem: problem.into() }
}

/// The value as it will be kept: trimmed, empty text as `null`, the city's own keys.
pub(super) fn field(name: &str, value: &Value, city: &City) -> Result<Value, FieldProblem> {
    match name {
        "landmark" => text(name, value, LANDMARK_CHARS_MAX),
        "address" => text(name, value, ADDRESS_CHARS_MAX),
        "rt_rw" => text(name, value, RT_RW_CHARS_MAX),
        "reporter_name" => text(name, value, NAME_CHARS_MAX),
        "reporter_number" => text(name, value, NUMBER_CHARS_MAX),
        "situation" => text(name, value, SITUATION_CHARS_MAX),
        "village_code" => known(name, value, |code| city.village_by_code(code).map(|one| one.code.clone())),
        "incident_type" => known(name, value, |key| city.incident_type(key).map(|one| one.key.clone())),
        "lat" => degrees(name, value, 90.0),
        "lng" => degrees(name, value, 180.0),
        "victims" => match value {
            Value::Null => Ok(Value::Null),
            _ => match value.as_u64() {
                Some(count) if count <= VICTIMS_MAX => Ok(count.into()),
                _ => Err(problem(name, format!("bilangan bulat 0 sampai {VICTIMS_MAX}"))),
            },
        },
        _ => Err(problem(name, "isian ini tidak dikenal")),
    }
}

fn text(name: &str, value: &Value, chars_max: usize) -> Result<Value, FieldProblem> {
    let Some(text) = optional_text(name, value)? else { return Ok(Value::Null) };
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if text.contains('\0') {
        return Err(problem(name, "berisi karakter yang tidak dapat disimpan"));
    }
    let chars = text.chars().count();
    if chars > chars_max {
        return Err(problem(name, format!("paling banyak {chars_max} karakter, ini {chars}")));
    }
    Ok(text.into())
}

fn optional_text<'v>(name: &str, value: &'v Value) -> Result<Option<&'v str>, FieldProblem> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => Err(problem(name, "harus berupa teks")),
    }
}

fn known(name: &str, value: &Value, find: impl Fn(&str) -> Option<String>) -> Result<Value, FieldProblem> {
    match optional_text(name, value)?.map(str::trim) {
        None | Some("") => Ok(Value::Null),
        Some(key) => {
            find(key).map(Value::from).ok_or_else(|| problem(name, "tidak ada dalam data kota; pilih dari daftar"))
        }
    }
}

fn degrees(name: &str, value: &Value, most: f64) -> Result<Value, FieldProblem> {
    match value {
        Value::Null => Ok(Value::Null),
        _ => match value.as_f64() {
            Some(angle) if angle.abs() <= most => Ok(angle.into()),
            _ => Err(problem(name, format!("derajat, -{most} sampai {most}"))),
        },
    }
}

/// A note as it is kept.
pub fn note_text(text: &str) -> Result<String, FieldProblem> {
    match self::text("text", &Value::from(text), NOTE_CHARS_MAX)? {
        Value::String(text) => Ok(text),
        _ => Err(problem("text", "catatan kosong")),
    }
}

/// Sending asks for two things only: what it is, and anything that says where. All the rest can follow.
pub fn ready_to_send(fields: &IntakeFields) -> Result<(), Vec<FieldProblem>> {
    let mut missing = Vec::new();
    if fields.incident_type.is_none() {
        missing.push(problem("incident_type", "jenis kejadian belum diisi"));
    }
    let point = fields.lat.is_some() && fields.lng.is_some();
    if fields.village_code.is_none() && fields.landmark.is_none() && fields.address.is_none() && !point {
        missing.push(problem("landmark", "tempat belum diisi: patokan, kelurahan, alamat atau titik peta"));
    }
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}
