//! What a run shows, as the project's goals name it. Read from the written record and, now that the city is over, from
//! the truth.

mod count;

use super::{
    floor::Handling,
    survival::{Wait, percentile},
    truth::{Kind, Scene},
};
use serde::Serialize;
use siaga_core::ids::CallId;

/// A human within this time (s) is in time; after it a call is late.
const IN_TIME_S: f64 = 10.0;
/// One policy's figures. Times in seconds, shares in percent; absent: there was nothing to measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    pub policy: String,
    pub handling: Option<Handling>,
    pub seeds: Vec<u64>,
    pub days: i64,
    pub real_calls: u64,
    /// The people behind them; who calls again is counted once.
    pub real_people: u64,
    pub real_lost: u64,
    /// Real people whom three attempts did not reach.
    pub real_not_reached: u64,
    pub real_late: u64,
    /// Who gave up counts as not answered.
    pub real_within_10s_pct: Option<f64>,
    /// Who gave up counts until then (censored).
    pub real_within_10s_censored_pct: Option<f64>,
    pub real_p50_s: Option<f64>,
    pub real_p99_s: Option<f64>,
    pub real_p999_s: Option<f64>,
    pub real_max_s: Option<f64>,
    pub normal_real_calls: u64,
    pub normal_real_within_10s_pct: Option<f64>,
    pub normal_real_within_10s_censored_pct: Option<f64>,
    pub normal_real_p999_s: Option<f64>,
    pub nuisance_calls: u64,
    pub nuisance_wait_p50_s: Option<f64>,
    pub nuisance_wait_p95_s: Option<f64>,
    pub ghost_calls: u64,
    pub seat_s_per_ghost_median: Option<f64>,
    pub seat_s_per_ghost_mean: Option<f64>,
    pub seat_h_nuisance: f64,
    pub seat_h_real: f64,
    pub seat_h_staffed: f64,
    pub lane_b_calls: u64,
    pub lane_b_wait_max_s: Option<f64>,
    pub blocked_real_calls: u64,
    pub blocked_real_to_human_p95_s: Option<f64>,
    pub silent_real_people: u64,
    /// In front of a human or called back.
    pub silent_real_reached_pct: Option<f64>,
    /// In front of a human who did not recognise them and ended the call: a person's error, not the system's.
    pub silent_real_not_recognised: u64,
    /// Of these, ended without having been asked for a key.
    pub silent_real_unasked: u64,
    pub callbacks_due: u64,
    /// Not due: their people had said "salah tekan" within the hour.
    pub callbacks_in_peace: u64,
    pub callbacks_within_30s_pct: Option<f64>,
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub deferred: u64,
    pub failed: u64,
    /// Real people who heard busy from the telco, all channels being taken: never offered.
    pub real_busy_at_telco: u64,
    pub inputs: u64,
    pub lost: Vec<Case>,
    pub late: Vec<Case>,
    pub not_reached: Vec<Case>,
    /// Suspicion of each call with a number, and whether it was a nuisance: for the calibration.
    #[serde(skip)]
    pub judged: Vec<Judged>,
    #[serde(skip)]
    waits: Samples,
}

/// What was thought of a call before it rang, and what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    pub suspicion: u8,
    pub nuisance: bool,
}

/// One call, by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Case {
    pub seed: u64,
    pub call: CallId,
    pub kind: Kind,
    pub scene: Scene,
    pub at: String,
    pub what: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Samples {
    real: Vec<Wait>,
    normal: Vec<Wait>,
    nuisance: Vec<Wait>,
    lane_b: Vec<f64>,
    blocked_real: Vec<Wait>,
    ghost_seat_s: Vec<f64>,
    silent_reached: u64,
    callbacks_in_time: u64,
}

impl Figures {
    /// Sums runs of the same policy.
    pub fn add(&mut self, other: Self) {
        self.seeds.extend(other.seeds);
        self.days += other.days;
        macro_rules! sum {
            ($($name:ident),+) => { $(self.$name += other.$name;)+ };
        }
        sum!(
            real_calls,
            real_people,
            real_lost,
            real_not_reached,
            real_late,
            normal_real_calls,
            nuisance_calls,
            ghost_calls,
            seat_h_nuisance,
            seat_h_real,
            seat_h_staffed,
            lane_b_calls,
            blocked_real_calls,
            silent_real_people,
            silent_real_not_recognised,
            silent_real_unasked,
            callbacks_due,
            callbacks_in_peace,
            offered,
            answered,
            abandoned,
            deferred,
            failed,
            real_busy_at_telco,
            inputs
        );
        self.lost.extend(other.lost);
        self.late.extend(other.late);
        self.not_reached.extend(other.not_reached);
        self.judged.extend(other.judged);
        self.waits.add(other.waits);
    }

    /// Makes shares and percentiles of what was counted.
    pub(crate) fn finish(&mut self) {
        let waits = &mut self.waits;
        let within = |waits: &[Wait]| {
            let in_time = waits.iter().filter(|wait| wait.answered && wait.s <= IN_TIME_S).count();
            share(in_time as u64, waits.len() as u64)
        };
        let all = |waits: &mut Vec<Wait>, rank: f64| percentile(waits, rank);
        self.real_within_10s_pct = within(&waits.real);
        self.real_within_10s_censored_pct =
            super::survival::within(&mut waits.real, IN_TIME_S).map(|share| share * 100.0);
        self.real_p50_s = all(&mut waits.real, 0.5);
        self.real_p99_s = all(&mut waits.real, 0.99);
        self.real_p999_s = all(&mut waits.real, 0.999);
        self.real_max_s = waits.real.iter().filter(|wait| wait.answered).map(|wait| wait.s).reduce(f64::max);
        self.normal_real_within_10s_pct = within(&waits.normal);
        self.normal_real_within_10s_censored_pct =
            super::survival::within(&mut waits.normal, IN_TIME_S).map(|share| share * 100.0);
        self.normal_real_p999_s = all(&mut waits.normal, 0.999);
        self.nuisance_wait_p50_s = all(&mut waits.nuisance, 0.5);
        self.nuisance_wait_p95_s = all(&mut waits.nuisance, 0.95);
        self.blocked_real_to_human_p95_s = all(&mut waits.blocked_real, 0.95);
        self.lane_b_calls = waits.lane_b.len() as u64;
        self.lane_b_wait_max_s = waits.lane_b.iter().copied().reduce(f64::max);
        waits.ghost_seat_s.sort_by(f64::total_cmp);
        self.seat_s_per_ghost_median = waits.ghost_seat_s.get(waits.ghost_seat_s.len() / 2).copied();
        let sum: f64 = waits.ghost_seat_s.iter().sum();
        self.seat_s_per_ghost_mean = (self.ghost_calls > 0).then(|| sum / self.ghost_calls as f64);
        self.silent_real_reached_pct = share(waits.silent_reached, self.silent_real_people);
        self.callbacks_within_30s_pct = share(waits.callbacks_in_time, self.callbacks_due);
    }
}

impl Samples {
    fn add(&mut self, other: Self) {
        self.real.extend(other.real);
        self.normal.extend(other.normal);
        self.nuisance.extend(other.nuisance);
        self.lane_b.extend(other.lane_b);
        self.blocked_real.extend(other.blocked_real);
        self.ghost_seat_s.extend(other.ghost_seat_s);
        self.silent_reached += other.silent_reached;
        self.callbacks_in_time += other.callbacks_in_time;
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}
