//! `GET /api/session`: who is signed in here.

use crate::{Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::session::Me;

pub async fn me(State(web): State<Web>, person: Person) -> Json<Me> {
    Json(Me {
        user_id: person.user_id,
        user: person.user,
        display_name: person.name,
        role: person.role,
        totp: person.totp,
        city: web.city_name(),
        demo: web.is_demo(),
    })
}
