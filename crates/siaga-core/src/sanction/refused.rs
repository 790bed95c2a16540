//! Why a person's decision about a sanction is not carried out.

/// Each says what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// The state does not know this step.
    #[error("tindakan ini tidak lagi dalam keadaan itu. Muat ulang, lalu lihat apa yang sudah diputuskan")]
    NotNow,
    #[error("hanya koordinator yang menyetujui lebih dahulu; administrator menjadi orang kedua")]
    ShiftLeadFirst,
    #[error("peran ini tidak memutuskan tindakan")]
    NotYourRole,
    #[error("orang kedua harus orang lain. Minta koordinator lain atau administrator")]
    SamePerson,
    /// Who approved does not judge the appeal against it; giving in may anybody.
    #[error("keberatan hanya ditolak oleh orang yang tidak ikut menyetujui. Minta orang lain, atau cabut tindakan")]
    OwnApproval,
    #[error("{0}")]
    Immune(String),
    #[error("alasan wajib diisi, 3 sampai 500 huruf")]
    NoReason,
    #[error("blokir harus berlaku 1 sampai {hours_max} jam")]
    Hours { hours_max: u32 },
    /// The classes it rests on were corrected.
    #[error("dasar usulan berubah: kelas panggilan dikoreksi. Muat ulang")]
    Groundless,
}
