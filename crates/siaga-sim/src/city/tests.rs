//! Small cities: what must hold for every seed, and with faults.

use super::{
    Digest, Figures, Handling, Options, Outcome, Pen, Shifts, Volume, calendar::DAY_MS, days, dice::Dice, flood,
    plan::Intent, run,
};
use siaga_core::policy::Policy;
use std::sync::Arc;

/// Many real calls in few days.
const REAL: Volume = Volume { calls_per_year: 40_000.0, real_share: 0.25 };

fn options(policy: Policy) -> Options {
    Options::new(Arc::new(policy), Handling::OneKey, Shifts::default())
}

fn city(options: &Options, intents: &[Intent]) -> (Outcome, Figures) {
    let outcome = run(options, intents);
    assert!(outcome.marks.ended_by_machine.is_empty(), "only people end calls");
    let figures = Figures::of(&outcome, 1, 1);
    assert_eq!(figures.offered, figures.answered + figures.abandoned + figures.deferred + figures.failed);
    (outcome, figures)
}

#[test]
fn the_same_seed_is_the_same_to_the_last_bit() {
    let options = Options { digest: Digest::Yes, ..options(Policy::default()) };
    let told = |seed| {
        let (outcome, figures) = city(&options, &days(seed, REAL, 2));
        (outcome.marks.digest, outcome.marks.inputs, serde_json::to_string(&figures).expect("figures are JSON"))
    };
    let first = told(3);
    assert_eq!(first, told(3));
    assert_ne!(first.0, told(4).0);
}

#[test]
fn the_desk_is_told_nothing_of_the_truth() {
    let people = days(5, REAL, 2);
    let digest = |pen| {
        let (outcome, figures) = city(&Options { digest: Digest::Yes, pen, ..options(Policy::default()) }, &people);
        (outcome.marks.digest, figures.real_calls)
    };
    let (honest, lying) = (digest(Pen::Truthful), digest(Pen::Lying));
    assert_eq!(honest.0, lying.0, "another truth, the same inputs");
    assert!(honest.1 > 20 && lying.1 == 0, "the ledger did lie: {honest:?} {lying:?}");
}

#[test]
fn no_real_caller_is_lost() {
    for seed in 20..24 {
        let (_, figures) = city(&options(Policy::default()), &days(seed, REAL, 2));
        assert!(figures.real_people > 30, "{}", figures.real_people);
        assert!(figures.lost.is_empty(), "seed {seed}: {:?}", figures.lost);
        assert_eq!(figures.failed, 0);
        assert_eq!(figures.silent_real_reached_pct.unwrap_or(100.0), 100.0, "seed {seed}");
    }
}

#[test]
fn a_flood_that_drowns_a_plain_desk_does_not_drown_this_one() {
    let people = flood(31, 1, 3);
    let within = |policy: Policy, handling| {
        let options = Options::new(Arc::new(policy), handling, Shifts::always(3));
        let (_, figures) = city(&options, &people);
        assert!(figures.real_calls >= 10, "{}", figures.real_calls);
        figures.real_within_10s_pct.unwrap_or_default()
    };
    let mut plain = Policy::fifo();
    plain.queue.call_back_after_ms.clear();
    let (ours, practice) = (within(Policy::default(), Handling::OneKey), within(plain, Handling::Published));
    assert!(practice < 50.0, "as published, a plain desk drowns: {practice} %");
    assert!(ours > 85.0, "and this one does not: {ours} %");
}

/// Kills the process at moments that hurt: anywhere, and right after somebody called.
fn killed(seed: u64, people: &[Intent]) -> Options {
    let mut dice = Dice::new(seed);
    let mut crashes: Vec<i64> = Vec::new();
    for _ in 0..12 {
        let Some(intent) = people.get(dice.below(people.len())) else { continue };
        crashes.push(intent.at_ms + Dice::ms(dice.between(0.0, 90.0)));
        crashes.push(intent.at_ms + Dice::ms(dice.between(0.0, 4.0)));
    }
    crashes.push(DAY_MS / 2);
    Options { crashes, ..options(Policy::default()) }
}

#[test]
fn a_killed_process_loses_nobody_who_can_be_called() {
    let mut cut = 0;
    for seed in 40..44 {
        let people = days(seed, REAL, 2);
        let (_, figures) = city(&killed(seed, &people), &people);
        cut += figures.failed;
        let nameless = |what: &str| what.contains("no number");
        assert!(figures.lost.iter().all(|case| nameless(&case.what)), "seed {seed}: {:?}", figures.lost);
    }
    assert!(cut > 10, "the crashes met calls: {cut}");
}

#[test]
fn events_may_come_twice_late_and_after_the_end() {
    for seed in 50..53 {
        let people = days(seed, REAL, 2);
        let (_, figures) = city(&Options { adverse: Some(seed), ..options(Policy::default()) }, &people);
        assert!(figures.lost.is_empty(), "seed {seed}: {:?}", figures.lost);
        let (_, figures) = city(&Options { adverse: Some(seed), ..killed(seed, &people) }, &people);
        assert!(figures.lost.iter().all(|case| case.what.contains("no number")), "seed {seed}: {:?}", figures.lost);
    }
}
