//! Two people swap: one asks, the other stands in, a lead says yes. Until then the plan stands.

use super::{Duty, Slot};
use crate::time::LocalDay;
use serde::{Deserialize, Serialize};

/// Somebody stands in for somebody on one shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Swap {
    pub day: LocalDay,
    pub slot: Slot,
    /// Who is on by the plan.
    pub out: String,
    /// Who comes instead.
    pub stand_in: String,
}

/// Why two people cannot swap here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapRefused {
    NoSuchShift,
    /// `out` is not on that shift.
    NotOn,
    /// `stand_in` is on that shift already.
    AlreadyOn,
    /// Both are the same.
    Same,
}

impl Swap {
    /// Whether it fits what is rostered, earlier swaps included.
    ///
    /// # Errors
    /// [`SwapRefused`].
    pub fn check(&self, duties: &[Duty]) -> Result<(), SwapRefused> {
        let duty = duties.iter().find(|duty| (duty.day, duty.slot) == (self.day, self.slot));
        let duty = duty.ok_or(SwapRefused::NoSuchShift)?;
        if self.out == self.stand_in {
            return Err(SwapRefused::Same);
        }
        if !duty.people.contains(&self.out) {
            return Err(SwapRefused::NotOn);
        }
        if duty.people.contains(&self.stand_in) {
            return Err(SwapRefused::AlreadyOn);
        }
        Ok(())
    }
}

/// The shifts as they are after these swaps, in their order. One that does not fit any more (a newer plan) changes nothing.
#[must_use]
pub fn with_swaps(mut duties: Vec<Duty>, swaps: &[Swap]) -> Vec<Duty> {
    for swap in swaps {
        if swap.check(&duties).is_err() {
            continue;
        }
        let on = duties.iter_mut().find(|duty| (duty.day, duty.slot) == (swap.day, swap.slot));
        if let Some(name) = on.and_then(|duty| duty.people.iter_mut().find(|name| **name == swap.out)) {
            name.clone_from(&swap.stand_in);
        }
    }
    duties
}
