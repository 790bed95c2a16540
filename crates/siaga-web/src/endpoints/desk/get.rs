//! `GET /api/desk`: the live desk as it is now.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::desk::DeskView;

pub async fn desk(State(web): State<Web>) -> Answer<Json<DeskView>> {
    let desk = web.engine.desk().borrow().clone();
    Ok(Json(DeskView::clone(&desk)))
}
