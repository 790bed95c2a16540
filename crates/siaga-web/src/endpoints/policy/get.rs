//! `GET /api/policy`: the rules in force, in words.

use crate::Web;
use axum::{Json, extract::State};
use siaga_core::view::policy::PolicyView;

pub async fn policy(State(web): State<Web>) -> Json<PolicyView> {
    Json(PolicyView::of(&web.policy.now()))
}
