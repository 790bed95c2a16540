//! `POST /api/policies`: a draft, checked as a whole. It changes nothing until a decree puts it into force.

use crate::{Answer, JsonBody, Person, Problem, Web, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    policy::Policy,
    view::{
        desk::Topic,
        policies::{NewPolicy, PolicyText, PolicyVersion},
    },
};
use siaga_engine::clock;

pub async fn draft(
    State(web): State<Web>,
    person: Person,
    JsonBody(new): JsonBody<NewPolicy>,
) -> Answer<(StatusCode, Json<PolicyVersion>)> {
    let PolicyText(policy) = new.policy;
    checked(&policy)?;
    let version = web.store.policy_draft(&policy, actor(&person), clock::now()).await?;
    web.changes.tell(Topic::Sanctions, None);
    Ok((StatusCode::CREATED, Json(web.store.policy(version).await?)))
}

/// The rules, or what is wrong with them.
pub(super) fn checked(policy: &Policy) -> Answer<()> {
    let problems = policy.problems();
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(Problem::invalid("Aturan belum benar").detail(lines.join("\n")))
}
