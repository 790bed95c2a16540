//! The answer of screening, and why, in words.

use super::{judge::NEUTRAL, signal::Heard};
use crate::{call::Prompt, class::Class, view::desk::Lane};

/// Why, in words for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    RealReport { count: u32 },
    NothingFound { count: u32 },
    NearIncident,
    Position,
    NoNumber,
    HistoryUnknown,
    FirstCall,
    Blocked,
    Earlier { class: Class, count: u32 },
    Short { count: u32 },
    SameMinute { count: u32 },
    Heard(Heard),
    SilentFleet { numbers: usize },
}

impl Reason {
    /// Indonesian, one clause.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Reason::NoNumber => "tanpa nomor: selalu antrean utama".to_owned(),
            Reason::HistoryUnknown => "riwayat nomor belum terbaca: berdering biasa".to_owned(),
            Reason::RealReport { count } => format!("{count} laporan nyata sebelumnya: selalu antrean utama"),
            Reason::NothingFound { count } => {
                format!("{count} laporan sebelumnya nihil di lokasi: tetap antrean utama")
            }
            Reason::NearIncident => "dekat kejadian yang sedang ditangani: selalu antrean utama".to_owned(),
            Reason::Position => "lokasi terkirim bersama panggilan: selalu antrean utama".to_owned(),
            Reason::FirstCall => "panggilan pertama dari nomor ini".to_owned(),
            Reason::Blocked => "nomor dalam blokir sementara: pintu lebih lambat, bukan tertutup".to_owned(),
            Reason::Earlier { class: Class::Ghost, count } => format!("{count} panggilan tanpa suara akhir-akhir ini"),
            Reason::Earlier { class: Class::Prank, count } => format!("{count} prank akhir-akhir ini"),
            Reason::Earlier { class, count } => format!("{count} {} akhir-akhir ini", class.label().to_lowercase()),
            Reason::Short { count } => format!("{count} panggilan berakhir dalam beberapa detik"),
            Reason::SameMinute { count } => {
                format!("{count} panggilan pada menit yang sama: mungkin telepon memanggil sendiri")
            }
            Reason::Heard(Heard::Voice) => "ada suara orang".to_owned(),
            Reason::Heard(Heard::Key) => "menekan angka".to_owned(),
            Reason::Heard(Heard::Sent) => "mengirim lokasi atau pesan lewat tautan: selalu antrean utama".to_owned(),
            Reason::Heard(Heard::Noise) => "ada bunyi: ketukan, batuk atau napas".to_owned(),
            Reason::Heard(Heard::Silence) => "hening sampai sekarang; hening bukan bukti".to_owned(),
            Reason::SilentFleet { numbers } => {
                format!("{numbers} nomor hening dalam semenit: mungkin gangguan jaringan, bukan penelepon")
            }
        }
    }
}

/// What screening can say: where a call stands in the queue, what the machine says to it, and why. There is no word for
/// refusing or ending it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    pub lane: Lane,
    /// Said before it rings at a seat; the call goes on whatever the caller does.
    pub say: Option<Prompt>,
    /// 0 to 100: how probable it is that this is nuisance and no real report, if both were equally frequent. 50 says
    /// nothing. `docs/decisions/0003-what-suspicion-means.md`.
    pub suspicion: u8,
    /// What speaks for the caller first.
    pub reasons: Vec<Reason>,
}

impl Verdict {
    /// The call rings plainly.
    #[must_use]
    pub fn plain(reason: Option<Reason>) -> Self {
        Self { lane: Lane::A, say: None, suspicion: NEUTRAL, reasons: reason.into_iter().collect() }
    }
}
