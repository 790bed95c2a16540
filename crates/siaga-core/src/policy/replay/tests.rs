use super::*;
use crate::city::serang;
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;
const START: Timestamp = Timestamp(1_790_000_000_000_000);

fn call(n: u128, number: &str, hours: i64, class: Class) -> ReplayCall {
    // Never twice at the same minute: that is a signal of its own.
    let at = START.plus_ms(hours * 3_670_000);
    ReplayCall {
        call: CallId(Uuid::from_u128(n)),
        number: Some(number.to_owned()),
        at,
        class: Some(class),
        sub: None,
        incident_type: None,
        talked_ms: Some(20_000),
        known_at: at.plus_ms(60_000),
        nothing_found: None,
        confirmed: None,
    }
}

fn run(draft: Policy, calls: &[ReplayCall]) -> DryRunFindings {
    let mut replay = Replay::new(Policy::default(), draft, Arc::new(serang()), START);
    for one in calls {
        replay.call(one.clone());
    }
    replay.finish(START.plus_ms(365 * DAY_MS))
}

/// Pranks an hour apart, and then a fire of the same household.
fn father_and_son(pranks: u128) -> Vec<ReplayCall> {
    let mut calls: Vec<_> =
        (0..pranks).map(|n| call(n, "+6281234567890", i64::try_from(n).unwrap(), Class::Prank)).collect();
    calls.push(call(99, "+6281234567890", 20, Class::Emergency));
    calls
}

#[test]
fn the_same_rules_change_nothing() {
    let found = run(Policy::default(), &father_and_son(8));
    assert_eq!((found.calls, found.real_calls, found.slower_count, found.faster_count), (9, 1, 0, 0));
    assert_eq!(found.proposals_before, found.proposals_after);
    assert_eq!(found.proposals_after, StepCounts { educate: 1, warn: 1, block: 1, refer: 0 });
    assert_eq!((found.real_not_a_before, found.real_not_a_after), (1, 1), "blocked under both");
    assert!(found.by_class.is_empty());
}

#[test]
fn a_harder_draft_names_the_real_call_it_slows() {
    let mut draft = Policy::default();
    draft.sanction.block_from = 4;
    let found = run(draft, &father_and_son(4));
    let [slower] = found.slower.as_slice() else { panic!("one real call: {found:?}") };
    assert_eq!(
        (slower.call_id.0.as_u128(), slower.from, slower.to, slower.rule.as_str()),
        (
            99,
            Door::B,
            Door::Blocked,
            "blokir 24 jam: 4 prank terkonfirmasi dalam 90 hari, 4 prank atau lebih: blokir sementara"
        )
    );
    assert_eq!(found.proposals_after.block, 1);
    let of_real = found.by_class.iter().find(|one| one.class == Some(Class::Emergency)).expect("a shift");
    assert_eq!((of_real.to_block, of_real.a_to_b), (1, 0));
    assert_eq!((found.real_not_a_before, found.real_not_a_after), (1, 1));
}

#[test]
fn a_softer_draft_is_seen_too() {
    let mut draft = Policy::default();
    draft.screening.lane_b_from = 101;
    draft.sanction.block_from = 10;
    let found = run(draft, &father_and_son(8));
    assert_eq!((found.slower_count, found.faster_count, found.real_not_a_after), (0, 1, 0));
    let pranks = found.by_class.iter().find(|one| one.class == Some(Class::Prank)).expect("a shift");
    assert_eq!((pranks.from_block, pranks.b_to_a), (2, 2), "two under the block, two in lane B before it");
}

#[test]
fn a_class_counts_from_when_it_was_known() {
    let mut calls = father_and_son(8);
    for one in &mut calls[..8] {
        one.known_at = START.plus_ms(30 * 3_600_000);
    }
    let found = run(Policy::default(), &calls);
    assert_eq!(found.real_not_a_before, 0, "nobody knew yet when the fire was reported");
}

#[test]
fn what_came_before_the_year_is_history_only() {
    let mut replay = Replay::new(Policy::default(), Policy::default(), Arc::new(serang()), START.plus_ms(DAY_MS));
    for one in father_and_son(8) {
        replay.call(one);
    }
    let found = replay.finish(START.plus_ms(2 * DAY_MS));
    assert_eq!((found.calls, found.proposals_after), (0, StepCounts::default()));
}

#[test]
fn a_report_of_before_keeps_the_first_door_open() {
    let mut replay = Replay::new(Policy::default(), Policy::default(), Arc::new(serang()), START);
    replay.reported_before("+6281234567890".to_owned(), START.plus_ms(-DAY_MS));
    for one in father_and_son(8) {
        replay.call(one);
    }
    let found = replay.finish(START.plus_ms(DAY_MS));
    assert_eq!((found.real_not_a_after, found.proposals_after.block), (0, 0), "immune: education only");
}
