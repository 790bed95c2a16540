//! The rooms of the binary that are more than wiring, so that they can be tested.

pub mod copy;
