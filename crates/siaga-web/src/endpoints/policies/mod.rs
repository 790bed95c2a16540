//! `/api/policies`: the rules as versions; a decree puts one into force.

pub mod dry_run;
pub mod force;
pub mod list;
pub mod post;
#[cfg(test)]
mod tests;
