//! The days a report is about, and the same days of the year before.

use crate::time::{LocalDay, Timestamp};
use jiff::{ToSpan, civil::Date, tz::TimeZone};

/// Ten years with their leap days: more in one report is a slip of the hand (days).
pub const PERIOD_DAYS_MAX: u32 = 3_653;

/// From one day to another, both in it. Days are those of the city's zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportPeriod {
    from: Date,
    to: Date,
}

/// Why two days are no period, in words that say what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PeriodProblem {
    #[error("\"{0}\" bukan tanggal: tulis YYYY-MM-DD, misalnya 2020-01-31")]
    NoDate(String),
    #[error("tanggal awal {from} sesudah tanggal akhir {to}: tukar keduanya")]
    Reversed { from: Date, to: Date },
    #[error("{days} hari terlalu panjang: paling banyak {PERIOD_DAYS_MAX} hari (sepuluh tahun) sekali laporan")]
    TooLong { days: u32 },
}

impl ReportPeriod {
    /// # Errors
    /// [`PeriodProblem`].
    pub fn new(from: Date, to: Date) -> Result<Self, PeriodProblem> {
        if from > to {
            return Err(PeriodProblem::Reversed { from, to });
        }
        let period = Self { from, to };
        match period.days() {
            days if days > PERIOD_DAYS_MAX => Err(PeriodProblem::TooLong { days }),
            _ => Ok(period),
        }
    }

    /// From two texts `yyyy-mm-dd`.
    ///
    /// # Errors
    /// [`PeriodProblem`].
    pub fn parse(from: &str, to: &str) -> Result<Self, PeriodProblem> {
        Self::new(date(from)?, date(to)?)
    }

    #[must_use]
    pub fn from(&self) -> Date {
        self.from
    }

    #[must_use]
    pub fn to(&self) -> Date {
        self.to
    }

    /// Both ends as the store counts days.
    #[must_use]
    pub fn local_days(&self) -> (LocalDay, LocalDay) {
        (LocalDay::from_date(self.from), LocalDay::from_date(self.to))
    }

    /// The first moment of the first day and the first one after the last day, in the city's zone.
    #[must_use]
    pub fn edges(&self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let midnight = |date: Date| {
            let at = zone.to_timestamp(date.at(0, 0, 0, 0));
            at.map_or(Timestamp(0), |at| Timestamp(at.as_microsecond()))
        };
        (midnight(self.from), midnight(self.to.saturating_add(1.day())))
    }

    #[must_use]
    pub fn days(&self) -> u32 {
        let days = self.from.duration_until(self.to).as_hours() / 24 + 1;
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// The months it touches, as `yyyymm`.
    pub fn months(&self) -> impl Iterator<Item = i32> {
        let index = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        (index(self.from)..=index(self.to)).map(|month| month / 12 * 100 + month % 12 + 1)
    }

    /// The same calendar days one year before. 29 February has no counterpart: a period that begins on it begins on
    /// 1 March there, one that ends on it ends on 28 February; the single day 29 February is compared with the 28th.
    #[must_use]
    pub fn year_before(&self) -> Self {
        let leap = |date: Date| date.month() == 2 && date.day() == 29;
        // Constraining arithmetic: 29 February becomes the 28th.
        let before = |date: Date| date.saturating_sub(1.year());
        let to = before(self.to);
        let from = match before(self.from) {
            from if leap(self.from) && from < to => from.saturating_add(1.day()),
            from => from,
        };
        Self { from, to }
    }
}

/// `yyyy-mm-dd` and nothing else.
fn date(text: &str) -> Result<Date, PeriodProblem> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let problem = || PeriodProblem::NoDate(text.chars().take(40).collect());
    if !shaped {
        return Err(problem());
    }
    text.parse().map_err(|_| problem())
}
