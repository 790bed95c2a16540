//! Numbers and days as official Indonesian writes them.

use jiff::{civil::Date, tz::TimeZone};
use siaga_core::time::{MONTHS, Timestamp};

/// 23734 as `23.734`.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// To one decimal, a half away from zero: every form rounds here, so that no two of them print different tenths.
pub(crate) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// 1400.5 as `1.400,5`.
pub(crate) fn decimal(value: f64) -> String {
    let value = tenth(value);
    let text = format!("{:.1}", value.abs());
    let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{},{tenth}", whole.parse().map_or_else(|_| whole.to_owned(), grouped))
}

/// 48.3 as `+48,3 %`.
pub(crate) fn percent(change: f64) -> String {
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{} %", decimal(change))
}

/// `naik 48,3 persen`; never "hampir dua kali lipat".
pub(crate) fn change_in_words(change: f64) -> String {
    match change {
        up if up > 0.0 => format!("naik {} persen", decimal(up)),
        down if down < 0.0 => format!("turun {} persen", decimal(-down)),
        _ => "tetap".to_owned(),
    }
}

fn month(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"")
}

/// `1 Januari 2020`.
pub(crate) fn long_day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `28 November 2026 pukul 07.40 WIB`.
pub(crate) fn long_time(at: Timestamp, zone: &TimeZone, label: &str) -> String {
    let time = at.in_zone(zone);
    format!("{} pukul {:02}.{:02} {label}", long_day(time.date()), time.hour(), time.minute())
}

/// A period as people say it: `Januari–September 2020`, `Maret 2020`, `tahun 2020`, `3–9 Maret 2020`.
pub(crate) fn period(from: Date, to: Date) -> String {
    let whole = from.day() == 1 && to == to.last_of_month();
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    match (whole, same_year, same_month) {
        (true, true, true) => format!("{} {}", month(from), from.year()),
        (true, true, false) if from.month() == 1 && to.month() == 12 => format!("tahun {}", from.year()),
        (true, true, false) => format!("{}–{} {}", month(from), month(to), to.year()),
        (true, false, _) => format!("{} {} sampai {} {}", month(from), from.year(), month(to), to.year()),
        (false, ..) if from == to => long_day(from),
        (false, true, true) => format!("{}–{} {} {}", from.day(), to.day(), month(to), to.year()),
        (false, true, false) => format!("{} {} sampai {}", from.day(), month(from), long_day(to)),
        (false, false, _) => format!("{} sampai {}", long_day(from), long_day(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_said_as_people_say_them() {
        for (from, to, words) in [
            ("2020-01-01", "2020-09-30", "Januari–September 2020"),
            ("2020-03-01", "2020-03-31", "Maret 2020"),
            ("2020-01-01", "2020-12-31", "tahun 2020"),
            ("2020-03-03", "2020-03-09", "3–9 Maret 2020"),
            ("2020-03-03", "2020-03-03", "3 Maret 2020"),
            ("2020-02-24", "2020-03-01", "24 Februari sampai 1 Maret 2020"),
            ("2019-12-30", "2020-01-05", "30 Desember 2019 sampai 5 Januari 2020"),
            ("2019-11-01", "2020-02-29", "November 2019 sampai Februari 2020"),
        ] {
            assert_eq!(period(from.parse().unwrap(), to.parse().unwrap()), words);
        }
        assert_eq!([0, 999, 1_000, 23_734, 1_000_000].map(grouped), ["0", "999", "1.000", "23.734", "1.000.000"]);
        assert_eq!([1_400.0, -0.5, 48.3].map(percent), ["+1.400,0 %", "-0,5 %", "+48,3 %"]);
        // A half that a float holds exactly: 53 of 400, 65 of 400.
        assert_eq!([13.25, 16.25, -0.25, -0.04].map(decimal), ["13,3", "16,3", "-0,3", "0,0"]);
        assert_eq!([48.3, -4.0, 0.0].map(change_in_words), ["naik 48,3 persen", "turun 4,0 persen", "tetap"]);
    }
}
