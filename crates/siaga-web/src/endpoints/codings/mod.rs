//! `/api/codings`: nuisance calls that a second person codes by their sound alone.

pub mod figures;
pub mod found;
pub mod give;
pub mod list;
pub mod playbacks;
pub mod settle;
#[cfg(test)]
mod tests;

use crate::{Web, problem::Problem};
use siaga_core::{ids::CodingId, view::desk::Topic};
use siaga_store::{StoreError, codings::CodingError};

fn refused(error: CodingError) -> Problem {
    match error {
        CodingError::Store(StoreError::NotFound) => Problem::not_found("Penilaian ganda"),
        CodingError::Store(error) => error.into(),
        CodingError::OwnCall => Problem::forbidden()
            .detail("Panggilan ini Anda jawab atau Anda beri kelas sendiri. Orang lain yang menilainya."),
        CodingError::Coded => {
            Problem::conflict("Panggilan ini sudah dinilai").detail("Lanjutkan dengan yang berikutnya.")
        }
        CodingError::NothingToSettle => Problem::conflict("Tidak ada yang perlu diselesaikan")
            .detail("Mungkin rekan sudah menyelesaikannya. Muat ulang halaman."),
    }
}

fn tell(web: &Web, coding: CodingId) {
    web.changes.tell(Topic::Reviews, Some(coding.to_string()));
}
