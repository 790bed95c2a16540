//! Accounts on the HTTP side: passwords, second factor, session tokens, throttle, first start.
//!
//! The rows live in the store; here is what touches secrets. No secret is logged, returned or put on the event chain.

pub mod cookie;
pub mod fields;
pub mod password;
pub mod remembered;
pub mod sealed;
pub mod setup;
pub mod throttle;
pub mod token;
pub mod totp;
