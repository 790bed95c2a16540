use super::*;
use crate::{
    city::{City, CityProblem, SERANG_TOML, serang},
    ids::CallId,
    time::Timestamp,
    view::card::{CardAnswerLine, CardChoice, NewCardAnswer, SignOffView},
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const CALL: CallId = CallId(Uuid::from_u128(1));

fn choices(step: &Step) -> Vec<Choice> {
    match &step.say {
        Say::Ask { answers, .. } => {
            answers.iter().map(|one| Choice::Digit(one.digit)).chain([Choice::Skipped]).collect()
        }
        Say::Tell { .. } => vec![Choice::Told, Choice::Skipped],
    }
}

#[test]
fn not_awake_and_not_breathing_is_cpr_in_two_digits() {
    let city = serang();
    let card = city.cards.for_type(Some("ambulance")).expect("a medical card");
    let walk = Walk::begin(&city.cards, &card.key).expect("the card begins");
    let walk = walk.choose(Choice::Digit(2)).and_then(|walk| walk.choose(Choice::Digit(2))).expect("no, no");
    let (at, step) = walk.at().expect("not over");
    assert_eq!((at.key.as_str(), at.bpm, step.key.as_str()), ("cpr_adult", Some(110), "press"));
    let back = walk.back();
    assert_eq!(back.at().map(|(card, step)| (card.key.as_str(), step.key.as_str())), Some(("medical", "breathing")));
    assert_eq!(back.back().back().back().passed().count(), 0, "before the first step there is nothing");
}

#[test]
fn every_card_and_every_step_is_reached() {
    let city = serang();
    let mut open: Vec<_> = city
        .cards
        .cards()
        .iter()
        .filter(|card| !card.types.is_empty())
        .filter_map(|card| Walk::begin(&city.cards, &card.key))
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(walk) = open.pop() {
        let Some((card, step)) = walk.at() else { continue };
        if reached.insert((card.key.clone(), step.key.clone())) {
            let answers = choices(step).into_iter().filter(|one| *one != Choice::Skipped);
            open.extend(answers.filter_map(|choice| walk.clone().choose(choice).ok()));
        }
    }
    let all =
        city.cards.cards().iter().flat_map(|card| card.steps.iter().map(|step| (card.key.clone(), step.key.clone())));
    assert_eq!(all.filter(|one| !reached.contains(one)).collect::<Vec<_>>(), []);
}

#[test]
fn types_lead_to_their_card_and_the_others_to_the_general_one() {
    let city = serang();
    for (incident_type, key) in [
        (Some("fire"), "fire"),
        (Some("electrical"), "electric"),
        (Some("traffic_accident"), "accident"),
        (Some("ambulance"), "medical"),
        (Some("fallen_tree"), "tree"),
        (Some("flood"), "flood"),
        (Some("crime"), "crime"),
        (Some("domestic_violence"), "crime"),
        (Some("missing_person"), "drowning"),
        (Some("gas_leak"), "gas"),
        (Some("road"), "general"),
        (Some("nothing"), "general"),
        (None, "general"),
    ] {
        let card = city.cards.for_type(incident_type).map(|card| card.key.as_str());
        assert_eq!(card, Some(key), "{incident_type:?}");
    }
    let crime = city.cards.card("crime").expect("the card");
    assert!(matches!(&crime.steps[0].say, Say::Ask { question, .. } if question.starts_with("Aman untuk bicara")));
    // nobody has signed the demo's cards
    assert!(city.cards.view().iter().all(|card| card.sign_off == SignOffView::None));
}

proptest! {
    #[test]
    fn every_walk_ends_and_every_digit_is_one_answer(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..200),
        start in any::<prop::sample::Index>(),
    ) {
        static CITY: std::sync::LazyLock<City> = std::sync::LazyLock::new(serang);
        let city = &*CITY;
        let cards = city.cards.cards();
        let mut walk = Walk::begin(&city.cards, &cards[start.index(cards.len())].key).expect("the card is there");
        let mut picks = picks.into_iter().cycle();
        let steps: usize = cards.iter().map(|card| card.steps.len()).sum();
        for _ in 0..=steps {
            let Some((_, step)) = walk.at() else { break };
            let all = choices(step);
            let digits: BTreeSet<_> = all.iter().filter_map(|one| if let Choice::Digit(digit) = one { Some(*digit) } else { None }).collect();
            let answers = all.iter().filter(|one| matches!(one, Choice::Digit(_))).count();
            prop_assert_eq!(digits.len(), answers);
            prop_assert!(!digits.contains(&0));
            let choice = all[picks.next().expect("it cycles").index(all.len())];
            // a step forward and back is where it was
            let there = walk.clone().choose(choice).expect("an offered choice is taken");
            prop_assert_eq!(&there.clone().back(), &walk);
            walk = there;
        }
        prop_assert!(walk.at().is_none(), "the walk did not end");
    }
}

/// A small city's cards in place of Serang's.
fn read(cards: &str) -> Result<City, Vec<CityProblem>> {
    let (city, _) = SERANG_TOML.split_once("[[cards]]").expect("the demo city has cards");
    City::from_toml(&format!("{city}{cards}"))
}

const GENERAL: &str = r#"
[[cards]]
key = "general"
title = "Umum"
types = ["*"]
steps = [ { key = "a", ask = "Siapa?", answers = [ { digit = 1, say = "Ya" }, { digit = 2, say = "Tidak", card = "more" } ] } ]
"#;

#[test]
fn a_city_may_have_no_cards() {
    assert!(read("").expect("cards are not demanded").cards.for_type(Some("fire")).is_none());
}

#[test]
fn every_mistake_of_a_card_is_told_at_once_with_its_line() {
    let broken = r#"
[[cards]]
key = "general"
title = ""
types = ["fire", "fire", "feuer"]
bpm = 140
signed = { by = "", on = "kemarin", text = "abc" }
steps = [
  { key = "a", ask = "Siapa?", answers = [ { digit = 1, say = "Ya" }, { digit = 1, say = "Tidak", to = "nowhere" }, { digit = 0, say = "x", card = "none" } ] },
  { key = "b", tell = [], to = "a" },
  { key = "b", ask = "Apa?" },
  { key = "end", tell = ["LONG"], answers = [] , to = "d", card = "more" },
  { key = "d", say = "x" },
]
[[cards]]
key = "more"
title = "Lebih"
steps = [ { key = "a", tell = ["Satu"], card = "back" }, { key = "b", tell = ["Dua"] } ]
[[cards]]
key = "back"
title = "Kembali"
steps = [ { key = "a", tell = ["Satu"], card = "more" } ]
[[cards]]
key = "alone"
title = "Sendiri"
steps = [ { key = "a", tell = ["Satu"] } ]
"#
    .replace("LONG", &"x".repeat(LINE_CHARS_MAX + 1));
    let problems = read(&broken).map(|_| ()).expect_err("broken everywhere");
    let told = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for part in [
        "cards[0].title",
        "jenis \"fire\" sudah punya kartu",
        "jenis \"feuer\" tidak dikenal",
        "cards[0].bpm: 140",
        "cards[0].signed.by",
        "\"kemarin\"",
        "cards[0].signed.text",
        "angka 1 dua kali",
        "langkah \"nowhere\" tidak ada",
        "cards[0].steps[0].answers[2].digit: 0",
        "kartu \"none\" tidak ada",
        "cards[0].steps[1]: 0 baris",
        "langkah \"a\" berdiri lebih dulu: putaran",
        "cards[0].steps[2].key: kunci \"b\"",
        "cards[0].steps[2].answers: 0 jawaban",
        "cards[0].steps[3].key: kunci \"end\"",
        "cards[0].steps[3].tell[0]: 121 karakter",
        "to dan card bersama",
        "cards[0].steps[4]: unknown field `say`",
        "tidak ada jalan ke langkah \"b\"",
        "kartu \"more\" menuju kembali",
        "kartu \"alone\" tidak dibuka",
        "tidak ada kartu umum",
    ] {
        assert!(told.contains(part), "{part} is missing in:\n{told}");
    }
    // the line of the step, not only of the card
    let (city, _) = SERANG_TOML.split_once("[[cards]]").expect("the demo city has cards");
    let whole = format!("{city}{broken}");
    let wanted = whole.lines().position(|line| line.contains("key = \"d\", say")).map(|at| at as u32 + 1);
    let line = problems.iter().find(|one| one.what.contains("unknown field `say`")).and_then(|one| one.line);
    assert_eq!(line, wanted);
}

#[test]
fn a_sign_off_holds_for_the_words_it_was_given_for() {
    let more = |words: &str, signed: &str| {
        let card = format!(
            "{GENERAL}\n[[cards]]\nkey = \"more\"\ntitle = \"Lebih\"\n{signed}\nsteps = [ {{ key = \"a\", tell = [\"{words}\"] }} ]\n"
        );
        read(&card).expect("a right card").cards
    };
    let fingerprint = more("Satu", "").card("more").expect("the card").fingerprint.clone();
    let signed = format!("signed = {{ by = \"PSC 119\", on = \"2026-12-01\", text = \"{fingerprint}\" }}");
    let view = |words: &str| more(words, &signed).view().remove(1).sign_off;
    let (by, on) = ("PSC 119".to_owned(), "2026-12-01".to_owned());
    assert_eq!(view("Satu"), SignOffView::Signed { by: by.clone(), on: on.clone() });
    assert_eq!(view("Satu saja"), SignOffView::TextChanged { by, on });
    // for ever: another way to write it would void every sign-off
    assert_eq!(fingerprint, "2c8b299627bb3201");
}

fn answer(card: &Card, step: &str, choice: CardChoice) -> NewCardAnswer {
    NewCardAnswer {
        answer_id: Uuid::from_u128(9),
        card: card.key.clone(),
        title: "judul lama".into(),
        fingerprint: card.fingerprint.clone(),
        step: step.into(),
        asked: "pertanyaan lama".into(),
        choice,
    }
}

fn line(new: NewCardAnswer, at: i64) -> CardAnswerLine {
    let NewCardAnswer { card, title, fingerprint, step, asked, choice, .. } = new;
    let answer_id = Uuid::from_u128(at.unsigned_abs().into());
    let by = "Sari".to_owned();
    CardAnswerLine {
        answer_id,
        call_id: CALL,
        at: Timestamp(at),
        by,
        card,
        title,
        fingerprint,
        step,
        asked,
        choice,
        corrected: false,
    }
}

#[test]
fn the_record_keeps_the_words_of_the_card_or_of_the_screen() {
    let city = serang();
    let card = city.cards.card("medical").expect("the card");
    let yes = |digit: u8| CardChoice::Answered { digit, say: "apa saja".into() };
    let kept = keep(&city.cards, &answer(card, "awake", yes(2))).expect("an answer of the card");
    assert_eq!(
        (kept.title.as_str(), kept.choice),
        ("Medis: sadar dan napas", CardChoice::Answered { digit: 2, say: "Tidak".into() })
    );
    assert!(kept.asked.starts_with("Apakah korban sadar"));
    for (step, choice) in
        [("awake", yes(9)), ("awake", CardChoice::Told), ("side", yes(1)), ("nowhere", CardChoice::Skipped)]
    {
        assert!(keep(&city.cards, &answer(card, step, choice.clone())).is_err(), "{step} {choice:?}");
    }
    // the card was changed during the call: what the person saw is kept
    let other = NewCardAnswer { fingerprint: "0123456789abcdef".into(), ..answer(card, "gone", yes(9)) };
    assert_eq!(keep(&city.cards, &other), Ok(other.clone()));
    assert!(keep(&city.cards, &NewCardAnswer { asked: "x".repeat(2_000), ..other }).is_err());
}

#[test]
fn what_was_asked_corrected_skipped_and_left_open_follows_from_the_lines() {
    let city = serang();
    let card = city.cards.card("medical").expect("the card");
    let give = |step: &str, choice| keep(&city.cards, &answer(card, step, choice)).expect("an answer of the card");
    let digit = |digit| CardChoice::Answered { digit, say: String::new() };
    let lines = answer_lines(vec![
        line(give("awake", digit(1)), 1),
        line(give("awake", digit(2)), 2),
        line(give("breathing", CardChoice::Skipped), 3),
    ]);
    assert_eq!(lines.iter().map(|one| one.corrected).collect::<Vec<_>>(), [true, false, false]);
    let open = |incident_type, lines: &[CardAnswerLine]| {
        open_questions(&city.cards, CALL, incident_type, lines).into_iter().map(|one| one.asked).collect::<Vec<_>>()
    };
    assert_eq!(open(Some("ambulance"), &lines), ["Lihat dadanya sepuluh detik: naik turun dengan teratur?"]);
    // another type later: the card that was begun stays, its own was not asked at all
    assert_eq!(open(Some("flood"), &lines).len(), 2);
    assert_eq!(open(Some("flood"), &[]), ["Ada yang terjebak, sakit, lansia, bayi, atau hamil?"]);
}
