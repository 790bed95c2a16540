//! The sentences that the machine can say, and their playing: prompts, ring-back tone, silence, from the caller's first to
//! last sample in one codec.

mod library;
mod player;

pub use library::{PromptError, Prompts};
pub use player::{Player, Sound};
