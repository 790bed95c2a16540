//! `GET /api/calls/{id}/similar`: incidents that this call may report too, by its sheet as saved. It only suggests.

use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::CallId, view::similar::SimilarView};

pub async fn similar(State(web): State<Web>, PathId(call): PathId<CallId>) -> Answer<Json<Vec<SimilarView>>> {
    Ok(Json(web.store.incidents_similar(call, &web.scene().showing()).await?))
}

#[cfg(test)]
mod tests {
    use crate::{
        endpoints::incidents::testing::{fire, send_fire},
        testing::House,
    };
    use siaga_core::role::Role;

    #[tokio::test]
    async fn the_incident_is_suggested_with_reasons_and_nothing_is_attached() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let held = send_fire(&house, &siti).await;
        let call = fire(&house, &siti).await;
        let found = house.get(&format!("/api/calls/{call}/similar"), &siti).await.json();
        assert_eq!((&found[0]["incident_id"], &found[0]["likely"]), (&held["incident_id"], &true.into()), "{found}");
        let kinds: Vec<_> =
            found[0]["reasons"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["same_type", "same_village", "words", "recent"]);
        let draft = house.get(&format!("/api/calls/{call}/draft"), &siti).await.json();
        assert!(draft["incident_id"].is_null());
        let attached = house
            .post(
                &format!("/api/incidents/{}/calls", held["incident_id"].as_str().unwrap()),
                &siti,
                serde_json::json!({ "call_id": call }),
            )
            .await;
        assert_eq!(attached.status, 200);
        assert_eq!(
            house.get(&format!("/api/calls/{call}/similar"), &siti).await.json(),
            serde_json::json!([]),
            "its own is none"
        );
    }
}
