//! The routing table's rows: who they send where, and whether all that they name is there.

use super::{Check, Lined};
use crate::city::document::{Agency, District, IncidentType, ROUTE_ANY, RouteRow, Village};

pub(super) fn check_routing(
    check: &mut Check<'_>,
    routing: &Lined<RouteRow>,
    types: &Lined<IncidentType>,
    agencies: &Lined<Agency>,
    villages: &Lined<Village>,
    districts: &Lined<District>,
) {
    for (index, (line, row)) in routing.iter().enumerate() {
        let line = Some(*line);
        let place = format!("routing[{index}]");
        if row.incident_type != ROUTE_ANY && !types.iter().any(|(_, one)| one.key == row.incident_type) {
            check.tell(
                line,
                format!("{place}.type"),
                format!("jenis \"{}\" tidak dikenal", row.incident_type),
                "kunci dari incident_types, atau \"*\"",
            );
        }
        if let Some(code) = &row.village
            && !villages.iter().any(|(_, one)| one.code == *code)
        {
            check.tell(line, format!("{place}.village"), format!("kode {code} tidak dikenal"), "kode dari villages");
        }
        if let Some(code) = &row.district
            && !districts.iter().any(|(_, one)| one.code == *code)
        {
            check.tell(line, format!("{place}.district"), format!("kode {code} tidak dikenal"), "kode dari districts");
        }
        if row.village.is_some() && row.district.is_some() {
            check.tell(
                line,
                place.clone(),
                "village dan district bersama",
                "salah satu saja: kecamatan mengikuti kelurahan",
            );
        }
        if row.agencies.is_empty() {
            check.tell(line, format!("{place}.agencies"), "kosong", "paling sedikit satu { agency, reason }");
        }
        for (nth, pick) in row.agencies.iter().enumerate() {
            if !agencies.iter().any(|(_, one)| one.key == pick.agency) {
                check.tell(
                    line,
                    format!("{place}.agencies[{nth}].agency"),
                    format!("instansi \"{}\" tidak dikenal", pick.agency),
                    "kunci dari agencies",
                );
            }
            if row.agencies[..nth].iter().any(|other| other.agency == pick.agency) {
                check.tell(
                    line,
                    format!("{place}.agencies[{nth}].agency"),
                    format!("instansi \"{}\" dua kali", pick.agency),
                    "tiap instansi sekali per aturan",
                );
            }
        }
    }
    if !routing.iter().any(|(_, row)| {
        row.incident_type == ROUTE_ANY && row.village.is_none() && row.district.is_none() && row.hours.is_none()
    }) {
        check.tell(
            None,
            "routing",
            "tidak ada aturan umum",
            "satu aturan type = \"*\" tanpa village, district dan hours",
        );
    }
}
