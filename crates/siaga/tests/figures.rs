//! Old records in, figures out, by the built binary: exit codes, what is printed, what is not.

use serde_json::Value;
use siaga_core::ledger::sample;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder that goes when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("siaga-figures-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).expect("a file of the test");
        path.display().to_string()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn siaga(data: &Path, arguments: &[&str]) -> Output {
    let data = data.to_str().expect("a name of ours");
    program(&[arguments, &["--data", data]].concat())
}

fn program(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_siaga"));
    command.args(arguments);
    // What the person at this machine has set is not part of the test.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIAGA_")) {
        command.env_remove(name);
    }
    command.output().expect("because the binary is built")
}

/// Ends with this code and says these words on stdout and stderr together.
#[track_caller]
fn check(output: &Output, code: i32, words: &[&str]) -> String {
    let told =
        [&output.stdout[..], &output.stderr[..]].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    assert_eq!(output.status.code(), Some(code), "{told}");
    for word in words {
        assert!(told.contains(word), "'{word}' is missing:\n{told}");
    }
    told
}

fn offered(data: &Path) -> Value {
    let output = siaga(data, &["report", "--from", "2019-01-01", "--to", "2020-12-31", "--format", "json"]);
    serde_json::from_slice::<Value>(&output.stdout).expect("JSON")["offered"].clone()
}

const HEADER: &str =
    "started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note";
const GOOD: &str = "2020-03-01 08:00:00,081234567890,2020-03-01 08:00:05,2020-03-01 08:01:00,prank,child,,,,Ani,";

#[test]
fn the_published_figures_come_out_of_the_ledgers() {
    let folder = Folder::new("published");
    let data = folder.0.join("data");
    let (this, last) =
        (folder.write("2020.csv", sample::serang_2020()), folder.write("2019.csv", sample::serang_2019()));
    check(&siaga(&data, &["import", "ledger", &this]), 0, &["23734 panggilan diimpor"]);
    check(&siaga(&data, &["import", "ledger", &last]), 0, &["16000 panggilan diimpor"]);
    check(&siaga(&data, &["import", "ledger", &this]), 0, &["Tidak ada yang ditambahkan", "sudah diimpor pada"]);

    let period = ["report", "--from", "2020-01-01", "--to", "2020-09-30", "--compare", "previous-year", "--format"];
    let with = |format: &'static str| siaga(&data, &[&period[..], &[format]].concat());
    let json = with("json");
    check(&json, 0, &[]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        (&report["offered"], &report["classes"]["emergency"], &report["nuisance"]),
        (&23_734.into(), &162.into(), &23_572.into())
    );
    let counts: Vec<u64> =
        report["by_type"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).collect();
    assert_eq!(counts[..5], [34, 22, 19, 19, 18]);
    assert_eq!(counts[5..].iter().sum::<u64>(), 50);
    assert_eq!(report["compare"]["offered"], 16_000);
    assert_eq!(report["compare"]["change_pct"]["offered"], 48.3);
    check(&with("text"), 0, &["Masuk  ", "23.734", "+48,3 %", "Korsleting listrik"]);
    check(&with("csv"), 0, &["total,offered,,23734,16000,48.3"]);
}

#[test]
fn a_seat_less_is_tried_on_the_hours_of_a_report() {
    let folder = Folder::new("seat-less");
    let data = folder.0.join("data");
    let rows: String = (0..400)
        .map(|n| {
            let (day, hour, minute) = (n % 28 + 1, n * 7 % 24, n % 60);
            let class = ["prank", "ghost", "information", "emergency"][n % 4];
            let at = format!("2020-03-{day:02} {hour:02}:{minute:02}");
            format!("{at}:00,,{at}:05,{at}:45,{class},,,,,Ani,\n")
        })
        .collect();
    let file = folder.write("buku.csv", format!("{HEADER}\n{rows}"));
    check(&siaga(&data, &["import", "ledger", &file]), 0, &["400 panggilan diimpor"]);
    let report = siaga(&data, &["report", "--from", "2020-03-01", "--to", "2020-03-28", "--format", "json"]);
    let report = folder.write("laporan.json", &report.stdout);
    let asked = ["sim", "staffing", "--calls", "1000", "--report", &report];
    let output = program(&[&asked[..], &["--json"]].concat());
    let lines = check(&output, 0, &[]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let (last, progress) = lines.split_last().expect("findings");
    assert_eq!(progress.last().map(|line| &line["done"]), progress.last().map(|line| &line["total"]));
    let (advised, tried) = (&last["findings"]["advised"], &last["findings"]["tried"]);
    assert!(advised["day"]["seats"].as_u64() >= tried["day"]["seats"].as_u64(), "{last}");
    let hours = advised["hours"].as_array().expect("hours");
    assert_eq!(hours.iter().filter_map(|hour| hour["calls"].as_u64()).sum::<u64>(), advised["day"]["calls"]);
    assert!(
        advised["day"]["calls"].as_u64() > Some(500) && advised["day"]["within_pct"].as_f64() > Some(95.0),
        "{last}"
    );
    check(&program(&asked), 0, &["simulated days", "day "]);

    let seats = ["sim", "staffing", "--report", &report, "--seats", "1,2,0"];
    check(&program(&seats), 2, &["24 numbers from 1 to 64"]);
    let mut absurd: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    absurd["proceedings"]["staffing"]["hours"][3]["calls_per_h"] = 1e308.into();
    let absurd = folder.write("berlebihan.json", absurd.to_string());
    check(&program(&["sim", "staffing", "--report", &absurd]), 1, &["cannot be played", "0 to 2000 calls"]);
    let no_report = folder.write("lain.json", "{}");
    check(&program(&["sim", "staffing", "--report", &no_report]), 1, &["this is no report"]);
}

#[test]
fn a_bad_row_stops_the_import_or_is_written_apart() {
    let folder = Folder::new("bad");
    let data = folder.0.join("data");
    let bad = GOOD.replace("prank", "prnak").replace("Ani", "=cmd()");
    let file = folder.write("buku.csv", format!("{HEADER}\n{GOOD}\n{bad}\n{}\n", GOOD.replace("Ani", "Budi")));
    let told = check(
        &siaga(&data, &["import", "ledger", &file]),
        2,
        &["baris 3, kolom class", "\"prnak\"", "terdekat: prank", "Tidak ada yang diimpor"],
    );
    assert!(!told.contains("baris 2"), "{told}");
    assert_eq!(offered(&data), 0);

    let rejects = folder.path("tolak.csv");
    let skip = ["import", "ledger", &file, "--skip-bad", &rejects];
    check(&siaga(&data, &skip), 0, &["2 panggilan diimpor", "1 baris bermasalah dilewati"]);
    let text = fs::read_to_string(&rejects).unwrap();
    assert!(
        text.starts_with(&format!("{HEADER},problem\n")) && text.contains("'=cmd()") && text.lines().count() == 2,
        "{text}"
    );
    check(&siaga(&data, &skip), 0, &["Tidak ada yang ditambahkan"]);
    assert_eq!(offered(&data), 2);

    // Mended rejects come in; a file of another content is never written over.
    let mended = folder.write("perbaikan.csv", text.replace("prnak", "prank"));
    check(&siaga(&data, &["import", "ledger", &mended]), 0, &["1 panggilan diimpor"]);
    fs::write(&rejects, "sedang diperbaiki").unwrap();
    check(&siaga(&data, &skip), 1, &["sudah ada", "nama lain"]);
    assert_eq!(fs::read_to_string(&rejects).unwrap(), "sedang diperbaiki");
    assert_eq!(offered(&data), 3);
}

#[test]
fn garbage_is_named_and_nothing_of_it_is_taken() {
    let folder = Folder::new("garbage");
    let data = folder.0.join("data");
    let good = format!("{HEADER}\n{GOOD}\n");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(good.bytes().flat_map(|byte| [byte, 0])).collect();
    let many: String = (0..250).map(|n| format!("{GOOD}{n}\n").replace("prank", "x")).collect();
    let cases: [(&str, Vec<u8>, &[&str]); 8] = [
        ("empty", Vec::new(), &["berkas kosong"]),
        ("utf16", utf16, &["UTF-16"]),
        ("zeros", vec![0; 5_000], &["NUL"]),
        ("semicolons", good.replace(',', ";").into_bytes(), &["koma"]),
        ("column", good.replace("ended_at", "endedat2").into_bytes(), &["terdekat: ended_at"]),
        ("quote", format!("{good}{GOOD}\"catatan\n{GOOD}\n").into_bytes(), &["tanda kutip penutup", "baris 3"]),
        (
            "huge",
            format!("{good}{GOOD}{}\n", "a".repeat(1024 * 1024)).into_bytes(),
            &["baris 3, kolom note", "65536 byte"],
        ),
        ("many", format!("{good}{many}").into_bytes(), &["dan 150 masalah lagi", "250 dari 251"]),
    ];
    for (name, bytes, words) in cases {
        let file = folder.write(name, bytes);
        check(&siaga(&data, &["import", "ledger", &file]), 2, words);
    }
    check(&siaga(&data, &["import", "ledger", &folder.path("no-such-file")]), 1, &["no-such-file"]);
    assert_eq!(offered(&data), 0);
    // What can be mended is.
    let mut bytes = format!("\u{feff}{good}{GOOD}caf\u{1}\n").replace('\n', "\r\n").into_bytes();
    let at = bytes.iter().position(|byte| *byte == 1).unwrap();
    bytes[at] = 0xe9;
    let file = folder.write("mended", bytes);
    check(&siaga(&data, &["import", "ledger", &file]), 0, &["2 panggilan diimpor", "Latin-1"]);
}

#[test]
fn what_is_no_period_ends_with_2() {
    let folder = Folder::new("period");
    for (from, to, words) in [
        ("2020-02-01", "2020-01-01", "tukar"),
        ("2020-02-30", "2020-03-01", "bukan tanggal"),
        ("2000-01-01", "2020-03-01", "terlalu panjang"),
        ("kemarin", "2020-03-01", "YYYY-MM-DD"),
    ] {
        let output = siaga(&folder.0, &["report", "--from", from, "--to", to]);
        check(&output, 2, &[words]);
        assert!(output.stdout.is_empty());
    }
    check(
        &siaga(&folder.0, &["report", "--from", "2020-01-01", "--to", "2020-01-02", "--format", "odt"]),
        2,
        &["json"],
    );
}

#[test]
fn figures_that_do_not_add_up_end_with_3_and_print_nothing() {
    let folder = Folder::new("broken");
    let data = folder.0.join("data");
    let file = folder.write("buku.csv", format!("{HEADER}\n{GOOD}\n"));
    check(&siaga(&data, &["import", "ledger", &file]), 0, &[]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(siaga_store::testing::damage_figures(&data.join("siaga.db")));
    for format in ["json", "text", "csv"] {
        let output = siaga(&data, &["report", "--from", "2020-01-01", "--to", "2020-12-31", "--format", format]);
        check(&output, 3, &["offered = answered", "siaga verify"]);
        assert!(output.stdout.is_empty(), "no figures");
    }
}
