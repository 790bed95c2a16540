//! Where the rows of a city document lie: codes that lead somewhere, points on earth.

use super::{Check, Lined};
use crate::city::document::{District, Landmark, Village};

/// Whether a place must say where it lies. A street runs through several kelurahan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Needed,
    Optional,
}

pub(super) fn check_areas(check: &mut Check<'_>, districts: &Lined<District>, villages: &Lined<Village>) {
    let known = |code: &str| {
        districts.iter().any(|(_, one)| code.strip_prefix(&one.code).is_some_and(|rest| rest.starts_with('.')))
    };
    for (index, (line, one)) in districts.iter().enumerate() {
        if districts[..index].iter().any(|(_, other)| other.code == one.code) {
            check.tell(
                Some(*line),
                format!("districts[{index}].code"),
                format!("kode {} dua kali", one.code),
                "satu baris per kecamatan",
            );
        }
    }
    for (index, (line, one)) in villages.iter().enumerate() {
        let place = format!("villages[{index}]");
        if !known(&one.code) {
            check.tell(
                Some(*line),
                format!("{place}.code"),
                format!("kode {} tanpa kecamatan", one.code),
                "kode yang berawal dengan kode salah satu districts, misalnya 36.73.01.1001",
            );
        }
        if villages[..index].iter().any(|(_, other)| other.code == one.code) {
            check.tell(
                Some(*line),
                format!("{place}.code"),
                format!("kode {} dua kali", one.code),
                "satu baris per kelurahan",
            );
        }
        check.point(*line, &place, one.lat, one.lng);
    }
}

pub(super) fn check_places(
    check: &mut Check<'_>,
    (list, area): (&str, Area),
    rows: &Lined<Landmark>,
    districts: &Lined<District>,
    villages: &Lined<Village>,
) {
    for (index, (line, one)) in rows.iter().enumerate() {
        let place = format!("{list}[{index}]");
        match (&one.village, &one.district) {
            (Some(code), None) if !villages.iter().any(|(_, village)| village.code == *code) => {
                check.tell(
                    Some(*line),
                    format!("{place}.village"),
                    format!("kode {code} tidak dikenal"),
                    "kode dari villages",
                );
            }
            (None, Some(code)) if !districts.iter().any(|(_, district)| district.code == *code) => {
                check.tell(
                    Some(*line),
                    format!("{place}.district"),
                    format!("kode {code} tidak dikenal"),
                    "kode dari districts",
                );
            }
            (Some(_), None) | (None, Some(_)) => {}
            (None, None) if area == Area::Optional => {}
            _ => check.tell(
                Some(*line),
                place.clone(),
                format!("tempat {}", one.name),
                match area {
                    Area::Needed => "tepat satu dari village atau district",
                    Area::Optional => "paling banyak satu dari village dan district",
                },
            ),
        }
        match (one.lat, one.lng) {
            (Some(lat), Some(lng)) => check.point(*line, &place, lat, lng),
            (None, None) => {}
            _ => check.tell(Some(*line), place, "lat tanpa lng atau sebaliknya", "keduanya atau tidak satu pun"),
        }
    }
}
