//! What comes in: JSON bodies, path ids, queries. A bad one is a [`Problem`] in words, never plain text of a library.

mod words;

use crate::problem::Problem;
use axum::{
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::JsonRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use words::in_words;

/// A JSON body. Asks for `Content-Type: application/json`, which a foreign form cannot send.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse_body(&rejection)),
        }
    }
}

fn refuse_body(rejection: &JsonRejection) -> Problem {
    let (kind, title) = match rejection {
        JsonRejection::JsonDataError(_) => ("wrong_fields", "Isian tidak sesuai"),
        JsonRejection::JsonSyntaxError(_) => ("not_json", "Kiriman bukan JSON yang benar"),
        JsonRejection::MissingJsonContentType(_) => ("not_json", "Kiriman harus berupa application/json"),
        _ if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "Kiriman terlalu besar"),
        _ => ("unreadable", "Kiriman tidak terbaca"),
    };
    let detail = match kind {
        "wrong_fields" | "not_json" if !matches!(rejection, JsonRejection::MissingJsonContentType(_)) => {
            in_words(&rejection.body_text())
        }
        "not_json" => "Kirim dengan Content-Type: application/json.".to_owned(),
        "too_large" => "Kirim lebih sedikit sekaligus.".to_owned(),
        _ => "Kirim ulang. Bila berulang, periksa sambungannya.".to_owned(),
    };
    Problem::new(rejection.status(), kind, title).detail(detail)
}

/// An id in the path. What is no id names nothing: 404.
pub struct PathId<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(Problem::not_found("Alamat ini")),
        }
    }
}

/// The part after `?`.
pub struct QueryOf<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(rejection) => {
                Err(Problem::new(StatusCode::BAD_REQUEST, "wrong_query", "Parameter alamat tidak sesuai")
                    .detail(in_words(&rejection.body_text())))
            }
        }
    }
}

/// The header `Idempotency-Key` of a command: the same key twice does the thing once. At most 80 visible characters.
pub struct IdempotencyKey(pub Option<String>);

/// Longest key, characters: a UUID has 36.
const IDEMPOTENCY_KEY_MAX: usize = 80;

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        match value.to_str() {
            Ok(key) if (1..=IDEMPOTENCY_KEY_MAX).contains(&key.len()) => Ok(Self(Some(key.to_owned()))),
            _ => Err(Problem::new(StatusCode::BAD_REQUEST, "wrong_key", "Idempotency-Key tidak sesuai")
                .detail("Pakai 1 sampai 80 huruf atau angka.")),
        }
    }
}
