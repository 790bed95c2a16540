//! Old records of a centre, and what others published about it.

pub mod post;
pub mod published;
