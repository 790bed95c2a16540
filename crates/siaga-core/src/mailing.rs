//! Reports that go out by e-mail by themselves: when one is due, for which days, and to whom. No clock is read here.

use crate::{report::ReportPeriod, time::Timestamp};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Addresses of one schedule: an office's list, not a newsletter.
pub const RECIPIENTS_MAX: usize = 20;
/// Bytes of an address (RFC 5321, 4.5.3.1.3, without the brackets).
const ADDRESS_BYTES_MAX: usize = 254;
/// Bytes before the @ (RFC 5321, 4.5.3.1.1).
const LOCAL_BYTES_MAX: usize = 64;
/// Reports that were due while the machine was off and are still sent: a quarter's weeks, a year's months.
pub const CATCH_UP_MAX: usize = 12;
/// Every month has this day.
const MONTH_DAY_MAX: u8 = 28;
const MINUTES_OF_DAY: u16 = 24 * 60;

/// How often.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Monday to Sunday of the week before.
    Weekly,
    /// The month before.
    Monthly,
}

impl Rhythm {
    pub const ALL: [Rhythm; 2] = [Rhythm::Weekly, Rhythm::Monthly];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Rhythm::Weekly => "weekly",
            Rhythm::Monthly => "monthly",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.key() == key)
    }

    /// Of the report, in a subject line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Rhythm::Weekly => "Laporan mingguan 112",
            Rhythm::Monthly => "Laporan bulanan 112",
        }
    }
}

/// When and to whom.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Schedule {
    /// Off: nothing is sent, and the rest is kept.
    pub active: bool,
    /// Weekly: 1 is Monday. Monthly: day of the month, 1 to 28.
    pub day: u8,
    /// Minute of the day in the city's zone.
    pub minute: u16,
    pub recipients: Vec<String>,
}

impl Schedule {
    /// What stands there before anybody chose: the first morning after the period.
    #[must_use]
    pub fn unset() -> Self {
        Self { active: false, day: 1, minute: 7 * 60, recipients: Vec::new() }
    }
}

/// One report that is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    pub at: Timestamp,
    pub period: ReportPeriod,
}

/// What is wrong with a schedule, in words that say what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ScheduleProblem {
    #[error("hari {0} tidak ada: 1 (Senin) sampai 7 (Minggu)")]
    Weekday(u8),
    #[error("tanggal {0} tidak ada di setiap bulan: pilih 1 sampai {MONTH_DAY_MAX}")]
    MonthDay(u8),
    #[error("jam tidak ada: 00.00 sampai 23.59")]
    Time,
    #[error("\"{0}\" bukan alamat surel: tulis seperti nama@instansi.go.id")]
    Address(String),
    #[error("{0} tertulis dua kali")]
    Twice(String),
    #[error("{0} alamat terlalu banyak: paling banyak {RECIPIENTS_MAX}")]
    TooMany(usize),
    #[error("belum ada penerima: tulis setidaknya satu alamat, atau matikan jadwal")]
    Nobody,
}

/// Checks and tidies what a person chose.
///
/// # Errors
/// [`ScheduleProblem`].
pub fn checked(rhythm: Rhythm, asked: Schedule) -> Result<Schedule, ScheduleProblem> {
    match rhythm {
        Rhythm::Weekly if !(1..=7).contains(&asked.day) => return Err(ScheduleProblem::Weekday(asked.day)),
        Rhythm::Monthly if !(1..=MONTH_DAY_MAX).contains(&asked.day) => {
            return Err(ScheduleProblem::MonthDay(asked.day));
        }
        _ => {}
    }
    if asked.minute >= MINUTES_OF_DAY {
        return Err(ScheduleProblem::Time);
    }
    let mut recipients: Vec<String> = Vec::new();
    for text in &asked.recipients {
        let address = address(text)?;
        if recipients.iter().any(|known| known.eq_ignore_ascii_case(&address)) {
            return Err(ScheduleProblem::Twice(address));
        }
        recipients.push(address);
    }
    if recipients.len() > RECIPIENTS_MAX {
        return Err(ScheduleProblem::TooMany(recipients.len()));
    }
    if asked.active && recipients.is_empty() {
        return Err(ScheduleProblem::Nobody);
    }
    Ok(Schedule { recipients, ..asked })
}

/// An address as people have one: no quotes, no comments, no bare host. Whether somebody reads it, only a trial tells.
///
/// # Errors
/// [`ScheduleProblem::Address`].
pub fn address(text: &str) -> Result<String, ScheduleProblem> {
    let text = text.trim();
    let problem = || ScheduleProblem::Address(text.chars().take(80).collect());
    let (local, domain) = text.rsplit_once('@').ok_or_else(problem)?;
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let atom = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    let fits = text.len() <= ADDRESS_BYTES_MAX
        && local.len() <= LOCAL_BYTES_MAX
        && local.split('.').all(atom)
        && domain.contains('.')
        && domain.split('.').all(label);
    if fits { Ok(format!("{local}@{}", domain.to_ascii_lowercase())) } else { Err(problem()) }
}

/// What a person types before figures go to these addresses: how many they are, so that a line too many is noticed.
#[must_use]
pub fn confirmation(recipients: usize) -> String {
    format!("kirim ke {recipients} alamat")
}

/// Whether the words are those, however they are spaced or capitalised.
#[must_use]
pub fn confirms(words: &str, recipients: usize) -> bool {
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain == confirmation(recipients)
}

/// What became due after `since` and until `now`, the oldest first; at most the newest [`CATCH_UP_MAX`].
#[must_use]
pub fn due(rhythm: Rhythm, schedule: &Schedule, zone: &TimeZone, since: Timestamp, now: Timestamp) -> Vec<Due> {
    if !schedule.active {
        return Vec::new();
    }
    let mut found: Vec<Due> = (0..)
        .map(|back| nth_back(rhythm, schedule, zone, now, back))
        .skip_while(|due| due.at > now)
        .take_while(|due| due.at > since)
        .take(CATCH_UP_MAX)
        .collect();
    found.reverse();
    found
}

/// The next one after `now`.
#[must_use]
pub fn next(rhythm: Rhythm, schedule: &Schedule, zone: &TimeZone, now: Timestamp) -> Option<Due> {
    let ahead = || (-2..=1).rev().map(|back| nth_back(rhythm, schedule, zone, now, back));
    schedule.active.then(|| ahead().filter(|due| due.at > now).min_by_key(|due| due.at)).flatten()
}

/// The report whose period ended last before today, for a trial.
#[must_use]
pub fn latest(rhythm: Rhythm, zone: &TimeZone, now: Timestamp) -> ReportPeriod {
    period_before(rhythm, now.in_zone(zone).date())
}

/// The sending of this week or month, and those `back` before it.
fn nth_back(rhythm: Rhythm, schedule: &Schedule, zone: &TimeZone, now: Timestamp, back: i32) -> Due {
    let today = now.in_zone(zone).date();
    let day = match rhythm {
        Rhythm::Weekly => {
            monday(today).saturating_sub((back * 7).days()).saturating_add((i32::from(schedule.day) - 1).days())
        }
        Rhythm::Monthly => {
            let first = today.first_of_month().saturating_sub(back.months());
            first.saturating_add((i32::from(schedule.day) - 1).days())
        }
    };
    let hour = i8::try_from(schedule.minute / 60).unwrap_or(0);
    let minute = i8::try_from(schedule.minute % 60).unwrap_or(0);
    let at =
        zone.to_timestamp(day.at(hour, minute, 0, 0)).map_or(Timestamp(i64::MAX), |at| Timestamp(at.as_microsecond()));
    Due { at, period: period_before(rhythm, day) }
}

fn monday(day: Date) -> Date {
    day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days())
}

/// The whole week or month before the one of this day.
fn period_before(rhythm: Rhythm, day: Date) -> ReportPeriod {
    let (from, to) = match rhythm {
        Rhythm::Weekly => (monday(day).saturating_sub(7.days()), monday(day).saturating_sub(1.day())),
        Rhythm::Monthly => {
            let last = day.first_of_month().saturating_sub(1.day());
            (last.first_of_month(), last)
        }
    };
    ReportPeriod::new(from, to).expect("because a week and a month begin before they end and are short")
}

#[cfg(test)]
mod tests;
