//! `/api/what-ifs`: the centre's own day with other seats, by the simulator.

pub mod delete;
pub mod get;
pub mod post;
