//! What a call waits for, where no seat rings for it: Indonesian, for its card.

pub const LEFT: &str = "ditanya petugas; bunyi atau angka apa pun memajukannya";
pub const SETTLED: &str = "dipanggil balik: salah tekan; menunggu telepon ditutup";
pub const HEARS_FIRST: &str = "mendengar pemberitahuan dahulu";
pub const HANDED_OFF: &str = "dialihkan ke rekaman; kata atau angka apa pun membawa petugas";
pub const BACK: &str = "minta petugas lagi setelah dialihkan; petugas lain didahulukan";
pub const TELEPHONE_GONE: &str = "telepon luar menutup; kepala antrean";
pub const SEAT_GONE: &str = "meja petugas hilang; kepala antrean";
pub const SILENT_LINE: &str = "saluran hening; bunyi atau angka apa pun memajukannya";
pub const LANE_B: &str = "jalur B; menunggu meja di luar cadangan jalur A";
pub const WAITS: &str = "menunggu meja siap";

/// All of them; the interface knows each.
pub const ALL: [&str; 10] =
    [LEFT, SETTLED, HEARS_FIRST, HANDED_OFF, BACK, TELEPHONE_GONE, SEAT_GONE, SILENT_LINE, LANE_B, WAITS];
