//! `GET /api/calls/{id}`: one call.

use crate::{Answer, Problem, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::CallId, view::call::CallRow};
use siaga_store::StoreError;

pub async fn call(State(web): State<Web>, PathId(id): PathId<CallId>) -> Answer<Json<CallRow>> {
    row(&web, id).await.map(Json)
}

/// The row of a call, or 404 in words.
pub(crate) async fn row(web: &Web, id: CallId) -> Answer<CallRow> {
    match web.store.call_row(id).await {
        Err(StoreError::NotFound) => Err(Problem::not_found("Panggilan")),
        other => Ok(other?),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{NUMBER, write_call};
    use crate::testing::House;
    use siaga_core::{class::Class, role::Role};

    #[tokio::test]
    async fn a_call_is_read_by_its_id() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let call = write_call(&house, 0, Some(NUMBER), Class::Ghost).await;
        let body = house.get(&format!("/api/calls/{call}"), &siti).await.json();
        assert_eq!((&body["class"], &body["outcome"]), (&"ghost".into(), &"answered".into()));
        for id in ["01890000-0000-7000-8000-000000000000", "x"] {
            assert_eq!(house.get(&format!("/api/calls/{id}"), &siti).await.status, 404, "{id}");
        }
    }
}
