//! `/api/setup`: the first start of a city.

pub mod post;
