//! Looking again at what was done: which calls are drawn, what two people agree on, what a form asks. Drawn by chance with
//! a key, never by a person's choice.

pub mod draw;
pub mod figures;
pub mod form;
pub mod kappa;
pub mod sample;
pub mod week;

pub use draw::{Draw, Seed};
pub use figures::{Coded, WeekCoded, coding_figures};
pub use kappa::{Agreement, agreement};
pub use week::Week;

/// Nuisance calls of a week that a second person hears: enough to see one mislabelled call in twenty (0 of 50: at most
/// 5.8 %), and an hour of one person's work.
pub const CODINGS_OF_WEEK: usize = 50;
/// A class that was just given may still be taken back: the undo bar is 5 s, a slow save some more (ms).
pub const SETTLED_MS: i64 = 15_000;
/// Fewer double-coded calls than this: the figures say that they are few.
pub const FEW_CODED: u64 = 30;
