//! `GET /api/tasks/{token}`: what the crew must know, and no more.

use crate::{Answer, Web, gate::ClientAddress, input::PathId};
use axum::{Json, extract::State};
use siaga_core::view::task::TaskView;

pub async fn task(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
) -> Answer<Json<TaskView>> {
    let scene = web.scene();
    let assignment = super::admit(&web, &scene, &token, address)?;
    super::view(&web, &scene, assignment).await.map(Json)
}

#[cfg(test)]
mod tests {
    use crate::{
        endpoints::incidents::testing::send_fire,
        testing::{House, NOBODY},
    };
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_crew_goes_from_link_to_done_without_an_account() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let incident = send_fire(&house, &siti).await;
        let url = incident["assignments"][0]["task_url"].as_str().unwrap();
        let path = format!("/api/tasks/{}", url.rsplit('/').next().unwrap());
        let page = house.get(&path, NOBODY).await.json();
        assert_eq!(
            (&page["agency_label"], &page["reporter_number"], &page["state"]),
            (&"Damkar".into(), &"0812".into(), &"sent".into())
        );
        let step = async |body: serde_json::Value| house.post(&format!("{path}/steps"), NOBODY, body).await;
        let acknowledged = step(json!({ "state": "acknowledged" })).await;
        assert_eq!((acknowledged.status, &acknowledged.json()["state"]), (200, &"acknowledged".into()));
        assert_eq!(step(json!({ "state": "acknowledged" })).await.status, 200, "the same tap twice");
        assert_eq!(step(json!({ "state": "sent" })).await.status, 409);
        assert_eq!(step(json!({ "state": "cancelled" })).await.status, 409, "only the desk cancels");
        let done = step(json!({ "state": "nothing_found", "note": "tidak ada api" })).await;
        assert_eq!((done.status, &done.json()["notes"][0]["text"]), (200, &"tidak ada api".into()));
        let shown =
            house.get(&format!("/api/incidents/{}", incident["incident_id"].as_str().unwrap()), &siti).await.json();
        assert_eq!(shown["assignments"][0]["state"], "nothing_found");

        let close = format!("/api/incidents/{}/close", incident["incident_id"].as_str().unwrap());
        assert_eq!(house.post(&close, &siti, json!({ "outcome": "nothing_found" })).await.status, 200);
        let closed = house.get(&path, NOBODY).await.json();
        assert_eq!(
            (&closed["closed"], &closed["reporter_number"], &closed["next"]),
            (&true.into(), &json!(null), &json!([]))
        );
        assert_eq!(step(json!({ "state": "done" })).await.status, 409, "for reading only");
    }

    #[tokio::test]
    async fn a_link_opens_nothing_else() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let incident = send_fire(&house, &siti).await;
        let token = incident["assignments"][0]["task_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let id = incident["assignments"][0]["assignment_id"].as_str().unwrap();
        for wrong in ["x".to_owned(), id.to_owned(), token[1..].to_owned(), token.to_lowercase()] {
            assert_eq!(house.get(&format!("/api/tasks/{wrong}"), NOBODY).await.status, 404, "{wrong}");
            let step = house.post(&format!("/api/tasks/{wrong}/steps"), NOBODY, json!({ "state": "done" })).await;
            assert_eq!(step.status, 404, "{wrong}");
        }
        assert_eq!(house.get("/api/incidents", &format!("siaga={token}")).await.status, 401);
    }

    #[tokio::test]
    async fn asking_without_end_is_slowed() {
        let house = House::new().await;
        let mut slowed = 0;
        for _ in 0..400 {
            match house.get("/api/tasks/x", NOBODY).await.status {
                404 => {}
                429 => slowed += 1,
                other => panic!("{other}"),
            }
        }
        assert!(slowed > 0);
    }
}
