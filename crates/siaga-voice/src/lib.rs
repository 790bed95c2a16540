//! Bytes in, call events out: SIP with the telco and any foreign caller, RTP, browser stations, recordings.
//!
//! This crate measures and carries; it judges nothing and it never ends a call on its own account: the engine says
//! what happens to a call ([`Command`]), this crate says what happened ([`Event`]).
//!
//! - `sip/`: ingress guard, transport, legs, trunk, timers; SDP offer and answer with the caller's side.
//! - `media/`: one thread with a tick of a few milliseconds that owns all RTP sockets and all browser stations.
//! - `listen/`: what is heard from a caller: silence, noise or voice.
//! - `record/`: two-channel recordings: written twice a second, hashed, encrypted; read back and verified.

mod address;
pub mod client;
mod clock;
pub mod command;
pub mod config;
pub mod event;
pub mod listen;
pub mod media;
mod outbox;
pub mod record;
pub mod sip;
pub mod suspects;
pub mod tone;
mod voice;

pub use command::{Command, Prompt, Supervision};
pub use config::{Credentials, SipTls, Trunk, VoiceConfig};
pub use event::{EndReason, Event, RawCaller};
pub use suspects::Suspects;
pub use voice::{Voice, VoiceError};
