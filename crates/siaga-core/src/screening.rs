//! What is measured and decided about a caller. Its verdict cannot say "drop": it has a lane, a number and reasons,
//! and nothing else. Where anything is unknown the verdict is the plain one.
//!
//! `facts` come from the store, [`signals`] measures them, [`judge`] decides, `sentence` shows.

pub mod facts;
mod policy;
pub mod sentence;
mod verdict;

pub use policy::ScreeningPolicy;
pub use verdict::{Reason, SUSPICION_LANE_B, Signal, Verdict, judge, signals};
