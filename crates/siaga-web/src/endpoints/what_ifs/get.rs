//! `GET /api/what-ifs/{id}`.

use crate::{Answer, Problem, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::view::report::what_if::WhatIfView;
use uuid::Uuid;

pub async fn what_if(State(web): State<Web>, PathId(id): PathId<Uuid>) -> Answer<Json<WhatIfView>> {
    let view = web.what_ifs.view(id);
    view.map(Json).ok_or_else(|| Problem::not_found("Simulasi").detail("Mulai lagi: hasil lama tidak disimpan."))
}
