//! `GET /api/roster?from=yyyymmdd&days=`: the plan, the shifts of these days, swaps, who is on and who is next.

use crate::{Answer, Web, input::QueryOf};
use axum::{Json, extract::State};
use serde::Deserialize;
use siaga_core::{time::LocalDay, view::roster::RosterPage};
use siaga_engine::clock;

#[derive(Deserialize)]
#[serde(default)]
pub struct Asked {
    from: Option<LocalDay>,
    days: u16,
}

impl Default for Asked {
    fn default() -> Self {
        Self { from: None, days: 7 }
    }
}

pub async fn page(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<RosterPage>> {
    let today = clock::now().local_day(web.city.now().time_zone());
    Ok(Json(super::page(&web, asked.from.unwrap_or(today), asked.days).await?))
}
