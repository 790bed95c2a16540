//! Every "no" of the HTTP side: RFC 9457 problem details, in Indonesian words that say what to do.
//!
//! Endpoints return [`Answer<T>`]. A domain error becomes a `Problem` in one `From` match of this file, so that the
//! same thing never has two status codes.

mod campaign;
mod correction;
mod handover;
mod incident;
mod link;
mod sanction;

use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use siaga_core::{desk::Refusal, view::session::Problem as Body};
use siaga_store::StoreError;
use std::{collections::BTreeMap, fmt};

/// What every endpoint returns.
pub type Answer<T> = Result<T, Problem>;

/// One refusal. `kind` is a stable key for programs, `title` is for people.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    kind: &'static str,
    title: String,
    detail: Option<String>,
    fields: Option<BTreeMap<String, String>>,
    retry_after_s: Option<u64>,
}

impl Problem {
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str, title: impl Into<String>) -> Self {
        Self { status, kind, title: title.into(), detail: None, fields: None, retry_after_s: None }
    }

    /// What to do, or what exactly is wrong.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// What is wrong with which field of a form.
    #[must_use]
    pub fn fields(mut self, fields: BTreeMap<String, String>) -> Self {
        self.fields = Some(fields);
        self
    }

    /// Seconds after which the same request makes sense again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// 401: nobody is signed in.
    #[must_use]
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed_out", "Anda belum masuk")
            .detail("Masuk dahulu di halaman /masuk, lalu ulangi.")
    }

    /// 403: this role may not.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Peran Anda tidak boleh melakukan ini")
            .detail("Minta koordinator atau administrator bila memang perlu.")
    }

    /// 404: `what` in Indonesian, for example "Panggilan".
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("{what} tidak ditemukan"))
    }

    /// 405: the address exists, the method does not.
    #[must_use]
    pub fn wrong_method(method: &Method) -> Self {
        let title = format!("Alamat ini tidak menerima {method}");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", title)
    }

    /// 409: somebody was faster, or the thing is in another state.
    #[must_use]
    pub fn conflict(title: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", title)
    }

    /// 422: well-formed, but a value cannot be.
    #[must_use]
    pub fn invalid(title: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", title)
    }

    /// 429: too many wrong tries; the seconds until the next one.
    #[must_use]
    pub fn too_often(seconds: u64) -> Self {
        let title = format!("Terlalu sering salah. Tunggu {seconds} detik");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_often", title)
            .detail("Setelah itu Anda boleh mencoba lagi.")
            .retry_after(seconds)
    }

    /// 503: the machine cannot now.
    #[must_use]
    pub fn unavailable(title: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title)
            .detail("Coba lagi sebentar. Panggilan tetap masuk dan direkam.")
    }

    /// 500, and the cause into the log: it is handled here and nowhere else. The cause must hold no personal data.
    #[must_use]
    pub fn internal(cause: &dyn fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed by our own fault");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Terjadi kesalahan pada server")
            .detail("Coba lagi. Bila berulang, sampaikan waktu kejadian ini kepada administrator.")
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            kind: self.kind.to_owned(),
            title: self.title,
            status: self.status.as_u16(),
            detail: self.detail,
            fields: self.fields,
        };
        let text = serde_json::to_string(&body).expect("because a problem is strings and a number");
        let mut response = (self.status, text).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found("Data ini"),
            StoreError::Conflict(_) => Self::conflict("Data ini sudah ada atau baru saja diubah orang lain")
                .detail("Muat ulang, lalu coba lagi."),
            StoreError::Gone(cause) => {
                tracing::warn!(%cause, "the database is away");
                Self::unavailable("Basis data sedang tidak menjawab")
            }
            StoreError::Refused(_) | StoreError::Bug(_) => Self::internal(&error),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::CallGone | Refusal::CallbackGone => StatusCode::GONE,
            Refusal::ShiftLeadOnly | Refusal::LeadsOnly => StatusCode::FORBIDDEN,
            Refusal::UnknownClass | Refusal::KeypadInvalid | Refusal::ReasonMissing => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::NoSeat
            | Refusal::SeatsFull
            | Refusal::NoStation
            | Refusal::AlreadyInCall
            | Refusal::CallTaken
            | Refusal::NotAnswered
            | Refusal::NotYourCall
            | Refusal::AlreadySupervised
            | Refusal::NotSupervising
            | Refusal::ClassMissing
            | Refusal::UndoTooLate
            | Refusal::Threatened
            | Refusal::CallbackTaken
            | Refusal::NotNow => StatusCode::CONFLICT,
        };
        Self::new(status, refusal.key(), refusal.words())
    }
}
