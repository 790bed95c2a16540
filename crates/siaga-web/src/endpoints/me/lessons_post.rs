//! `POST /api/me/lessons`: a lesson was done, or the offer of lessons answered. Answers with how far one is.

use crate::{Answer, JsonBody, Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::lesson::{LessonWord, LessonsView};
use siaga_engine::clock;

pub async fn tell(
    State(web): State<Web>,
    person: Person,
    JsonBody(word): JsonBody<LessonWord>,
) -> Answer<Json<LessonsView>> {
    web.store.lesson_told(person.user_id, word, clock::now()).await?;
    Ok(Json(web.store.lessons(person.user_id).await?))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn who_learns_is_followed_to_another_machine_and_nobody_else_is_told() {
        let house = House::new().await;
        house.account("siti", Role::CallTaker).await;
        let here = house.sign_in_as("siti").await;
        assert_eq!(house.get("/api/me/lessons", &here).await.json(), json!({ "answered": false, "done": [] }));
        for body in [json!({ "kind": "answered" }), json!({ "kind": "done", "lesson": "seat" })] {
            assert_eq!(house.post("/api/me/lessons", &here, body).await.status, 200);
        }
        let there = house.sign_in_as("siti").await;
        let known = json!({ "answered": true, "done": ["seat"] });
        assert_eq!(house.get("/api/me/lessons", &there).await.json(), known);
        let other = house.sign_in(Role::ShiftLead).await;
        assert_eq!(house.get("/api/me/lessons", &other).await.json()["done"], json!([]));
        for body in [json!({ "kind": "done", "lesson": "flying" }), json!({ "kind": "done" }), json!({})] {
            let answer = house.post("/api/me/lessons", &here, body.clone()).await;
            assert!((400..500).contains(&answer.status), "{body}: {}", answer.status);
        }
    }
}
