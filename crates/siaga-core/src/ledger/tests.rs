use super::*;
use crate::city::serang;
use proptest::prelude::*;
use std::sync::LazyLock;

static CITY: LazyLock<City> = LazyLock::new(serang);

const HEADER: &str =
    "started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note";
const GOOD: &str = "2020-03-01 08:00:00,081234567890,2020-03-01 08:00:05,2020-03-01 08:01:00,prank,child,,,,Ani,";

/// 2026-11-24 00:00:00 UTC.
const NOW: Timestamp = Timestamp(1_795_478_400_000_000);

fn read_text(text: &str) -> Result<Ledger, Vec<RowProblem>> {
    read(text.as_bytes(), &CITY, NOW)
}

/// The one row of a file with this line under the usual header.
#[track_caller]
fn one(line: &str) -> LedgerRow {
    let mut ledger = read_text(&format!("{HEADER}\n{line}\n")).expect("header");
    assert_eq!(ledger.problems().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(ledger.rows.len(), 1);
    ledger.rows.remove(0)
}

/// The row is refused, with a problem in this column whose text holds these words.
#[track_caller]
fn refused(line: &str, column: &str, words: &str) {
    let ledger = read_text(&format!("{HEADER}\n{GOOD}\n{line}\n")).expect("header");
    assert_eq!(ledger.rows.len(), 1, "only the good row is taken: {line}");
    let problems: Vec<&RowProblem> = ledger.problems().collect();
    let fits = |problem: &&&RowProblem| problem.column == column && problem.expected.contains(words);
    assert!(problems.iter().any(|problem| fits(&problem)), "{line}\n{problems:?}");
    assert!(problems.iter().all(|problem| problem.line == 3), "{problems:?}");
}

/// Nothing of the file can be used.
#[track_caller]
fn file_refused(bytes: &[u8], words: &str) {
    let problems = read(bytes, &CITY, NOW).expect_err("the file is refused");
    let told = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(told.contains(words), "{told}");
}

#[test]
fn a_full_row_becomes_a_call() {
    let row = one("2020-03-01 08:00:00,0812-3456-7890,2020-03-01T08:00:05+07:00,2020-03-01T01:01:00Z,Darurat,,\
         Korsleting  LISTRIK,damkar,3673011002,Budi,\"api, asap\nhitam\"");
    assert_eq!(row.started_at, Timestamp(1_583_024_400_000_000));
    assert_eq!(row.answered_at, Some(row.started_at.plus_ms(5_000)));
    assert_eq!(row.ended_at, row.started_at.plus_ms(60_000));
    assert_eq!(row.number.e164.as_deref(), Some("+6281234567890"));
    assert_eq!(row.class, Class::Emergency);
    assert_eq!(row.incident_type.as_deref(), Some("electrical"));
    assert_eq!(row.agency.as_deref(), Some(CITY.agency_by_name("Damkar").unwrap().key.as_str()));
    assert_eq!(row.village_code.as_deref(), Some("36.73.01.1002"));
    assert_eq!(row.call_taker.as_deref(), Some("Budi"));
    assert_eq!(row.note.as_deref(), Some("api, asap\nhitam"));
}

#[test]
fn words_go_by_key_label_or_alias() {
    for (class, sub, key) in [
        ("prank", "child", "child"),
        ("PRANK", "Anak kecil", "child"),
        ("Informasi", "hp  terkunci", "phone_locked"),
        ("information", "LAPOR!", "complaint"),
        ("ghost", "Salah Tekan", "accidental"),
        ("Uji coba", "gladi", "drill"),
    ] {
        let row = one(&format!("2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,{class},{sub},,,,,"));
        assert_eq!(row.sub, Some(key), "{class}/{sub}");
    }
    for name in [
        "korsleting listrik",
        "kecelakaan",
        "kebakaran",
        "ambulans",
        "pohon tumbang",
        "banjir",
        "bencana alam lain",
        "hewan",
        "keamanan dan ketertiban",
        "kebocoran gas",
        "orang hilang / tenggelam",
        "ODGJ",
    ] {
        one(&format!("2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,emergency,,{name},,,,"));
        let row = one(&format!("2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,emergency,{name},,,,,"));
        assert!(row.incident_type.is_some() && row.sub.is_none(), "{name} as the sub-reason of an emergency");
    }
    for name in [
        "Damkar",
        "PLN",
        "PSC 119",
        "psc119",
        "Polresta Serang Kota",
        "BPBD",
        "DLH",
        "Dinsos",
        "Satpol PP",
        "Basarnas",
        "Dishub",
        "PMI",
    ] {
        assert!(
            one(&format!("2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,emergency,,,{name},,,"))
                .agency
                .is_some()
        );
    }
}

#[test]
fn a_call_without_number_or_answer_is_taken() {
    let row = one("2020-03-01 08:00:00,anonymous,,2020-03-01 08:00:30,abandoned,before answer,,,,,");
    assert_eq!((row.number.e164, row.answered_at), (None, None));
    let row = one("2020-03-01 08:00:00,,,2020-03-01 08:00:00,Putus,,,,,,");
    assert_eq!(row.number, RowNumber::default());
    let row = one("2020-03-01 08:00:00,12345,,2020-03-01 08:00:00,abandoned,,,,,,");
    assert_eq!((row.number.e164, row.number.raw.as_deref()), (None, Some("12345")));
}

#[test]
fn each_wrong_cell_is_named() {
    for (line, column, words) in [
        ("01/03/2020 08:00,,,2020-03-01 08:00:30,abandoned,,,,,,", "started_at", "YYYY-MM-DD HH:MM:SS"),
        ("2020-02-30 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,", "started_at", "waktu yang ada"),
        ("2020-03-01 24:00:00,,,2020-03-02 08:00:30,abandoned,,,,,,", "started_at", "waktu yang ada"),
        ("2020-03-01T08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,", "started_at", "RFC 3339"),
        (",,,2020-03-01 08:00:30,abandoned,,,,,,", "started_at", "WIB"),
        ("2027-03-01 08:00:00,,,2027-03-01 08:00:30,abandoned,,,,,,", "started_at", "masa depan"),
        ("0202-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,", "started_at", "tahun 2000"),
        ("2020-03-01 08:00:00,,,,abandoned,,,,,,", "ended_at", "YYYY"),
        ("2020-03-01 08:00:00,,,2020-03-01 07:59:59,abandoned,,,,,,", "ended_at", "tidak sebelum started_at"),
        ("2020-03-01 08:00:00,,,2020-03-03 08:00:00,abandoned,,,,,,", "ended_at", "24 jam"),
        ("2020-03-01 08:00:00,,2020-03-01 07:59:00,2020-03-01 08:01:00,prank,,,,,,", "answered_at", "tidak sebelum"),
        ("2020-03-01 08:00:00,,2020-03-01 08:02:00,2020-03-01 08:01:00,prank,,,,,,", "ended_at", "answered_at"),
        ("2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:01:00,abandoned,,,,,,", "answered_at", "kosong"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:01:00,prank,,,,,,", "answered_at", "dijawab petugas"),
        ("2020-03-01 08:00:00,,x,2020-03-01 08:01:00,prank,,,,,,", "answered_at", "YYYY"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:00:30,,,,,,,", "class", "emergency, information"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandonned,,,,,,", "class", "terdekat: abandoned"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:00:30,=1+1,,,,,,", "class", "salah satu dari"),
        ("2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,prank,chlid,,,,,", "sub", "terdekat: Anak"),
        ("2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,prank,noise,,,,,", "sub", "kelas prank"),
        ("2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,emergency,banjir,kebakaran,,,,", "sub", "sama"),
        (
            "2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,emergency,,kebakarn,,,,",
            "incident_type",
            "Kebakaran",
        ),
        ("2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,emergency,,,Damkr,,,", "agency", "Damkar"),
        (
            "2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,emergency,,,,36.73.01.1099,,",
            "village_code",
            "36.73.01.10",
        ),
        (
            "2020-03-01 08:00:00,,2020-03-01 08:00:02,2020-03-01 08:00:30,emergency,,,,Sukawana,,",
            "village_code",
            "2 kali",
        ),
        ("2020-03-01 08:00:00,=1+1,,2020-03-01 08:00:30,abandoned,,,,,,", "number", "bukan rumus"),
        ("2020-03-01 08:00:00,Budi,,2020-03-01 08:00:30,abandoned,,,,,,", "number", "nomor telepon"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,", "", "11 kolom"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,,x", "", "11 kolom"),
        ("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,A\0ni,", "call_taker", "NUL"),
    ] {
        refused(line, column, words);
    }
}

#[test]
fn every_problem_of_a_row_is_told_at_once() {
    let ledger = read_text(&format!("{HEADER}\nx,,,y,z,,,,,,\n")).unwrap();
    let columns: Vec<&str> = ledger.problems().map(|problem| problem.column.as_str()).collect();
    assert_eq!(columns, ["started_at", "ended_at", "class"]);
    assert_eq!(ledger.bad[0].cells.len(), 11);
}

#[test]
fn long_cells_are_named_with_the_limit() {
    let note = "a".repeat(1024 * 1024);
    refused(&format!("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,{note}"), "note", "65536 byte");
    refused(&format!("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,{note},,,,"), "incident_type", "512 byte");
    let note = "a".repeat(NOTE_BYTES_MAX);
    assert_eq!(one(&format!("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,{note}")).note, Some(note));
}

#[test]
fn marks_line_ends_and_foreign_bytes_are_mended_and_told() {
    let text = format!("\u{feff}{HEADER}\r\n\r\n{GOOD}\"a\"\r\n,,,,,,,,,,\r\n{}caf\u{1}\r\n", GOOD);
    let mut bytes = text.replace("\"a\"", "\"a\r\nb\"").into_bytes();
    let at = bytes.iter().position(|b| *b == 1).unwrap();
    bytes[at] = 0xe9;
    let ledger = read(&bytes, &CITY, NOW).unwrap();
    assert_eq!(ledger.bad, []);
    assert_eq!(ledger.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 6]);
    assert_eq!(ledger.rows[0].note.as_deref(), Some("a\r\nb"));
    assert_eq!(ledger.rows[1].note.as_deref(), Some("café"));
    let told = ledger.notices.join("\n");
    assert!(
        told.contains("1 sel bukan UTF-8") && told.contains("baris 6") && told.contains("1 baris tanpa isi"),
        "{told}"
    );
}

#[test]
fn formulas_stay_text_and_are_defused_where_they_leave() {
    let row = one("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,@SUM(A1),=cmd|' /C calc'!A0");
    assert_eq!(row.note.as_deref(), Some("=cmd|' /C calc'!A0"));
    for (cell, safe) in [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("-", "'-"),
        ("+6281234567890", "+6281234567890"),
        ("-1.5", "-1.5"),
        ("\t=1", "'\t=1"),
        ("biasa", "biasa"),
        ("", ""),
    ] {
        assert_eq!(defuse(cell), safe);
        let back = one(&format!("2020-03-01 08:00:00,,,2020-03-01 08:00:30,abandoned,,,,,,\"{}\"", defuse(cell)));
        assert_eq!(back.note.unwrap_or_default(), cell.trim(), "a defused cell that comes back is what it was");
    }
}

#[test]
fn columns_go_by_name_in_any_order() {
    let text = "note,class,ended_at,Answered At,number,STARTED_AT\n,ghost,2020-03-01 08:01:00,2020-03-01 08:00:01,,2020-03-01 08:00:00\n";
    let ledger = read_text(text).unwrap();
    assert_eq!(ledger.rows[0].class, Class::Ghost);
    assert!(ledger.notices[0].contains("sub, incident_type, agency, village_code, call_taker"), "{:?}", ledger.notices);
}

#[test]
fn a_file_of_rejected_rows_can_be_mended_and_given_again() {
    let text = format!("{HEADER},problem\n{GOOD},\"baris 3, kolom class: salah\"\n");
    assert_eq!(read_text(&text).unwrap().rows.len(), 1);
}

#[test]
fn a_wrong_header_names_the_nearest_column() {
    file_refused(HEADER.replace("ended_at", "endet_at").as_bytes(), "terdekat: ended_at");
    file_refused(HEADER.replace("ended_at", "endet_at").as_bytes(), "kolom ended_at (boleh");
    file_refused(format!("{HEADER},class").as_bytes(), "kolom class hanya sekali");
    file_refused(HEADER.replace("class,", "").as_bytes(), "kolom class");
    file_refused(format!("{HEADER},").as_bytes(), "tanpa nama");
    file_refused(HEADER.replace(',', ";").as_bytes(), "bukan ';'");
    file_refused(GOOD.as_bytes(), "judul kolom di baris pertama");
}

#[test]
fn files_that_are_no_ledger_are_named() {
    file_refused(b"", "berkas kosong");
    file_refused(b"\n\r\n\n", "berkas kosong");
    file_refused(b"\xef\xbb\xbf", "berkas kosong");
    file_refused(&[0xff, 0xfe, b's', 0, b't', 0], "UTF-16");
    file_refused(&[b's', 0, b't', 0], "UTF-16");
    file_refused(b"PK\x03\x04....", "XLSX");
    let ledger = read_text(HEADER).unwrap();
    assert!(ledger.rows.is_empty() && ledger.notices[0].contains("hanya berisi judul"));
}

#[test]
fn a_forgotten_quotation_mark_swallows_nothing() {
    let open = GOOD.replace("Ani,", "Ani,\"catatan");
    file_refused(format!("{HEADER}\n{GOOD}\n{open}\n{GOOD}\n{GOOD}\n").as_bytes(), "tanda kutip penutup");
    file_refused(format!("{HEADER}\n{GOOD}\n{open}\n{GOOD}\n").as_bytes(), "baris 3");
    let twice = GOOD.replace("Ani,", "Ani,\"x\"y");
    file_refused(format!("{HEADER}\n{open}\n{twice}\n").as_bytes(), "baris 2");
    // A mark inside a bare cell is only a mark.
    assert_eq!(one(&format!("{GOOD}pipa 5\"")).note.as_deref(), Some("pipa 5\""));
    assert_eq!(one(&format!("{GOOD}\"pipa 5\"\"\"")).note.as_deref(), Some("pipa 5\""));
}

#[test]
fn debug_of_a_row_shows_no_number() {
    let text = format!("{:?}", one(GOOD).number);
    assert!(!text.contains("812"), "{text}");
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &CITY, NOW);
        let mut under_header = format!("{HEADER}\n").into_bytes();
        under_header.extend_from_slice(&bytes);
        let _ = read(&under_header, &CITY, NOW);
    }

    /// One byte of a good file changed: each of its rows is read, refused by name, or the whole file is refused.
    #[test]
    fn a_mutated_file_loses_no_row_in_silence(at in 0_usize..1_000, byte in any::<u8>()) {
        let mut bytes = format!("{HEADER}\n{}", format!("{GOOD}\n").repeat(5)).into_bytes();
        let at = at % bytes.len();
        let was = bytes[at];
        bytes[at] = byte;
        if let Ok(ledger) = read(&bytes, &CITY, NOW) {
            let records = ledger.rows.len() + ledger.bad.len();
            // A line end made or unmade moves the border between two rows, and both are then refused.
            let line_end = |b: u8| matches!(b, b'\n' | b'\r');
            if line_end(was) != line_end(byte) {
                prop_assert!(!ledger.bad.is_empty() || records == 5);
            } else {
                prop_assert_eq!(records, 5);
            }
        }
    }
}
