//! `/api/drills`: simulated calls that a shift lead orders.

pub mod delete;
pub mod get;
pub mod post;
#[cfg(test)]
mod tests;

use crate::{Problem, Web, drills::Drills};
use std::sync::Arc;

fn drills(web: &Web) -> Result<Arc<Drills>, Problem> {
    web.config.drills.clone().ok_or_else(|| Problem::not_found("Simulator latihan"))
}
