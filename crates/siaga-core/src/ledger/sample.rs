//! A made-up ledger, the same for the same seed: for tests, load and demonstrations. It holds no real person: its
//! numbers have nine trailing digits under 4,000, which no operator gives out.

use jiff::{
    SignedDuration,
    civil::{Date, DateTime},
};
use std::fmt::Write;

/// What a made-up ledger holds.
#[derive(Clone, Debug)]
pub struct Sample<'a> {
    pub from: Date,
    pub to: Date,
    pub seed: u64,
    /// Incident type by key or name, and how many emergencies.
    pub emergencies: &'a [(&'a str, u32)],
    pub information: u32,
    pub prank: u32,
    pub ghost: u32,
    pub abandoned: u32,
    pub test: u32,
}

/// January to September 2020 as Kota Serang published it: 23,734 calls, 162 real, 23,572 prank or ghost.
#[must_use]
pub fn serang_2020() -> String {
    let types = [
        ("korsleting listrik", 34),
        ("kecelakaan", 22),
        ("kebakaran", 19),
        ("ambulans", 19),
        ("pohon tumbang", 18),
        ("banjir", 14),
        ("hewan", 12),
        ("keamanan dan ketertiban", 9),
        ("bencana alam lain", 7),
        ("ODGJ", 5),
        ("kebocoran gas", 3),
    ];
    Sample { prank: 10_100, ghost: 13_472, ..of_year(2020, &types) }.to_csv()
}

/// January to September 2019: about 16 thousand calls, of which little is known.
#[must_use]
pub fn serang_2019() -> String {
    let types = [("korsleting listrik", 40), ("kebakaran", 35), ("kecelakaan", 25), ("banjir", 20)];
    Sample { prank: 7_000, ghost: 8_880, ..of_year(2019, &types) }.to_csv()
}

fn of_year<'a>(year: i16, emergencies: &'a [(&'a str, u32)]) -> Sample<'a> {
    Sample {
        from: jiff::civil::date(year, 1, 1),
        to: jiff::civil::date(year, 9, 30),
        seed: 112 + u64::from(year.unsigned_abs()),
        emergencies,
        information: 0,
        prank: 0,
        ghost: 0,
        abandoned: 0,
        test: 0,
    }
}

const AGENCIES: [&str; 6] = ["Damkar", "PLN", "PSC 119", "BPBD", "Polresta Serang Kota", ""];
const VILLAGES: [&str; 6] = ["36.73.01.1002", "36.73.02.1001", "36.73.03.1001", "36.73.04.1007", "36.73.05.1001", ""];
const TAKERS: [&str; 4] = ["Ani", "Budi", "Citra", "Dedi"];

impl Sample<'_> {
    /// The CSV text, in the order of time.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut dice = Dice(self.seed);
        let days = (self.from.duration_until(self.to).as_hours() / 24 + 1).unsigned_abs();
        let mut rows: Vec<(DateTime, String)> = Vec::new();
        let mut add = |class: &str, sub: &str, kind: &str, count: u32| {
            for _ in 0..count {
                let start = at(self.from, days, &mut dice);
                rows.push((start, line(start, [class, sub, kind], &mut dice)));
            }
        };
        for (kind, count) in self.emergencies {
            add("emergency", "", kind, *count);
        }
        add("information", "question", "", self.information);
        add("prank", "child", "", self.prank);
        add("ghost", "silent", "", self.ghost);
        add("abandoned", "before_answer", "", self.abandoned);
        add("test", "drill", "", self.test);
        rows.sort();
        let mut text = String::from(
            "started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note\n",
        );
        for (_, line) in rows {
            text.push_str(&line);
        }
        text
    }
}

/// A moment of the period; two of three in the hours when children are awake.
fn at(from: Date, days: u64, dice: &mut Dice) -> DateTime {
    let second = if dice.below(3) == 0 { dice.below(86_400) } else { 36_000 + dice.below(39_600) };
    let offset = dice.below(days) * 86_400 + second;
    later(from.to_datetime(jiff::civil::Time::midnight()), offset)
}

fn later(start: DateTime, seconds: u64) -> DateTime {
    start.saturating_add(SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(0)))
}

fn line(start: DateTime, [class, sub, kind]: [&str; 3], dice: &mut Dice) -> String {
    let show = |at: DateTime| at.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let waited = 1 + dice.below(12);
    let answered = if class == "abandoned" { String::new() } else { show(later(start, waited)) };
    let ended = show(later(start, waited + 3 + dice.below(90)));
    let number = match dice.below(10) {
        0 => String::new(),
        _ => format!("08{}{:09}", 1 + dice.below(9), dice.below(4_000)),
    };
    let emergency = class == "emergency";
    let pick = |words: &[&'static str], dice: &mut Dice| {
        let place = usize::try_from(dice.below(words.len() as u64)).unwrap_or(0);
        if emergency { words[place] } else { "" }
    };
    let (agency, village) = (pick(&AGENCIES, dice), pick(&VILLAGES, dice));
    let taker = TAKERS[usize::try_from(dice.below(4)).unwrap_or(0)];
    let note = if emergency { "\"dilaporkan warga, ditindaklanjuti\"" } else { "" };
    let mut text = String::with_capacity(160);
    writeln!(
        text,
        "{},{number},{answered},{ended},{class},{sub},{kind},{agency},{village},{taker},{note}",
        show(start)
    )
    .expect("because writing to a String cannot fail");
    text
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough for a made-up ledger, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }
}
