//! `POST /api/calls/{id}/answers`: an answer more. Its id is the screen's: sent twice it is kept once. Answers with all.

use crate::{Answer, JsonBody, Person, Web, endpoints::calls, input::PathId, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::CallId,
    view::{
        card::{CardAnswers, NewCardAnswer},
        desk::Topic,
    },
};

pub async fn add(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(new): JsonBody<NewCardAnswer>,
) -> Answer<(StatusCode, Json<CardAnswers>)> {
    calls::get::row(&web, call).await?;
    let answers = web.store.card_answer_add(call, &new, &web.scene().showing(), actor(&person)).await?;
    web.changes.tell(Topic::Answers, Some(call.to_string()));
    Ok((StatusCode::CREATED, Json(answers)))
}

#[cfg(test)]
mod tests {
    use crate::{
        endpoints::{calls::testing::write_call, incidents::testing::send_fire},
        testing::House,
    };
    use serde_json::{Value, json};
    use siaga_core::{class::Class, role::Role};

    #[tokio::test]
    async fn answers_are_kept_corrected_and_refused_in_words() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let call = write_call(&house, 0, None, Class::Emergency).await;
        let cards = house.get("/api/city", &siti).await.json()["cards"].clone();
        let medical = cards.as_array().unwrap().iter().find(|card| card["key"] == "medical").unwrap().clone();
        let path = format!("/api/calls/{call}/answers");
        let give = async |id: u32, digit: u8| {
            let choice = json!({ "kind": "answered", "digit": digit, "say": "" });
            let body = json!({ "answer_id": format!("01890000-0000-7000-8000-{id:012}"), "card": "medical", "title": "", "asked": "",
                               "fingerprint": medical["fingerprint"], "step": "awake", "choice": choice });
            house.post(&path, &siti, body).await
        };
        assert_eq!(house.get(&path, &siti).await.json(), json!({ "lines": [], "open": [] }));
        let first = give(1, 1).await;
        assert_eq!((first.status, &first.json()["lines"][0]["choice"]["say"]), (201, &"Ya".into()));
        assert_eq!(give(1, 1).await.json()["lines"].as_array().map(Vec::len), Some(1));
        let second = give(2, 2).await.json();
        assert_eq!((&second["lines"][0]["corrected"], &second["lines"][1]["corrected"]), (&true.into(), &false.into()));
        let wrong = give(3, 9).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("Kartu: jawaban 9"), "{}", wrong.text());
        assert_eq!(house.get(&path, &siti).await.json(), second, "refused answers change nothing");
        assert_eq!(
            house.post("/api/calls/01890000-0000-7000-8000-000000000000/answers", &siti, Value::Null).await.status,
            422
        );
    }

    #[tokio::test]
    async fn an_incident_tells_what_was_not_asked() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let incident = send_fire(&house, &siti).await;
        let path = format!("/api/incidents/{}/answers", incident["incident_id"].as_str().unwrap());
        let answers = house.get(&path, &siti).await.json();
        assert_eq!(answers["open"][0]["asked"], "Masih ada orang di dalam?");
        assert_eq!(house.get("/api/incidents/01890000-0000-7000-8000-000000000000/answers", &siti).await.status, 404);
    }
}
