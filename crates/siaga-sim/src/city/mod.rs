//! The simulated city in virtual time: a population with its truth, a telephone network and call-takers around the
//! same desk that runs in the product. A year takes seconds. See `docs/simulation.md`.
//!
//! The desk gets only what a trunk, a line, a database and people's keys give. What a call truly is stands in the
//! ledger, which cannot be read before the city is over.

pub mod assume;
mod calendar;
mod calibrate;
mod dice;
mod event;
mod figures;
mod floor;
mod person;
mod plan;
mod record;
mod run;
mod staffing;
mod study;
mod survival;
mod table;
#[cfg(test)]
mod tests;
mod truth;

pub use assume::ASKS_SILENT;
pub use calibrate::{Calibration, calibration};
pub(crate) use dice::Dice;
pub use figures::{Case, Figures, Judged};
pub use floor::{Breaks, Handling, Shifts};
pub use plan::{Intent, Mix, Volume, days, flood};
pub use run::{Digest, Options, Outcome, Pen, run};
pub use staffing::{CALLS, Centre, NoCurve, Seats, what_if};
pub use study::{Study, Town};
pub use table::{assumptions, curve, table};
pub use truth::{Kind, Scene};
