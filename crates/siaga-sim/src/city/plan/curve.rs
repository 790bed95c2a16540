//! Callers of a centre whose hours are known: as many an hour as it counted, of the sorts that it counted.

use super::{DAY_MS, HOUR_MS, Intent, Kind, Planner, Scene, a};

/// Weights of what people call for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mix {
    pub emergency: f64,
    pub information: f64,
    pub prank: f64,
    pub ghost: f64,
}

/// A number of days of this curve (calls an hour, 0 to 23 h). Calls are independent of each other, as Erlang takes them.
#[must_use]
pub fn curve(seed: u64, hours: &[f64; 24], mix: Mix, days: i64) -> Vec<Intent> {
    let mut planner = Planner::new(seed);
    for day in 0..days {
        for (hour, calls) in (0_i64..).zip(hours) {
            let from = day * DAY_MS + hour * HOUR_MS;
            planner.spread(*calls, |p| {
                let at = from + p.within(HOUR_MS);
                p.one(at, mix);
            });
        }
    }
    planner.sorted()
}

impl Planner {
    fn one(&mut self, at: i64, mix: Mix) {
        let scene = Scene::Ordinary;
        match self.dice.weighted([mix.emergency, mix.information, mix.prank, mix.ghost].into_iter()) {
            0 => {
                let kind = match Kind::REAL[self.dice.weighted(a::REAL_KINDS.into_iter())] {
                    // That one comes with pranks of its own, which the curve counts already.
                    Kind::RealPrankHousehold => Kind::RealSpeaks,
                    kind => kind,
                };
                let household = self.any_household();
                self.add(at, kind, household, scene);
            }
            1 => self.asker(at, scene),
            2 => {
                let kind = if self.dice.chance(a::PRANK_CHILDREN) { Kind::PrankChild } else { Kind::PrankAdult };
                let household = self.prank_household();
                self.add(at, kind, household, scene);
            }
            _ => self.ghost(at, scene),
        }
    }
}
