//! `GET /api/codings/figures?from=yyyy-mm-dd&to=yyyy-mm-dd`: how well two codings agree, week by week.

use crate::{Answer, Web, endpoints::report::get::period, input::QueryOf};
use axum::{Json, extract::State};
use serde::Deserialize;
use siaga_core::view::coding::CodingFigures;

#[derive(Deserialize)]
pub struct Asked {
    from: String,
    to: String,
}

pub async fn figures(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<CodingFigures>> {
    let (from, to) = period(&asked.from, &asked.to)?.local_days();
    Ok(Json(web.store.codings_figures(from, to).await?))
}
