//! `POST /api/publications`: signs a period's figures and keeps them.

use crate::{
    Answer, JsonBody, Person, Problem, Web,
    endpoints::report::get::{period, refused},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::view::signed_report::{NewPublication, Publication};
use siaga_engine::clock;
use siaga_store::{incidents::Actor, publications::PublishError, reports::Compare};

pub async fn publish(
    State(web): State<Web>,
    person: Person,
    JsonBody(new): JsonBody<NewPublication>,
) -> Answer<Json<Publication>> {
    let period = period(&new.from, &new.to)?;
    let with = if new.compared { Compare::PreviousYear } else { Compare::Nothing };
    let key = web.store.evidence_key(rand::random()).await?;
    let by = Actor { user: person.user_id, name: &person.name };
    match web.store.report_publish(&period, with, &web.city.now(), &key, by, clock::now()).await {
        Ok(publication) => Ok(Json(publication)),
        Err(PublishError::Report(error)) => Err(refused(error)),
        Err(PublishError::NotYet(why)) => {
            let problem = Problem::new(StatusCode::CONFLICT, "not_publishable", "Laporan ini belum dapat diterbitkan");
            Err(problem.detail(format!("Sebab: {why}.")))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::ledger::post::tests::upload, testing::House};
    use serde_json::json;
    use siaga_core::role::Role;

    const LEDGER: &str = "started_at,number,answered_at,ended_at,class\n\
        2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,prank\n";

    #[tokio::test]
    async fn a_head_publishes_and_later_sees_what_changed() {
        let house = House::new().await;
        let (lead, head) = (house.sign_in(Role::ShiftLead).await, house.sign_in(Role::Viewer).await);
        assert_eq!(upload(&house, &lead, LEDGER.to_owned()).await.status, 200);
        let new = json!({ "from": "2020-03-01", "to": "2020-03-31", "compared": true });
        let reply = house.post("/api/publications", &head, new.clone()).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let published = reply.json();
        assert_eq!(published["version"], 1);
        assert_eq!(house.get("/api/publications", &lead).await.json(), json!([published]));
        let path = |what: &str| format!("/api/publications/{}/{what}", published["publication_id"].as_str().unwrap());
        let before = house.get(&path("signed"), &head).await;
        assert!(before.header("content-disposition").unwrap_or_default().contains("terbitan-1.json"));
        assert_eq!(house.get(&path("changes"), &head).await.json()["changes"], json!([]));

        assert_eq!(upload(&house, &lead, LEDGER.replace("03-01", "03-02")).await.status, 200);
        let changes = house.get(&path("changes"), &head).await.json();
        let prank = changes["changes"].as_array().unwrap().iter().find(|one| one["name"] == "classes.prank").unwrap();
        assert_eq!((&prank["before"], &prank["now"]), (&json!("1"), &json!("2")));
        assert_eq!(house.get(&path("signed"), &head).await.body, before.body, "what was published stays");
        assert_eq!(house.post("/api/publications", &head, new).await.json()["version"], 2);
    }

    #[tokio::test]
    async fn what_may_not_go_out_is_told() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        assert_eq!(upload(&house, &lead, LEDGER.to_owned()).await.status, 200);
        for (from, to, status, words) in
            [("2020-03-01", "2029-03-31", 409, "belum selesai"), ("2020-03-31", "2020-03-01", 422, "tukar")]
        {
            let reply =
                house.post("/api/publications", &lead, json!({ "from": from, "to": to, "compared": false })).await;
            assert_eq!(reply.status, status, "{}", reply.text());
            assert!(reply.json()["detail"].as_str().unwrap_or_default().contains(words), "{}", reply.text());
        }
    }
}
