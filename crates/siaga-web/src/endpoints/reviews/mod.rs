//! `/api/reviews`: drawn calls with a score form; the call-taker's own results.

pub mod board;
pub mod comment;
pub mod finish;
pub mod get;
pub mod mine;
pub mod save;
#[cfg(test)]
mod tests;

use crate::{Web, problem::Problem};
use siaga_core::{ids::ReviewId, view::desk::Topic};
use siaga_store::{StoreError, reviews::ReviewError};

fn refused(error: ReviewError) -> Problem {
    match error {
        ReviewError::Store(StoreError::NotFound) => Problem::not_found("Penilaian"),
        ReviewError::Store(error) => error.into(),
        ReviewError::OwnCall => {
            Problem::forbidden().detail("Panggilan ini Anda jawab sendiri. Orang lain yang menilainya.")
        }
        ReviewError::NoComment => Problem::conflict("Belum atau tidak lagi dapat ditanggapi")
            .detail("Tanggapan ditulis sekali, oleh yang menjawab panggilan, setelah penilaian selesai."),
        ReviewError::Overtaken => {
            Problem::conflict("Rekan menyimpan lebih dahulu").detail("Muat ulang formulir, lalu ulangi perubahan Anda.")
        }
        ReviewError::Finished => {
            Problem::conflict("Penilaian ini sudah selesai").detail("Yang selesai tidak diubah lagi.")
        }
        ReviewError::Form(problem) => Problem::invalid("Formulir belum sesuai").detail(problem.to_string()),
    }
}

fn tell(web: &Web, review: ReviewId) {
    web.changes.tell(Topic::Reviews, Some(review.to_string()));
}
