//! `PUT /api/calls/{id}/draft`: the fields this person changed, merged into the sheet.

use crate::{Answer, JsonBody, Person, Web, endpoints::calls, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::CallId,
    view::{
        desk::Topic,
        incident::{DraftChange, DraftView},
    },
};

pub async fn save(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(change): JsonBody<DraftChange>,
) -> Answer<Json<DraftView>> {
    calls::get::row(&web, call).await?;
    let scene = web.scene();
    let draft = web.store.draft_save(call, &change, &scene.showing(), actor(&person)).await?;
    web.changes.tell(Topic::Drafts, Some(call.to_string()));
    if let Some(incident) = draft.incident_id {
        web.changes.tell(Topic::Incidents, Some(incident.to_string()));
        web.changes.tell(Topic::Outbox, None);
    }
    Ok(Json(draft))
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::calls::testing::write_call, testing::House};
    use axum::http::Method;
    use serde_json::json;
    use siaga_core::{class::Class, role::Role};

    #[tokio::test]
    async fn a_sheet_is_saved_merged_and_refused_in_words() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let call = write_call(&house, 0, None, Class::Emergency).await;
        let path = format!("/api/calls/{call}/draft");
        let put = async |base: u32, fields: serde_json::Value| {
            house.json(Method::PUT, &path, &siti, json!({ "base_revision": base, "fields": fields })).await
        };
        assert_eq!(house.get(&path, &siti).await.json()["revision"], 0);
        let saved = put(0, json!({ "landmark": " pasar ", "victims": 2 })).await;
        assert_eq!(
            (saved.status, &saved.json()["revision"], &saved.json()["fields"]["landmark"]),
            (200, &1.into(), &"pasar".into())
        );
        let conflict = put(0, json!({ "victims": 3 })).await;
        assert_eq!((conflict.status, conflict.json()["type"].as_str()), (409, Some("draft_conflict")));
        assert!(conflict.text().contains("Korban: 2"), "{}", conflict.text());
        let wrong = put(1, json!({ "victims": -3 })).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("Korban"), "{}", wrong.text());
        assert_eq!(house.get(&path, &siti).await.json()["revision"], 1, "refused changes change nothing");

        let noted = house.post(&format!("{path}/notes"), &siti, json!({ "text": "api membesar" })).await;
        assert_eq!((noted.status, &noted.json()["notes"][0]["text"]), (201, &"api membesar".into()));
        assert_eq!(house.post(&format!("{path}/notes"), &siti, json!({ "text": " " })).await.status, 422);
        let unknown = "/api/calls/01890000-0000-7000-8000-000000000000/draft";
        let body = json!({ "base_revision": 0, "fields": {} });
        assert_eq!(house.json(Method::PUT, unknown, &siti, body).await.status, 404);
    }
}
