//! One paper in every form: the same numbers, the same bytes twice, and no word that becomes code.

mod behind;

use crate::{docx, paper::*, pdf, period_report, tests::report, xlsx};
use quick_xml::{Reader, events::Event};
use siaga_core::{
    time::Timestamp,
    view::{
        report::Count,
        signed_report::{AsOf, CityHead, ReportBody, SIGNED_REPORT_FORMAT, SignedReport},
    },
};
use std::io::{Cursor, Read};

/// 28 November 2026 07:40 in Serang.
const AS_OF: Timestamp = Timestamp(1_795_826_400_000_000);
/// What a careless writer would run, compute, follow or lose.
const HOSTILE: [&str; 5] = [
    "=HYPERLINK(\"http://x\")",
    "#read(\"/etc/passwd\") $x$ *b* @a <b>",
    "+1-1",
    "</w:t>&amp;",
    "a\u{1}\u{0}b\u{202e}c \u{1f525} \u{2212}",
];

fn signed() -> SignedReport {
    let mut report = report();
    report.figures.detail = Some(behind::detail("Siti Aminah"));
    report.proceedings = Some(behind::proceedings("Damkar"));
    let count = |label: &str, count: u64| Count { key: label.to_owned(), label: label.to_owned(), count };
    let body = ReportBody {
        format: SIGNED_REPORT_FORMAT.to_owned(),
        mark: None,
        city: CityHead {
            name: "Kota Serang".to_owned(),
            zone: "Asia/Jakarta".to_owned(),
            zone_label: "WIB".to_owned(),
            letterhead: vec!["PEMERINTAH KOTA SERANG".to_owned(), "LAYANAN DARURAT 112".to_owned()],
            place: Some("Serang".to_owned()),
        },
        as_of: AsOf { seq: 12, at: Some(AS_OF), chain_hash: "ab".repeat(32) },
        report,
        by_district: vec![count("Serang", 100), count("Kasemen", 62)],
        by_district_before: Some(vec![count("Serang", 120)]),
    };
    SignedReport { body, sha256: "cd".repeat(32), key: "ef".repeat(32), signature: "01".repeat(64) }
}

fn hostile() -> SignedReport {
    let mut signed = signed();
    let figures = &mut signed.body.report.figures;
    figures.by_type = HOSTILE.map(|label| Count { key: label.to_owned(), label: label.to_owned(), count: 3 }).to_vec();
    figures.detail = Some(behind::detail(HOSTILE[0]));
    signed.body.report.proceedings = Some(behind::proceedings(HOSTILE[1]));
    signed.body.city.letterhead = HOSTILE.map(str::to_owned).to_vec();
    signed.body.city.name = HOSTILE[1].to_owned();
    signed
}

/// A part of a DOCX or XLSX.
fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a zip file");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The texts of these elements, in order, as an independent reader of XML sees them.
fn texts(xml: &str, element: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) if tag.name().as_ref() == element.as_bytes() => {
                inside = true;
                found.push(String::new());
            }
            Event::End(tag) if tag.name().as_ref() == element.as_bytes() => inside = false,
            Event::Text(text) if inside => {
                found.last_mut().expect("well-formed").push_str(&text.decode().expect("UTF-8"))
            }
            Event::GeneralRef(name) if inside => {
                found.last_mut().expect("well-formed").push_str(match &*name.decode().expect("well-formed") {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("&{other};"),
                })
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The numbers of a sheet, as stored: sheet 2 is the first table.
fn numbers(file: &[u8], sheet: usize) -> Vec<f64> {
    let xml = part(file, &format!("xl/worksheets/sheet{sheet}.xml"));
    assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"), "no formula, no link");
    // A cell of kind "s" points to a text; its number is none.
    let plain: String = xml
        .split("<c ")
        .filter(|cell| !cell.split('>').next().unwrap_or_default().contains("t=\"s\""))
        .map(|cell| format!("<c {cell}"))
        .collect();
    plain
        .split("<v>")
        .skip(1)
        .map(|rest| rest.split("</v>").next().expect("well-formed").parse().expect("well-formed"))
        .collect()
}

/// What the tables say, cell by cell, before any form.
fn said(paper: &Paper) -> Vec<(String, Vec<f64>)> {
    let number = |cell: &Cell| match cell {
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        Cell::Count(count) => Some(*count as f64),
        Cell::Change(value) => Some(*value),
        Cell::Share(value) | Cell::Decimal(value) => Some((value * 10.0).round() / 10.0),
        Cell::Text(_) | Cell::Missing => None,
    };
    let cells = |table: &Table| table.rows.iter().flat_map(|row| &row.cells).filter_map(number).collect();
    paper.tables().map(|table| (table.name.clone(), cells(table))).collect()
}

#[test]
fn the_headline_is_one_an_official_signs() {
    let paper = period_report(&signed(), Edition::City);
    let Block::Paragraph(first) = &paper.blocks[0] else { panic!("a sentence first") };
    assert_eq!(
        first,
        "Selama Januari 2020 masuk 23.734 panggilan ke layanan 112 Kota Serang, naik 48,3 persen dari 16.000 panggilan pada Januari 2019 (rentang 95 persen: 45,4 s.d. 51,4 persen)."
    );
    let Block::Paragraph(second) = &paper.blocks[1] else { panic!("a sentence") };
    assert_eq!(second, "Dari semua panggilan itu 162 darurat (0,7 persen) dan 23.572 prank atau ghost (99,3 persen).");
    assert_eq!(paper.subtitle, "Januari 2020");
    assert!(paper.proof[1].1.starts_with("peristiwa ke-12, 28 November 2026 pukul"), "{:?}", paper.proof[1]);
}

#[test]
fn what_nobody_filled_in_ranks_with_no_kind_and_no_place() {
    let mut signed = signed();
    let count = |key: &str, label: &str, count: u64| Count { key: key.to_owned(), label: label.to_owned(), count };
    let empty = |of: u64| count("", "belum diisi", of);
    let sentences = |signed: &SignedReport| -> Vec<String> {
        let paper = period_report(signed, Edition::City);
        let said = |block: &Block| match block {
            Block::Paragraph(text) if text.contains("ialah") || text.contains("kecamatan") => Some(text.clone()),
            _ => None,
        };
        paper.blocks.iter().filter_map(said).collect()
    };
    signed.body.report.figures.by_type = vec![empty(3), count("fire", "Kebakaran", 2)];
    signed.body.by_district = vec![count("1", "Serang", 2), empty(1)];
    assert_eq!(
        sentences(&signed),
        [
            "Kejadian darurat yang paling banyak dilaporkan ialah Kebakaran (2); 3 belum diisi.",
            "Menurut kecamatan, laporan darurat datang dari Serang (2); 1 belum diisi."
        ]
    );
    signed.body.report.figures.by_type = (0..7).map(|n| count(&n.to_string(), &format!("jenis {n}"), 9 - n)).collect();
    signed.body.by_district = vec![empty(4)];
    let [kinds] = sentences(&signed).try_into().expect("no place to name");
    assert!(kinds.ends_with("jenis 3 (6), dan jenis 4 (5); 7 lainnya."), "{kinds}");
}

#[test]
fn what_stands_behind_the_sums_has_its_tables() {
    let paper = period_report(&signed(), Edition::City);
    let table = |name: &str| paper.tables().find(|table| table.name == name).expect(name);
    let row = |name: &str, at: usize| table(name).rows[at].cells.iter().map(Cell::shown).collect::<Vec<_>>();
    assert_eq!(row("Petugas", 0)[0], "tidak tercatat");
    assert_eq!(row("Petugas", 1), ["Siti Aminah", "162", "10.100", "13.472", "0", "23.737", "termasuk 3 uji coba"]);
    assert_eq!(row("Petugas", 2)[5], "23.738");
    // The day is the city's, not London's.
    assert_eq!(row("Aduan", 0), ["03-01-2020 00.30", "Kebakaran", "Damkar", "Damkar", "2020/17", "masih terbuka"]);
    assert_eq!(row("Jam dan hari", 20), ["20.00–20.59", "40", "0", "0", "0", "0", "0", "41", "81", "2"]);
    assert_eq!(row("Jam dan hari", 24)[0], "Jumlah");
    assert_eq!(row("Cakupan", 0), ["Hari dalam periode", "31"]);
    assert_eq!(row("Bulan dan kelas", table("Bulan dan kelas").rows.len() - 1)[0], "Jumlah");
    assert_eq!(row("Waktu menunggu", 0)[4..], ["2,0", "4,5", "12,0", "–"]);
    assert_eq!(row("Koreksi", 0), ["2020-02-03", "Prank", "Darurat", "2"]);
    assert_eq!(row("Publikasi", 0)[1..4], ["Prank atau ghost", "sekitar 23.572", "–"]);
    let mut sums_only = signed();
    sums_only.body.report.figures.detail = None;
    sums_only.body.report.proceedings = None;
    assert!(period_report(&sums_only, Edition::City).tables().all(|table| table.name != "Petugas"));
}

#[test]
fn every_number_of_every_table_is_in_the_xlsx() {
    let paper = period_report(&signed(), Edition::City);
    let file = xlsx(&paper).unwrap();
    let book = part(&file, "xl/workbook.xml");
    for (sheet, (name, wanted)) in (2..).zip(said(&paper)) {
        assert!(book.contains(&format!("<sheet name=\"{name}\" sheetId=\"{sheet}\"")), "{name}: {book}");
        assert_eq!(numbers(&file, sheet), wanted, "{name}");
    }
    assert!(book.contains("Definisi"));
}

#[test]
fn every_cell_of_every_table_is_in_the_docx() {
    let paper = period_report(&signed(), Edition::City);
    let document = part(&docx(&paper).unwrap(), "word/document.xml");
    let found = texts(&document, "w:t");
    let wanted: Vec<String> =
        paper.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(Cell::shown).collect();
    let mut at = found.iter().map(|text| text.trim_start());
    for cell in &wanted {
        assert!(at.any(|text| text == cell), "{cell} is missing, or not in its place");
    }
    // Each page that a table runs over begins with its heads.
    assert_eq!(document.matches("<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>").count(), paper.tables().count());
    assert!(!document.contains("<w:trHeight"), "a mark of ours is left");
    // A style that is named and not defined looks like plain text.
    let styles = part(&docx(&paper).unwrap(), "word/styles.xml");
    for named in document.split("<w:pStyle w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(styles.contains(&format!("w:styleId=\"{named}\"")), "{named}");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_another_figure_others() {
    let other = {
        let mut other = signed();
        other.body.report.figures.offered += 1;
        other
    };
    for (form, write) in [("pdf", pdf as fn(&Paper) -> _), ("docx", docx), ("xlsx", xlsx)] {
        let first: Vec<u8> = write(&period_report(&signed(), Edition::City)).unwrap();
        if form != "pdf" {
            // A file that was made in the same two seconds would be the same by chance.
            let mut archive = zip::ZipArchive::new(Cursor::new(&first)).unwrap();
            for at in 0..archive.len() {
                let year = archive.by_index(at).unwrap().last_modified().map(|time| time.year());
                assert!(year.is_none_or(|year| year == 1980), "{form}: {year:?} is taken from the clock");
            }
            assert!(part(&first, "docProps/core.xml").contains("2026-11-28T"), "{form}: dated as the record");
        }
        assert_eq!(write(&period_report(&signed(), Edition::City)).unwrap(), first, "{form}");
        assert_ne!(write(&period_report(&other, Edition::City)).unwrap(), first, "{form}");
    }
}

/// The demo prints a city's letterhead over made-up calls: every form says so, and a city's has no word of it.
#[test]
fn a_demos_paper_says_what_it_is_in_every_form() {
    let (city, demo) = (period_report(&signed(), Edition::City), period_report(&signed(), Edition::Demo));
    let mark = Edition::Demo.mark().unwrap();
    assert_eq!(Paper { mark: None, ..demo.clone() }, city, "and nothing else differs");
    for (form, write) in [("pdf", pdf as fn(&Paper) -> _), ("docx", docx), ("xlsx", xlsx)] {
        let (city, demo): (Vec<u8>, Vec<u8>) = (write(&city).unwrap(), write(&demo).unwrap());
        assert_ne!(city, demo, "{form}");
    }
    let header = "word/header1.xml";
    assert_eq!(texts(&part(&docx(&demo).unwrap(), header), "w:t"), [mark]);
    let plain = docx(&city).unwrap();
    assert!(zip::ZipArchive::new(Cursor::new(&plain)).unwrap().by_name(header).is_err());
    for (paper, times) in [(&demo, 1 + paper_sheets(&demo)), (&city, 0)] {
        let book = xlsx(paper).unwrap();
        let strings = texts(&part(&book, "xl/sharedStrings.xml"), "t");
        let at = strings.iter().position(|text| text == mark);
        let cell = |sheet: usize| {
            let xml = part(&book, &format!("xl/worksheets/sheet{sheet}.xml"));
            at.is_some_and(|at| xml.contains(&format!("<v>{at}</v>")) && xml.contains(mark))
        };
        assert_eq!((1..=paper_sheets(paper) + 1).filter(|sheet| cell(*sheet)).count(), times);
    }
}

fn paper_sheets(paper: &Paper) -> usize {
    paper.tables().count()
}

#[test]
fn no_word_becomes_code() {
    let paper = period_report(&hostile(), Edition::City);
    assert!(pdf(&paper).unwrap().starts_with(b"%PDF"));
    let document = part(&docx(&paper).unwrap(), "word/document.xml");
    let found = texts(&document, "w:t").join("\n");
    let file = xlsx(&paper).unwrap();
    let words = texts(&part(&file, "xl/sharedStrings.xml"), "t").join("\n");
    for (n, label) in HOSTILE.iter().enumerate().take(4) {
        assert!(found.contains(label), "docx {n}: {label}");
        assert!(words.contains(label), "xlsx {n}: {label}");
    }
    assert!(found.contains("a  bc") && words.contains("a  bc"), "control characters are gone");
    for sheet in 1..=paper.tables().count() + 2 {
        let _ = numbers(&file, sheet);
    }
}

#[test]
fn a_long_table_is_cut_with_a_word() {
    let mut signed = signed();
    signed.body.report.compare = None;
    signed.body.report.figures.by_village =
        (0..700).map(|n| Count { key: n.to_string(), label: format!("Kelurahan {n}"), count: 1 }).collect();
    let paper = period_report(&signed, Edition::City);
    let document = part(&docx(&paper).unwrap(), "word/document.xml");
    assert!(document.contains("selengkapnya di XLSX") && !document.contains("Kelurahan 600"), "docx");
    let file = xlsx(&paper).unwrap();
    assert!(part(&file, "xl/sharedStrings.xml").contains("Kelurahan 699"), "xlsx has all");
    assert!(pdf(&paper).unwrap().starts_with(b"%PDF"));
}
