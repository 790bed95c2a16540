//! Sets documents beside the live work: a few at once, each on a thread of its own, none for ever.

use crate::{Answer, Problem};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use siaga_core::view::signed_report::SignedReport;
use siaga_report::{Edition, RenderError};
use siaga_store::signed_reports;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

/// Each keeps one core busy; the desk needs the others.
const AT_ONCE: usize = 2;
/// Longest wait for a turn, and longest setting: together within the route's deadline.
const TURN_WITHIN: Duration = Duration::from_secs(15);
const SET_WITHIN: Duration = Duration::from_secs(40);

/// The forms of a report, as the path names them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Pdf,
    Docx,
    Xlsx,
    /// The figures with hash and signature, for `siaga verify report`.
    Signed,
}

impl Form {
    fn media_type(self) -> &'static str {
        match self {
            Form::Pdf => "application/pdf",
            Form::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Form::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Signed => "application/json",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Form::Pdf => "pdf",
            Form::Docx => "docx",
            Form::Xlsx => "xlsx",
            Form::Signed => "json",
        }
    }

    fn written(self, signed: &SignedReport, edition: Edition) -> Result<Vec<u8>, RenderError> {
        let paper = || siaga_report::period_report(signed, edition);
        match self {
            Form::Pdf => siaga_report::pdf(&paper()),
            Form::Docx => siaga_report::docx(&paper()),
            Form::Xlsx => siaga_report::xlsx(&paper()),
            Form::Signed => Ok(signed_reports::file(signed).into_bytes()),
        }
    }
}

/// The turns.
#[derive(Debug)]
pub struct Documents(Arc<Semaphore>);

impl Default for Documents {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Documents {
    /// The file as a download. `name` stands before the ending of a city's. Who went away leaves its turn when the setting is done.
    pub async fn download(&self, form: Form, signed: SignedReport, edition: Edition, name: &str) -> Answer<Response> {
        let turn = timeout(TURN_WITHIN, Arc::clone(&self.0).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Dokumen lain sedang disusun");
            return Err(problem.detail("Coba lagi sebentar lagi."));
        };
        let set = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            form.written(&signed, edition)
        });
        let bytes = match timeout(SET_WITHIN, set).await {
            Ok(Ok(Ok(bytes))) => bytes,
            Ok(Ok(Err(error))) => return Err(failed(&error)),
            Ok(Err(error)) => return Err(failed(&error)),
            Err(_) => return Err(failed(&"it took too long")),
        };
        let name = edition.file_name(name);
        let head = [
            (header::CONTENT_TYPE, form.media_type().to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", form.ending())),
        ];
        Ok((head, bytes).into_response())
    }
}

fn failed(why: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%why, "a document was not set");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "no_document", "Dokumen tidak dapat disusun")
        .detail("Angkanya tetap ada di halaman dan dalam CSV. Beri tahu administrator.")
}
