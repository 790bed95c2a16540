//! How far two people agree beyond chance: Cohen's kappa (1960), with the large-sample variance of Fleiss, Cohen and
//! Everitt (1969).

use std::collections::BTreeMap;

/// The standard normal's 97.5 % point.
const Z_975: f64 = 1.959_963_985;

/// What two people said about the same calls.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Agreement {
    /// Calls that both coded.
    pub of: u64,
    /// Of these, coded alike.
    pub alike: u64,
    /// `None`: both said one and the same of every call, or there is none; there is no chance to compare with.
    pub kappa: Option<Kappa>,
}

/// -1 to 1, with its 95 % limits.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Kappa {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

#[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

/// Counts pairs (first, second) of one call each.
#[must_use]
pub fn agreement<K: Ord + Copy>(pairs: impl IntoIterator<Item = (K, K)>) -> Agreement {
    let mut cells: BTreeMap<(K, K), u64> = BTreeMap::new();
    for pair in pairs {
        *cells.entry(pair).or_default() += 1;
    }
    let of = cells.values().sum();
    let alike = cells.iter().filter(|((a, b), _)| a == b).map(|(_, count)| count).sum();
    Agreement { of, alike, kappa: kappa(&cells, of) }
}

fn kappa<K: Ord + Copy>(cells: &BTreeMap<(K, K), u64>, of: u64) -> Option<Kappa> {
    let n = float(of);
    let (mut firsts, mut seconds): (BTreeMap<K, f64>, BTreeMap<K, f64>) = Default::default();
    for ((first, second), count) in cells {
        *firsts.entry(*first).or_default() += float(*count) / n;
        *seconds.entry(*second).or_default() += float(*count) / n;
    }
    let share = |of: &BTreeMap<K, f64>, key: &K| of.get(key).copied().unwrap_or(0.0);
    let by_chance: f64 = firsts.iter().map(|(key, first)| first * share(&seconds, key)).sum();
    let observed: f64 = cells.iter().filter(|((a, b), _)| a == b).map(|(_, count)| float(*count) / n).sum();
    // one cell holds all
    if of == 0 || cells.len() == 1 {
        return None;
    }
    let value = (observed - by_chance) / (1.0 - by_chance);
    let mut sum = 0.0;
    for ((first, second), count) in cells {
        let p = float(*count) / n;
        sum += if first == second {
            p * (1.0 - (share(&firsts, first) + share(&seconds, first)) * (1.0 - value)).powi(2)
        } else {
            p * (1.0 - value).powi(2) * (share(&seconds, first) + share(&firsts, second)).powi(2)
        };
    }
    let variance = (sum - (value - by_chance * (1.0 - value)).powi(2)) / (n * (1.0 - by_chance).powi(2));
    let half = Z_975 * variance.max(0.0).sqrt();
    Some(Kappa { value, low: (value - half).max(-1.0), high: (value + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::share_at_most_pct;
    use proptest::prelude::*;

    fn of_table(rows: &[&[u64]]) -> Agreement {
        let mut pairs = Vec::new();
        for (first, row) in rows.iter().enumerate() {
            for (second, count) in row.iter().enumerate() {
                pairs.extend((0..*count).map(|_| (first, second)));
            }
        }
        agreement(pairs)
    }

    #[track_caller]
    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() < within, "{found} is not {expected}");
    }

    /// Of two classes kappa is 2 (ad - bc) / ((a + b)(b + d) + (a + c)(c + d)): an identity that uses neither the share
    /// observed nor the one by chance.
    #[test]
    fn of_two_classes_it_is_the_cross_product() {
        for [a, b, c, d] in [[20, 5, 10, 15], [45, 15, 25, 15], [25, 35, 5, 35], [1, 0, 1, 48]] {
            let found = of_table(&[&[a, b], &[c, d]]).kappa.unwrap().value;
            let [a, b, c, d] = [a, b, c, d].map(float);
            near(found, 2.0 * (a * d - b * c) / ((a + b) * (b + d) + (a + c) * (c + d)), 1e-12);
        }
        // 35 of 50 alike where chance gives half: 0.4
        near(of_table(&[&[20, 5], &[10, 15]]).kappa.unwrap().value, 0.4, 1e-12);
    }

    #[test]
    fn without_a_chance_to_compare_with_there_is_no_kappa() {
        assert_eq!(of_table(&[&[7]]), Agreement { of: 7, alike: 7, kappa: None });
        assert_eq!(of_table(&[]), Agreement { of: 0, alike: 0, kappa: None });
        let all = of_table(&[&[7, 0], &[0, 3]]).kappa.unwrap();
        assert_eq!((all.value, all.low, all.high), (1.0, 1.0, 1.0));
        // one said prank of all, the other ghost of all: no better than chance
        near(of_table(&[&[0, 9], &[0, 0]]).kappa.map_or(0.0, |kappa| kappa.value), 0.0, 1e-12);
    }

    /// Kappa of cell shares, without counts: what the variance is the delta method of.
    fn of_shares(cells: &[Vec<f64>]) -> f64 {
        let total: f64 = cells.iter().flatten().sum();
        let k = cells.len();
        let row = |i: usize| cells[i].iter().sum::<f64>() / total;
        let column = |j: usize| cells.iter().map(|row| row[j]).sum::<f64>() / total;
        let chance: f64 = (0..k).map(|i| row(i) * column(i)).sum();
        ((0..k).map(|i| cells[i][i] / total).sum::<f64>() - chance) / (1.0 - chance)
    }

    proptest! {
        /// The variance against the delta method done by numbers: slopes of kappa by each cell, then the variance of a
        /// multinomial. Nothing of Fleiss, Cohen and Everitt's formula is in it.
        #[test]
        fn the_interval_is_that_of_the_delta_method(counts in prop::collection::vec(1_u64..60, 9)) {
            let n = float(counts.iter().sum());
            let shares: Vec<Vec<f64>> = counts.chunks(3).map(|row| row.iter().map(|c| float(*c) / n).collect()).collect();
            let step = 1e-6;
            let (mut first, mut second) = (0.0, 0.0);
            for i in 0..3 {
                for j in 0..3 {
                    let moved = |by: f64| { let mut cells = shares.clone(); cells[i][j] += by; of_shares(&cells) };
                    let slope = (moved(step) - moved(-step)) / (2.0 * step);
                    first += shares[i][j] * slope;
                    second += shares[i][j] * slope * slope;
                }
            }
            let half = Z_975 * ((second - first * first) / n).sqrt();
            let rows: Vec<&[u64]> = counts.chunks(3).collect();
            let found = of_table(&rows).kappa.unwrap();
            prop_assert!((found.value - of_shares(&shares)).abs() < 1e-9);
            prop_assert!((found.value - half).max(-1.0) - found.low < 1e-5 && found.low - (found.value - half).max(-1.0) < 1e-5);
            prop_assert!(((found.value + half).min(1.0) - found.high).abs() < 1e-5);
        }

        /// Who is called first and second does not matter.
        #[test]
        fn it_is_the_same_from_both_sides(pairs in prop::collection::vec((0..4_u8, 0..4_u8), 1..80)) {
            let there = agreement(pairs.clone());
            let back = agreement(pairs.into_iter().map(|(a, b)| (b, a)));
            prop_assert_eq!(there.alike, back.alike);
            if let (Some(there), Some(back)) = (there.kappa, back.kappa) {
                prop_assert!((there.value - back.value).abs() < 1e-9 && (there.low - back.low).abs() < 1e-9);
            }
        }

        /// The upper bound of mislabelled calls, by sums of binomial terms that share no code with it: were the true share
        /// the bound, so few would be found with a chance of exactly 5 %.
        #[test]
        fn the_bound_is_where_so_few_are_found_once_in_twenty(of in 1_u32..120, part in 0.0..1.0_f64) {
            let found = (f64::from(of) * part) as u32;
            prop_assume!(found < of);
            let p = share_at_most_pct(u64::from(found), u64::from(of)).unwrap() / 100.0;
            let mut term = (1.0 - p).powi(of.cast_signed());
            // A first term below the smallest number would leave the sum without its digits.
            prop_assume!(term > 1e-290);
            let mut sum = term;
            for k in 1..=found {
                term *= f64::from(of - k + 1) / f64::from(k) * p / (1.0 - p);
                sum += term;
            }
            prop_assert!((sum - 0.05).abs() < 1e-6, "{sum}");
        }
    }

    #[test]
    fn none_found_is_the_root_of_a_twentieth() {
        for of in [1_u32, 10, 50, 59, 2_400] {
            let expected = (1.0 - 0.05_f64.powf(1.0 / f64::from(of))) * 100.0;
            near(share_at_most_pct(0, u64::from(of)).unwrap(), expected, 1e-9);
        }
    }
}
