//! What the tables of the documents must hold, worked out from the calls.

use super::count::{Call, NOT_FILLED};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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

/// A value of a table, before it has a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Count(u64),
    /// Shown with one decimal.
    Rate(f64),
    Missing,
}

/// Name of the sheet, its rows, and in which order they must stand.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: &'static str,
    pub rows: Vec<Vec<Value>>,
    pub order: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    AsHere,
    /// The second column falls, as far as the period has the row; the last row is the sum.
    MostFirst,
    /// Any; the last row is the sum.
    SumLast,
}

pub fn text(word: impl Into<String>) -> Value {
    Value::Text(word.into())
}

pub fn number(count: usize) -> u64 {
    u64::try_from(count).expect("a count")
}

#[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
pub fn float(count: u64) -> f64 {
    count as f64
}

fn share(part: u64, whole: u64) -> Value {
    if whole == 0 { Value::Missing } else { Value::Rate(float(part) * 100.0 / float(whole)) }
}

fn change(before: u64, now: u64) -> Value {
    if before == 0 { Value::Missing } else { Value::Rate((float(now) - float(before)) * 100.0 / float(before)) }
}

/// The period and the one it is compared with.
pub struct Ledger {
    pub now: Vec<Call>,
    pub before: Vec<Call>,
    pub from: Date,
    pub to: Date,
}

impl Ledger {
    fn of(calls: &[Call], is: impl Fn(&Call) -> bool) -> u64 {
        number(calls.iter().filter(|call| is(call)).count())
    }

    fn line(&self, label: &str, is: impl Fn(&Call) -> bool) -> Vec<Value> {
        let (now, before) = (Self::of(&self.now, &is), Self::of(&self.before, &is));
        vec![text(label), Value::Count(now), Value::Count(before), change(before, now)]
    }

    pub fn count(&self, is: impl Fn(&Call) -> bool) -> u64 {
        Self::of(&self.now, is)
    }

    /// Every table of the documents whose numbers come from the calls.
    pub fn sheets(&self) -> Vec<Sheet> {
        let plain = |name, rows| Sheet { name, rows, order: Order::AsHere };
        vec![
            plain(
                "Panggilan",
                vec![
                    self.line("Masuk", |_| true),
                    self.line("Dijawab petugas", |call| call.answered.is_some()),
                    self.line("Putus sebelum dijawab", |call| call.answered.is_none()),
                    self.line("Ditunda karena mesin penuh", |_| false),
                    self.line("Gagal karena kesalahan sistem", |_| false),
                ],
            ),
            plain("Kelas", self.classes()),
            Sheet { name: "Bulan", rows: self.by_month(), order: Order::AsHere },
            self.grouped("Jenis", is_emergency, |call| &call.kind),
            self.grouped("Instansi", is_emergency, |call| &call.agency),
            self.grouped("Kecamatan", is_emergency, |call| &call.district),
            self.grouped("Kelurahan", is_emergency, |call| &call.village),
            plain(
                "Cakupan",
                vec![
                    vec![text("Hari dalam periode"), Value::Count(self.days())],
                    vec![text("Hari tercatat (ada panggilan)"), Value::Count(self.days_with_calls())],
                    vec![text("Jam jaga petugas"), Value::Missing],
                    vec![text("Panggilan dari catatan lama"), Value::Count(number(self.now.len()))],
                ],
            ),
            Sheet { name: "Petugas", rows: self.takers(), order: Order::SumLast },
            plain("Bulan dan kelas", self.months_and_classes()),
            plain("Jam dan hari", self.hours()),
            plain("Waktu menunggu", self.waits()),
            plain("Penyaringan", self.screening()),
            plain("Kerugian", self.harm()),
            plain("Aduan", self.handled()),
        ]
    }

    fn classes(&self) -> Vec<Vec<Value>> {
        let class = |label, key: &'static str| self.line(label, move |call| call.class == key);
        vec![
            class("Darurat", "emergency"),
            class("Informasi", "information"),
            class("Prank", "prank"),
            class("Ghost", "ghost"),
            class("Uji coba", "test"),
            self.line("Belum diberi kelas", |_| false),
            self.line("Dijawab petugas", |call| call.answered.is_some()),
            self.line("Prank dan ghost bersama", is_nuisance),
        ]
    }

    /// Count, share, count of the year before, change; then the sum.
    fn row(label: &str, [now, before]: [u64; 2], all: u64) -> Vec<Value> {
        vec![text(label), Value::Count(now), share(now, all), Value::Count(before), change(before, now)]
    }

    fn by_month(&self) -> Vec<Vec<Value>> {
        let sums = [number(self.now.len()), number(self.before.len())];
        let in_month = |calls: &[Call], month: i8| Self::of(calls, |call| call.started.month() == month);
        let mut rows: Vec<_> = (self.from.month()..=self.to.month())
            .map(|month| {
                let label = month_label(self.from.year(), month);
                Self::row(&label, [in_month(&self.now, month), in_month(&self.before, month)], sums[0])
            })
            .collect();
        rows.push(Self::row("Jumlah", sums, sums[0]));
        rows
    }

    fn grouped(&self, name: &'static str, is: fn(&Call) -> bool, by: fn(&Call) -> &String) -> Sheet {
        let groups = |calls: &[Call]| {
            let mut groups: BTreeMap<String, u64> = BTreeMap::new();
            for call in calls.iter().filter(|call| is(call)) {
                *groups.entry(by(call).clone()).or_default() += 1;
            }
            groups
        };
        let (now, before) = (groups(&self.now), groups(&self.before));
        let sums: [u64; 2] = [now.values().sum(), before.values().sum()];
        let labels: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
        let of = |groups: &BTreeMap<String, u64>, label: &str| groups.get(label).copied().unwrap_or(0);
        let mut rows: Vec<_> =
            labels.into_iter().map(|label| Self::row(label, [of(&now, label), of(&before, label)], sums[0])).collect();
        rows.push(Self::row("Jumlah", sums, sums[0]));
        Sheet { name, rows, order: Order::MostFirst }
    }

    fn days(&self) -> u64 {
        u64::try_from(self.from.duration_until(self.to).as_hours() / 24 + 1).expect("because a period goes forward")
    }

    pub fn days_with_calls(&self) -> u64 {
        number(self.now.iter().map(|call| call.started.date()).collect::<BTreeSet<_>>().len())
    }

    fn takers(&self) -> Vec<Vec<Value>> {
        let answered = || self.now.iter().filter(|call| call.answered.is_some());
        let names: BTreeSet<&String> = answered().map(|call| &call.taker).collect();
        let line = |label: &str, belongs: &dyn Fn(&Call) -> bool, remark: bool| {
            let of = |class: &str| number(answered().filter(|call| belongs(call) && call.class == class).count());
            let total = number(answered().filter(|call| belongs(call)).count());
            let counts = ["emergency", "prank", "ghost", "information"].map(|class| Value::Count(of(class)));
            let said = match of("test") {
                _ if !remark => String::new(),
                0 => "catatan lama".to_owned(),
                tests => format!("catatan lama; termasuk {tests} uji coba"),
            };
            [&[text(label)], &counts[..], &[Value::Count(total), text(said)]].concat()
        };
        let mut rows: Vec<_> = names
            .iter()
            .map(|name| {
                let label = if name.is_empty() { "tidak tercatat" } else { name.as_str() };
                line(label, &|call| call.taker == **name, true)
            })
            .collect();
        rows.push(line("Jumlah", &|_| true, false));
        rows
    }

    fn months_and_classes(&self) -> Vec<Vec<Value>> {
        let line = |label: String, belongs: &dyn Fn(&Call) -> bool| {
            let of = |class: &str| self.count(|call| belongs(call) && call.class == class);
            let counts = ["emergency", "information", "prank", "ghost", "test"].map(|class| Value::Count(of(class)));
            let rest = [0, of("abandoned"), 0, 0, self.count(belongs)];
            [&[text(label)], &counts[..], &rest.map(Value::Count)].concat()
        };
        let mut rows: Vec<_> = (self.from.month()..=self.to.month())
            .map(|month| line(month_label(self.from.year(), month), &|call| call.started.month() == month))
            .collect();
        rows.push(line("Jumlah".to_owned(), &|_| true));
        rows
    }

    fn hours(&self) -> Vec<Vec<Value>> {
        let line = |label: String, at: &dyn Fn(&Call) -> bool| {
            let mut row = vec![text(label)];
            for weekday in 1..=7 {
                let on = |call: &Call| call.started.weekday().to_monday_one_offset() == weekday;
                row.push(Value::Count(self.count(|call| at(call) && on(call))));
            }
            row.push(Value::Count(self.count(at)));
            row.push(Value::Count(self.count(|call| at(call) && is_emergency(call))));
            row
        };
        let mut rows: Vec<_> = (0..24)
            .map(|hour| line(format!("{hour:02}.00–{hour:02}.59"), &|call| call.started.hour() == hour))
            .collect();
        rows.push(line("Jumlah".to_owned(), &|_| true));
        rows
    }

    fn screening(&self) -> Vec<Vec<Value>> {
        let real = self.count(is_emergency);
        // None seen of n: with 95 % certainty not more than 1 - 0.05^(1/n).
        let bound =
            if real == 0 { Value::Missing } else { Value::Rate((1.0 - 0.05_f64.powf(1.0 / float(real))) * 100.0) };
        [
            ("Panggilan darurat", Value::Count(real)),
            ("Di antaranya masuk jalur B", Value::Count(0)),
            ("Di antaranya putus di jalur B sebelum dijawab", Value::Count(0)),
            ("Batas atas bagian yang masuk jalur B (95 persen)", bound.clone()),
            ("Batas atas bagian yang hilang di sana (95 persen)", bound),
            ("Semua panggilan di jalur B", Value::Count(0)),
            ("Putus di jalur B dan tidak pernah dihubungi: isinya tidak diketahui", Value::Count(0)),
        ]
        .map(|(label, value)| vec![text(label), value])
        .to_vec()
    }

    fn handled(&self) -> Vec<Vec<Value>> {
        let mut rows: Vec<_> = self
            .now
            .iter()
            .filter(|call| is_emergency(call))
            .map(|call| {
                let at = call.started.strftime("%d-%m-%Y %H.%M").to_string();
                let named = |label: &String| text(if label == NOT_FILLED { "–" } else { label });
                (
                    call.started,
                    vec![text(at), named(&call.kind), named(&call.village), named(&call.agency), text("–"), text("–")],
                )
            })
            .collect();
        rows.sort_by_key(|(started, _)| *started);
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

pub fn is_emergency(call: &Call) -> bool {
    call.class == "emergency"
}

pub fn is_nuisance(call: &Call) -> bool {
    call.class == "prank" || call.class == "ghost"
}

fn month_label(year: i16, month: i8) -> String {
    format!("{} {year}", MONTHS[usize::try_from(month - 1).expect("a month")])
}
