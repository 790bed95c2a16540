use super::*;
use siaga_core::{
    city::serang,
    ledger::{BadRow, read, sample},
    report::{Counted, ReportPeriod, compare, figures},
    time::Timestamp,
    view::report::Report,
};

/// 23,734 calls beside 16,000, without a database.
pub(crate) fn report() -> Report {
    let counted = |emergency: u64, prank: u64, ghost: u64, year: i32| Counted {
        offered: emergency + prank + ghost,
        answered: emergency + prank + ghost,
        answered_by_class: [("emergency", emergency), ("prank", prank), ("ghost", ghost)]
            .map(|(k, n)| (k.to_owned(), n))
            .into(),
        by_type: [("electrical".to_owned(), 34), ("=HYPERLINK(1)".to_owned(), emergency - 34)].into(),
        by_agency: [("damkar".to_owned(), emergency)].into(),
        by_village: [(String::new(), emergency)].into(),
        by_month: [(year * 100 + 1, emergency + prank + ghost)].into(),
        ..Counted::default()
    };
    let city = serang();
    let period = ReportPeriod::parse("2020-01-01", "2020-01-31").unwrap();
    let now = figures(&period, &counted(162, 10_100, 13_472, 2020), &city).unwrap();
    let before = figures(&period.year_before(), &counted(120, 7_000, 8_880, 2019), &city).unwrap();
    compare(now, Some(before))
}

fn alone() -> Report {
    Report { compare: None, ..report() }
}

#[test]
fn json_has_the_members_of_the_contract() {
    let value: serde_json::Value = serde_json::from_str(&json(&report())).unwrap();
    let members = [
        "period",
        "offered",
        "answered",
        "abandoned",
        "deferred",
        "failed",
        "classes",
        "nuisance",
        "by_type",
        "by_agency",
        "by_village",
        "by_month",
        "identities",
        "definitions",
    ];
    for one in [&value, &value["compare"]] {
        for member in members {
            assert!(!one[member].is_null(), "{member}");
        }
    }
    assert_eq!(value["period"], serde_json::json!({ "from": "2020-01-01", "to": "2020-01-31", "days": 31 }));
    assert_eq!(value["compare"]["change_pct"]["offered"], 48.3);
    assert_eq!(value["compare"]["change_pct"]["information"], serde_json::Value::Null);
    assert_eq!(
        value["by_type"][1],
        serde_json::json!({ "key": "electrical", "label": "Korsleting listrik", "count": 34 })
    );
    let alone: serde_json::Value = serde_json::from_str(&json(&alone())).unwrap();
    assert!(alone.get("compare").is_none());
}

#[test]
fn every_member_of_the_report_is_defined() {
    const DOCUMENT: &str = include_str!("../../../docs/definitions.md");
    fn names(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                for (name, value) in members {
                    found.push(name.clone());
                    names(value, found);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    names(&serde_json::to_value(report()).unwrap(), &mut found);
    assert!(found.len() > 40);
    for name in found {
        assert!(DOCUMENT.contains(&format!("`{name}`")), "docs/definitions.md does not name `{name}`");
    }
}

#[test]
fn text_fits_eighty_columns_and_says_the_change() {
    for report in [report(), alone()] {
        let page = text(&report, "Kota Serang", Edition::City);
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
    let page = text(&report(), "Kota Serang", Edition::City);
    let line = |start: &str| {
        page.lines()
            .find(|line| line.starts_with(start))
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("Masuk"), "Masuk 23.734 16.000 +48,3 %");
    assert_eq!(line("Korsleting"), "Korsleting listrik 34 34 0,0 %");
    assert_eq!(line("Informasi"), "Informasi 0 0 -");
    assert_eq!(line("Januari 2020"), "Januari 2020 23.734 16.000 +48,3 %");
    assert!(page.contains("14 identitas diperiksa"), "{page}");
    assert!(!text(&alone(), "Kota Serang", Edition::City).contains("tahun sebelumnya"));
}

#[test]
fn csv_is_one_table_without_formulas() {
    let table = csv(&report(), Edition::City);
    let mut reader = ::csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let find = |section: &str, key: &str| rows.iter().find(|row| &row[0] == section && &row[1] == key).unwrap();
    assert_eq!(find("total", "offered").iter().collect::<Vec<_>>(), ["total", "offered", "", "23734", "16000", "48.3"]);
    assert_eq!(&find("period", "from")[4], "2019-01-01");
    assert_eq!(&find("month", "2020-01")[4], "16000");
    assert_eq!(&find("agency", "damkar")[2], "Damkar");
    for row in &rows {
        for cell in row {
            assert!(!cell.starts_with(['=', '@', '+']), "{cell}");
        }
    }
    assert_eq!(&find("type", "'=HYPERLINK(1)")[3], "128");
    assert_eq!(csv(&alone(), Edition::City).lines().nth(4), Some("total,offered,,23734,,"));
}

#[test]
fn rejected_rows_can_be_mended_and_given_again() {
    let text = "number,started_at,answered_at,ended_at,class,note\n\
        +6281234567890,2020-03-01 08:00:00,,2020-03-01 08:00:30,abandond,\"=1+1, x\"\n\
        ,2020-03-01 08:00:00,,2020-03-01 08:00:30,abandoned\n";
    let now = Timestamp(1_795_478_400_000_000);
    let ledger = read(text.as_bytes(), &serang(), now).unwrap();
    assert_eq!(ledger.bad.len(), 2);
    let file = rejects(&ledger.header, &ledger.bad);
    assert!(file.starts_with("number,started_at,answered_at,ended_at,class,note,problem\n+6281234567890,"), "{file}");
    assert!(file.contains("\"'=1+1, x\"") && file.contains("baris 2, kolom class"), "{file}");
    let mended = file.replace("abandond,", "abandoned,");
    let ledger = read(mended.as_bytes(), &serang(), now).unwrap();
    assert_eq!(ledger.rows.len(), 2, "{:?}", ledger.bad);
    assert_eq!(ledger.rows[0].note.as_deref(), Some("=1+1, x"));
    // Given again unmended, the column is there already.
    let again = read(file.as_bytes(), &serang(), now).unwrap();
    let twice = rejects(&again.header, &again.bad);
    assert_eq!(twice.lines().next(), file.lines().next());
    let wide = BadRow { line: 2, cells: vec!["a".into(); 9], problems: Vec::new() };
    assert!(rejects(&ledger.header, &[wide]).contains("a,a,a"));
    assert_eq!(sample::serang_2020(), sample::serang_2020());
}
