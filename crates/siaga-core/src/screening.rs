//! What is measured and decided about a caller. Its verdict cannot say "drop": it has a lane, something to say, a
//! number and reasons, and nothing else. Where anything is unknown the verdict is the plain one.
//!
//! `facts` come from the store, `signal` measures them and what is heard, `judge` weighs, `verdict` is the answer,
//! `sentence` shows.

pub mod facts;
mod fleet;
mod judge;
mod place;
mod policy;
pub mod sentence;
mod signal;
mod verdict;

pub use fleet::Fleet;
pub use judge::{NEUTRAL, judge, probability_at};
pub use place::near;
pub use policy::ScreeningPolicy;
pub use signal::{Heard, Signal, signals};
pub use verdict::{Reason, Verdict};
