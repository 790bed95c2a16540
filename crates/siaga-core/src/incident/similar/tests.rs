use super::*;
use crate::{city::serang, incident::similar::place::nearness};
use serde_json::{Value, json};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

fn fields(value: Value) -> IntakeFields {
    serde_json::from_value(value).expect("fields of the sheet")
}

fn candidate(id: u128, sheets: &[Value], minutes_ago: i64) -> Candidate {
    Candidate {
        incident: IncidentId(Uuid::from_u128(id)),
        sheets: sheets.iter().cloned().map(fields).collect(),
        numbers: Vec::new(),
        reported_at: NOW.plus_ms(-minutes_ago * MINUTE_MS),
        closed_at: None,
    }
}

fn ask(asked: Value, candidates: &[Candidate]) -> Vec<Similar> {
    similar(&serang(), &Asked { fields: &fields(asked), number: None }, candidates, NOW)
}

#[test]
fn place_and_type_make_it_likely() {
    let fire = json!({"incident_type": "fire", "village_code": "36.73.01.1002", "landmark": "depan Masjid Agung", "lat": -6.1250, "lng": 106.1620});
    for (what, asked, offered, likely) in [
        ("nothing known", json!({}), false, false),
        ("only the type", json!({"incident_type": "fire"}), true, false),
        ("same type, same village", json!({"incident_type": "fire", "village_code": "36.73.01.1002"}), true, false),
        (
            "and the landmark",
            json!({"incident_type": "fire", "village_code": "36.73.01.1002", "landmark": "masjid agung"}),
            true,
            true,
        ),
        (
            "misheard",
            json!({"incident_type": "electrical", "village_code": "36.73.01.1002", "landmark": "mesjid agong"}),
            true,
            false,
        ),
        ("100 m away", json!({"incident_type": "fire", "lat": -6.1259, "lng": 106.1620}), true, true),
        ("100 m away, family", json!({"incident_type": "electrical", "lat": -6.1259, "lng": 106.1620}), true, true),
        ("100 m away, another thing", json!({"incident_type": "animal", "lat": -6.1259, "lng": 106.1620}), true, false),
        ("the other end of the city", json!({"incident_type": "fire", "village_code": "36.73.02.1007"}), false, false),
        ("and 5 km off by pin", json!({"incident_type": "fire", "lat": -6.17, "lng": 106.16}), false, false),
    ] {
        let found = ask(asked, &[candidate(1, std::slice::from_ref(&fire), 5)]);
        assert_eq!(
            (!found.is_empty(), found.first().is_some_and(|one| one.likely)),
            (offered, likely),
            "{what}: {found:?}"
        );
    }
}

#[test]
fn two_that_fit_as_well_are_both_shown_and_none_is_marked() {
    let tree = json!({"incident_type": "fallen_tree", "village_code": "36.73.01.1002", "landmark": "jalan Melati"});
    let asked = json!({"incident_type": "fallen_tree", "village_code": "36.73.01.1002", "landmark": "Jl. Melati"});
    let found = ask(asked.clone(), &[candidate(1, std::slice::from_ref(&tree), 5), candidate(2, &[tree], 4)]);
    assert_eq!(found.iter().map(|one| one.incident.0.as_u128()).collect::<Vec<_>>(), [2, 1], "the later one first");
    assert!(found.iter().all(|one| !one.likely), "{found:?}");
}

#[test]
fn time_counts_by_type() {
    let at = |kind: &str| json!({"incident_type": kind, "village_code": "36.73.01.1002", "landmark": "Kebon Jahe"});
    for (kind, minutes, likely) in
        [("fire", 20, true), ("fire", 45, false), ("flood", 45, true), ("flood", 300, true), ("flood", 400, false)]
    {
        let found = ask(at(kind), &[candidate(1, &[at(kind)], minutes)]);
        assert_eq!(found.first().is_some_and(|one| one.likely), likely, "{kind} {minutes}: {found:?}");
    }
}

#[test]
fn the_same_number_is_told_and_a_shared_one_is_not() {
    let toml =
        crate::city::SERANG_TOML.replacen("districts = [", "shared_numbers = [\"081211129999\"]\ndistricts = [", 1);
    let city = City::from_toml(&toml).expect("a shared number");
    let asked = fields(json!({"incident_type": "ambulance"}));
    let mut held = candidate(1, &[json!({"incident_type": "ambulance"})], 3);
    for (theirs, ours, told) in [
        ("+6281211120001", "081211120001", true),
        ("081211120001", "081211120002", false),
        ("081211129999", "081211129999", false),
    ] {
        held.numbers = vec![theirs.to_owned()];
        let found = similar(&city, &Asked { fields: &asked, number: Some(ours) }, std::slice::from_ref(&held), NOW);
        assert_eq!(found[0].reasons.contains(&SimilarReason::SameNumber), told, "{theirs} {ours}");
        assert_eq!(found[0].likely, told);
    }
}

#[test]
fn what_was_closed_long_ago_is_gone() {
    let fire = json!({"incident_type": "fire", "village_code": "36.73.01.1002", "landmark": "Kebon Jahe"});
    let mut held = candidate(1, std::slice::from_ref(&fire), 20);
    held.closed_at = Some(NOW.plus_ms(-10 * MINUTE_MS));
    let found = ask(fire.clone(), std::slice::from_ref(&held));
    assert!(found[0].reasons.contains(&SimilarReason::JustClosed { minutes: 10 }), "{found:?}");
    held.closed_at = Some(NOW.plus_ms(-CLOSED_FOR_MS - 1));
    assert_eq!(ask(fire, &[held]), []);
}

#[test]
fn what_later_callers_said_counts_too() {
    let first = json!({"incident_type": "fire", "village_code": "36.73.01.1002"});
    let later = json!({"incident_type": "electrical", "landmark": "seberang Puskesmas Ciracas"});
    let asked = json!({"incident_type": "electrical", "landmark": "puskesmas ciracas"});
    let before = ask(asked.clone(), &[candidate(1, std::slice::from_ref(&first), 5)]);
    let after = ask(asked, &[candidate(1, &[first, later], 5)]);
    let words = SimilarReason::Words { words: vec!["ciracas".into(), "puskesmas".into()] };
    assert!(!before[0].reasons.contains(&words) && after[0].reasons.contains(&words), "{before:?} {after:?}");
}

#[test]
fn a_storm_does_not_fill_the_screen() {
    let tree = json!({"incident_type": "fallen_tree", "village_code": "36.73.01.1002"});
    let all: Vec<_> = (0..40).map(|id| candidate(id, std::slice::from_ref(&tree), 5)).collect();
    assert_eq!(ask(tree, &all).len(), SHOWN_MAX);
}

#[test]
fn rt_rw_is_compared_by_its_numbers() {
    let city = serang();
    let at = |rt: &str| fields(json!({"village_code": "36.73.01.1002", "rt_rw": rt}));
    for (a, b, same) in [("03/05", "RT 3 RW 5", true), ("3/5", "5/3", false)] {
        assert_eq!(nearness(&city, &at(a), &at(b)), Some(Nearness::SameVillage { same_rt_rw: Some(same) }));
    }
}
