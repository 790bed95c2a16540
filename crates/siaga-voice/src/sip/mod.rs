//! SIP with the telco and any foreign caller.
//!
//! The path of an INVITE: `guard` (bytes become a message, or an answer) → the stack's transactions → `router` →
//! `leg/incoming` → [`crate::Event::CallArrived`]. Only this folder names the stack's types.

mod body;
mod caller;
mod callers;
mod dialog;
mod digest;
pub mod guard;
mod header;
mod leg;
mod pidf;
mod registry;
mod router;
mod sdp;
mod session_timer;
mod stack;
mod start;
mod watchdog;

pub use start::{Sip, SipError};

/// For the log's filter: the stack prints whole messages (numbers, names, places) from INFO downwards, and header
/// text in some warnings. What matters of them is logged here, without the caller.
pub const LOG_FILTER: &str = "rsipstack=error";
