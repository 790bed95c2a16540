//! The simulated city: callers with voices over real SIP and RTP, call-takers over real WebRTC; and `city`, the same
//! people in virtual time around the core alone.
//!
//! It talks to a running Siaga only from outside, as a telephone or a console does; nothing here is linked into what
//! it tests, except the tone meter and the headless station that both sides of a test share, and the ear that `voices` measures.

pub mod callers;
pub mod city;
pub mod history;
pub mod seats;
pub mod storm;
pub mod voices;
