use super::*;
use crate::city::SERANG_TOML;

fn serang() -> City {
    City::from_toml(SERANG_TOML).expect("the demo city is whole")
}

pub(super) fn visits() -> Campaign {
    Campaign {
        name: " Kunjungan sekolah ".into(),
        kind: Kind::SchoolVisit,
        first: LocalDay(20_200_302),
        last: LocalDay(20_200_315),
        villages: vec!["36.73.01.1001".into(), "36.73.01.1001".into()],
        audience: "Murid SD kelas 4 sampai 6".into(),
        organiser: Organiser::Agency("damkar".into()),
        notes: String::new(),
        reached: Some(Reached { people: 640, counted_how: "daftar hadir".into() }),
        window: 28,
    }
}

#[test]
fn what_is_right_is_tidied() {
    let kept = visits().checked(&serang()).expect("nothing is wrong with it");
    assert_eq!((kept.name.as_str(), kept.villages.len()), ("Kunjungan sekolah", 1));
    for (today, state) in [
        (20_200_301, State::Planned),
        (20_200_302, State::Ongoing),
        (20_200_315, State::Ongoing),
        (20_200_316, State::Ended),
    ] {
        assert_eq!(kept.state(LocalDay(today)), state, "{today}");
    }
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let city = serang();
    let check = |field: &str, words: &str, change: fn(&mut Campaign)| {
        let mut asked = visits();
        change(&mut asked);
        let faults = asked.checked(&city).expect_err(field);
        assert_eq!(faults.iter().map(|one| one.field).collect::<Vec<_>>(), [field]);
        assert!(faults[0].words.contains(words), "{}", faults[0].words);
    };
    check("name", "Beri nama", |one| one.name = "  ".into());
    check("name", "120", |one| one.name = "x".repeat(121));
    check("audience", "dituju", |one| one.audience = String::new());
    check("notes", "Ringkas", |one| one.notes = "x".repeat(2_001));
    check("organiser", "pilih dari daftar", |one| one.organiser = Organiser::Agency("nasa".into()));
    check("organiser", "penyelenggara", |one| one.organiser = Organiser::Other(" ".into()));
    check("first", "penanggalan", |one| one.first = LocalDay(20_200_230));
    check("last", "penanggalan", |one| one.last = LocalDay(99_990_101));
    check("last", "tukar", |one| one.last = LocalDay(20_200_301));
    check("last", "366", |one| one.last = LocalDay(20_210_303));
    check("villages", "99.99", |one| one.villages = vec!["99.99".into()]);
    check("reached", "periksa angkanya", |one| {
        one.reached = Some(Reached { people: 20_000_001, counted_how: "x".into() })
    });
    check("reached", "cara menghitung", |one| one.reached = Some(Reached { people: 5, counted_how: String::new() }));
    check("window", "28, 56, atau 91", |one| one.window = 30);
    let mut all = visits();
    (all.name, all.audience, all.window) = (String::new(), String::new(), 0);
    let faults = all.checked(&city).expect_err("three fields");
    assert_eq!(faults.len(), 3, "all of them at once");
    assert_eq!(reason(" salah tanggal "), Ok("salah tanggal".into()));
    assert_eq!(reason("  x ").expect_err("too short").field, "reason");
}
