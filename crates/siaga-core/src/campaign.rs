//! *Sosialisasi*: what the city does so that people call 112 rightly, and whether the calls changed with it. What a campaign
//! is stands here, what it did in `effect`. It tells, and is asked by nothing that takes calls.

mod days;
pub mod effect;
mod ratio;
mod sample;

pub use days::{DayCount, Days, Span};
pub use effect::{Question, effect};

use crate::{city::City, text, time::LocalDay};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Characters of a name: it stands in one line.
pub const NAME_CHARS_MAX: usize = 120;
/// Characters of audience, organiser and of how people were counted.
pub const LINE_CHARS_MAX: usize = 200;
/// Characters of notes, and of the reason for a correction.
pub const NOTES_CHARS_MAX: usize = 2_000;
/// A year: what is longer has no "before" that is like it (days).
pub const DAYS_MAX: i32 = 366;
/// More people than any Indonesian city has: a slip of the hand.
pub const REACHED_MAX: u32 = 20_000_000;
/// Spans before and after that can be compared (days). Whole weeks, so that each has the same weekdays.
pub const WINDOWS: [u16; 3] = [28, 56, 91];

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "CampaignKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    SchoolVisit,
    Radio,
    Banners,
    SocialMedia,
    CommunityMeeting,
    Other,
}

/// Who does it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Organiser {
    /// An agency of the city, by its key.
    Agency(String),
    /// Somebody else, in words.
    Other(String),
}

/// How many people it reached, and how anybody knows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Reached {
    pub people: u32,
    pub counted_how: String,
}

/// What a person enters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    pub name: String,
    pub kind: Kind,
    pub first: LocalDay,
    pub last: LocalDay,
    /// Codes of kelurahan; none: the whole city.
    pub villages: Vec<String>,
    pub audience: String,
    pub organiser: Organiser,
    pub notes: String,
    pub reached: Option<Reached>,
    /// Days before and after that are compared: one of [`WINDOWS`], chosen before anybody knows the result.
    pub window: u16,
}

/// Where a campaign stands. All but the last follow from its days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "CampaignState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    Planned,
    Ongoing,
    Ended,
    /// It did not happen.
    Cancelled,
}

/// One field that cannot stay as it is, in words that say what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The field's name in [`Campaign`].
    pub field: &'static str,
    pub words: String,
}

impl Campaign {
    /// Where it stands on a day, if it was not cancelled.
    #[must_use]
    pub fn state(&self, today: LocalDay) -> State {
        if today < self.first {
            State::Planned
        } else if today <= self.last {
            State::Ongoing
        } else {
            State::Ended
        }
    }

    /// Its days; none where they are no days.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        Some(Span { first: self.first.date()?, last: self.last.date()? })
    }

    /// Tidied, or all that is wrong with it, field by field.
    ///
    /// # Errors
    /// At least one [`Fault`].
    pub fn checked(mut self, city: &City) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut wrong = |field, words: String| faults.push(Fault { field, words });
        for (field, text, range, is_shown, what) in [
            ("name", &mut self.name, 1..=NAME_CHARS_MAX, LINE, "Beri nama"),
            ("audience", &mut self.audience, 1..=LINE_CHARS_MAX, LINE, "Tulis siapa yang dituju"),
            ("notes", &mut self.notes, 0..=NOTES_CHARS_MAX, LINES, "Ringkas catatannya"),
        ] {
            if let Err(why) = tidy(text, &range, is_shown) {
                let words = format!("{what}: {} sampai {} huruf.", range.start(), range.end());
                wrong(field, why.words(words));
            }
        }
        match &mut self.organiser {
            Organiser::Agency(key) if city.agency(key).is_none() => {
                wrong("organiser", "Instansi ini tidak ada di data kota: pilih dari daftar.".to_owned());
            }
            Organiser::Agency(_) => {}
            Organiser::Other(name) => {
                if let Err(why) = tidy(name, &(1..=LINE_CHARS_MAX), LINE) {
                    let words = format!("Tulis siapa penyelenggaranya: 1 sampai {LINE_CHARS_MAX} huruf.");
                    wrong("organiser", why.words(words));
                }
            }
        }
        // A city that has 112 has it since this century; a plan is not for the next.
        let day = |day: LocalDay| day.date().filter(|date| (2_000..2_100).contains(&date.year()));
        match (day(self.first), day(self.last)) {
            (Some(first), Some(last)) if first > last => {
                wrong("last", "Hari terakhir sebelum hari pertama: tukar keduanya.".to_owned());
            }
            (Some(first), Some(last)) if days_between(first, last) + 1 > DAYS_MAX => {
                wrong(
                    "last",
                    format!("Paling lama {DAYS_MAX} hari: catat yang lebih panjang sebagai beberapa kegiatan."),
                );
            }
            (first, last) => {
                for (field, day) in [("first", first), ("last", last)] {
                    if day.is_none() {
                        wrong(field, "Tanggal ini tidak ada: pilih hari di penanggalan.".to_owned());
                    }
                }
            }
        }
        self.villages.sort();
        self.villages.dedup();
        if let Some(code) = self.villages.iter().find(|code| city.village_by_code(code).is_none()) {
            let code: String = code.chars().take(20).collect();
            wrong("villages", format!("Kelurahan {code} tidak ada di data kota: pilih dari daftar."));
        }
        if let Some(reached) = &mut self.reached {
            let counted_how = tidy(&mut reached.counted_how, &(1..=LINE_CHARS_MAX), LINE);
            if reached.people > REACHED_MAX {
                wrong("reached", format!("{} orang terlalu banyak: periksa angkanya.", reached.people));
            } else if let Err(why) = counted_how {
                let words = "Tulis cara menghitungnya, misalnya daftar hadir; atau kosongkan jumlahnya.";
                wrong("reached", why.words(words.to_owned()));
            }
        }
        if !WINDOWS.contains(&self.window) {
            wrong("window", "Pilih 28, 56, atau 91 hari.".to_owned());
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

/// Why a correction or a cancellation: tidied.
///
/// # Errors
/// A [`Fault`] of the field `reason`.
pub fn reason(text: &str) -> Result<String, Fault> {
    let mut text = text.to_owned();
    match tidy(&mut text, &(3..=NOTES_CHARS_MAX), LINES) {
        Ok(()) => Ok(text),
        Err(why) => {
            let words = format!("Tulis alasannya: 3 sampai {NOTES_CHARS_MAX} huruf.");
            Err(Fault { field: "reason", words: why.words(words) })
        }
    }
}

const LINE: fn(&str) -> bool = text::is_line;
const LINES: fn(&str) -> bool = text::is_lines;

/// Why a text cannot be taken.
enum Unfit {
    Length,
    Unseen,
}

impl Unfit {
    fn words(&self, of_length: String) -> String {
        match self {
            Unfit::Length => of_length,
            Unfit::Unseen => format!("Teks ini {}.", text::UNSEEN),
        }
    }
}

fn tidy(text: &mut String, chars: &RangeInclusive<usize>, is_shown: fn(&str) -> bool) -> Result<(), Unfit> {
    *text = text.trim().to_owned();
    if !is_shown(text) {
        return Err(Unfit::Unseen);
    }
    if chars.contains(&text.chars().count()) { Ok(()) } else { Err(Unfit::Length) }
}

fn days_between(first: Date, last: Date) -> i32 {
    i32::try_from(first.duration_until(last).as_hours() / 24).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
