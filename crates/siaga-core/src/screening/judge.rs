//! From signals to a verdict: a sum of weights of evidence (logarithms of how much more often nuisance shows the signal
//! than a real report does) through the logistic curve. No memory, no clock.

use super::{
    policy::ScreeningPolicy,
    signal::{Heard, Signal},
    verdict::{Reason, Verdict},
};
use crate::{call::Prompt, class::Class, view::desk::Lane};

/// The suspicion that says nothing: both equally probable.
pub const NEUTRAL: u8 = 50;

// Weights in nats; `docs/decisions/0003-what-suspicion-means.md` says where they come from and who tunes them.
/// Times ln(1 + decayed count): the second prank says less than the first.
const PRANK: f64 = 1.2;
const GHOST: f64 = 0.6;
const INFORMATION: f64 = -0.35;
const SHORT: f64 = 0.3;
const FIRST_CALL: f64 = -1.4;
const SAME_MINUTE: f64 = 1.0;
const BLOCKED: f64 = 1.0;
const REAL_REPORT: f64 = -2.0;
const NEAR_INCIDENT: f64 = -2.0;
const POSITION: f64 = -1.0;
const SILENCE: f64 = 1.0;
const VOICE: f64 = -0.75;
const KEY: f64 = -0.5;
/// Rare among pranks: the link went to the telephone that called, and a person opened it.
const SENT: f64 = -1.0;
const NOISE: f64 = -0.25;
/// What silence still weighs when many numbers are silent at once.
const SILENCE_IN_FLEET: f64 = 0.25;
/// Everything that is only silence, now and before, together weighs at most this (suspicion 82): no proof, however often.
const SILENCE_MAX: f64 = 1.5;
/// A reason smaller than this is not shown.
const SHOWN_FROM: f64 = 0.05;

/// Decides. An earlier report, a position, a message over the location link, an open incident nearby, no number or an unread
/// history always mean lane A.
#[must_use]
pub fn judge(signals: &[Signal], policy: &ScreeningPolicy) -> Verdict {
    let blocked = policy.blocks && signals.contains(&Signal::Blocked);
    let fleet = signals.iter().any(|signal| matches!(signal, Signal::SilentFleet { .. }));
    let voice = signals.contains(&Signal::Heard(Heard::Voice));
    let prank = signals.iter().find_map(|signal| match signal {
        Signal::Earlier { class: Class::Prank, weight, .. } => Some(*weight),
        _ => None,
    });
    let (mut sum, mut silence, mut always_a) = (0.0, 0.0, false);
    let (mut for_caller, mut against) = (Vec::new(), Vec::new());
    for signal in signals {
        let (weight, reason, is_silence) = match *signal {
            Signal::RealReport { count } => (REAL_REPORT, Reason::RealReport { count }, false),
            // Who reports in earnest may be too late, or mistaken: it weighs the same, in other words.
            Signal::NothingFound { count } => (REAL_REPORT, Reason::NothingFound { count }, false),
            Signal::NearIncident => (NEAR_INCIDENT, Reason::NearIncident, false),
            Signal::Position => (POSITION, Reason::Position, false),
            Signal::NoNumber => (0.0, Reason::NoNumber, false),
            Signal::HistoryUnknown => (0.0, Reason::HistoryUnknown, false),
            Signal::FirstCall => (FIRST_CALL, Reason::FirstCall, false),
            Signal::Blocked if policy.blocks => (BLOCKED, Reason::Blocked, false),
            Signal::Blocked => continue,
            Signal::Earlier { class, count, weight } => {
                let (factor, is_silence) = match class {
                    Class::Prank => (PRANK, false),
                    // Who speaks now is not what was silent before.
                    Class::Ghost => (if voice { 0.0 } else { GHOST }, true),
                    Class::Information => (INFORMATION, false),
                    Class::Emergency | Class::Abandoned | Class::Test => (0.0, false),
                };
                (factor * weight.ln_1p(), Reason::Earlier { class, count }, is_silence)
            }
            Signal::Short { count } => (SHORT * f64::from(count).ln_1p(), Reason::Short { count }, true),
            Signal::SameMinute { count } => (SAME_MINUTE, Reason::SameMinute { count }, false),
            Signal::Heard(heard) => {
                let weight = match heard {
                    Heard::Silence if fleet => SILENCE * SILENCE_IN_FLEET,
                    Heard::Silence => SILENCE,
                    // Pranksters speak too: the more pranks, the less a voice says.
                    Heard::Voice => VOICE / (1.0 + prank.unwrap_or_default()),
                    Heard::Key => KEY,
                    Heard::Sent => SENT,
                    Heard::Noise => NOISE,
                };
                (weight, Reason::Heard(heard), heard == Heard::Silence)
            }
            Signal::SilentFleet { numbers } => (0.0, Reason::SilentFleet { numbers }, false),
        };
        always_a |= matches!(
            signal,
            Signal::RealReport { .. }
                | Signal::NothingFound { .. }
                | Signal::NearIncident
                | Signal::Position
                | Signal::Heard(Heard::Sent)
                | Signal::NoNumber
                | Signal::HistoryUnknown
        );
        *if is_silence { &mut silence } else { &mut sum } += weight;
        let told = matches!(signal, Signal::NoNumber | Signal::HistoryUnknown | Signal::SilentFleet { .. });
        if weight < -SHOWN_FROM || (told && weight <= 0.0) {
            for_caller.push(reason);
        } else if weight > SHOWN_FROM {
            against.push(reason);
        }
    }
    // Real reports first, then what else speaks for the caller, then what speaks against.
    for_caller.sort_by_key(|reason| !matches!(reason, Reason::RealReport { .. } | Reason::NothingFound { .. }));
    for_caller.append(&mut against);
    let suspicion = percent(sum + silence.min(SILENCE_MAX));
    let lane = if !always_a && (blocked || suspicion >= policy.lane_b_from) { Lane::B } else { Lane::A };
    Verdict { lane, say: blocked.then_some(Prompt::Challenge), suspicion, reasons: for_caller }
}

fn percent(logit: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the curve stays inside 0-100")]
    let percent = (100.0 / (1.0 + (-logit).exp())).round().clamp(0.0, 100.0) as u8;
    percent
}

/// The probability of nuisance behind a suspicion in a city where this share (0-1, exclusive) of all calls is nuisance:
/// the suspicion itself stands for a share of one half.
#[must_use]
pub fn probability_at(suspicion: u8, nuisance_share: f64) -> f64 {
    // The rounded ends stand for half a point, not for certainty.
    let p = (f64::from(suspicion) / 100.0).clamp(0.005, 0.995);
    let share = nuisance_share.clamp(1e-6, 1.0 - 1e-6);
    let odds = p / (1.0 - p) * share / (1.0 - share);
    odds / (1.0 + odds)
}

#[cfg(test)]
mod tests;
