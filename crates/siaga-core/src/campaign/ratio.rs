//! How many times the calls of one span are those of another, and between which limits.

use super::sample::{Sample, Spread, float};
use crate::{
    report::FEW,
    view::campaign::{EffectRatio, EffectVerdict},
};

/// Half a call more, so that a span without a call has a logarithm too (Haldane, Anscombe).
const HALF: f64 = 0.5;

/// The ratio of two spans, as its logarithm scatters.
#[derive(Clone, Copy)]
pub(super) struct LogRatio {
    point: f64,
    centre: f64,
    /// Of the logarithm, for a spread of 1.
    variance: f64,
    found: f64,
    expected: f64,
}

impl LogRatio {
    /// `now` over what `before` lets expect. None where that is too few to say anything.
    pub fn of(now: &Sample, before: &Sample) -> Option<Self> {
        let (expected, variance, found) = now.against(before);
        let few = float(FEW);
        (before.calls() >= few && expected >= few).then(|| Self {
            point: found / expected,
            centre: ((found + HALF) / expected).ln(),
            variance: 1.0 / (found + HALF) + variance,
            found,
            expected,
        })
    }

    /// This ratio over that of the year before: what changed beyond what that year changed too. None where nobody called then.
    pub fn beyond(self, year: Self) -> Option<Self> {
        (year.found >= float(FEW)).then(|| Self {
            point: self.point / year.point,
            centre: self.centre - year.centre,
            variance: self.variance + year.variance,
            found: self.found,
            expected: self.expected * year.point,
        })
    }

    /// With its limits; what is said is what is shown, to the tenth of a percent.
    pub fn told(self, spread: Spread) -> Option<EffectRatio> {
        let (factor, width) = spread.width()?;
        let half = width * self.variance.sqrt();
        let tenths = |ratio: f64| ((ratio - 1.0) * 1_000.0).round() / 10.0 + 0.0;
        let low = tenths((self.centre - half).exp().min(self.point));
        let high = tenths((self.centre + half).exp().max(self.point));
        let verdict = match () {
            () if high < 0.0 => EffectVerdict::Fell,
            () if low > 0.0 => EffectVerdict::Rose,
            () => EffectVerdict::Indistinct,
        };
        let one = |value: f64| (value * 10.0).round() / 10.0;
        Some(EffectRatio {
            verdict,
            change_pct: tenths(self.point),
            low_pct: low,
            high_pct: high,
            found: self.found,
            expected: one(self.expected),
            spread: one(factor),
        })
    }
}
