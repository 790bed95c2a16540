use super::*;
use crate::city::serang;
use serde_json::json;

fn change(base_revision: u32, fields: Value) -> DraftChange {
    DraftChange { base_revision, fields: serde_json::from_value(fields).expect("an object") }
}

#[test]
fn fields_of_two_people_come_together() {
    let city = serang();
    let first = Sheet::default()
        .merge(&change(0, json!({"landmark": " depan Masjid Agung ", "victims": 2})), &city)
        .expect("taken");
    assert_eq!(
        (first.revision, first.fields.landmark.as_deref(), first.fields.victims),
        (1, Some("depan Masjid Agung"), Some(2))
    );
    // the second saw nothing of it and writes another field: both stand
    let second = first.clone().merge(&change(0, json!({"incident_type": "fire"})), &city).expect("taken");
    assert_eq!(
        (second.revision, second.fields.victims, second.fields.incident_type.as_deref()),
        (2, Some(2), Some("fire"))
    );
    // the same field, unseen: refused, with the value that stands, and nothing of the change is taken
    let refused =
        second.clone().merge(&change(0, json!({"victims": 5, "rt_rw": "01/02"})), &city).expect_err("a conflict");
    assert_eq!(refused, MergeRefused::Conflict(vec![("victims".into(), json!(2))]));
    // seen: the last writer wins, also by emptying
    let third = second.merge(&change(2, json!({"victims": null})), &city).expect("taken");
    assert_eq!((third.revision, third.fields.victims), (3, None));
    // an emptied field was written too
    assert!(third.clone().merge(&change(2, json!({"victims": 1})), &city).is_err());
    // the same value again is no conflict and no new revision: a retry after a lost answer
    let again =
        third.clone().merge(&change(0, json!({"incident_type": "fire", "victims": null})), &city).expect("nothing new");
    assert_eq!(again, third);
}

#[test]
fn what_cannot_be_is_told_with_its_limit() {
    let city = serang();
    for (fields, part) in [
        (json!({"landmark": "x".repeat(LANDMARK_CHARS_MAX + 1)}), "200"),
        (json!({"situation": 5}), "teks"),
        (json!({"situation": "a\u{0}b"}), "disimpan"),
        (json!({"victims": -1}), "1000000"),
        (json!({"victims": 1.5}), "1000000"),
        (json!({"lat": 91}), "90"),
        (json!({"lng": "106"}), "180"),
        (json!({"village_code": "36.73.99.1001"}), "daftar"),
        (json!({"incident_type": "fyre"}), "daftar"),
        (json!({"police": true}), "tidak dikenal"),
    ] {
        match Sheet::default().merge(&change(0, fields.clone()), &city) {
            Err(MergeRefused::Invalid(problems)) => {
                assert!(problems[0].problem.contains(part), "{fields}: {problems:?}")
            }
            other => panic!("{fields}: {other:?}"),
        }
    }
    let full = json!({"landmark": "é".repeat(LANDMARK_CHARS_MAX), "lat": -6.1, "lng": 106.1, "village_code": "3673011002", "address": "  "});
    let sheet = Sheet::default().merge(&change(0, full), &city).expect("at the limit");
    assert_eq!((sheet.fields.village_code.as_deref(), sheet.fields.address), (Some("36.73.01.1002"), None));
}

#[test]
fn notes_are_never_empty_nor_endless() {
    assert_eq!(note_text("  korban dua ").as_deref(), Ok("korban dua"));
    assert!(note_text("  ").is_err() && note_text(&"x".repeat(NOTE_CHARS_MAX + 1)).is_err());
}

#[test]
fn sending_asks_for_what_and_where_only() {
    let fields = |value| serde_json::from_value::<IntakeFields>(value).expect("fields");
    for (value, missing) in [
        (json!({}), "incident_type landmark"),
        (json!({"incident_type": "fire"}), "landmark"),
        (json!({"incident_type": "fire", "lat": -6.1}), "landmark"),
        (json!({"incident_type": "fire", "lat": -6.1, "lng": 106.1}), ""),
        (json!({"incident_type": "fire", "landmark": "pasar"}), ""),
        (json!({"village_code": "36.73.01.1002"}), "incident_type"),
    ] {
        let told = ready_to_send(&fields(value)).err().unwrap_or_default();
        assert_eq!(told.iter().map(|one| one.field.as_str()).collect::<Vec<_>>().join(" "), missing);
    }
}

#[test]
fn a_place_is_one_line() {
    let city = serang();
    for (value, line) in [
        (
            json!({"landmark": "depan Masjid Agung", "village_code": "36.73.01.1002"}),
            "depan Masjid Agung, Kel. Cipare, Kec. Serang",
        ),
        (
            json!({"address": "Link. Kebaharan", "rt_rw": "03/05", "village_code": "36.73.04.1007"}),
            "Link. Kebaharan RT/RW 03/05, Kel. Sukawana, Kec. Curug",
        ),
        (json!({"lat": -6.12547, "lng": 106.16274}), "titik -6.12547, 106.16274, perkiraan Kel. Cipare, Kec. Serang"),
        (json!({}), "tempat belum diketahui"),
    ] {
        assert_eq!(place_line(&city, &serde_json::from_value(value).expect("fields")), line);
    }
}
