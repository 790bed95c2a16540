//! `POST /api/handovers/lines`: one line more in the note of this shift. Answers with the page.

use crate::{Answer, JsonBody, Person, Web, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::view::handover::{HandoverPage, NewHandoverLine};
use siaga_engine::clock;

pub async fn add(
    State(web): State<Web>,
    person: Person,
    JsonBody(line): JsonBody<NewHandoverLine>,
) -> Answer<(StatusCode, Json<HandoverPage>)> {
    web.store.handover_line_add(line.line_id, &line.text, actor(&person), clock::now()).await?;
    Ok((StatusCode::CREATED, Json(super::changed(&web, &person).await?)))
}
