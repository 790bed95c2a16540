//! Years of made-up old records, day by day, for measuring at the size of a province: the mix of a city's calls, its
//! hours and seasons, no real person. The same seed gives the same rows.
//!
//! Shares are those that Indonesian centres publish, rounded: nearly everything is prank or ghost, one call in a hundred
//! is real. Numbers are those of the made-up ledger (`siaga_core::ledger::sample`), which no operator gives out.

use crate::city::Dice;
use jiff::{SignedDuration, ToSpan, civil::Date};
use siaga_core::{
    call::live::{Fact, LiveFact},
    city::City,
    class::{Class, SUB_REASONS},
    ids::{SeatId, UserId},
    ledger::{LedgerRow, RowNumber},
    phone::Caller,
    time::{LocalDay, Timestamp},
};
use uuid::Uuid;

/// Class and its share of a thousand calls.
const MIX: [(Class, f64); 6] = [
    (Class::Emergency, 10.0),
    (Class::Information, 90.0),
    (Class::Prank, 380.0),
    (Class::Ghost, 447.0),
    (Class::Abandoned, 70.0),
    (Class::Test, 3.0),
];
/// How many calls an hour has beside the others: children are awake from ten to nine.
const HOURS: [f64; 24] = [
    2.0, 1.5, 1.0, 1.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 6.5, 6.5, 7.0, 7.0, 7.0, 7.5, 7.5, 7.5, 7.0, 6.5, 5.5, 4.0,
    3.0,
];
const WEEKDAYS: [f64; 7] = [1.0, 1.0, 1.0, 1.0, 1.05, 1.2, 1.25];
const TAKERS: usize = 24;
/// Operators' codes 081 to 089, and trailing digits under this for each.
const NUMBERS_PER_CODE: u32 = 4_000;
/// Calls that show no number.
const WITHHELD: f64 = 0.05;
const SHIFTS: [f64; 3] = [0.0, 8.0, 16.0];
const SEATS: u16 = 8;

/// Calls over some years up to a day.
pub struct History<'c> {
    city: &'c City,
    seed: u64,
    first: Date,
    /// Calls up to the end of each day, the first one first.
    until: Vec<u64>,
    numbers: Vec<RowNumber>,
    takers: Vec<String>,
}

impl<'c> History<'c> {
    /// `calls` calls over `years` years of 365 days, of which `last` is the last day.
    #[must_use]
    pub fn new(city: &'c City, calls: u64, years: u16, last: Date, seed: u64) -> Self {
        let days = i32::from(years) * 365;
        let first = last.saturating_sub((days - 1).days());
        let weight = |day: i32| {
            let date = first.saturating_add(day.days());
            let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
            // Most in the middle of the year, and a little more every year.
            let season = 1.0 - 0.15 * (std::f64::consts::TAU * f64::from(date.day_of_year()) / 365.0).cos();
            WEEKDAYS[weekday] * season * (1.0 + 0.1 * f64::from(day) / 365.0)
        };
        let all: f64 = (0..days).map(weight).sum();
        let mut so_far = 0.0;
        let until = (0..days).map(|day| {
            so_far += weight(day);
            share(calls, so_far / all)
        });
        let until: Vec<u64> = until.collect();
        let numbers = (1..=9).flat_map(|code| (0..NUMBERS_PER_CODE).map(move |rest| format!("08{code}{rest:09}")));
        Self {
            city,
            seed,
            first,
            until,
            numbers: numbers.map(|raw| number(&raw)).collect(),
            takers: (1..=TAKERS).map(|one| format!("Petugas {one:02}")).collect(),
        }
    }

    #[must_use]
    pub fn days(&self) -> usize {
        self.until.len()
    }

    /// How many calls the days before this one have.
    #[must_use]
    pub fn before(&self, day: usize) -> u64 {
        day.checked_sub(1).and_then(|day| self.until.get(day)).copied().unwrap_or(0)
    }

    /// The moment a day begins, in the city's zone; the first day is 0.
    #[must_use]
    pub fn begins(&self, day: usize) -> Timestamp {
        let midnight = self.date(day).at(0, 0, 0, 0);
        let at = self.city.time_zone().to_timestamp(midnight);
        at.map_or(Timestamp(0), |at| Timestamp(at.as_microsecond()))
    }

    fn date(&self, day: usize) -> Date {
        let hours = i64::try_from(day).unwrap_or(0).saturating_mul(24);
        self.first.saturating_add(SignedDuration::from_hours(hours))
    }

    /// The rows of a day.
    #[must_use]
    pub fn rows(&self, day: usize) -> Vec<LedgerRow> {
        let mut dice = Dice::of(self.seed, day as u64);
        let begin = self.begins(day);
        let calls = self.until.get(day).copied().unwrap_or(0).saturating_sub(self.before(day));
        let mut rows: Vec<LedgerRow> = (0..calls).map(|_| self.row(begin, &mut dice)).collect();
        rows.sort_by_key(|row| row.started_at);
        rows
    }

    fn row(&self, begin: Timestamp, dice: &mut Dice) -> LedgerRow {
        let (class, _) = MIX[dice.weighted(MIX.iter().map(|(_, share)| *share))];
        let hour = i64::try_from(dice.weighted(HOURS.iter().copied())).unwrap_or(0);
        let started_at = begin.plus_ms(hour * 3_600_000 + Dice::ms(dice.between(0.0, 3_600.0)));
        let is_gone = class == Class::Abandoned;
        let is_real = class == Class::Emergency;
        let waited = Dice::ms(if is_gone { dice.around(14.0, 0.8) } else { dice.around(4.0, 0.7) }.min(600.0));
        let talked = Dice::ms(if is_real { dice.around(110.0, 0.5) } else { dice.around(16.0, 0.8) }.min(1_800.0));
        let answered_at = (!is_gone).then(|| started_at.plus_ms(waited));
        let subs: Vec<&'static str> = SUB_REASONS.iter().filter(|sub| sub.class == class).map(|sub| sub.key).collect();
        let of = |list: usize, dice: &mut Dice| is_real.then(|| dice.below(list));
        LedgerRow {
            line: 0,
            started_at,
            number: if dice.chance(WITHHELD) { RowNumber::default() } else { self.number(class, dice) },
            answered_at,
            ended_at: answered_at.map_or(started_at.plus_ms(waited), |at| at.plus_ms(talked)),
            class,
            sub: subs.get(dice.below(subs.len())).copied(),
            incident_type: of(self.city.incident_types.len(), dice)
                .map(|one| self.city.incident_types[one].key.clone()),
            agency: of(self.city.agencies.len(), dice).map(|one| self.city.agencies[one].key.clone()),
            village_code: of(self.city.villages.len(), dice).map(|one| self.city.villages[one].code.clone()),
            call_taker: (!is_gone).then(|| self.takers[dice.below(TAKERS)].clone()),
            note: is_real.then(|| "catatan buatan".to_owned()),
        }
    }

    /// Few numbers make most of the nuisance.
    fn number(&self, class: Class, dice: &mut Dice) -> RowNumber {
        let mut place = dice.below(self.numbers.len());
        if matches!(class, Class::Prank | Class::Ghost) {
            place = place.min(dice.below(self.numbers.len())).min(dice.below(self.numbers.len()));
        }
        self.numbers[place].clone()
    }

    /// Who sat where on a day: three shifts, with a break each.
    #[must_use]
    pub fn seats(&self, day: usize) -> Vec<LiveFact> {
        let mut dice = Dice::of(self.seed ^ 0x5ea7, day as u64);
        let begin = self.begins(day);
        let mut facts = Vec::new();
        for shift in SHIFTS {
            for seat in 1..=SEATS {
                let user = UserId(Uuid::from_u128(u128::from(seat) + 112));
                let seat = SeatId(seat);
                let pause = dice.between(2.0, 6.0);
                let changes = [
                    (0.0, Fact::SeatTaken { seat, user }),
                    (pause, Fact::SeatPaused { seat, user, on: true }),
                    (pause + dice.between(0.2, 0.6), Fact::SeatPaused { seat, user, on: false }),
                    (7.9, Fact::SeatLeft { seat, user }),
                ];
                for (hour, fact) in changes {
                    let at = begin.plus_ms(Dice::ms((shift + hour + dice.between(0.0, 0.1)) * 3_600.0));
                    facts.push(LiveFact { id: self.id(day, facts.len()), at, fact });
                }
            }
        }
        facts.sort_by_key(|fact| fact.at);
        facts
    }

    /// Chance for what belongs to a day and is no row of it: gives a number below the one it is asked with.
    pub fn throws(&self, day: usize) -> impl FnMut(i64) -> i64 + Send + use<> {
        let mut dice = Dice::of(self.seed ^ 0x1c1d, day as u64);
        move |below| i64::try_from(dice.below(usize::try_from(below).unwrap_or(0))).unwrap_or(0)
    }

    /// The same fact has the same id, so that writing it twice is writing it once.
    fn id(&self, day: usize, fact: usize) -> Uuid {
        let day = i64::from(LocalDay::from_date(self.date(day)).0).unsigned_abs();
        Uuid::from_u64_pair(self.seed ^ 0x5ea7_0000_0000_0000, (day << 20) | fact as u64)
    }
}

fn number(raw: &str) -> RowNumber {
    let e164 = match Caller::read(raw) {
        Caller::Known(number) => Some(number.e164().to_owned()),
        Caller::Withheld | Caller::Unreadable => None,
    };
    RowNumber { e164, raw: Some(raw.to_owned()) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "rounded, not negative, and far below 2^53"
)]
fn share(calls: u64, share: f64) -> u64 {
    (calls as f64 * share).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_core::city::serang;

    #[test]
    fn a_history_has_its_calls_once_and_the_same_again() {
        let city = serang();
        let history = History::new(&city, 20_000, 1, jiff::civil::date(2025, 12, 31), 7);
        assert_eq!(history.days(), 365);
        let all: Vec<LedgerRow> = (0..history.days()).flat_map(|day| history.rows(day)).collect();
        assert_eq!(all.len(), 20_000);
        let days: Vec<_> = all.iter().map(|row| row.started_at.local_day(city.time_zone()).0).collect();
        assert_eq!((days.first(), days.last()), (Some(&20_250_101), Some(&20_251_231)));
        assert!(days.is_sorted());
        for row in &all {
            assert_eq!(row.answered_at.is_none(), row.class == Class::Abandoned);
            assert!(row.answered_at.unwrap_or(row.started_at) >= row.started_at && row.ended_at >= row.started_at);
            assert_eq!(row.incident_type.is_some(), row.class == Class::Emergency);
        }
        let real = all.iter().filter(|row| row.class == Class::Emergency).count();
        assert!((120..300).contains(&real), "{real}");
        let again = History::new(&city, 20_000, 1, jiff::civil::date(2025, 12, 31), 7);
        assert_eq!(again.rows(200), history.rows(200));
        assert_ne!(History::new(&city, 20_000, 1, jiff::civil::date(2025, 12, 31), 8).rows(200), history.rows(200));
        assert_eq!(history.seats(3).len(), 96);
        assert_eq!(history.seats(3)[0].id, again.seats(3)[0].id);
    }
}
