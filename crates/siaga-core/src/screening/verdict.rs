//! From signals to a verdict: sums with decay, no memory, no clock.

use super::facts::NumberFacts;
use crate::{class::Class, time::Timestamp, view::desk::Lane};

/// From this suspicion on a call waits in lane B.
pub const SUSPICION_LANE_B: u8 = 60;
/// The weight of an earlier call halves in this time: what a household's child did last month says little today.
const HALF_LIFE_MS: i64 = 7 * 86_400_000;
/// Points of a fresh confirmed prank; five in a few days reach lane B.
const PRANK_POINTS: f64 = 14.0;
/// Points of a fresh call without a voice: weaker, since silence is no proof.
const GHOST_POINTS: f64 = 6.0;
/// Silence alone never reaches lane B, however often.
const GHOST_POINTS_MAX: f64 = 50.0;
/// What an ordinary call takes away: the household has somebody who speaks.
const INFORMATION_POINTS: f64 = 4.0;

/// One thing measured about a caller before the call is answered.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Signal {
    /// The line gives no number that could have a history.
    NoNumber,
    /// The history could not be read in time.
    HistoryUnknown,
    /// The number reported something real before.
    RealReport { count: u32 },
    /// Earlier calls of one class; `weight` is their count after decay.
    Earlier { class: Class, count: u32, weight: f64 },
}

/// Why, in words for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    NoNumber,
    HistoryUnknown,
    RealReport { count: u32 },
    Earlier { class: Class, count: u32 },
}

impl Reason {
    /// Indonesian, one clause.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Reason::NoNumber => "tanpa nomor: selalu antrean utama".to_owned(),
            Reason::HistoryUnknown => "riwayat nomor belum terbaca: berdering biasa".to_owned(),
            Reason::RealReport { count } => format!("{count} laporan nyata sebelumnya: selalu antrean utama"),
            Reason::Earlier { class: Class::Ghost, count } => format!("{count} panggilan tanpa suara akhir-akhir ini"),
            Reason::Earlier { class: Class::Prank, count } => format!("{count} prank akhir-akhir ini"),
            Reason::Earlier { class, count } => format!("{count} {} akhir-akhir ini", class.label().to_lowercase()),
        }
    }
}

/// What screening can say: where a call stands in the queue, and why. There is no word for refusing it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    pub lane: Lane,
    /// 0 (none) to 100.
    pub suspicion: u8,
    pub reasons: Vec<Reason>,
}

impl Verdict {
    /// The call rings plainly.
    #[must_use]
    pub fn plain(reason: Option<Reason>) -> Self {
        Self { lane: Lane::A, suspicion: 0, reasons: reason.into_iter().collect() }
    }
}

/// Measures the history of a number.
#[must_use]
pub fn signals(facts: &NumberFacts, now: Timestamp) -> Vec<Signal> {
    let mut found = Vec::new();
    let real = facts.count(Class::Emergency).max(u32::from(facts.real.is_some()));
    if real > 0 {
        found.push(Signal::RealReport { count: real });
    }
    for class in [Class::Prank, Class::Ghost, Class::Information] {
        let (mut count, mut weight) = (0, 0.0);
        for call in facts.newest.iter().filter(|call| call.class == Some(class)) {
            let age_ms = now.ms_since(call.at).max(0);
            count += 1;
            #[expect(clippy::cast_precision_loss, reason = "ages in milliseconds are far below 2^52")]
            let halvings = age_ms as f64 / HALF_LIFE_MS as f64;
            weight += 0.5_f64.powf(halvings);
        }
        if count > 0 {
            found.push(Signal::Earlier { class, count, weight });
        }
    }
    found
}

/// Decides. A real report, no number or an unread history always mean lane A.
#[must_use]
pub fn judge(signals: &[Signal]) -> Verdict {
    let (mut points, mut always_a, mut reasons) = (0.0, false, Vec::new());
    for signal in signals {
        match *signal {
            Signal::NoNumber => {
                always_a = true;
                reasons.push(Reason::NoNumber);
            }
            Signal::HistoryUnknown => {
                always_a = true;
                reasons.push(Reason::HistoryUnknown);
            }
            Signal::RealReport { count } => {
                always_a = true;
                reasons.push(Reason::RealReport { count });
            }
            Signal::Earlier { class, count, weight } => {
                let part = match class {
                    Class::Prank => PRANK_POINTS * weight,
                    Class::Ghost => (GHOST_POINTS * weight).min(GHOST_POINTS_MAX),
                    Class::Information => -INFORMATION_POINTS * weight,
                    Class::Emergency | Class::Abandoned | Class::Test => 0.0,
                };
                points += part;
                if part >= 1.0 {
                    reasons.push(Reason::Earlier { class, count });
                }
            }
        }
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0-100 just before")]
    let suspicion = points.clamp(0.0, 100.0).round() as u8;
    let lane = if !always_a && suspicion >= SUSPICION_LANE_B { Lane::B } else { Lane::A };
    Verdict { lane, suspicion, reasons }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::facts::{PastCall, RealReport};

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
    const DAY_MS: i64 = 86_400_000;

    fn facts(past: &[(Class, usize, i64)], real: Option<()>) -> NumberFacts {
        let mut facts = NumberFacts::default();
        for &(class, count, days) in past {
            for _ in 0..count {
                facts.calls += 1;
                *facts.by_class.entry(class).or_default() += 1;
                let at = NOW.plus_ms(-days * DAY_MS);
                facts.newest.push(PastCall { at, class: Some(class), sub: None });
            }
        }
        facts.real = real.map(|()| RealReport { at: NOW.plus_ms(-200 * DAY_MS), incident_type: None });
        facts
    }

    fn check(past: &[(Class, usize, i64)], real: Option<()>, lane: Lane, suspicion: std::ops::RangeInclusive<u8>) {
        let verdict = judge(&signals(&facts(past, real), NOW));
        assert_eq!(verdict.lane, lane, "{past:?} {verdict:?}");
        assert!(suspicion.contains(&verdict.suspicion), "{past:?} {verdict:?}");
    }

    #[test]
    fn evidence_adds_up_and_decays() {
        use Class::{Abandoned, Ghost, Information, Prank, Test};
        check(&[], None, Lane::A, 0..=0);
        check(&[(Prank, 1, 0)], None, Lane::A, 14..=14);
        check(&[(Prank, 5, 0)], None, Lane::B, 70..=70);
        // Four weeks later the same five say almost nothing.
        check(&[(Prank, 5, 28)], None, Lane::A, 1..=8);
        // Silence alone is no proof, however often.
        check(&[(Ghost, 50, 0)], None, Lane::A, 50..=50);
        check(&[(Ghost, 50, 0), (Prank, 1, 0)], None, Lane::B, 64..=64);
        // Abandoned calls and tests say nothing.
        check(&[(Abandoned, 30, 0), (Test, 30, 0)], None, Lane::A, 0..=0);
        check(&[(Prank, 5, 0), (Information, 5, 0)], None, Lane::A, 50..=50);
        check(&[(Prank, 50, 0)], None, Lane::B, 100..=100);
    }

    #[test]
    fn a_real_report_always_leads_to_lane_a() {
        check(&[(Class::Prank, 40, 0)], Some(()), Lane::A, 100..=100);
        check(&[(Class::Prank, 40, 0), (Class::Emergency, 1, 300)], None, Lane::A, 100..=100);
        let verdict = judge(&signals(&facts(&[(Class::Prank, 2, 0)], Some(())), NOW));
        let words: Vec<_> = verdict.reasons.iter().map(Reason::words).collect();
        assert_eq!(words, ["1 laporan nyata sebelumnya: selalu antrean utama", "2 prank akhir-akhir ini"]);
    }

    #[test]
    fn unknown_is_plain() {
        for signal in [Signal::NoNumber, Signal::HistoryUnknown] {
            let verdict = judge(&[signal]);
            assert_eq!((verdict.lane, verdict.suspicion, verdict.reasons.len()), (Lane::A, 0, 1));
        }
    }
}
