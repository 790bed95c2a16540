//! The demo's callers. Outside the demo these routes say so.

pub mod get;
pub mod post;

use crate::{Problem, Web, demo_callers::DemoCallers};
use std::sync::Arc;

fn callers(web: &Web) -> Result<Arc<DemoCallers>, Problem> {
    web.config.demo_callers.clone().ok_or_else(|| Problem::not_found("Penelepon demo hanya ada dalam mode demo"))
}
