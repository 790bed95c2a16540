//! How sure a figure is: limits that hold for small counts too. All of them take calls as independent of each other;
//! one number that calls seventeen times makes the truth less sure than they say (`docs/definitions.md`).

/// How sure the limits are: 95 % of such intervals hold the truth.
const SURE: f64 = 0.95;
/// Halvings of 0..1: more than a double can tell apart.
const HALVINGS: u32 = 60;
/// The continued fraction needs about the square root of its larger argument; counts stay under 10^9.
const FRACTION_STEPS_MAX: u32 = 100_000;
/// Where a term changes nothing any more.
const TINY: f64 = 1e-14;
/// The standard normal's 97.5 % point.
const Z_975: f64 = 1.959_963_985;

#[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}

/// Limits of the change in percent from `old` to `new` counts of equal spans: given their sum, the new count is binomial
/// (the exact test of two Poisson counts). The upper limit is missing where the old count is 0.
#[must_use]
pub fn change_limits_pct(old: u64, new: u64) -> (f64, Option<f64>) {
    let tail = (1.0 - SURE) / 2.0;
    let pct = |share: f64| (share / (1.0 - share) - 1.0) * 100.0;
    let low = if new == 0 { -100.0 } else { pct(beta_quantile(tail, float(new), float(old) + 1.0)) };
    let high = (old > 0).then(|| pct(beta_quantile(1.0 - tail, float(new) + 1.0, float(old))));
    (low, high)
}

/// The share in percent that is not exceeded with 95 % certainty when `found` of `of` were found (Clopper and Pearson,
/// one-sided). With none found about 3 of `of`: the rule of three.
#[must_use]
pub fn share_at_most_pct(found: u64, of: u64) -> Option<f64> {
    if of == 0 || found > of {
        return None;
    }
    if found == of {
        return Some(100.0);
    }
    Some(beta_quantile(SURE, float(found) + 1.0, float(of - found)) * 100.0)
}

/// Limits of the mean behind a Poisson count, by Byar's approximation (within 0.5 % of the exact ones from 5 on).
#[must_use]
pub fn poisson_limits(count: u64) -> (f64, f64) {
    let side = |n: f64, z: f64| n * (1.0 - 1.0 / (9.0 * n) + z / (3.0 * n.sqrt())).powi(3);
    let n = float(count);
    (if count == 0 { 0.0 } else { side(n, -Z_975).max(0.0) }, side(n + 1.0, Z_975))
}

/// The point that Student's t with so many degrees of freedom exceeds in 2.5 of 100 cases: half the width of a 95 % interval in
/// standard errors, where these come from the data themselves. One degree at least.
#[must_use]
pub fn student_975(free: usize) -> f64 {
    let free = float(free.max(1) as u64);
    // t² is free · (1 - x) / x, where x has a beta distribution of free / 2 and 1/2.
    let x = beta_quantile(1.0 - SURE, free / 2.0, 0.5);
    (free * (1.0 - x) / x).sqrt()
}

/// The point that `p` of a beta distribution lies below.
fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if beta_below(middle, a, b) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// How much of a beta distribution lies below `x`: the regularised incomplete beta function, by its continued fraction
/// (Abramowitz and Stegun 26.5.8), on the side where it runs fast.
fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// By the method of Lentz: two terms a step, none of them ever divided by 0.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const FLOOR: f64 = 1e-300;
    let kept = |value: f64| if value.abs() < FLOOR { FLOOR } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = d;
    for step in 1..=FRACTION_STEPS_MAX {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        sum *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        let turn = c * d;
        sum *= turn;
        if (turn - 1.0).abs() < TINY {
            break;
        }
    }
    sum
}

/// Stirling's series for what is large, the recurrence for what is small.
fn ln_gamma(x: f64) -> f64 {
    /// From here on the series is right to the last digits.
    const LARGE: f64 = 12.0;
    let mut shift = 0.0;
    let mut x = x;
    while x < LARGE {
        shift += x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series = (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1_260.0 - 1.0 / (1_680.0 * square)) / square) / square) / x;
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() < within, "{found} is not {expected}");
    }

    #[test]
    fn the_logarithm_of_a_factorial() {
        near(ln_gamma(1.0), 0.0, 1e-12);
        near(ln_gamma(11.0), 3_628_800_f64.ln(), 1e-11);
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-11);
    }

    /// Whole arguments: a beta distribution is a sum of binomial terms.
    #[test]
    fn the_incomplete_beta_is_a_binomial_sum() {
        let binomial = |n: u32, k: u32, x: f64| {
            let ways = (0..k).fold(1.0, |ways, i| ways * f64::from(n - i) / f64::from(i + 1));
            ways * x.powi(k.cast_signed()) * (1.0 - x).powi((n - k).cast_signed())
        };
        for (a, b) in [(1u32, 1u32), (2, 5), (7, 3), (20, 41)] {
            for x in [0.01, 0.2, 0.5, 0.77, 0.99] {
                let n = a + b - 1;
                let sum: f64 = (a..=n).map(|k| binomial(n, k, x)).sum();
                near(beta_below(x, f64::from(a), f64::from(b)), sum, 1e-10);
            }
        }
    }

    /// Exact limits as tables give them (for example Sahai and Khurshid): 10 of 20 is 27.20 to 72.80 %.
    #[test]
    fn known_limits_come_out() {
        near(beta_quantile(0.025, 10.0, 11.0), 0.271_96, 1e-5);
        near(beta_quantile(0.975, 11.0, 10.0), 0.728_04, 1e-5);
        // None of 100: 1 - 0.05^(1/100), the rule of three says 3.
        near(share_at_most_pct(0, 100).unwrap(), 2.951_3, 1e-3);
        near(share_at_most_pct(1, 100).unwrap(), 4.655_7, 1e-3);
        assert_eq!((share_at_most_pct(0, 0), share_at_most_pct(5, 5)), (None, Some(100.0)));
        // The exact limits of a count of 10 are 4.795 and 18.390.
        let (low, high) = poisson_limits(10);
        near(low, 4.795, 0.03);
        near(high, 18.390, 0.03);
        assert_eq!(poisson_limits(0).0, 0.0);
    }

    /// As tables have them.
    #[test]
    fn students_t_is_that_of_tables() {
        for (free, t) in [(1, 12.706), (2, 4.303), (6, 2.447), (24, 2.064), (120, 1.980)] {
            near(student_975(free), t, 1e-3);
        }
    }

    #[test]
    fn a_change_lies_between_its_limits() {
        for (old, new) in [(1, 1), (16_000, 23_734), (120, 162), (3, 0), (50, 20), (400_000, 400_100)] {
            let (low, high) = change_limits_pct(old, new);
            let change = (float(new) - float(old)) * 100.0 / float(old);
            assert!(low <= change && change <= high.unwrap(), "{low} {change} {high:?}");
        }
        // Large counts: the usual interval of the logarithm.
        let (low, high) = change_limits_pct(16_000, 23_734);
        let half = Z_975 * (1.0 / 16_000.0_f64 + 1.0 / 23_734.0).sqrt();
        near(low, ((23_734.0 / 16_000.0_f64).ln() - half).exp() * 100.0 - 100.0, 0.02);
        near(high.unwrap(), ((23_734.0 / 16_000.0_f64).ln() + half).exp() * 100.0 - 100.0, 0.02);
        assert_eq!(change_limits_pct(0, 5).1, None);
        assert_eq!(change_limits_pct(5, 0).0, -100.0);
    }
}
