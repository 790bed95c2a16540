//! Why this call was next and why at this seat: kept with each offer, shown on the card.

/// Why it was this call's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Head,
    Heard,
    LongestA,
    LongestB,
    WaitedOutB,
    Silent,
    /// Silent, and slid back as far as one slides.
    Slid,
    /// Simulated, and nobody real waits.
    Drill,
}

/// Why it was this seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    SameCallTaker,
    LongestIdle,
    OnlyFree,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    pub next: Next,
    pub chosen: Chosen,
}

impl Why {
    /// Indonesian, one clause.
    #[must_use]
    pub fn words(self) -> String {
        let next = match self.next {
            Next::Head => "kepala antrean",
            Next::Heard => "ada suara",
            Next::LongestA => "paling lama menunggu",
            Next::LongestB => "paling lama di jalur B",
            Next::WaitedOutB => "batas tunggu jalur B habis",
            Next::Silent => "hening, tidak ada yang bersuara menunggu",
            Next::Drill => "latihan, tidak ada pemanggil sungguhan menunggu",
            Next::Slid => "hening, sudah cukup lama mundur",
        };
        let chosen = match self.chosen {
            Chosen::SameCallTaker => "petugas yang tadi berbicara dengan nomor ini",
            Chosen::LongestIdle => "meja paling lama siap",
            Chosen::OnlyFree => "satu-satunya meja siap",
        };
        format!("{next}; {chosen}")
    }
}
