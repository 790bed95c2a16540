//! Why a class was not corrected, in words that say what to do.

use super::Problem;
use axum::http::StatusCode;
use siaga_core::call::correction::NoCorrection;
use siaga_store::{StoreError, calls::ClassError};

impl From<ClassError> for Problem {
    fn from(error: ClassError) -> Self {
        match error {
            ClassError::Store(StoreError::NotFound) => Self::not_found("Panggilan"),
            ClassError::Store(error) => error.into(),
            ClassError::Refused(refused) => refused.into(),
        }
    }
}

impl From<NoCorrection> for Problem {
    fn from(refused: NoCorrection) -> Self {
        let (status, kind) = match refused {
            NoCorrection::Open => (StatusCode::CONFLICT, "call_open"),
            NoCorrection::NobodyAnswered => (StatusCode::CONFLICT, "nobody_answered"),
            NoCorrection::OurCall => (StatusCode::CONFLICT, "our_call"),
            NoCorrection::NotYours => (StatusCode::FORBIDDEN, "not_your_call"),
            NoCorrection::RealIncident => (StatusCode::CONFLICT, "real_incident"),
        };
        // The first sentence is what is wrong, the rest what to do.
        let words = refused.to_string();
        match words.split_once(". ") {
            Some((title, detail)) => Self::new(status, kind, title).detail(detail),
            None => Self::new(status, kind, words),
        }
    }
}
