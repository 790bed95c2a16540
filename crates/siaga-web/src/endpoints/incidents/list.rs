//! `GET /api/incidents?status=open|closed`: open ones oldest first (the default), closed ones newest first.

use crate::{Answer, Problem, Web, input::QueryOf};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use siaga_core::view::incident::IncidentView;
use siaga_store::incidents::IncidentFilter;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    status: String,
}

pub async fn incidents(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<Vec<IncidentView>>> {
    let filter = match asked.status.as_str() {
        "" | "open" => IncidentFilter::Open,
        "closed" => IncidentFilter::Closed,
        _ => {
            return Err(Problem::new(StatusCode::BAD_REQUEST, "wrong_query", "Parameter alamat tidak sesuai")
                .detail("status: yang diharapkan open atau closed."));
        }
    };
    let scene = web.scene();
    Ok(Json(web.store.incidents(filter, &scene.showing()).await?))
}
