//! `POST /api/policies/{version}/force`: a decree puts a version into force. The engine hears of it at once.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::view::{
    desk::Topic,
    policies::{PolicyList, PolicyText, PutInForce},
};
use siaga_engine::clock;
use siaga_store::StoreError;

/// Letters of a decree's number: what stands on its first page.
const DECREE_CHARS: std::ops::RangeInclusive<usize> = 3..=120;

pub async fn put(
    State(web): State<Web>,
    person: Person,
    PathId(version): PathId<i64>,
    JsonBody(put): JsonBody<PutInForce>,
) -> Answer<Json<PolicyList>> {
    let decree = put.decree.trim();
    if !DECREE_CHARS.contains(&decree.chars().count()) || decree.contains('\0') {
        return Err(Problem::invalid("Nomor keputusan wajib diisi")
            .detail("Tulis nomor keputusan seperti di halaman pertamanya, 3 sampai 120 huruf."));
    }
    let unknown = |error| match error {
        StoreError::NotFound => Problem::not_found("Versi aturan"),
        other => other.into(),
    };
    let PolicyText(policy) = web.store.policy(version).await.map_err(unknown)?.policy;
    super::post::checked(&policy)?;
    let put = web.store.policy_put_in_force(version, decree, actor(&person), clock::now()).await?;
    web.policy.replace(put);
    web.changes.tell(Topic::Sanctions, None);
    Ok(Json(web.store.policy_list(&web.policy.now()).await?))
}
