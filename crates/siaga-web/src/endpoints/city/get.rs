//! `GET /api/city`: words and places as the screens need them. No secret is in it.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::city::CityView;

pub async fn city(State(web): State<Web>) -> Answer<Json<CityView>> {
    Ok(Json(web.city.now().view()))
}
