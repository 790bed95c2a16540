//! Points in time and days of the city. The clock itself is read only at the edge (`siaga-engine::clock`).

use jiff::{civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The months in official Indonesian, January first.
pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// Microseconds since 1970-01-01T00:00:00 UTC. In JSON a plain number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Timestamp(#[cfg_attr(test, ts(type = "number"))] pub i64);

impl Timestamp {
    /// This many milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms.saturating_mul(1_000)))
    }

    /// Milliseconds from `earlier` to `self`; negative when `earlier` is later.
    #[must_use]
    pub fn ms_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000
    }

    /// The calendar day and clock time in a zone.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> civil::DateTime {
        let ts = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        zone.to_datetime(ts)
    }

    /// The day of the city this point lies in.
    #[must_use]
    pub fn local_day(self, zone: &TimeZone) -> LocalDay {
        LocalDay::from_date(self.in_zone(zone).date())
    }
}

/// A calendar day of the city as the number `yyyymmdd` (20200131). In JSON a plain number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct LocalDay(pub i32);

impl LocalDay {
    #[must_use]
    pub fn from_date(date: civil::Date) -> Self {
        Self(i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day()))
    }

    /// The calendar date, or `None` where the number names no day (20200230).
    #[must_use]
    pub fn date(self) -> Option<civil::Date> {
        let year = i16::try_from(self.0 / 10_000).ok()?;
        let month = i8::try_from(self.0 / 100 % 100).ok()?;
        let day = i8::try_from(self.0 % 100).ok()?;
        civil::Date::new(year, month, day).ok()
    }

    /// Year and month as `yyyymm`.
    #[must_use]
    pub fn month(self) -> i32 {
        self.0 / 100
    }
}
