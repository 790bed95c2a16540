//! `/api/session`: sign in, who am I, sign out.

pub mod delete;
pub mod get;
pub mod post;
