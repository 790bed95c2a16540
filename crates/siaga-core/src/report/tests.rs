use super::*;
use crate::city::serang;

fn period(from: &str, to: &str) -> ReportPeriod {
    ReportPeriod::parse(from, to).unwrap()
}

fn counts<K: Ord + Clone>(pairs: &[(K, u64)]) -> BTreeMap<K, u64> {
    pairs.iter().cloned().collect()
}

/// Three answered calls, one of them real, one caller gone.
fn small() -> Counted {
    Counted {
        offered: 4,
        answered: 3,
        abandoned: 1,
        answered_by_class: counts(&[("emergency".into(), 1), ("prank".into(), 1), (String::new(), 1)]),
        by_type: counts(&[("fire".into(), 1)]),
        by_agency: counts(&[(String::new(), 1)]),
        by_village: counts(&[("36.73.04.1007".into(), 1)]),
        by_month: counts(&[(202_001, 3), (202_003, 1)]),
        ..Counted::default()
    }
}

#[test]
fn figures_carry_labels_and_every_month() {
    let figures = figures(&period("2020-01-31", "2020-03-01"), &small(), &serang()).unwrap();
    assert_eq!(figures.period.days, 31);
    assert_eq!(figures.by_type[0].label, "Kebakaran");
    assert_eq!(figures.by_agency[0].label, "belum diisi");
    assert_eq!(figures.by_village[0].label, "Sukawana (Kec. Curug)");
    let months: Vec<(&str, &str, u64)> =
        figures.by_month.iter().map(|one| (one.key.as_str(), one.label.as_str(), one.count)).collect();
    assert_eq!(months, [("2020-01", "Januari 2020", 3), ("2020-02", "Februari 2020", 0), ("2020-03", "Maret 2020", 1)]);
    assert_eq!(figures.classes["unclassified"], 1);
    assert_eq!(figures.classes["abandoned"], 1);
    assert_eq!(figures.classes.len(), Class::ALL.len() + 1);
    assert!(figures.identities.iter().all(|identity| identity.holds) && figures.identities.len() == 7);
}

#[test]
fn most_come_first_and_unknown_keys_stay() {
    let counted =
        counts(&[("fire".to_owned(), 2), ("gone_type".to_owned(), 5), ("flood".to_owned(), 2), ("x".to_owned(), 0)]);
    let city = serang();
    let labels: Vec<String> = labelled(&counted, |key| city.incident_type(key).map(|one| one.label.clone()))
        .into_iter()
        .map(|one| one.label)
        .collect();
    assert_eq!(labels, ["gone_type", "Kebakaran", "Banjir"]);
}

/// One count changed by one: which identity breaks.
#[track_caller]
fn breaks(change: impl Fn(&mut Counted), name: &str) {
    let mut counted = small();
    change(&mut counted);
    let broken = figures(&period("2020-01-01", "2020-12-31"), &counted, &serang()).expect_err("an identity fails");
    assert!(broken.0.iter().any(|identity| identity.name.contains(name)), "{broken}");
    assert!(broken.0.iter().all(|identity| !identity.holds));
}

#[test]
fn a_wrong_count_gives_no_figures() {
    breaks(|counted| counted.offered += 1, "offered = answered");
    breaks(|counted| counted.failed += 1, "offered = answered");
    breaks(|counted| counted.answered += 1, "answered = emergency");
    breaks(|counted| counted.by_type.clear(), "sum(by_type)");
    breaks(|counted| *counted.by_agency.entry("damkar".into()).or_default() += 1, "sum(by_agency)");
    breaks(|counted| counted.by_village.clear(), "sum(by_village)");
    breaks(|counted| counted.by_month = counts(&[(202_112, 4)]), "sum(by_month)");
}

#[test]
fn an_answered_call_classed_as_abandoned_counts_as_not_classed() {
    let mut counted = small();
    counted.answered_by_class = counts(&[("emergency".into(), 1), ("abandoned".into(), 2)]);
    let figures = figures(&period("2020-01-01", "2020-12-31"), &counted, &serang()).unwrap();
    assert_eq!((figures.classes["abandoned"], figures.classes["unclassified"]), (1, 2));
}

#[track_caller]
fn check_year_before(from: &str, to: &str, expected: (&str, &str)) {
    let before = period(from, to).year_before();
    assert_eq!((before.from().to_string().as_str(), before.to().to_string().as_str()), expected);
}

#[test]
fn the_year_before_has_the_same_days() {
    check_year_before("2020-01-01", "2020-09-30", ("2019-01-01", "2019-09-30"));
    check_year_before("2020-02-29", "2020-03-31", ("2019-03-01", "2019-03-31"));
    check_year_before("2020-02-01", "2020-02-29", ("2019-02-01", "2019-02-28"));
    check_year_before("2020-02-29", "2020-02-29", ("2019-02-28", "2019-02-28"));
    check_year_before("2021-02-01", "2021-02-28", ("2020-02-01", "2020-02-28"));
    check_year_before("2020-12-31", "2021-01-01", ("2019-12-31", "2020-01-01"));
}

#[test]
fn what_is_no_period_says_what_to_do() {
    for (from, to, words) in [
        ("2020-02-01", "2020-01-31", "tukar keduanya"),
        ("2010-01-01", "2020-01-02", "terlalu panjang"),
        ("2020-02-30", "2020-03-01", "bukan tanggal"),
        ("01-02-2020", "2020-03-01", "YYYY-MM-DD"),
        ("2020-1-1", "2020-03-01", "YYYY-MM-DD"),
        ("", "2020-03-01", "bukan tanggal"),
    ] {
        let problem = ReportPeriod::parse(from, to).expect_err("no period").to_string();
        assert!(problem.contains(words), "{problem}");
    }
    assert_eq!(period("2010-01-01", "2020-01-01").days(), PERIOD_DAYS_MAX);
    assert_eq!(period("2020-01-01", "2020-01-01").days(), 1);
}

#[test]
fn the_change_is_from_the_year_before() {
    let city = serang();
    let all = period("2020-01-01", "2020-12-31");
    let of = |calls: u64| {
        let counted = Counted {
            offered: calls,
            answered: calls,
            answered_by_class: counts(&[("ghost".to_owned(), calls)]),
            by_month: counts(&[(202_001, calls)]),
            ..Counted::default()
        };
        figures(&all, &counted, &city).unwrap()
    };
    for (old, new, expected) in
        [(16_000, 23_734, Some(48.3)), (2, 1, Some(-50.0)), (3, 3, Some(0.0)), (0, 5, None), (8, 9, Some(12.5))]
    {
        let report = compare(of(new), Some(of(old)));
        let change = report.compare.unwrap().change_pct;
        assert_eq!(change["offered"], expected, "{old} to {new}");
        assert_eq!(change["ghost"], expected);
        assert_eq!(change["emergency"], None);
    }
    assert!(compare(of(1), None).compare.is_none());
}
