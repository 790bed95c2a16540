//! `GET /api/policies`: in force, versions, history.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::policies::PolicyList;

pub async fn policies(State(web): State<Web>) -> Answer<Json<PolicyList>> {
    Ok(Json(web.store.policy_list(&web.policy.now()).await?))
}
