//! `GET /api/city/template`: Kota Serang's document, as a pattern for another city. Open: the first start offers it
//! before anyone has an account, and it is a file of this repository, never the document in force.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use siaga_core::city::SERANG_TOML;

pub async fn template() -> Response {
    let head = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"kota-contoh.toml\""),
    ];
    (head, SERANG_TOML).into_response()
}
