//! `POST /api/incidents/{id}/close`: its end, with an outcome. Running assignments need a note and are called off.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::IncidentId,
    view::{
        desk::Topic,
        incident::{CloseIncident, IncidentView},
    },
};

pub async fn close(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(close): JsonBody<CloseIncident>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_close(id, &close, &scene.showing(), actor(&person)).await?;
    web.changes.tell(Topic::Outbox, None);
    super::changed(&web, &scene, id).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fire, send_fire};
    use crate::{endpoints::calls::testing::write_call, testing::House};
    use serde_json::json;
    use siaga_core::{class::Class, role::Role};

    #[tokio::test]
    async fn an_incident_goes_from_sheet_to_end() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let mut changes = house.web.changes.listen();
        let call = fire(&house, &siti).await;
        let send = json!({ "call_id": call, "draft_revision": 1 });
        let stale = house.post("/api/incidents", &siti, json!({ "call_id": call, "draft_revision": 0 })).await;
        assert_eq!((stale.status, stale.json()["type"].as_str()), (409, Some("draft_moved")));
        let sent = house.post("/api/incidents", &siti, send.clone()).await;
        assert_eq!(
            (sent.status, &sent.json()["number"], &sent.json()["assignments"][0]["agency"]),
            (201, &1.into(), &"damkar".into())
        );
        let again = house.post("/api/incidents", &siti, send).await;
        assert_eq!((again.status, &again.json()["incident_id"]), (200, &sent.json()["incident_id"]));
        let mut topics = Vec::new();
        while let Ok(change) = changes.try_recv() {
            topics.push(format!("{:?}", change.topic));
        }
        assert!(topics.contains(&"Outbox".into()) && topics.contains(&"Incidents".into()), "{topics:?}");

        let path = format!("/api/incidents/{}", sent.json()["incident_id"].as_str().unwrap());
        let second = write_call(&house, 60, None, Class::Ghost).await;
        let attached = house.post(&format!("{path}/calls"), &siti, json!({ "call_id": second })).await;
        assert_eq!((attached.status, attached.json()["calls"].as_array().map(Vec::len)), (200, Some(2)));
        let more = house.post(&format!("{path}/assignments"), &siti, json!({ "agency": "PMI" })).await;
        assert_eq!((more.status, &more.json()["assignments"][1]["agency_label"]), (201, &"PMI".into()));
        let twice = house.post(&format!("{path}/assignments"), &siti, json!({ "agency": "pmi" })).await;
        assert_eq!(twice.status, 409);
        let unknown = house.post(&format!("{path}/assignments"), &siti, json!({ "agency": "damkat" })).await;
        assert_eq!(unknown.status, 422);
        assert!(unknown.text().contains("Damkar"), "the nearest is named: {}", unknown.text());
        let noted = house.post(&format!("{path}/notes"), &siti, json!({ "text": "dua unit" })).await;
        assert_eq!((noted.status, &noted.json()["notes"][0]["text"]), (201, &"dua unit".into()));

        let open = house.post(&format!("{path}/close"), &siti, json!({ "outcome": "resolved" })).await;
        assert_eq!((open.status, open.json()["type"].as_str()), (409, Some("open_assignments")));
        let done = json!({ "state": "done" });
        for one in noted.json()["assignments"].as_array().unwrap() {
            let step = format!("/api/assignments/{}/steps", one["assignment_id"].as_str().unwrap());
            assert_eq!(house.post(&step, &siti, done.clone()).await.status, 200);
            assert_eq!(house.post(&step, &siti, json!({ "state": "en_route" })).await.status, 409, "never back");
        }
        let closed = house.post(&format!("{path}/close"), &siti, json!({ "outcome": "resolved" })).await;
        assert_eq!(
            (closed.status, &closed.json()["status"], &closed.json()["outcome"]),
            (200, &"closed".into(), &"resolved".into())
        );
        let count = async |status: &str| {
            house.get(&format!("/api/incidents?status={status}"), &siti).await.json().as_array().map(Vec::len)
        };
        assert_eq!((count("open").await, count("closed").await), (Some(0), Some(1)));
        assert_eq!(house.get("/api/incidents?status=all", &siti).await.status, 400);
        assert_eq!(house.get(&path, &siti).await.json()["closed_at"], closed.json()["closed_at"]);
    }

    #[tokio::test]
    async fn a_note_closes_with_crews_on_their_way() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let incident = send_fire(&house, &siti).await;
        let path = format!("/api/incidents/{}/close", incident["incident_id"].as_str().unwrap());
        let closed = house.post(&path, &siti, json!({ "outcome": "false_report", "note": "laporan palsu" })).await;
        assert_eq!((closed.status, &closed.json()["assignments"][0]["state"]), (200, &"cancelled".into()));
        assert_eq!(house.post(&path, &siti, json!({ "outcome": "resolved" })).await.status, 409);
        let nowhere = "/api/incidents/01890000-0000-7000-8000-000000000000";
        assert_eq!(house.get(nowhere, &siti).await.status, 404);
        assert_eq!(house.post(&format!("{nowhere}/close"), &siti, json!({ "outcome": "resolved" })).await.status, 404);
    }
}
