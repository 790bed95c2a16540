//! The class of a call: the one answer to "what was it?". What each counts as stands in `docs/definitions.md`.

use serde::{Deserialize, Serialize};

/// Each ended call has exactly one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Emergency,
    Information,
    Prank,
    Ghost,
    Abandoned,
    Test,
}

impl Class {
    pub const ALL: [Class; 6] =
        [Class::Emergency, Class::Information, Class::Prank, Class::Ghost, Class::Abandoned, Class::Test];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Class::Emergency => "emergency",
            Class::Information => "information",
            Class::Prank => "prank",
            Class::Ghost => "ghost",
            Class::Abandoned => "abandoned",
            Class::Test => "test",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }

    /// What counts as nuisance.
    #[must_use]
    pub fn is_nuisance(self) -> bool {
        matches!(self, Class::Prank | Class::Ghost)
    }

    /// The interface word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Class::Emergency => "Darurat",
            Class::Information => "Informasi",
            Class::Prank => "Prank",
            Class::Ghost => "Ghost",
            Class::Abandoned => "Putus",
            Class::Test => "Uji coba",
        }
    }
}

/// A sub-reason of a class: key in code and ledger, label and aliases in the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SubReason {
    pub class: Class,
    pub key: &'static str,
    pub label: &'static str,
    pub aliases: &'static [&'static str],
}

/// The sub-reasons. Emergencies are told apart by incident type instead.
pub const SUB_REASONS: &[SubReason] = &[
    SubReason {
        class: Class::Information,
        key: "question",
        label: "Pertanyaan",
        aliases: &["tanya", "pertanyaan umum"],
    },
    SubReason {
        class: Class::Information,
        key: "phone_locked",
        label: "HP terkunci / SIM / pulsa / token",
        aliases: &[
            "phone locked",
            "sim",
            "credit",
            "token",
            "phone locked / SIM / credit / token",
            "hp terkunci",
            "pulsa",
            "kartu sim",
            "token listrik",
        ],
    },
    SubReason {
        class: Class::Information,
        key: "complaint",
        label: "Pengaduan bukan darurat (LAPOR!)",
        aliases: &[
            "non-emergency complaint",
            "non-emergency complaint (LAPOR!)",
            "lapor!",
            "lapor",
            "pengaduan",
            "keluhan",
            "pengaduan bukan darurat",
        ],
    },
    SubReason {
        class: Class::Information,
        key: "wrong_city",
        label: "Salah kota",
        aliases: &["wrong city", "luar kota", "kota lain"],
    },
    SubReason { class: Class::Prank, key: "child", label: "Anak", aliases: &["anak-anak", "anak kecil", "children"] },
    SubReason {
        class: Class::Prank,
        key: "abuse",
        label: "Makian / pelecehan",
        aliases: &["harassment", "abuse / harassment", "makian", "pelecehan"],
    },
    SubReason {
        class: Class::Prank,
        key: "false_report",
        label: "Laporan palsu (terkonfirmasi)",
        aliases: &["false report", "false report (confirmed)", "laporan palsu", "laporan bohong"],
    },
    SubReason {
        class: Class::Ghost,
        key: "silent",
        label: "Hening, saluran terbuka",
        aliases: &["open silent line", "silent line", "hening", "diam", "tanpa suara"],
    },
    SubReason {
        class: Class::Ghost,
        key: "accidental",
        label: "Tidak sengaja (terkonfirmasi)",
        aliases: &["accidental (confirmed)", "accident", "salah tekan", "tidak sengaja", "mistake"],
    },
    SubReason { class: Class::Ghost, key: "noise", label: "Bunyi saja", aliases: &["bising", "bunyi", "suara latar"] },
    SubReason {
        class: Class::Abandoned,
        key: "before_answer",
        label: "Sebelum dijawab",
        aliases: &["before answer", "tidak terjawab"],
    },
    SubReason {
        class: Class::Abandoned,
        key: "before_human",
        label: "Sebelum petugas",
        aliases: &["before a human", "before human"],
    },
    SubReason {
        class: Class::Abandoned,
        key: "call_back_result",
        label: "Hasil panggil balik",
        aliases: &["call-back result", "callback result", "call back", "panggil balik"],
    },
    SubReason { class: Class::Test, key: "drill", label: "Latihan", aliases: &["gladi", "simulasi"] },
    SubReason { class: Class::Test, key: "canary", label: "Kanari", aliases: &["pemeriksaan otomatis"] },
    SubReason { class: Class::Test, key: "trial", label: "Percobaan", aliases: &["uji coba", "tes"] },
];
