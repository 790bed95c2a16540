//! One call: its states and what each transition asks of the world.

pub mod live;
