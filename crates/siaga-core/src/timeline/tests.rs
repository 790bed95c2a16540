use super::*;
use crate::{
    call::Supervision,
    class::Class,
    drill::DrillMark,
    ids::{CallId, DrillId, SeatId, UserId},
    screening::Heard,
    view::desk::{ClassChoice, Direction, Lane},
};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

const T0: Timestamp = Timestamp(1_777_770_000_000_000);

fn happened(after_ms: i64, kind: &str, body: Value) -> Happened {
    Happened { at: T0.plus_ms(after_ms), kind: kind.into(), by: Some("Siti".into()), body: Some(body.to_string()) }
}

fn fact(after_ms: i64, kind: &str, fact: &Fact) -> Happened {
    happened(after_ms, kind, serde_json::to_value(fact).unwrap())
}

#[test]
fn a_call_is_told_in_the_order_of_time_beside_its_sound() {
    let call = CallId(Uuid::from_u128(1));
    let offered = Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: None,
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::B,
        suspicion: 80,
        reasons: vec!["17 panggilan".into()],
        callback: None,
    };
    let answered = Fact::Answered { call, seat: SeatId(2), call_taker: UserId(Uuid::from_u128(2)) };
    let events = [
        fact(0, "CallStart", &offered),
        fact(2_000, "CallStateChange", &answered),
        happened(4_000, "DraftSaved", json!({ "revision": 1, "fields": { "landmark": "pasar", "victims": 2 } })),
        happened(6_000, "DraftSaved", json!({ "revision": 2, "fields": { "landmark": "pasar lama", "victims": 2 } })),
        happened(7_000, "DraftSaved", json!({ "revision": 3, "fields": { "victims": null } })),
        happened(8_000, "RecordingPlayback", json!({ "reason": "mutu layanan" })),
        happened(
            8_500,
            "CallReclassed",
            json!({ "to": { "class": "prank", "sub": null }, "reason": "didengar ulang" }),
        ),
        Happened { body: None, ..happened(9_000, "NoteAdded", Value::Null) },
    ];
    let pieces = [Piece { started_at: T0.plus_ms(500), duration_ms: 3_000 }];
    let told = [Told { at: T0.plus_ms(3_000), source: PositionSource::Aml, lat: -6.1, lng: 106.1, radius_m: 20.0 }];
    let lines = timeline(&events, &told, &pieces, &[]);
    let field = |field: &str, value: Option<&str>, before: Option<&str>| TimelineEvent::Field {
        field: field.into(),
        value: value.map(Into::into),
        before: before.map(Into::into),
    };
    let expected = [
        (0, TimelineEvent::Offered { lane: Lane::B, suspicion: 80, reasons: vec!["17 panggilan".into()] }),
        (1_500, TimelineEvent::Answered { seat: SeatId(2) }),
        (2_500, TimelineEvent::Position { source: PositionSource::Aml, lat: -6.1, lng: 106.1, radius_m: 20.0 }),
        (3_000, field("landmark", Some("pasar"), None)),
        (3_000, field("victims", Some("2"), None)),
        (3_000, field("landmark", Some("pasar lama"), Some("pasar"))),
        (3_000, field("victims", None, Some("2"))),
        (3_000, TimelineEvent::Reclassed { class: Class::Prank, sub: None, reason: Some("didengar ulang".into()) }),
        (3_000, TimelineEvent::Removed),
    ];
    assert_eq!(lines.iter().map(|line| (line.audio_ms, line.what.clone())).collect::<Vec<_>>(), expected);
}

#[test]
fn what_a_person_left_to_the_machine_and_a_drill_have_their_own_lines() {
    let (call, by) = (CallId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
    let ghost = ClassChoice { class: Class::Ghost, sub: Some("silent".into()) };
    let said = |prompt| Fact::Said { call, by, prompt };
    let events = [
        fact(0, "CallDrilled", &Fact::Drilled { call, mark: DrillMark { drill: DrillId(Uuid::nil()), nth: 0 } }),
        fact(1_000, "PromptSaid", &said(Prompt::NeedHelp)),
        fact(2_000, "CallClassed", &Fact::Classed { call, by, choice: Some(ghost) }),
        fact(2_000, "PromptSaid", &said(Prompt::NeedHelp)),
        fact(3_000, "CallHandedOff", &Fact::HandedOff { call, by, seat: SeatId(2) }),
        fact(4_000, "CallCameBack", &Fact::CameBack { call, sign: Heard::Key }),
        fact(4_500, "CallSupervised", &Fact::Supervised { call, by, how: Supervision::Whisper }),
        fact(4_800, "CallSupervisionEnded", &Fact::SupervisionEnded { call, by, since: T0 }),
        fact(5_000, "EndedUnheard", &Fact::EndedUnheard { call, by, asked_ms: Some(4_000) }),
    ];
    let what: Vec<_> = timeline(&events, &[], &[], &[]).into_iter().map(|line| line.what).collect();
    let expected = [
        TimelineEvent::Drilled,
        TimelineEvent::Said { prompt: Prompt::NeedHelp },
        TimelineEvent::LeftToMachine,
        TimelineEvent::Classed { class: Some(Class::Ghost), sub: Some("silent".into()) },
        TimelineEvent::HandedOff { seat: SeatId(2) },
        TimelineEvent::CameBack { sign: Heard::Key },
        TimelineEvent::Supervised { how: Supervision::Whisper },
        TimelineEvent::SupervisionEnded,
        TimelineEvent::EndedUnheard { asked_ms: Some(4_000) },
    ];
    assert_eq!(what, expected);
}

#[test]
fn a_restart_in_the_middle_leaves_no_hole_in_the_sound() {
    let pieces =
        [Piece { started_at: T0, duration_ms: 1_000 }, Piece { started_at: T0.plus_ms(5_000), duration_ms: 2_000 }];
    for (after, expected) in
        [(-5, 0), (0, 0), (999, 999), (1_000, 1_000), (4_999, 1_000), (5_500, 1_500), (9_000, 3_000)]
    {
        assert_eq!(audio_ms(&pieces, T0.plus_ms(after)), expected, "{after}");
    }
    assert_eq!(moment(&pieces, 1_500), T0.plus_ms(5_500));
}

#[test]
fn long_quiet_of_the_caller_is_a_line_and_a_pause_is_none() {
    let quiet = |count: usize| vec![2_u8; count];
    let peaks = [quiet(49), vec![90], quiet(60), vec![40], quiet(50)].concat();
    assert_eq!(silences(&peaks), [(5_000, 6_000), (11_100, 5_000)]);
    assert_eq!(silences(&[]), []);
}

proptest! {
    /// Where the sound is, moment and place are each other's inverse.
    #[test]
    fn a_place_in_the_sound_is_found_again(first in 1_u32..9_000, gap in 0_i64..9_000, second in 1_u32..9_000, part in 0.0..1.0_f64) {
        let pieces = [
            Piece { started_at: T0, duration_ms: first },
            Piece { started_at: T0.plus_ms(i64::from(first) + gap), duration_ms: second },
        ];
        let place = (f64::from(first + second) * part) as u32;
        prop_assert_eq!(audio_ms(&pieces, moment(&pieces, place)), place);
    }
}
