//! Refusals about notes at a change of shift, in words.

use super::Problem;
use siaga_core::handover::Refused;
use siaga_store::handovers::HandoverError;

impl From<HandoverError> for Problem {
    fn from(error: HandoverError) -> Self {
        match error {
            HandoverError::Store(error) => error.into(),
            HandoverError::Text(problem) => {
                Self::invalid("Catatan serah terima belum dapat disimpan").detail(problem.problem)
            }
            HandoverError::Refused(refused) => match refused {
                Refused::AlreadyGiven => Self::conflict("Catatan ini sudah diserahkan")
                    .detail("Tulis baris baru: baris itu masuk ke catatan regu sekarang."),
                Refused::NotGiven => {
                    Self::conflict("Catatan ini masih ditulis").detail("Tunggu sampai regu sebelumnya menyerahkannya.")
                }
                Refused::AlreadyTaken { by } => Self::conflict(format!("Catatan ini sudah diterima oleh {by}")),
                Refused::OwnNote => Self::conflict("Yang menyerahkan tidak dapat menerima catatannya sendiri")
                    .detail("Minta orang dari regu berikutnya menerimanya."),
            },
        }
    }
}
