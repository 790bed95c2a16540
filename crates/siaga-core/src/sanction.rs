//! What follows from confirmed pranks: education, warning, a temporary block, referral. `product.md`, section on the
//! ladder. A sanction changes the door a caller comes through and never closes it.

mod ladder;

pub use ladder::Ladder;
