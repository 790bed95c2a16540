//! Refusals about location links, in words.

use super::Problem;
use axum::http::StatusCode;
use siaga_core::link::{LINE_CHARS_MAX, LINK_AGAIN_MS, NoLink};
use siaga_store::links::LinkError;

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Store(error) => error.into(),
            LinkError::NoLink(why) => {
                let words = match why {
                    NoLink::NoNumber => "Panggilan ini tanpa nomor: tidak ada tujuan untuk pesan",
                    NoLink::FixedLine => "Nomor ini telepon kabel: tidak menerima pesan",
                    NoLink::Drill => "Panggilan latihan: tidak ada pesan yang keluar",
                    NoLink::SharedNumber => "Nomor ini dipakai banyak telepon: pesan tidak sampai ke pemanggil",
                };
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "no_link", words)
                    .detail("Tanyakan tempat dengan suara atau tombol ya/tidak.")
            }
            LinkError::JustSent => Self::new(StatusCode::CONFLICT, "just_sent", "Tautan baru saja dikirim")
                .detail(format!("Tautan baru dapat dikirim {} detik setelah yang terakhir.", LINK_AGAIN_MS / 1_000)),
            LinkError::TooMany => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "Batas untuk pemanggil ini tercapai")
                    .detail("Yang sudah terkirim tetap tersimpan.")
            }
            LinkError::Line => Self::invalid("Pesan kosong atau terlalu panjang")
                .detail(format!("Tulis 1 sampai {LINE_CHARS_MAX} huruf.")),
            LinkError::NoOpenLink => {
                Self::conflict("Pemanggil ini tidak punya tautan yang berlaku").detail("Kirim tautan lokasi dahulu.")
            }
            LinkError::Disk(cause) => Self::internal(&cause),
        }
    }
}
