//! Refusals about sanctions, in words that say what to do.

use super::Problem;
use axum::http::StatusCode;
use siaga_core::sanction::Refused;
use siaga_store::{StoreError, sanctions::SanctionError as E};

impl From<E> for Problem {
    fn from(error: E) -> Self {
        match error {
            E::Store(StoreError::NotFound) => Self::not_found("Tindakan"),
            E::Store(error) => error.into(),
            E::Refused(refused) => refused.into(),
            E::Number => Self::invalid("Nomor tidak terbaca")
                .detail("Tulis nomor telepon seperti di layar, misalnya 08... atau +62...."),
            E::Open => Self::conflict("Sudah ada usulan terbuka untuk nomor ini").detail("Putuskan usulan itu dahulu."),
            E::OtherCommand => Self::invalid("Idempotency-Key sudah dipakai untuk perintah lain"),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let (status, kind) = match refused {
            Refused::NotNow => (StatusCode::CONFLICT, "not_now"),
            Refused::Groundless => (StatusCode::CONFLICT, "groundless"),
            Refused::ShiftLeadFirst => (StatusCode::FORBIDDEN, "shift_lead_first"),
            Refused::NotYourRole => (StatusCode::FORBIDDEN, "forbidden"),
            Refused::SamePerson => (StatusCode::FORBIDDEN, "same_person"),
            Refused::OwnApproval => (StatusCode::FORBIDDEN, "own_approval"),
            Refused::Immune(_) => (StatusCode::UNPROCESSABLE_ENTITY, "immune"),
            Refused::NoReason => (StatusCode::UNPROCESSABLE_ENTITY, "no_reason"),
            Refused::Hours { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "hours"),
        };
        let words = refused.to_string();
        let mut letters = words.chars();
        let title: String =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        Self::new(status, kind, title)
    }
}
