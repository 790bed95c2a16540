//! Every number of a report, in JSON, XLSX, DOCX and PDF alike, equals an independent count of the ledger it came from:
//! with the totals that were published for 2019 and 2020, and with ledgers made at random. The count ([`count`]) goes
//! straight over the CSV; the documents are read ([`read`]) by programs that are not ours.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

mod count;
mod read;
mod seconds;
mod sheets;

use count::Words;
use jiff::civil::{Date, date};
use read::{Seen, row_in, same};
use serde_json::Value as Json;
use sheets::{Ledger, Order, Sheet, Value};
use siaga_core::ledger::sample::{self, Sample};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const CITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../city/serang/city.toml");
/// The ledgers made at random are those of these seeds.
const SEEDS: [u64; 3] = [1, 2, 3];
const FROM: Date = date(2020, 1, 1);
const TO: Date = date(2020, 9, 30);
/// Half a tenth: what rounding to one decimal may take.
const ROUNDED: f64 = 0.050_001;

/// A folder that goes when the test is over.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn siaga(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_siaga"));
    command.args(arguments);
    // What the person at this machine has set is not part of the test.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIAGA_")) {
        command.env_remove(name);
    }
    let output = command.output().expect("because the binary is built");
    let told = [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat();
    assert!(output.status.success(), "{arguments:?}: {told}");
}

/// Numbers that follow from the seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) % u64::from(end)).expect("below a u32")
    }
}

/// Two ledgers that reach beyond the period on both sides, with every class, and calls at its very edges.
fn at_random(seed: u64) -> [String; 2] {
    const KINDS: [&str; 8] =
        ["fire", "banjir", "ODGJ", "AM", "korsleting listrik", "pohon tumbang", "kecelakaan", "gas_leak"];
    let mut dice = Dice(seed);
    [2020, 2019].map(|year| {
        let kinds: Vec<(&str, u32)> = KINDS.iter().map(|kind| (*kind, dice.below(40))).collect();
        let sample = Sample {
            from: date(year - 1, 12, 20),
            to: date(year, 10, 10),
            seed: seed * 10_000 + u64::from(year.unsigned_abs()),
            emergencies: &kinds,
            information: dice.below(200),
            prank: 1 + dice.below(900),
            ghost: dice.below(900),
            abandoned: dice.below(400),
            test: dice.below(20),
        };
        let edge = |day: &str, from: &str, answered: &str, to: &str, class: &str, kind: &str| {
            format!("{day} {from},,{day} {answered},{day} {to},{class},,{kind},,36.73.06.1006,Ani,\n")
        };
        let first = format!("{year}-01-01");
        let last = format!("{year}-09-30");
        [
            sample.to_csv(),
            edge(&first, "00:00:00", "00:00:09", "00:01:00", "emergency", "fire"),
            edge(&format!("{}-12-31", year - 1), "23:59:50", "23:59:55", "23:59:59", "prank", ""),
            edge(&last, "23:59:40", "23:59:49", "23:59:59", "emergency", "banjir"),
            edge(&last, "23:59:00", "23:59:01", "23:59:59", "ghost", ""),
            edge(&format!("{year}-10-01"), "00:00:00", "00:00:01", "00:00:05", "ghost", ""),
        ]
        .concat()
    })
}

struct Case {
    name: String,
    count: Ledger,
    report: Json,
}

/// Imports the two ledgers, writes every form, and counts the ledgers by other means.
fn case(folder: &Path, words: &Words, name: &str, [now, before]: &[String; 2]) -> Case {
    let path = |file: String| folder.join(file).display().to_string();
    let data = path(format!("{name}-data"));
    for (year, ledger) in [("2020", now), ("2019", before)] {
        let file = path(format!("{name}-{year}.csv"));
        fs::write(&file, ledger).expect("the test writes its own folder");
        siaga(&["import", "ledger", &file, "--data", &data]);
    }
    for (form, ending) in [("json", "json"), ("xlsx", "xlsx"), ("docx", "docx"), ("pdf", "pdf")] {
        let period = ["report", "--from", "2020-01-01", "--to", "2020-09-30", "--compare", "previous-year"];
        siaga(
            &[&period[..], &["--format", form, "--out", &path(format!("{name}.{ending}")), "--data", &data]].concat(),
        );
    }
    let report = fs::read(path(format!("{name}.json"))).expect("the command wrote it");
    // Both files: what one year's ledger says of the other's days counts too.
    let of = |from: Date, to: Date| [now, before].map(|ledger| count::calls(ledger, words, from, to)).concat();
    let count = Ledger { now: of(FROM, TO), before: of(date(2019, 1, 1), date(2019, 9, 30)), from: FROM, to: TO };
    Case { name: name.to_owned(), count, report: serde_json::from_slice(&report).expect("JSON") }
}

/// A counted value and a stored cell say the same.
fn agrees(value: &Value, cell: &str) -> bool {
    match value {
        Value::Text(text) => text == cell,
        Value::Missing => cell == "–",
        Value::Count(count) => cell == count.to_string(),
        Value::Rate(rate) => cell.parse::<f64>().is_ok_and(|cell| (cell - rate).abs() <= ROUNDED),
    }
}

fn rows_agree(wanted: &[Value], seen: &[String]) -> bool {
    // A CSV line ends at its last filled cell of the whole sheet.
    let cells = seen.iter().map(String::as_str).chain(std::iter::repeat(""));
    wanted.iter().zip(cells).all(|(value, cell)| agrees(value, cell))
        && seen[wanted.len().min(seen.len())..].iter().all(String::is_empty)
}

fn check_sheet(case: &str, wanted: &Sheet, seen: &Seen) -> usize {
    let told = || format!("{case}, {}\ncounted: {wanted:#?}\nread: {:#?}", wanted.name, seen.rows);
    assert_eq!(wanted.rows.len(), seen.rows.len(), "{}", told());
    match wanted.order {
        Order::AsHere => {
            for (wanted, seen) in wanted.rows.iter().zip(&seen.rows) {
                assert!(rows_agree(wanted, seen), "{case}, counted {wanted:?}, read {seen:?}\n{}", told());
            }
        }
        Order::MostFirst | Order::SumLast => {
            for wanted in &wanted.rows {
                let found = seen.rows.iter().filter(|seen| rows_agree(wanted, seen)).count();
                assert_eq!(found, 1, "{case}, counted {wanted:?}\n{}", told());
            }
            assert_eq!(seen.rows.last().map(|row| row[0].as_str()), Some("Jumlah"), "{}", told());
        }
    }
    if wanted.order == Order::MostFirst {
        let named = seen.rows[..seen.rows.len() - 1].iter().filter(|row| row[0] != "belum diisi" && row[1] != "0");
        let counts: Vec<u64> = named.map(|row| row[1].parse().expect("a count")).collect();
        assert!(counts.is_sorted_by(|a, b| a >= b), "{}", told());
    }
    wanted.rows.iter().flatten().filter(|value| !matches!(value, Value::Text(_))).count()
}

/// The identities: both sides are what they were counted to be.
fn check_identities(case: &Case, seen: &Seen) -> usize {
    assert!(seen.rows.len() >= 14, "{seen:?}");
    for row in &seen.rows {
        assert_eq!((row.get(2), row.get(4).map(String::as_str)), (row.get(3), Some("cocok")), "{}: {row:?}", case.name);
    }
    let calls = |row: &&Vec<String>| row[0] == "Periode ini" && row[1].starts_with("masuk = ");
    assert_eq!(seen.rows.iter().find(calls).expect("masuk")[2], case.count.now.len().to_string());
    2 * seen.rows.len()
}

/// The advice: how busy each hour is was counted, and the rest is the rule that `siaga-core` tests against known tables.
fn check_staffing(case: &Case, seen: &Seen) -> usize {
    /// The report keeps hundredths, the table shows tenths of them: rounded twice.
    const ROUNDED_TWICE: f64 = ROUNDED + 0.005;
    let float = |count: u64| f64::from(u32::try_from(count).expect("a count"));
    let days = float(case.count.days_with_calls());
    for (hour, row) in (0_i8..).zip(&seen.rows) {
        let mean = float(case.count.count(|call| call.started.hour() == hour)) / days;
        let shown: f64 = row[1].parse().expect("a rate");
        assert!((shown - mean).abs() <= ROUNDED_TWICE, "{}: hour {hour}: {mean} and {row:?}", case.name);
    }
    assert_eq!(seen.rows.len(), 24);
    24
}

fn check_json(case: &Case) -> usize {
    let (report, count) = (&case.report, &case.count);
    let mut checked = 0;
    let mut equal = |path: &str, wanted: u64| {
        assert_eq!(report.pointer(path), Some(&wanted.into()), "{}: {path}", case.name);
        checked += 1;
    };
    for (at, calls) in [("", &count.now), ("/compare", &count.before)] {
        let of =
            |is: &dyn Fn(&count::Call) -> bool| u64::try_from(calls.iter().filter(|call| is(call)).count()).unwrap();
        equal(&format!("{at}/offered"), of(&|_| true));
        equal(&format!("{at}/answered"), of(&|call| call.answered.is_some()));
        equal(&format!("{at}/abandoned"), of(&|call| call.answered.is_none()));
        equal(&format!("{at}/deferred"), 0);
        equal(&format!("{at}/failed"), 0);
        equal(&format!("{at}/nuisance"), of(&|call| call.class == "prank" || call.class == "ghost"));
        equal(&format!("{at}/classes/unclassified"), 0);
        for class in ["emergency", "information", "prank", "ghost", "test", "abandoned"] {
            equal(&format!("{at}/classes/{class}"), of(&|call| call.class == class));
        }
        equal(&format!("{at}/detail/exposure/from_ledger"), of(&|_| true));
        for (index, _) in report.pointer(&format!("{at}/detail/hours")).unwrap().as_array().unwrap().iter().enumerate()
        {
            let path = format!("{at}/detail/hours/{index}");
            let weekday = report.pointer(&format!("{path}/weekday")).unwrap().as_i64().unwrap();
            let hour = report.pointer(&format!("{path}/hour")).unwrap().as_i64().unwrap();
            let then = |call: &count::Call| {
                i64::from(call.started.hour()) == hour
                    && i64::from(call.started.weekday().to_monday_one_offset()) == weekday
            };
            equal(&format!("{path}/offered"), of(&then));
            equal(&format!("{path}/emergency"), of(&|call| then(call) && call.class == "emergency"));
            equal(
                &format!("{path}/nuisance"),
                of(&|call| then(call) && (call.class == "prank" || call.class == "ghost")),
            );
        }
        for (list, by) in [
            ("by_type", (|call| call.kind.clone()) as fn(&count::Call) -> String),
            ("by_agency", |call| call.agency.clone()),
            ("by_village", |call| call.village.clone()),
        ] {
            let rows = report.pointer(&format!("{at}/{list}")).unwrap().as_array().unwrap();
            let mut sum = 0;
            for (index, row) in rows.iter().enumerate() {
                let label = row["label"].as_str().unwrap();
                let wanted = of(&|call| call.class == "emergency" && by(call) == label);
                equal(&format!("{at}/{list}/{index}/count"), wanted);
                sum += wanted;
            }
            assert_eq!(sum, of(&|call| call.class == "emergency"), "{}: {at}/{list} leaves some out", case.name);
        }
        for (month, _) in (1_i8..=9).zip(0..) {
            equal(&format!("{at}/by_month/{}/count", month - 1), of(&|call| call.started.month() == month));
        }
    }
    let handled = report["proceedings"]["handled"].as_array().unwrap().len();
    assert_eq!(u64::try_from(handled).unwrap(), count.count(|call| call.class == "emergency"), "{}", case.name);
    checked
}

/// What an official signs: every number of the two first sentences.
fn sentences(case: &Case) -> [String; 2] {
    let grouped = |count: u64| match count {
        0..1_000 => count.to_string(),
        _ => format!("{}.{:03}", count / 1_000, count % 1_000),
    };
    let tenth = |value: f64| format!("{:.1}", (value * 10.0).round() / 10.0).replace('.', ",");
    #[expect(clippy::cast_precision_loss, reason = "counts of calls")]
    let float = |count: u64| count as f64;
    let (all, before) = (case.count.count(|_| true), u64::try_from(case.count.before.len()).unwrap());
    let change = (float(all) - float(before)) * 100.0 / float(before);
    let word = if change > 0.0 { "naik" } else { "turun" };
    let real = case.count.count(|call| call.class == "emergency");
    let nuisance = case.count.count(|call| call.class == "prank" || call.class == "ghost");
    [
        format!(
            "Selama Januari–September 2020 masuk {} panggilan ke layanan 112 Kota Serang, {word} {} persen dari {} panggilan \
             pada Januari–September 2019 (rentang 95 persen:",
            grouped(all),
            tenth(change.abs()),
            grouped(before)
        ),
        format!("{} darurat ({} persen)", grouped(real), tenth(float(real) * 100.0 / float(all)),)
            + if case.count.count(|call| call.class == "information" || call.class == "test") > 0 {
                ", "
            } else {
                " dan "
            }
            + &format!(
                "{} prank atau ghost ({} persen)",
                grouped(nuisance),
                tenth(float(nuisance) * 100.0 / float(all))
            ),
    ]
}

#[test]
fn every_number_of_every_document_is_that_of_the_ledger() {
    let folder = Folder(std::env::temp_dir().join(format!("siaga-identity-{}", std::process::id())));
    fs::create_dir_all(&folder.0).expect("a folder for the test");
    let words = Words::of_city(&fs::read_to_string(CITY).expect("the demo city"));
    let mut cases = vec![case(&folder.0, &words, "published", &[sample::serang_2020(), sample::serang_2019()])];
    cases.extend(SEEDS.map(|seed| case(&folder.0, &words, &format!("seed{seed}"), &at_random(seed))));
    let published = &cases[0].count;
    assert_eq!((published.now.len(), published.before.len()), (23_734, 16_000));
    assert_eq!(published.count(|call| call.class == "emergency"), 162);

    let json: usize = cases.iter().map(check_json).sum();
    let books: Vec<String> =
        cases.iter().map(|one| folder.0.join(format!("{}.xlsx", one.name)).display().to_string()).collect();
    if !read::open_books(&folder.0, &books) {
        return;
    }
    let (mut cells, mut letter_cells, mut paper_rows) = (0, 0, 0);
    for case in &cases {
        let file = |ending: &str| fs::read(folder.0.join(format!("{}.{ending}", case.name))).expect("written above");
        let names = read::sheet_names(&file("xlsx"));
        let order: Vec<String> =
            names.iter().filter(|name| !["Ringkasan", "Definisi"].contains(&name.as_str())).cloned().collect();
        let seen = read::sheets(&folder.0, &case.name, &order);

        // The XLSX against the count, cell by cell.
        let wanted = case.count.sheets();
        for sheet in &seen {
            match (wanted.iter().find(|one| one.name == sheet.name), sheet.name.as_str()) {
                (Some(wanted), _) => cells += check_sheet(&case.name, wanted, sheet),
                (None, "Kesamaan") => cells += check_identities(case, sheet),
                (None, "Saran petugas") => cells += check_staffing(case, sheet),
                // A ledger has no sanctions: whatever is said of them is 0.
                (None, "Sanksi") => assert!(sheet.rows.iter().flat_map(|row| &row[1..]).all(|cell| cell == "0")),
                (None, other) => panic!("{}: the sheet {other} is counted by nobody", case.name),
            }
        }
        for sheet in &wanted {
            assert!(order.iter().any(|name| name == sheet.name), "{}: no sheet {}", case.name, sheet.name);
        }

        // The DOCX against the XLSX: behind the letterhead one table for each sheet, in the same order.
        let letter = file("docx");
        let tables = read::tables(&letter);
        for (sheet, table) in seen.iter().zip(&tables[1..]) {
            assert_eq!(sheet.rows.len() + 1, table.len(), "{}, docx: {}", case.name, sheet.name);
            for (stored, printed) in sheet.rows.iter().zip(&table[1..]) {
                let all = printed.iter().zip(stored).all(|(printed, stored)| same(stored, printed));
                assert!(all, "{}, docx, {}: {printed:?} is not {stored:?}", case.name, sheet.name);
                letter_cells += printed.len();
            }
        }
        // The PDF against the XLSX: its rows one after the other.
        let pdf = folder.0.join(format!("{}.pdf", case.name)).display().to_string();
        let Some(paper) = read::tool("pdftotext", &["-raw", &pdf, "-"]) else { return };
        let paper_words: Vec<&str> = paper.split_whitespace().collect();
        let mut at = 0;
        for sheet in &seen {
            for row in &sheet.rows {
                at = row_in(&paper_words, at, row).unwrap_or_else(|| {
                    panic!("{}, pdf: {} has no {row:?} after the row before it", case.name, sheet.name)
                });
                paper_rows += 1;
            }
        }
        let told = [read::words(&read::part(&letter, "word/document.xml")), paper_words.join(" ")];
        for sentence in sentences(case) {
            assert!(told.iter().all(|text| text.contains(&sentence)), "{}: {sentence}", case.name);
        }
    }
    println!(
        "equal to the count: {json} numbers in JSON, {cells} in XLSX; equal to the XLSX: {letter_cells} cells of DOCX, {paper_rows} rows of PDF"
    );
}
