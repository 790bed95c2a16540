//! `/api/seat`: the person's own seat.

pub mod delete;
pub mod heartbeat;
pub mod pause;
pub mod post;
pub mod ready;
pub mod station;

#[cfg(test)]
mod tests;
