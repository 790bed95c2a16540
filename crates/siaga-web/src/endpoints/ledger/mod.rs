//! Old records of a centre.

pub mod post;
