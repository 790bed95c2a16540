//! `GET /api/city/document`: the document in force, to be changed and put back. It may hold secrets of webhooks.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::{city::SERANG_TOML, view::city::CityDocument};

pub async fn document(State(web): State<Web>) -> Answer<Json<CityDocument>> {
    let held = web.store.city_version().await?;
    // before the first version was stored the demo city is the pattern
    Ok(Json(held.map_or_else(
        || CityDocument { version: 0, document: SERANG_TOML.to_owned() },
        |held| CityDocument { version: held.version, document: held.document },
    )))
}
