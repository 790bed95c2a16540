//! `GET /api/users`: all accounts, by name.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::session::Account;

pub async fn users(State(web): State<Web>) -> Answer<Json<Vec<Account>>> {
    Ok(Json(web.store.accounts().await?.iter().map(super::view).collect()))
}
