//! `GET /api/me/lessons`: how far one is oneself with the lessons.

use crate::{Answer, Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::lesson::LessonsView;

pub async fn lessons(State(web): State<Web>, person: Person) -> Answer<Json<LessonsView>> {
    Ok(Json(web.store.lessons(person.user_id).await?))
}
