use super::*;
use crate::{
    class::Class,
    desk::Desk,
    ids::{AssignmentId, CallId, CallbackId, IncidentId, OutboxId, SanctionId, SeatId},
    policy::Policy,
    sanction::{Addressee, SanctionState, Step},
    view::{
        desk::{CallbackReason, CallbackView, ClassChoice, Link, SeatState, SeatView},
        handover::OpenKind as K,
        incident::{AssignmentState, AssignmentView, IncidentStatus, IncidentView, IntakeFields},
        outbox::{DeliveryState, OutboxView},
        sanction::SanctionView,
    },
};
use std::sync::Arc;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

fn by(user: u128, name: &str) -> Signature {
    Signature { user: UserId(Uuid::from_u128(user)), name: name.to_owned(), at: NOW }
}

#[test]
fn one_gives_and_another_takes() {
    let note = Handover::Writing;
    assert_eq!(note.clone().take(by(2, "Budi")), Err(Refused::NotGiven));
    let given = note.give(by(1, "Siti")).expect("the first time");
    assert_eq!(given.clone().give(by(2, "Budi")), Err(Refused::AlreadyGiven));
    assert_eq!(given.clone().take(by(1, "Siti")), Err(Refused::OwnNote));
    let taken = given.take(by(2, "Budi")).expect("by another");
    assert_eq!(taken.clone().take(by(2, "Budi")), Ok(taken.clone()), "twice is once");
    assert_eq!(taken.clone().take(by(3, "Ani")), Err(Refused::AlreadyTaken { by: "Budi".to_owned() }));
    assert_eq!(taken.give(by(3, "Ani")), Err(Refused::AlreadyGiven));
}

fn incident(number: u32, state: AssignmentState, overdue_level: u8) -> IncidentView {
    let assignment = AssignmentView {
        assignment_id: AssignmentId(Uuid::from_u128(u128::from(number))),
        incident_id: IncidentId(Uuid::from_u128(u128::from(number))),
        agency: "damkar".to_owned(),
        agency_label: "Damkar".to_owned(),
        reason: String::new(),
        hand_over: false,
        state,
        sent_at: NOW.plus_ms(-90_000),
        acknowledge_by: NOW.plus_ms(-30_000),
        overdue_level,
        acknowledged_at: None,
        en_route_at: None,
        on_scene_at: None,
        done_at: None,
        delivered: true,
        by_hand: false,
        notes: Vec::new(),
        photos: Vec::new(),
        task_url: String::new(),
    };
    IncidentView {
        drill: false,
        duress: false,
        incident_id: assignment.incident_id,
        number,
        status: IncidentStatus::Open,
        outcome: None,
        incident_type: "kebakaran".to_owned(),
        type_label: "Kebakaran".to_owned(),
        fields: IntakeFields::default(),
        place: "Kel. Cipare, Kec. Serang".to_owned(),
        opened_at: NOW.plus_ms(-600_000),
        closed_at: None,
        opened_by: "Siti".to_owned(),
        opened_call: CallId(Uuid::from_u128(1)),
        calls: Vec::new(),
        assignments: vec![assignment],
        notes: Vec::new(),
        merged_into: None,
        merged: Vec::new(),
        links: Vec::new(),
        major: None,
        revision: 1,
    }
}

fn block(id: u128, hours_left: i64) -> SanctionView {
    SanctionView {
        sanction_id: SanctionId(Uuid::from_u128(id)),
        number: "0812-3456-7890".to_owned(),
        step: Step::BlockTemporarily,
        addressee: Addressee::Caller,
        state: SanctionState::InForce,
        hours: Some(24),
        reasons: vec!["6 prank".to_owned()],
        pranks: Vec::new(),
        proposed_at: NOW.plus_ms(-3_600_000),
        author: None,
        approvals: Vec::new(),
        needs_second: false,
        from: Some(NOW.plus_ms(-3_600_000)),
        until: Some(NOW.plus_ms(hours_left * 3_600_000)),
        ended: None,
        appeal: None,
    }
}

fn message(state: DeliveryState) -> OutboxView {
    OutboxView {
        outbox_id: OutboxId(Uuid::from_u128(9)),
        channel: "webhook".to_owned(),
        target: "BPBD".to_owned(),
        text: String::new(),
        task_url: None,
        created_at: NOW,
        state,
        attempts: 8,
        next_at: None,
        error: Some("tidak menjawab".to_owned()),
    }
}

#[test]
fn what_is_open_is_told_in_the_order_of_its_weight() {
    let mut desk = Desk::new(NOW, Arc::new(Policy::default())).view(NOW, 1);
    desk.links.recording = Link::Down;
    desk.callbacks = vec![CallbackView {
        callback_id: CallbackId(Uuid::from_u128(4)),
        call_id: CallId(Uuid::from_u128(5)),
        number: "0812-3456-7890".to_owned(),
        reason: CallbackReason::Abandoned,
        duress: false,
        since: NOW,
        attempts: 3,
        next_attempt_at: None,
        history: String::new(),
        sent_at: None,
        no_link: None,
    }];
    let seat = |number, state| SeatView {
        seat: SeatId(number),
        user_id: UserId(Uuid::from_u128(u128::from(number))),
        display_name: "Budi".to_owned(),
        state,
        since: NOW,
        call: None,
    };
    desk.seats = vec![seat(1, SeatState::Ready), seat(2, SeatState::Gone)];
    let incidents = [incident(231, AssignmentState::Acknowledged, 0), incident(232, AssignmentState::Sent, 2)];
    let outbox = [message(DeliveryState::Dead), message(DeliveryState::Delivered)];
    let sanctions = [block(1, 3), block(2, 20)];
    let things =
        open_things(Now { desk: &desk, incidents: &incidents, outbox: &outbox, sanctions: &sanctions, at: NOW });
    let told: Vec<_> = things.iter().map(|one| (one.kind, one.title.as_str(), one.late)).collect();
    assert_eq!(
        told,
        [
            (K::Unacknowledged, "Damkar", true),
            (K::Callback, "…7890", true),
            (K::Incident, "232 Kebakaran", true),
            (K::Incident, "231 Kebakaran", false),
            (K::Message, "BPBD", true),
            (K::Seat, "2", true),
            (K::Equipment, "recording", true),
            (K::Block, "…7890", false),
        ]
    );
    let text = serde_json::to_string(&things).expect("it is plain data");
    assert!(!text.contains("0812") && !text.contains("3456"), "the note keeps no whole number: {text}");
}

#[test]
fn a_call_without_a_class_is_open_and_one_with_is_not() {
    let mut desk = Desk::new(NOW, Arc::new(Policy::default())).view(NOW, 1);
    let about = crate::call::About {
        call: CallId(Uuid::from_u128(1)),
        direction: crate::view::desk::Direction::Incoming,
        number: None,
        number_raw: None,
        number_shown: None,
        display_name: None,
        sip_call_id: None,
        offered_at: NOW,
        signals: Vec::new(),
        history: String::new(),
        real_before: false,
        callback: None,
        drill: None,
    };
    let wrap = crate::call::Wrap { holder: None, answered_at: NOW, ended_at: NOW };
    let call = crate::call::Call::new(about, crate::call::Phase::Wrap(wrap));
    desk.calls = vec![call.card(&Policy::default().queue, NOW)];
    let none = Now { desk: &desk, incidents: &[], outbox: &[], sanctions: &[], at: NOW };
    let things = open_things(none);
    assert_eq!(things.iter().map(|one| (one.kind, one.title.as_str())).collect::<Vec<_>>(), [(K::Call, "")]);
    desk.calls[0].class = Some(ClassChoice { class: Class::Ghost, sub: None });
    let none = Now { desk: &desk, incidents: &[], outbox: &[], sanctions: &[], at: NOW };
    assert_eq!(open_things(none), []);
}
