//! `POST /api/incidents/{id}/merge`: it gives way to another one; answers with that one. `DELETE`: it stands by itself
//! again. Twice changes nothing.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::IncidentId,
    view::{
        desk::Topic,
        incident::{IncidentView, OtherIncident},
    },
};

pub async fn merge(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(into): JsonBody<OtherIncident>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_merge(id, into.incident_id, &scene.showing(), actor(&person)).await?;
    web.changes.tell(Topic::Incidents, Some(id.to_string()));
    super::changed(&web, &scene, into.incident_id).await.map(Json)
}

pub async fn unmerge(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    let from = web.store.incident_unmerge(id, actor(&person), scene.now).await?;
    web.changes.tell(Topic::Incidents, Some(from.to_string()));
    super::changed(&web, &scene, id).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fire, send_fire};
    use crate::testing::House;
    use axum::http::Method;
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn incidents_are_joined_and_parted_over_http() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let (kept, given) = (send_fire(&house, &siti).await, send_fire(&house, &siti).await);
        let path = |one: &serde_json::Value, rest: &str| {
            format!("/api/incidents/{}{rest}", one["incident_id"].as_str().unwrap())
        };
        let into = json!({ "incident_id": kept["incident_id"] });
        let merged = house.post(&path(&given, "/merge"), &siti, into.clone()).await;
        assert_eq!(
            (merged.status, merged.json()["calls"].as_array().map(Vec::len)),
            (200, Some(2)),
            "{}",
            merged.text()
        );
        assert_eq!(merged.json()["merged"][0]["number"], given["number"]);
        let refused = house.post(&path(&kept, "/merge"), &siti, json!({ "incident_id": given["incident_id"] })).await;
        assert_eq!((refused.status, refused.json()["type"].as_str()), (409, Some("merged")), "{}", refused.text());
        assert!(
            refused.json()["detail"].as_str().is_some_and(|words| words.starts_with("Kejadian ini sudah digabung"))
        );
        let parted = house.json(Method::DELETE, &path(&given, "/merge"), &siti, json!({})).await;
        assert_eq!((parted.status, &parted.json()["status"]), (200, &"open".into()));

        let linked = house.post(&path(&given, "/links"), &siti, into).await;
        assert_eq!((linked.status, &linked.json()["links"][0]["number"]), (200, &kept["number"]));
        let other = kept["incident_id"].as_str().unwrap();
        let unlinked = house.json(Method::DELETE, &path(&given, &format!("/links/{other}")), &siti, json!({})).await;
        assert_eq!((unlinked.status, &unlinked.json()["links"]), (200, &json!([])));

        let call = fire(&house, &siti).await;
        assert_eq!(house.post(&path(&kept, "/calls"), &siti, json!({ "call_id": call })).await.status, 200);
        let off = house.json(Method::DELETE, &path(&kept, &format!("/calls/{call}")), &siti, json!({})).await;
        assert_eq!((off.status, off.json()["calls"].as_array().map(Vec::len)), (200, Some(1)));
        assert_eq!(house.post(&path(&kept, "/calls"), &siti, json!({ "call_id": call })).await.status, 200);
        let split = house.post(&path(&kept, &format!("/calls/{call}/split")), &siti, json!({})).await;
        assert_eq!((split.status, &split.json()["number"]), (201, &3.into()), "{}", split.text());

        let major = house.post(&path(&kept, "/major"), &siti, json!({ "reason": " " })).await;
        assert_eq!(major.status, 422, "{}", major.text());
        let major = house.post(&path(&kept, "/major"), &siti, json!({ "reason": "tiga rumah" })).await;
        assert_eq!((major.status, &major.json()["major"]["reason"]), (200, &"tiga rumah".into()));
        let over = house.json(Method::DELETE, &path(&kept, "/major"), &siti, json!({ "reason": "padam" })).await;
        assert_eq!((over.status, &over.json()["major"]), (200, &json!(null)));
        let open = house.post(&path(&kept, "/reopen"), &siti, json!({ "reason": "salah tutup" })).await;
        assert_eq!((open.status, open.json()["type"].as_str()), (409, Some("not_closed")));
    }
}
