//! A day of a city, call by call: the mix of Kota Serang's first nine months of 2020, spread over the hours.

use super::{
    Options,
    persona::{Kind, Persona},
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use std::time::Duration;

/// 23,734 calls in the 274 days of January to September 2020 (published figure).
const CALLS: usize = 87;
/// Of these 162 in 23,734 were real: less than one a day.
const REAL_SHARE: f64 = 162.0 / 23_734.0;
/// ASSUMPTION: nobody publishes an hourly curve. Children by day, a bump at midnight, few before dawn.
const HOURS: [u32; 24] = [4, 2, 1, 1, 1, 1, 2, 3, 4, 5, 7, 7, 7, 6, 6, 7, 7, 7, 7, 7, 6, 5, 4, 4];
const HOUR: f64 = 3_600.0;

/// Every call of one day with its time after midnight, in order. At least `real_at_least` are real, so that a day has
/// something to lose; the rest is the mix.
pub fn calls(options: &Options, real_at_least: usize) -> Vec<(Duration, Persona)> {
    let mut dice = StdRng::seed_from_u64(options.seed);
    let real = (0..CALLS).filter(|_| dice.random_bool(REAL_SHARE)).count().max(real_at_least).min(CALLS);
    let mut kinds: Vec<Kind> = (0..CALLS)
        .map(|n| if n < real { Kind::REAL[n % Kind::REAL.len()] } else { Kind::everyday(&mut dice) })
        .collect();
    kinds.shuffle(&mut dice);
    let mut times: Vec<f64> = (0..CALLS).map(|_| moment(&mut dice)).collect();
    times.sort_by(f64::total_cmp);
    times
        .into_iter()
        .zip(kinds)
        .map(|(at, kind)| {
            let one = Options { kind: Some(options.kind.unwrap_or(kind)), ..options.clone() };
            (Duration::from_secs_f64(at), Persona::roll(&mut dice, &one))
        })
        .collect()
}

fn moment(dice: &mut StdRng) -> f64 {
    let mut left = dice.random_range(0..HOURS.iter().sum::<u32>());
    let mut hour = 0.0;
    for weight in HOURS {
        if left < weight {
            break;
        }
        left -= weight;
        hour += 1.0;
    }
    (hour + dice.random::<f64>()) * HOUR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callers::Pace;

    #[test]
    fn a_day_is_the_same_for_the_same_seed_and_has_something_to_lose() {
        let options = Options { pace: Pace::Day { speed: 60.0, real_at_least: 5 }, ..Options::quiet() };
        let day = calls(&options, 5);
        assert_eq!(day.len(), CALLS);
        assert!(day.windows(2).all(|pair| pair[0].0 <= pair[1].0) && day[CALLS - 1].0.as_secs() < 86_400);
        let real = day.iter().filter(|(_, persona)| Kind::REAL.contains(&persona.kind)).count();
        assert!((5..10).contains(&real), "{real}");
        let again: Vec<_> = calls(&options, 5).into_iter().map(|(at, one)| (at, one.kind, one.number)).collect();
        assert_eq!(day.into_iter().map(|(at, one)| (at, one.kind, one.number)).collect::<Vec<_>>(), again);
    }
}
