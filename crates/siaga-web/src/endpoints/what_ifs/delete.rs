//! `DELETE /api/what-ifs/{id}`: stops it. What is over stays as it is.

use crate::{Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use uuid::Uuid;

pub async fn cancel(State(web): State<Web>, PathId(id): PathId<Uuid>) -> StatusCode {
    web.what_ifs.cancel(id);
    StatusCode::NO_CONTENT
}
