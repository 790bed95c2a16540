//! `POST /api/outbox/{id}/retry`: a person tries a message again that was given up, or that waits.

use crate::{Answer, Person, Problem, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{ids::OutboxId, view::desk::Topic};
use siaga_engine::clock;
use siaga_store::StoreError;

pub async fn retry(State(web): State<Web>, person: Person, PathId(id): PathId<OutboxId>) -> Answer<StatusCode> {
    match web.store.outbox_retry(id, person.user_id, clock::now()).await {
        Ok(()) => {}
        Err(StoreError::NotFound) => return Err(Problem::not_found("Pesan")),
        Err(StoreError::Conflict(_)) => return Err(Problem::conflict("Pesan ini sudah terkirim")),
        Err(error) => return Err(error.into()),
    }
    web.changes.tell(Topic::Outbox, Some(id.to_string()));
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::incidents::testing::send_fire, testing::House};
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_waiting_message_is_shown_and_tried_again() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        send_fire(&house, &siti).await;
        let rows = house.get("/api/outbox", &siti).await.json();
        assert_eq!((&rows[0]["target"], &rows[0]["state"]), (&"Damkar".into(), &"waiting".into()));
        let path = format!("/api/outbox/{}/retry", rows[0]["outbox_id"].as_str().unwrap());
        assert_eq!(house.post(&path, &siti, json!({})).await.status, 204);
        let nowhere = "/api/outbox/01890000-0000-7000-8000-000000000000/retry";
        assert_eq!(house.post(nowhere, &siti, json!({})).await.status, 404);
    }
}
