//! What is measured and decided about a caller. Its verdict cannot say "drop".

pub mod facts;
pub mod sentence;
