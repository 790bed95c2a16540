use super::*;
use crate::{
    screening::{
        facts::{Block, NumberFacts, PastCall, RealReport},
        signals,
    },
    time::Timestamp,
};

const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
const DAY_MS: i64 = 86_400_000;

fn facts(past: &[(Class, usize, i64)], real: Option<()>) -> NumberFacts {
    let mut facts = NumberFacts::default();
    for &(class, count, days) in past {
        for index in 0..count {
            facts.calls += 1;
            *facts.by_class.entry(class).or_default() += 1;
            // At different minutes.
            let at = NOW.plus_ms(-days * DAY_MS - i64::try_from(index + 1).unwrap() * 61_000);
            facts.newest.push(PastCall { at, class: Some(class), sub: None });
        }
    }
    facts.real = real.map(|()| RealReport { at: NOW.plus_ms(-200 * DAY_MS), incident_type: None });
    facts
}

fn verdict(facts: &NumberFacts, now: &[Signal]) -> Verdict {
    let all: Vec<Signal> = signals(facts, NOW).into_iter().chain(now.iter().copied()).collect();
    judge(&all, &ScreeningPolicy::default())
}

fn check(past: &[(Class, usize, i64)], now: &[Signal], lane: Lane, suspicion: std::ops::RangeInclusive<u8>) {
    let verdict = verdict(&facts(past, None), now);
    assert_eq!(verdict.lane, lane, "{past:?} {now:?} {verdict:?}");
    assert!(suspicion.contains(&verdict.suspicion), "{past:?} {now:?} {verdict:?}");
}

#[test]
fn evidence_adds_up_and_decays() {
    use Class::{Abandoned, Ghost, Information, Prank, Test};
    check(&[], &[], Lane::A, 17..=23);
    check(&[(Prank, 1, 0)], &[], Lane::A, 65..=75);
    check(&[(Prank, 5, 0)], &[], Lane::B, 85..=95);
    // Four weeks later the same five say almost nothing.
    check(&[(Prank, 5, 28)], &[], Lane::A, 55..=65);
    // Silence alone is no proof, however often.
    check(&[(Ghost, 50, 0)], &[Signal::Heard(Heard::Silence), Signal::Short { count: 50 }], Lane::A, 80..=84);
    check(&[(Ghost, 50, 0), (Prank, 1, 0)], &[], Lane::B, 85..=95);
    // Abandoned calls and tests say nothing.
    check(&[(Abandoned, 30, 0), (Test, 30, 0)], &[], Lane::A, 50..=50);
    check(&[(Prank, 5, 0), (Information, 5, 0)], &[], Lane::A, 75..=84);
    check(&[(Prank, 50, 0)], &[], Lane::B, 95..=100);
}

#[test]
fn what_is_heard_counts() {
    use Class::{Ghost, Prank};
    let heard = Signal::Heard;
    check(&[], &[heard(Heard::Voice)], Lane::A, 10..=20);
    check(&[(Ghost, 10, 0)], &[heard(Heard::Voice)], Lane::A, 25..=40);
    check(&[], &[heard(Heard::Silence)], Lane::A, 37..=43);
    // Many silent at once: the network, not this caller.
    check(&[], &[heard(Heard::Silence), Signal::SilentFleet { numbers: 9 }], Lane::A, 21..=27);
    // Three pranks and silence; a key brings it back.
    check(&[(Prank, 3, 0)], &[heard(Heard::Silence)], Lane::B, 85..=95);
    check(&[(Prank, 3, 0)], &[heard(Heard::Key)], Lane::A, 70..=80);
    check(&[(Prank, 20, 0)], &[heard(Heard::Voice)], Lane::B, 90..=100);
}

#[test]
fn some_are_always_lane_a() {
    let many = [(Class::Prank, 40, 0)];
    for signal in [Signal::Position, Signal::NearIncident, Signal::NoNumber, Signal::HistoryUnknown] {
        let verdict = verdict(&facts(&many, None), &[signal]);
        assert_eq!((verdict.lane, verdict.say), (Lane::A, None), "{signal:?}");
    }
    let verdict = verdict(&facts(&[(Class::Prank, 2, 0)], Some(())), &[]);
    assert_eq!(verdict.lane, Lane::A);
    let words: Vec<_> = verdict.reasons.iter().map(Reason::words).collect();
    assert_eq!(words, ["1 laporan nyata sebelumnya: selalu antrean utama", "2 prank akhir-akhir ini"]);
}

#[test]
fn a_report_with_nothing_found_keeps_the_lane_and_is_not_called_real() {
    let told = |emergencies, nothing_found| {
        let mut facts = facts(&[(Class::Prank, 2, 0), (Class::Emergency, emergencies, 0)], None);
        let real = RealReport { at: NOW, incident_type: None };
        facts.real = (u32::try_from(emergencies).unwrap() > nothing_found).then_some(real);
        verdict(&NumberFacts { nothing_found, ..facts }, &[])
    };
    let (none, some, real) = (told(1, 1), told(2, 1), told(1, 0));
    assert_eq!(none.reasons[0].words(), "1 laporan sebelumnya nihil di lokasi: tetap antrean utama");
    assert_eq!(some.reasons[0].words(), "1 laporan nyata sebelumnya: selalu antrean utama");
    assert_eq!((none.lane, none.suspicion), (real.lane, real.suspicion), "only the words differ");
    let many = facts(&[(Class::Prank, 40, 0), (Class::Emergency, 1, 0)], None);
    assert_eq!(verdict(&NumberFacts { nothing_found: 1, ..many }, &[]).lane, Lane::A);
}

#[test]
fn a_block_is_a_slower_door() {
    let block = |ms: i64| Some(Block { until: NOW.plus_ms(ms), reason: "prank berulang".to_owned() });
    let blocked = NumberFacts { block: block(1), ..facts(&[(Class::Prank, 6, 0)], None) };
    let judged = verdict(&blocked, &[]);
    assert_eq!((judged.lane, judged.say), (Lane::B, Some(Prompt::Challenge)));
    // A blocked father with a real fire: heard first, and lane A.
    let father = NumberFacts { block: block(1), ..facts(&[(Class::Prank, 6, 0)], Some(())) };
    let judged = verdict(&father, &[]);
    assert_eq!((judged.lane, judged.say), (Lane::A, Some(Prompt::Challenge)));
    let over = NumberFacts { block: block(0), ..facts(&[], None) };
    assert_eq!(verdict(&over, &[]).say, None);
    let policy = ScreeningPolicy { blocks: false, lane_b_from: 101, ..ScreeningPolicy::default() };
    let judged = judge(&signals(&blocked, NOW), &policy);
    assert_eq!((judged.lane, judged.say), (Lane::A, None));
}

#[test]
fn a_telephone_that_calls_by_itself_is_named() {
    let mut facts = facts(&[], None);
    for hours in 1..=4 {
        facts.calls += 1;
        facts.newest.push(PastCall { at: NOW.plus_ms(-hours * 3_600_000), class: Some(Class::Ghost), sub: None });
    }
    let words: Vec<_> = verdict(&facts, &[]).reasons.iter().map(Reason::words).collect();
    assert!(words.iter().any(|words| words.starts_with("4 panggilan pada menit yang sama")), "{words:?}");
    // Four calls within one minute are a person who is impatient.
    for (index, call) in facts.newest.iter_mut().enumerate() {
        call.at = NOW.plus_ms(-i64::try_from(index).unwrap() * 5_000);
    }
    assert!(!signals(&facts, NOW).iter().any(|signal| matches!(signal, Signal::SameMinute { .. })));
}

#[test]
fn a_suspicion_is_a_probability_at_any_share() {
    assert!((probability_at(NEUTRAL, 0.99) - 0.99).abs() < 1e-9);
    assert!((probability_at(80, 0.5) - 0.8).abs() < 1e-9);
    assert!(probability_at(20, 0.99) > 0.95 && probability_at(20, 0.5) < 0.21);
    assert!(probability_at(100, 0.5) < 1.0 && probability_at(0, 0.5) > 0.0);
}

#[test]
fn unknown_is_plain() {
    let policy = ScreeningPolicy::default();
    assert_eq!(judge(&[], &policy), Verdict::plain(None));
    assert_eq!(judge(&[Signal::HistoryUnknown], &policy), Verdict::plain(Some(Reason::HistoryUnknown)));
    assert_eq!(judge(&[Signal::NoNumber], &policy), Verdict::plain(Some(Reason::NoNumber)));
}
