//! Why the desk does not do what a person asked. A refusal changes nothing.

/// Stable key for the interface, Indonesian words that say what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    NoSeat,
    SeatsFull,
    /// No sound path between this console and the desk.
    NoStation,
    AlreadyInCall,
    CallTaken,
    /// The caller is gone, or the call left the desk.
    CallGone,
    NotAnswered,
    NotYourCall,
    /// Taking over without being asked is for shift leads after the first seconds.
    ShiftLeadOnly,
    /// Taking over late needs a reason.
    ReasonMissing,
    /// Only a shift lead listens to others.
    LeadsOnly,
    /// Another lead is on this call.
    AlreadySupervised,
    /// Over already, or never begun.
    NotSupervising,
    ClassMissing,
    UnknownClass,
    UndoTooLate,
    /// The call is marked: its caller cannot speak freely, and this could betray them.
    Threatened,
    KeypadInvalid,
    CallbackGone,
    /// Somebody dials it now.
    CallbackTaken,
    /// Does not fit the state the call is in.
    NotNow,
    /// The desk did not answer in time.
    Busy,
}

impl Refusal {
    pub const ALL: [Self; 19] = [
        Self::NoSeat,
        Self::SeatsFull,
        Self::NoStation,
        Self::AlreadyInCall,
        Self::CallTaken,
        Self::CallGone,
        Self::NotAnswered,
        Self::NotYourCall,
        Self::ShiftLeadOnly,
        Self::ReasonMissing,
        Self::ClassMissing,
        Self::UnknownClass,
        Self::UndoTooLate,
        Self::Threatened,
        Self::KeypadInvalid,
        Self::CallbackGone,
        Self::CallbackTaken,
        Self::NotNow,
        Self::Busy,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Refusal::NoSeat => "no_seat",
            Refusal::SeatsFull => "seats_full",
            Refusal::NoStation => "no_station",
            Refusal::AlreadyInCall => "already_in_call",
            Refusal::CallTaken => "call_taken",
            Refusal::CallGone => "call_gone",
            Refusal::NotAnswered => "not_answered",
            Refusal::NotYourCall => "not_your_call",
            Refusal::ShiftLeadOnly => "shift_lead_only",
            Refusal::ReasonMissing => "reason_missing",
            Refusal::LeadsOnly => "leads_only",
            Refusal::AlreadySupervised => "already_supervised",
            Refusal::NotSupervising => "not_supervising",
            Refusal::ClassMissing => "class_missing",
            Refusal::UnknownClass => "unknown_class",
            Refusal::UndoTooLate => "undo_too_late",
            Refusal::Threatened => "threatened",
            Refusal::KeypadInvalid => "keypad_invalid",
            Refusal::CallbackGone => "callback_gone",
            Refusal::CallbackTaken => "callback_taken",
            Refusal::NotNow => "not_now",
            Refusal::Busy => "busy",
        }
    }

    /// One sentence for the person.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Refusal::NoSeat => "Anda belum menempati meja. Ambil meja dahulu.",
            Refusal::SeatsFull => "Semua meja terisi.",
            Refusal::NoStation => "Suara belum tersambung. Periksa mikrofon dan muat ulang halaman.",
            Refusal::AlreadyInCall => "Anda masih dalam panggilan. Selesaikan dahulu.",
            Refusal::CallTaken => "Panggilan ini sudah diambil petugas lain.",
            Refusal::CallGone => "Penelepon sudah menutup panggilan ini.",
            Refusal::NotAnswered => "Panggilan ini belum dijawab. Jawab dahulu.",
            Refusal::NotYourCall => "Panggilan ini dipegang petugas lain.",
            Refusal::ShiftLeadOnly => "Sudah lewat 20 detik. Hanya koordinator yang dapat mengambil alih.",
            Refusal::ReasonMissing => "Sudah lewat 20 detik. Tulis alasan mengambil alih (paling panjang 300 huruf).",
            Refusal::LeadsOnly => "Hanya koordinator yang dapat mendampingi panggilan petugas.",
            Refusal::AlreadySupervised => "Koordinator lain sedang mendampingi panggilan ini.",
            Refusal::NotSupervising => "Anda tidak lagi mendampingi panggilan ini. Mulai lagi dari papan.",
            Refusal::ClassMissing => "Panggilan terakhir belum diberi kelas. Pilih kelasnya dahulu.",
            Refusal::UnknownClass => "Kelas atau alasan ini tidak dikenal.",
            Refusal::UndoTooLate => "Waktu pembatalan sudah lewat. Minta koordinator mengubahnya di halaman Rekaman.",
            Refusal::Threatened => {
                "Pemanggil ini ditandai Terancam: kalimat untuk kata kasar dapat membahayakannya. Bila ia bebas bicara, cabut tanda Terancam dahulu."
            }
            Refusal::KeypadInvalid => "Hanya angka 0-9, * dan # yang dapat dikirim.",
            Refusal::CallbackGone => "Nomor ini sudah tidak ada dalam daftar panggil balik.",
            Refusal::CallbackTaken => "Petugas lain sedang memanggil nomor ini.",
            Refusal::NotNow => "Tidak dapat dilakukan dalam keadaan panggilan ini.",
            Refusal::Busy => "Server sedang sibuk. Coba sekali lagi.",
        }
    }
}
