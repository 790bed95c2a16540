//! The dice of the simulated city: xoshiro256** (Blackman and Vigna, public domain), written out so that a seed gives
//! the same city with every version of every library.

/// One stream of chance. Streams with different seeds are independent.
#[derive(Clone, Debug)]
pub struct Dice {
    state: [u64; 4],
}

impl Dice {
    /// The state is spread from the seed by splitmix64, as the authors of the generator advise.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut x = seed;
        let state = std::array::from_fn(|_| {
            x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        });
        Self { state }
    }

    /// A stream of its own for one thing of many.
    #[must_use]
    pub fn of(seed: u64, thing: u64) -> Self {
        Self::new(seed ^ thing.wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(17))
    }

    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= t;
        *d = d.rotate_left(45);
        result
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (self.bits() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// From 0 to `n` - 1; 0 where there is no choice.
    #[expect(clippy::cast_possible_truncation, reason = "the product's upper half is below n")]
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Box and Muller; the second of the pair is not kept, so that each question costs the same two throws.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Its logarithm is normal: reaction, talk and patience times look like this.
    pub fn around(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// Between events that come by chance.
    pub fn gap(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// How many come, when `mean` are expected (Knuth up to 30, beyond it the normal approximation).
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and not negative")]
    pub fn count(&mut self, mean: f64) -> usize {
        if mean > 30.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as usize;
        }
        let (limit, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// An index, by weight.
    pub fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (index, weight) in weights.enumerate() {
            if weight > 0.0 {
                last = index;
            }
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// Seconds as whole milliseconds.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "times of a year are far below 2^53 ms")]
    pub fn ms(seconds: f64) -> i64 {
        (seconds * 1_000.0).round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_city() {
        let throw = |seed| std::array::from_fn::<u64, 4, _>(|_| Dice::new(seed).bits());
        assert_eq!(throw(112), throw(112));
        assert_ne!(throw(112), throw(113));
        assert_ne!(Dice::of(112, 1).bits(), Dice::of(112, 2).bits());
    }

    #[test]
    fn chance_has_the_shape_it_says() {
        let mut dice = Dice::new(1);
        let many = |dice: &mut Dice, throw: fn(&mut Dice) -> f64| {
            let mut all: Vec<f64> = (0..20_000).map(|_| throw(dice)).collect();
            all.sort_by(f64::total_cmp);
            (all.iter().sum::<f64>() / 20_000.0, all[10_000])
        };
        let (mean, _) = many(&mut dice, |d| d.gap(3.0));
        assert!((2.9..3.1).contains(&mean), "{mean}");
        let (_, median) = many(&mut dice, |d| d.around(8.0, 0.5));
        assert!((7.8..8.2).contains(&median), "{median}");
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let (mean, _) = many(&mut dice, |d| d.count(4.0) as f64);
        assert!((3.9..4.1).contains(&mean), "{mean}");
        let (mean, _) = many(&mut dice, |d| f64::from(u8::from(d.weighted([1.0, 0.0, 3.0].into_iter()) == 2)));
        assert!((0.74..0.76).contains(&mean), "{mean}");
    }
}
