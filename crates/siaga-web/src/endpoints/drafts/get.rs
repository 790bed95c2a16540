//! `GET /api/calls/{id}/draft`: the sheet, revision 0 where nothing was saved yet.

use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::CallId, view::incident::DraftView};

pub async fn draft(State(web): State<Web>, PathId(call): PathId<CallId>) -> Answer<Json<DraftView>> {
    Ok(Json(web.store.draft(call).await?))
}
