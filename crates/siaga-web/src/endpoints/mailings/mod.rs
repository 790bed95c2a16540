//! `/api/mailings`: reports that go out by e-mail by themselves.

pub mod list;
pub mod put;
pub mod retry;
pub mod trial;
