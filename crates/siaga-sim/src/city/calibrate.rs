//! Does a suspicion mean what it says? Measured on years whose seeds and shares were used for nothing else.

use super::figures::Judged;
use serde::Serialize;
use siaga_core::screening::probability_at;

/// Bins of the curve.
const BINS: usize = 10;

/// How well suspicion foretells nuisance in one group of years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    pub what: String,
    /// Calls with a number, as only these have a history.
    pub calls: usize,
    pub nuisance_share: f64,
    /// The share that the probabilities assume: what the centre counted before.
    pub assumed_share: f64,
    /// Mean squared error of the probability; 0 is perfect.
    pub brier: f64,
    /// Of somebody who says the group's own share for each call.
    pub brier_of_base_rate: f64,
    /// Chance that a nuisance has a higher suspicion than another call (0.5: none).
    pub auc: f64,
    /// By suspicion, ten bins.
    pub curve: Vec<Bin>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    pub suspicion_from: u8,
    pub suspicion_to: u8,
    pub calls: usize,
    /// Mean probability of nuisance that was said.
    pub said: Option<f64>,
    /// Share that was nuisance.
    pub was: Option<f64>,
}

/// Measures judged calls. `assumed_share` comes from elsewhere, never from these calls.
#[must_use]
pub fn calibration(what: String, judged: &[Judged], assumed_share: f64) -> Calibration {
    let calls = judged.len();
    let share = |part: f64| part / calls.max(1) as f64;
    let nuisance = judged.iter().filter(|call| call.nuisance).count();
    let nuisance_share = share(nuisance as f64);
    let said = |call: &Judged| probability_at(call.suspicion, assumed_share);
    let error = |call: &Judged| (said(call) - f64::from(u8::from(call.nuisance))).powi(2);
    let mut curve = Vec::new();
    for bin in 0..BINS {
        let (from, to) = (bin * 100 / BINS, if bin + 1 == BINS { 100 } else { (bin + 1) * 100 / BINS - 1 });
        let inside: Vec<&Judged> =
            judged.iter().filter(|call| (from..=to).contains(&usize::from(call.suspicion))).collect();
        let mean = |sum: f64| (!inside.is_empty()).then(|| sum / inside.len() as f64);
        curve.push(Bin {
            suspicion_from: u8::try_from(from).unwrap_or_default(),
            suspicion_to: u8::try_from(to).unwrap_or_default(),
            calls: inside.len(),
            said: mean(inside.iter().map(|call| said(call)).sum()),
            was: mean(inside.iter().filter(|call| call.nuisance).count() as f64),
        });
    }
    Calibration {
        what,
        calls,
        nuisance_share,
        assumed_share,
        brier: share(judged.iter().map(error).sum()),
        brier_of_base_rate: nuisance_share * (1.0 - nuisance_share),
        auc: auc(judged),
        curve,
    }
}

/// Counts pairs by suspicion; equal ones count half.
fn auc(judged: &[Judged]) -> f64 {
    let (mut nuisance, mut other) = ([0.0; 101], [0.0; 101]);
    for call in judged {
        let place = usize::from(call.suspicion).min(100);
        if call.nuisance { nuisance[place] += 1.0 } else { other[place] += 1.0 }
    }
    let (mut below, mut pairs) = (0.0, 0.0);
    for (n, o) in nuisance.iter().zip(other) {
        pairs += n * (below + o / 2.0);
        below += o;
    }
    let all = nuisance.iter().sum::<f64>() * below;
    if all > 0.0 { pairs / all } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(rows: &[(u8, bool, usize)]) -> Vec<Judged> {
        rows.iter().flat_map(|&(suspicion, nuisance, n)| vec![Judged { suspicion, nuisance }; n]).collect()
    }

    #[test]
    fn a_true_word_scores_better_than_none() {
        // At even odds a suspicion is a probability: nine of ten at 90 are nuisance, one of ten at 10.
        let honest = many(&[(90, true, 90), (90, false, 10), (10, true, 10), (10, false, 90)]);
        let measured = calibration("honest".to_owned(), &honest, 0.5);
        assert!((measured.brier - 0.09).abs() < 1e-9, "{measured:?}");
        assert!((measured.brier_of_base_rate - 0.25).abs() < 1e-9);
        assert!((measured.auc - 0.9).abs() < 1e-9, "{}", measured.auc);
        assert_eq!(measured.curve[9].was, Some(0.9));
        let liar = many(&[(10, true, 90), (10, false, 10), (90, true, 10), (90, false, 90)]);
        assert!(calibration("liar".to_owned(), &liar, 0.5).brier > 0.5);
    }
}
