//! Who wants to call when: made from the seed before the first call, so that every policy meets the same people.

mod curve;

pub use curve::{Mix, curve};

use super::{
    assume as a,
    calendar::{DAY_MS, HOUR_MS, YEAR_DAYS, is_school_holiday, moment},
    dice::Dice,
    truth::{Kind, Scene},
};

/// Somebody picks up a telephone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intent {
    /// Milliseconds since the start of the run.
    pub at_ms: i64,
    pub kind: Kind,
    pub household: u32,
    pub scene: Scene,
    /// All chance about this person.
    pub seed: u64,
}

/// How many calls of which sort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volume {
    pub calls_per_year: f64,
    pub real_share: f64,
}

impl Default for Volume {
    fn default() -> Self {
        Self { calls_per_year: a::CALLS_PER_YEAR, real_share: a::REAL_SHARE }
    }
}

/// Lowest household: smaller indices would look like dummy numbers.
const FIRST: usize = 1_000;
const FIRST_BROKEN: usize = 400_000;
const FIRST_GHOST: usize = 20_000;

struct Planner {
    dice: Dice,
    intents: Vec<Intent>,
    /// Running sums of the rank law, so that a draw is a search.
    ranks: Vec<f64>,
}

/// A number of days, from day 0 on.
#[must_use]
pub fn days(seed: u64, volume: Volume, days: i64) -> Vec<Intent> {
    let mut planner = Planner::new(seed);
    let weights: Vec<(f64, f64)> = (0..YEAR_DAYS).map(day_weights).collect();
    let (all, pranks) = weights.iter().fold((0.0, 0.0), |sum, w| (sum.0 + w.0, sum.1 + w.0 * w.1));
    let storms: Vec<i64> = (0..a::STORM_NIGHTS).map(|_| planner.day()).collect();
    let blackouts: Vec<i64> = (0..a::BLACKOUTS).map(|_| planner.day()).collect();
    let storm_real = a::STORM_REAL * storms.len() as f64;
    let real = (volume.calls_per_year * volume.real_share - storm_real).max(0.0) / YEAR_DAYS as f64;
    let information = volume.calls_per_year * a::INFORMATION_SHARE;
    let rest = volume.calls_per_year * (1.0 - a::INFORMATION_SHARE - volume.real_share).max(0.0);
    let prank = rest * a::PRANK_PER_GHOST / (1.0 + a::PRANK_PER_GHOST);
    for day in 0..days {
        let (weight, holiday) = weights[usize::try_from(day % YEAR_DAYS).unwrap_or_default()];
        let scene = if weight > 1.0 { Scene::Launch } else { Scene::Ordinary };
        planner.pranks(day, prank * weight * holiday / pranks, scene);
        planner.ghosts(day, (rest - prank) * weight / all, scene);
        planner.information(day, information * weight / all, scene);
        planner.real_of_day(day, real, scene);
        if storms.contains(&day) {
            planner.storm(day);
        }
        if blackouts.contains(&day) {
            planner.blackout(day);
        }
    }
    planner.sorted()
}

/// Ordinary days, and then hours in which far more call than anybody can answer.
#[must_use]
pub fn flood(seed: u64, before_days: i64, hours: i64) -> Vec<Intent> {
    let mut intents = days(seed, Volume::default(), before_days);
    intents.iter_mut().for_each(|intent| intent.scene = Scene::Before);
    let mut planner = Planner::new(seed ^ 0xf100d);
    let start = before_days * DAY_MS + 15 * HOUR_MS;
    let information = a::FLOOD_NUISANCE * a::INFORMATION_SHARE;
    let prank = (a::FLOOD_NUISANCE - information) * a::PRANK_PER_GHOST / (1.0 + a::PRANK_PER_GHOST);
    for hour in 0..hours {
        let from = start + hour * HOUR_MS;
        planner.spread(prank / a::PRANKS_IN_A_ROW, |p| {
            let at = from + p.within(HOUR_MS);
            p.sitting(at, Scene::Flood);
        });
        planner.spread(a::FLOOD_NUISANCE - information - prank, |p| {
            let at = from + p.within(HOUR_MS);
            p.ghost(at, Scene::Flood);
        });
        planner.spread(information, |p| {
            let at = from + p.within(HOUR_MS);
            p.asker(at, Scene::Flood);
        });
        planner.spread(a::FLOOD_REAL, |p| {
            let at = from + p.within(HOUR_MS);
            p.real(at, Scene::Flood);
        });
    }
    // The pranks before a father's call lie in the days before or in the flood itself, by their time.
    planner.intents.iter_mut().filter(|intent| intent.at_ms < start).for_each(|intent| intent.scene = Scene::Before);
    intents.append(&mut planner.intents);
    planner.intents = intents;
    planner.sorted()
}

/// All nuisance of a day, and pranks beyond it.
fn day_weights(day: i64) -> (f64, f64) {
    let launch = if day < a::LAUNCH_DAYS { a::LAUNCH_NUISANCE } else { 1.0 };
    (launch, if is_school_holiday(day) { a::HOLIDAY_PRANKS } else { 1.0 })
}

impl Planner {
    fn new(seed: u64) -> Self {
        let mut sum = 0.0;
        let ranks = (1..=a::PRANK_HOUSEHOLDS).map(|rank| {
            sum += (rank as f64).powf(-a::PRANK_RANK);
            sum
        });
        Self { ranks: ranks.collect(), dice: Dice::new(seed), intents: Vec::new() }
    }

    fn sorted(mut self) -> Vec<Intent> {
        self.intents.retain(|intent| intent.at_ms >= 0);
        self.intents.sort_by_key(|intent| (intent.at_ms, intent.seed));
        self.intents
    }

    fn add(&mut self, at_ms: i64, kind: Kind, household: usize, scene: Scene) {
        let household = u32::try_from(household).unwrap_or_default();
        self.intents.push(Intent { at_ms, kind, household, scene, seed: self.dice.bits() });
    }

    fn day(&mut self) -> i64 {
        i64::try_from(self.dice.below(usize::try_from(YEAR_DAYS).unwrap_or(1))).unwrap_or_default()
    }

    fn within(&mut self, ms: i64) -> i64 {
        Dice::ms(self.dice.unit() * ms as f64 / 1_000.0).min(ms - 1)
    }

    fn spread(&mut self, mean: f64, each: impl Fn(&mut Self)) {
        for _ in 0..self.dice.count(mean) {
            each(self);
        }
    }

    fn prank_household(&mut self) -> usize {
        let mark = self.dice.unit() * self.ranks.last().copied().unwrap_or_default();
        FIRST + self.ranks.partition_point(|sum| *sum <= mark).min(a::PRANK_HOUSEHOLDS - 1)
    }

    fn any_household(&mut self) -> usize {
        FIRST + self.dice.below(a::HOUSEHOLDS)
    }

    fn pranks(&mut self, day: i64, calls: f64, scene: Scene) {
        self.spread(calls / a::PRANKS_IN_A_ROW, |p| {
            let at = day * DAY_MS + moment(&a::NUISANCE_HOURS, &mut p.dice);
            p.sitting(at, scene);
        });
    }

    /// One child with a telephone.
    fn sitting(&mut self, at: i64, scene: Scene) {
        let household = self.prank_household();
        let again = 1.0 - 1.0 / a::PRANKS_IN_A_ROW;
        let curious = scene == Scene::Launch && self.dice.chance(1.0 - 1.0 / a::LAUNCH_NUISANCE);
        let kind = match (curious, self.dice.chance(a::PRANK_CHILDREN)) {
            (true, _) => Kind::Curious,
            (false, true) => Kind::PrankChild,
            (false, false) => Kind::PrankAdult,
        };
        let mut at = at;
        loop {
            self.add(at, kind, household, scene);
            if !self.dice.chance(again) {
                return;
            }
            at += Dice::ms(self.dice.around(a::PRANK_EVERY_S, 0.4));
        }
    }

    fn ghosts(&mut self, day: i64, calls: f64, scene: Scene) {
        self.spread(calls, |p| {
            let at = day * DAY_MS + moment(&a::NUISANCE_HOURS, &mut p.dice);
            p.ghost(at, scene);
        });
    }

    fn ghost(&mut self, at: i64, scene: Scene) {
        let which = self.dice.unit();
        if which < a::BROKEN_SHARE {
            let telephone = self.dice.below(a::BROKEN_TELEPHONES);
            let minute = i64::try_from(telephone * 7 % 60).unwrap_or_default();
            let at = at - at % HOUR_MS + minute * 60_000 + Dice::ms(self.dice.unit());
            self.add(at, Kind::Broken, FIRST_BROKEN + telephone, scene);
            return;
        }
        let household = FIRST_GHOST + self.dice.below(a::GHOST_HOUSEHOLDS);
        let kind = if which < a::BROKEN_SHARE + a::POCKET_SHARE {
            Kind::Pocket
        } else if which < a::BROKEN_SHARE + a::POCKET_SHARE + a::MISDIAL_SHARE {
            Kind::Misdial
        } else {
            Kind::OpenSilent
        };
        self.add(at, kind, household, scene);
    }

    fn information(&mut self, day: i64, calls: f64, scene: Scene) {
        self.spread(calls, |p| {
            let at = day * DAY_MS + moment(&a::NUISANCE_HOURS, &mut p.dice);
            p.asker(at, scene);
        });
    }

    fn asker(&mut self, at: i64, scene: Scene) {
        let household = self.any_household();
        let kind = if self.dice.chance(0.6) { Kind::PhoneLocked } else { Kind::Question };
        self.add(at, kind, household, scene);
    }

    fn real_of_day(&mut self, day: i64, calls: f64, scene: Scene) {
        self.spread(calls, |p| {
            let at = day * DAY_MS + moment(&a::REAL_HOURS, &mut p.dice);
            p.real(at, scene);
        });
    }

    fn real(&mut self, at: i64, scene: Scene) {
        let kind = Kind::REAL[self.dice.weighted(a::REAL_KINDS.into_iter())];
        let household = match kind {
            Kind::RealPrankHousehold => self.prank_household(),
            _ => self.any_household(),
        };
        if kind == Kind::RealPrankHousehold {
            let mut before = at - Dice::ms(self.dice.between(1.0, a::FATHER_WITHIN_H) * 3_600.0);
            for _ in 0..a::FATHER_PRANKS {
                self.add(before, Kind::PrankChild, household, scene);
                before += Dice::ms(self.dice.around(a::PRANK_EVERY_S, 0.4));
            }
        }
        self.add(at, kind, household, scene);
    }

    fn storm(&mut self, day: i64) {
        let from = day * DAY_MS + 17 * HOUR_MS;
        let span = Dice::ms(a::STORM_H * 3_600.0);
        self.spread(a::STORM_REAL, |p| {
            let at = from + p.within(span);
            p.real(at, Scene::Storm);
        });
        self.spread(a::STORM_QUESTIONS, |p| {
            let (at, household) = (from + p.within(span), p.any_household());
            p.add(at, Kind::Question, household, Scene::Storm);
        });
    }

    fn blackout(&mut self, day: i64) {
        let mut at = day * DAY_MS + 19 * HOUR_MS;
        for _ in 0..self.dice.count(a::BLACKOUT_CALLS) {
            at += Dice::ms(self.dice.gap(1.0 / a::BLACKOUT_PER_S));
            let household = self.any_household();
            self.add(at, Kind::Question, household, Scene::Blackout);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_the_mix_of_2020() {
        let intents = days(112, Volume::default(), YEAR_DAYS);
        let share = |which: fn(Kind) -> bool| {
            intents.iter().filter(|intent| which(intent.kind)).count() as f64 / intents.len() as f64
        };
        assert!((30_000..34_000).contains(&intents.len()), "{}", intents.len());
        assert!((0.005..0.009).contains(&share(Kind::is_real)), "{}", share(Kind::is_real));
        assert!((0.11..0.15).contains(&share(Kind::is_information)), "{}", share(Kind::is_information));
        let (pranks, ghosts) = (share(|k| matches!(k, Kind::PrankChild | Kind::PrankAdult)), share(Kind::is_ghost));
        assert!((0.6..2.2).contains(&(pranks / ghosts)), "{pranks} {ghosts}");
        assert_eq!(intents, days(112, Volume::default(), YEAR_DAYS), "a seed is a year");
    }
}
