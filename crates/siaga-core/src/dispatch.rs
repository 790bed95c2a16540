//! Whom to send: the routing table read for one incident, and how loud a missing acknowledgement is.
//!
//! A plan is plain data with its reasons. It is shown before it is done, and what was shown is what is stored.

use crate::{
    city::{City, ROUTE_ANY, RouteRow, UnknownName},
    time::Timestamp,
    view::incident::PlannedAgency,
};

/// Seconds until a missing acknowledgement is loud, where the incident type says nothing else.
pub const ACKNOWLEDGE_S: u32 = 60;

/// Level 1 after one acknowledgement time, 2 after two, 3 after three (60, 120, 180 s for the usual types).
pub const OVERDUE_LEVEL_MAX: u8 = 3;

/// Reason of an agency a person added to the plan.
pub const PICKED_BY_HAND: &str = "Dipilih petugas";

/// The agencies the routing table names for an incident, in order, never empty for a checked city.
///
/// The row that fits most closely wins: kelurahan before kecamatan before hours before the type alone; rows of the
/// type before rows of every type. `hour` is the city's clock, 0 to 23.
#[must_use]
pub fn plan(city: &City, incident_type: &str, village_code: Option<&str>, hour: u8) -> Vec<PlannedAgency> {
    let mut best: Option<(u8, &RouteRow)> = None;
    for row in &city.routing {
        let Some(weight) = closeness(row, incident_type, village_code, hour) else { continue };
        // of two equal rows the first stands
        if best.is_none_or(|(held, _)| weight > held) {
            best = Some((weight, row));
        }
    }
    best.map(|(_, row)| row)
        .into_iter()
        .flat_map(|row| &row.agencies)
        .map(|pick| planned(city, &pick.agency, &pick.reason))
        .collect()
}

/// The agencies a person named, each with the table's reason where the table names it too.
///
/// # Errors
/// The first name the city does not know. A name given twice counts once.
pub fn plan_named(
    city: &City,
    planned_by_table: &[PlannedAgency],
    keys: &[String],
) -> Result<Vec<PlannedAgency>, UnknownName> {
    let mut chosen: Vec<PlannedAgency> = Vec::with_capacity(keys.len());
    for key in keys {
        let agency = city.agency_by_name(key)?;
        if chosen.iter().any(|one| one.agency == agency.key) {
            continue;
        }
        let by_table = planned_by_table.iter().find(|one| one.agency == agency.key);
        chosen.push(by_table.cloned().unwrap_or_else(|| planned(city, &agency.key, PICKED_BY_HAND)));
    }
    Ok(chosen)
}

fn planned(city: &City, key: &str, reason: &str) -> PlannedAgency {
    let label = city.agency(key).map_or_else(|| key.to_owned(), |one| one.label.clone());
    PlannedAgency { agency: key.to_owned(), label, reason: reason.to_owned() }
}

/// How closely a row fits; `None` when it does not.
fn closeness(row: &RouteRow, incident_type: &str, village_code: Option<&str>, hour: u8) -> Option<u8> {
    let mut weight = 0;
    if row.incident_type == incident_type {
        weight += 8;
    } else if row.incident_type != ROUTE_ANY {
        return None;
    }
    if let Some(village) = &row.village {
        if village_code != Some(village.as_str()) {
            return None;
        }
        weight += 4;
    }
    if let Some(district) = &row.district {
        if !village_code
            .is_some_and(|code| code.strip_prefix(district.as_str()).is_some_and(|rest| rest.starts_with('.')))
        {
            return None;
        }
        weight += 2;
    }
    if let Some(hours) = row.hours {
        if !hours.holds(hour) {
            return None;
        }
        weight += 1;
    }
    Some(weight)
}

/// How overdue an assignment is that nobody has acknowledged: 0 in time, then 1 to 3. Looks at the world, keeps no timer.
#[must_use]
pub fn overdue_level(sent_at: Timestamp, acknowledge_by: Timestamp, now: Timestamp) -> u8 {
    let step_ms = acknowledge_by.ms_since(sent_at).max(1);
    let levels = now.ms_since(sent_at).max(0) / step_ms;
    u8::try_from(levels).unwrap_or(OVERDUE_LEVEL_MAX).min(OVERDUE_LEVEL_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::city::{SERANG_TOML, serang};

    fn agencies(city: &City, incident_type: &str, village: Option<&str>, hour: u8) -> String {
        let plan = plan(city, incident_type, village, hour);
        assert!(plan.iter().all(|one| !one.reason.is_empty() && !one.label.is_empty()), "{plan:?}");
        plan.iter().map(|one| one.agency.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_closest_row_wins() {
        let narrowed = format!(
            "{SERANG_TOML}\n[[routing]]\ntype = \"fire\"\nvillage = \"36.73.02.1007\"\nagencies = [{{ agency = \"polairud\", reason = \"Dermaga\" }}]\n\
             [[routing]]\ntype = \"*\"\nhours = \"22-6\"\nagencies = [{{ agency = \"kodim\", reason = \"Malam\" }}]\n"
        );
        let city = City::from_toml(&narrowed).expect("two rows more");
        for (incident_type, village, hour, expected) in [
            ("fire", None, 12, "damkar"),
            ("fire", Some("36.73.01.1002"), 3, "damkar"),
            ("fire", Some("36.73.02.1007"), 3, "polairud"),
            ("electrical", None, 12, "pln damkar"),
            ("fallen_tree", None, 12, "bpbd dlh"),
            ("fallen_tree", None, 16, "bpbd"),
            ("fallen_tree", None, 7, "bpbd"),
            ("missing_person", Some("36.73.01.1002"), 1, "basarnas bpbd"),
            ("missing_person", Some("36.73.02.1001"), 1, "basarnas polairud bpbd"),
            ("unheard_of", None, 12, "bpbd"),
            ("unheard_of", None, 23, "kodim"),
            ("unheard_of", None, 5, "kodim"),
            ("unheard_of", None, 6, "bpbd"),
        ] {
            assert_eq!(agencies(&city, incident_type, village, hour), expected, "{incident_type} {village:?} {hour}");
        }
    }

    #[test]
    fn every_type_of_serang_has_somebody_at_every_hour() {
        let city = serang();
        for one in &city.incident_types {
            for hour in 0..24 {
                assert!(!plan(&city, &one.key, None, hour).is_empty(), "{} at {hour}", one.key);
            }
        }
    }

    #[test]
    fn a_person_may_choose_otherwise() {
        let city = serang();
        let table = plan(&city, "fire", None, 12);
        let chosen = plan_named(&city, &table, &["PMI".into(), "damkar".into(), "Damkar".into()]).expect("known");
        let told: Vec<_> = chosen.iter().map(|one| (one.agency.as_str(), one.reason.as_str())).collect();
        assert_eq!(told, [("pmi", PICKED_BY_HAND), ("damkar", table[0].reason.as_str())]);
        assert_eq!(plan_named(&city, &table, &["Damkat".into()]).expect_err("unknown").nearest, "Damkar");
    }

    #[test]
    fn silence_grows_louder_in_steps() {
        let sent = Timestamp(1_800_000_000_000_000);
        for (step_s, after_s, level) in [
            (60, 0, 0),
            (60, 59, 0),
            (60, 60, 1),
            (60, 119, 1),
            (60, 120, 2),
            (60, 180, 3),
            (60, 90_000, 3),
            (180, 179, 0),
            (180, 180, 1),
            (60, -5, 0),
        ] {
            let by = sent.plus_ms(step_s * 1000);
            assert_eq!(overdue_level(sent, by, sent.plus_ms(after_s * 1000)), level, "{step_s} {after_s}");
        }
    }
}
