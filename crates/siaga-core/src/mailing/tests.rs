use super::*;

fn jakarta() -> TimeZone {
    TimeZone::get("Asia/Jakarta").unwrap()
}

fn at(text: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = text.parse().unwrap();
    Timestamp(jakarta().to_timestamp(civil).unwrap().as_microsecond())
}

fn schedule(day: u8, minute: u16) -> Schedule {
    Schedule { active: true, day, minute, recipients: vec!["kepala@serang.example".into()] }
}

#[track_caller]
fn check(rhythm: Rhythm, schedule: &Schedule, since: &str, now: &str, wanted: &[&str]) {
    let shown: Vec<String> = due(rhythm, schedule, &jakarta(), at(since), at(now))
        .iter()
        .map(|due| {
            let when = due.at.in_zone(&jakarta()).strftime("%Y-%m-%d %H:%M");
            format!("{when}: {} {}", due.period.from(), due.period.to())
        })
        .collect();
    assert_eq!(shown, wanted);
}

#[test]
fn a_week_is_due_on_its_day_and_minute_in_the_citys_zone() {
    let monday = schedule(1, 7 * 60);
    check(Rhythm::Weekly, &monday, "2026-11-20T12:00", "2026-11-23T06:59", &[]);
    check(
        Rhythm::Weekly,
        &monday,
        "2026-11-20T12:00",
        "2026-11-23T07:00",
        &["2026-11-23 07:00: 2026-11-16 2026-11-22"],
    );
    // Late in the week it is still that week's, and on a Sunday the week before it.
    check(
        Rhythm::Weekly,
        &monday,
        "2026-11-20T12:00",
        "2026-11-29T23:59",
        &["2026-11-23 07:00: 2026-11-16 2026-11-22"],
    );
    let sunday = schedule(7, 0);
    check(
        Rhythm::Weekly,
        &sunday,
        "2026-11-20T12:00",
        "2026-11-22T00:00",
        &["2026-11-22 00:00: 2026-11-09 2026-11-15"],
    );
}

#[test]
fn what_was_due_while_the_machine_was_off_is_sent_later_and_not_for_ever() {
    let first = schedule(1, 8 * 60 + 30);
    check(
        Rhythm::Monthly,
        &first,
        "2026-08-15T00:00",
        "2026-11-28T09:00",
        &[
            "2026-09-01 08:30: 2026-08-01 2026-08-31",
            "2026-10-01 08:30: 2026-09-01 2026-09-30",
            "2026-11-01 08:30: 2026-10-01 2026-10-31",
        ],
    );
    let weeks = due(Rhythm::Weekly, &first, &jakarta(), at("2020-01-01T00:00"), at("2026-11-28T09:00"));
    assert_eq!(weeks.len(), CATCH_UP_MAX);
    assert!(weeks.windows(2).all(|pair| pair[0].at < pair[1].at));
    // What was due before it was switched on is nobody's wish.
    check(Rhythm::Monthly, &first, "2026-11-01T08:30", "2026-11-28T09:00", &[]);
    check(Rhythm::Monthly, &Schedule { active: false, ..first }, "2026-01-01T00:00", "2026-11-28T09:00", &[]);
}

#[test]
fn the_next_one_is_after_now() {
    let shown = |rhythm, schedule: &Schedule, now: &str| {
        let next = next(rhythm, schedule, &jakarta(), at(now)).unwrap();
        format!("{}: {}", next.at.in_zone(&jakarta()).strftime("%Y-%m-%d %H:%M"), next.period.from())
    };
    assert_eq!(shown(Rhythm::Weekly, &schedule(1, 420), "2026-11-28T09:00"), "2026-11-30 07:00: 2026-11-23");
    assert_eq!(shown(Rhythm::Weekly, &schedule(6, 600), "2026-11-28T09:00"), "2026-11-28 10:00: 2026-11-16");
    assert_eq!(shown(Rhythm::Weekly, &schedule(6, 540), "2026-11-28T09:00"), "2026-12-05 09:00: 2026-11-23");
    assert_eq!(shown(Rhythm::Monthly, &schedule(28, 600), "2026-11-28T09:00"), "2026-11-28 10:00: 2026-10-01");
    assert_eq!(shown(Rhythm::Monthly, &schedule(1, 0), "2026-12-31T23:00"), "2027-01-01 00:00: 2026-12-01");
    assert_eq!(next(Rhythm::Monthly, &Schedule::unset(), &jakarta(), at("2026-11-28T09:00")), None);
    let february = latest(Rhythm::Monthly, &jakarta(), at("2024-03-31T10:00"));
    assert_eq!((february.from().to_string(), february.to().to_string()), ("2024-02-01".into(), "2024-02-29".into()));
}

#[test]
fn addresses_are_those_of_people() {
    for good in ["kepala@serang.example", " a.b+c@Dinas.Kota.Example ", "x_1@a-b.example"] {
        assert!(address(good).is_ok(), "{good}");
    }
    assert_eq!(address("Kepala@Serang.EXAMPLE").unwrap(), "Kepala@serang.example");
    let long = format!("{}@serang.example", "a".repeat(65));
    for bad in [
        "",
        "kepala",
        "@serang.example",
        "kepala@",
        "kepala@serang",
        "a b@serang.example",
        "a..b@serang.example",
        "a@-x.example",
        "a@x..example",
        "a@b@",
        "a\n@serang.example",
        "a@serang.example\r\nBcc: x@y.example",
        "\"a\"@serang.example",
        &long,
    ] {
        assert!(address(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_schedule_is_checked_as_a_whole() {
    let with = |recipients: &[&str]| Schedule {
        recipients: recipients.iter().map(|one| (*one).to_owned()).collect(),
        ..schedule(1, 420)
    };
    assert_eq!(checked(Rhythm::Weekly, with(&[])), Err(ScheduleProblem::Nobody));
    assert!(checked(Rhythm::Weekly, Schedule { active: false, ..with(&[]) }).is_ok());
    assert_eq!(
        checked(Rhythm::Weekly, with(&["a@x.example", "A@X.example"])),
        Err(ScheduleProblem::Twice("A@x.example".into()))
    );
    assert_eq!(checked(Rhythm::Weekly, schedule(8, 0)), Err(ScheduleProblem::Weekday(8)));
    assert_eq!(checked(Rhythm::Monthly, schedule(31, 0)), Err(ScheduleProblem::MonthDay(31)));
    assert_eq!(checked(Rhythm::Monthly, schedule(1, 1_440)), Err(ScheduleProblem::Time));
    let many: Vec<String> = (0..21).map(|n| format!("p{n}@x.example")).collect();
    assert_eq!(
        checked(Rhythm::Monthly, Schedule { recipients: many, ..schedule(1, 0) }),
        Err(ScheduleProblem::TooMany(21))
    );
    assert!(confirms("  Kirim ke 3  ALAMAT ", 3) && !confirms("kirim ke 3 alamat", 2) && !confirms("", 0));
}
