//! `/api/city`: the city's words and places, and its document.

pub mod document;
pub mod get;
pub mod preview;
pub mod put;
pub mod sign_card;
pub mod template;

use crate::{Answer, Problem};
use axum::http::StatusCode;
use siaga_core::city::City;

/// Mistakes that are told at once.
const PROBLEMS_SHOWN: usize = 20;

/// The city of a document, or its mistakes with their lines.
fn checked(document: &str) -> Answer<City> {
    City::from_toml(document).map_err(|problems| {
        let lines: Vec<String> = problems.iter().take(PROBLEMS_SHOWN).map(ToString::to_string).collect();
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_city", "Berkas kota belum benar").detail(lines.join("\n"))
    })
}
