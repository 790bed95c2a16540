//! Many cities under one policy: one run for each seed, on all processors, summed in the order of the seeds.

use super::{
    assume as a,
    figures::Figures,
    floor::{Handling, Shifts},
    plan::{self, Intent, Volume},
    run::{Options, run},
};
use siaga_core::policy::Policy;
use std::{
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Which people call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Town {
    Year { volume: Volume, days: i64 },
    Flood { hours: i64 },
}

impl Town {
    #[must_use]
    pub fn intents(self, seed: u64) -> Vec<Intent> {
        match self {
            Town::Year { volume, days } => plan::days(seed, volume, days),
            Town::Flood { hours } => plan::flood(seed, a::FLOOD_BEFORE_DAYS, hours),
        }
    }

    fn days(self) -> i64 {
        match self {
            Town::Year { days, .. } => days,
            Town::Flood { .. } => 0,
        }
    }

    /// The seats that fit.
    #[must_use]
    pub fn shifts(self) -> Shifts {
        match self {
            Town::Year { .. } => Shifts::default(),
            Town::Flood { .. } => Shifts::always(a::FLOOD_SEATS),
        }
    }
}

/// One policy over many seeds.
#[derive(Clone, Debug)]
pub struct Study {
    pub town: Town,
    pub seeds: Vec<u64>,
    pub shifts: Shifts,
    pub policy: Arc<Policy>,
    pub handling: Handling,
    /// Share of silent lines that are asked before a person ends them.
    pub asks: f64,
}

impl Study {
    /// Runs them all; `done` hears how many are over.
    #[must_use]
    pub fn figures(&self, done: impl Fn(usize) + Sync) -> Figures {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(self.seeds.len());
        let (next, over) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results = Mutex::new(vec![None; self.seeds.len()]);
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(seed) = self.seeds.get(index) else { return };
                        let figures = self.one(*seed);
                        if let Some(place) = results.lock().unwrap_or_else(PoisonError::into_inner).get_mut(index) {
                            *place = Some(figures);
                        }
                        done(over.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                });
            }
        });
        let all = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut sum = Figures::default();
        for figures in all.into_iter().flatten() {
            sum.add(figures);
        }
        sum.finish();
        sum.policy.clone_from(&self.policy.name);
        sum.handling = Some(self.handling);
        sum
    }

    fn one(&self, seed: u64) -> Figures {
        let options = Options::new(Arc::clone(&self.policy), self.handling, self.shifts.clone());
        let options = Options { asks: self.asks, ..options };
        Figures::of(&run(&options, &self.town.intents(seed)), seed, self.town.days())
    }
}
