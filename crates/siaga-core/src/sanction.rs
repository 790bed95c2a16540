//! What follows from confirmed pranks, step by step up a ladder: education, warning, a temporary block, referral. A
//! sanction changes the door a caller comes through and never closes it.
//!
//! [`immunity`] says who is out of reach, [`propose`] what the ladder asks for, [`Sanction`] who decided what,
//! [`notice`] what the number is told. A proposal has no effect until a person approves it.

mod case;
mod immunity;
mod ladder;
pub mod notice;
mod propose;
mod refused;
mod state;
mod step;
#[cfg(test)]
mod tests;

pub use case::{Appeal, AppealOutcome, Author, Case, Decider, Decision, Heard, Ruling};
pub use immunity::{Immune, immunity};
pub use ladder::{BLOCK_HOURS_MAX, Ladder, ONE_PERSON_HOURS_MAX, WINDOW_DAYS_MAX};
pub use notice::NoticeTexts;
pub use propose::{History, Past, Prank, PrankKind, Proposal, Standing, propose};
pub use refused::Refused;
pub use state::{Rules, Sanction};
pub use step::{Addressee, SanctionState, Step};
