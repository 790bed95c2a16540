//! Refusals about sheets, incidents, assignments and photos, in words that say what to do.

use super::Problem;
use axum::http::StatusCode;
use siaga_core::{
    incident::{ChangeRefused, CloseRefused, StepRefused},
    intake::{FieldProblem, MergeRefused},
    photo::PHOTO_BYTES_MAX,
};
use siaga_store::{
    attachments::{PHOTOS_MAX, PhotoError},
    incidents::IncidentError as E,
};

/// The interface word of a field of the sheet.
fn label(field: &str) -> &str {
    match field {
        "landmark" => "Patokan",
        "village_code" => "Kelurahan",
        "address" => "Alamat",
        "rt_rw" => "RT/RW",
        "lat" => "Lintang",
        "lng" => "Bujur",
        "incident_type" => "Jenis kejadian",
        "reporter_name" => "Nama pelapor",
        "reporter_number" => "Nomor pelapor",
        "victims" => "Korban",
        "situation" => "Keadaan",
        "text" => "Catatan",
        "card" => "Kartu",
        other => other,
    }
}

fn told(problems: &[FieldProblem]) -> String {
    problems.iter().map(|one| format!("{}: {}.", label(&one.field), one.problem)).collect::<Vec<_>>().join(" ")
}

impl From<E> for Problem {
    fn from(error: E) -> Self {
        match error {
            E::DrillMixed => Self::conflict("Latihan dan kejadian sungguhan tidak dapat digabung")
                .detail("Kirim lembar ini sebagai kejadian sendiri."),
            E::Store(error) => error.into(),
            E::Merge(MergeRefused::Invalid(problems)) => Self::invalid("Isian belum benar").detail(told(&problems)),
            E::Merge(MergeRefused::Conflict(fields)) => {
                let stands = |(field, value): &(String, serde_json::Value)| format!("{}: {value}", label(field));
                let fields = fields.iter().map(stands).collect::<Vec<_>>().join("; ");
                Self::new(StatusCode::CONFLICT, "draft_conflict", "Isian yang sama baru diubah orang lain")
                    .detail(format!("Yang tersimpan: {fields}. Muat ulang lembar, lalu putuskan."))
            }
            E::Field(problem) => Self::invalid("Isian belum benar").detail(told(&[problem])),
            E::NotReady(problems) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "not_ready", "Lembar belum dapat dikirim")
                    .detail(told(&problems))
            }
            E::DraftMoved { current } => {
                Self::new(StatusCode::CONFLICT, "draft_moved", "Lembar berubah sejak Anda lihat")
                    .detail(format!("Lembar kini pada revisi {current}. Periksa lagi, lalu kirim."))
            }
            E::Agency(unknown) => Self::invalid("Instansi tidak dikenal").detail(unknown.to_string()),
            E::NoAgency => Self::invalid("Belum ada instansi").detail("Pilih paling sedikit satu instansi."),
            E::AlreadyAssigned => Self::conflict("Instansi ini sudah ditugaskan pada kejadian ini"),
            E::OtherIncident => Self::conflict("Panggilan ini sudah menjadi bagian kejadian lain"),
            E::Step(StepRefused::Ended) => Self::conflict("Penugasan ini sudah selesai"),
            E::Step(StepRefused::Backward) => Self::conflict("Langkah ini sudah dilewati"),
            E::Close(CloseRefused::Merged) => Self::conflict("Kejadian ini digabung ke kejadian lain")
                .detail("Tutup kejadian yang menerimanya, atau pisahkan kembali dahulu."),
            E::Close(CloseRefused::HandOverPending) => {
                Self::new(StatusCode::CONFLICT, "hand_over_pending", "Kota tetangga belum menerima")
                    .detail("Tunggu sampai diterima, atau batalkan permintaannya dahulu.")
            }
            E::Close(CloseRefused::NotAccepted) => {
                Self::new(StatusCode::CONFLICT, "not_accepted", "Belum ada kota tetangga yang menerima").detail(
                    "Kirim ke kota tetangga; setelah mereka menerima, kejadian dapat ditutup sebagai diserahkan.",
                )
            }
            E::Change(refused) => changed(refused),
            E::Close(CloseRefused::Closed) | E::Closed => Self::conflict("Kejadian ini sudah ditutup"),
            E::Close(CloseRefused::OpenAssignments { count }) => Self::new(
                StatusCode::CONFLICT,
                "open_assignments",
                format!("Masih ada {count} penugasan terbuka"),
            )
            .detail(
                "Selesaikan dahulu, atau tutup dengan catatan: penugasan yang terbuka lalu dibatalkan dan diberi tahu.",
            ),
            E::OtherCommand => Self::invalid("Idempotency-Key sudah dipakai untuk perintah lain"),
        }
    }
}

/// The core's words say what to do; the key tells a program which it was.
fn changed(refused: ChangeRefused) -> Problem {
    let kind = match refused {
        ChangeRefused::NotClosed => "not_closed",
        ChangeRefused::Closed => "closed",
        ChangeRefused::Merged | ChangeRefused::MergedElsewhere => "merged",
        ChangeRefused::NotMerged => "not_merged",
        ChangeRefused::Itself => "itself",
        ChangeRefused::Major => "major",
        ChangeRefused::OtherCall => "other_call",
        ChangeRefused::FirstCall => "first_call",
        ChangeRefused::NoReason => return Problem::invalid("Alasan belum ada").detail(sentence(refused)),
    };
    Problem::new(StatusCode::CONFLICT, kind, "Tidak dapat dilakukan").detail(sentence(refused))
}

fn sentence(refused: ChangeRefused) -> String {
    let text = refused.to_string();
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

impl From<PhotoError> for Problem {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Store(error) => error.into(),
            PhotoError::Closed => Self::conflict("Kejadian ini sudah ditutup"),
            PhotoError::TooMany => Self::conflict(format!("Paling banyak {PHOTOS_MAX} foto per penugasan")),
            PhotoError::Disk(_) => Self::internal(&error),
        }
    }
}

impl Problem {
    /// 413: a photo beyond the limit.
    #[must_use]
    pub fn photo_too_large() -> Self {
        let mb = PHOTO_BYTES_MAX / (1024 * 1024);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("Foto lebih besar dari {mb} MB"))
            .detail("Kirim foto dengan ukuran yang lebih kecil.")
    }
}
