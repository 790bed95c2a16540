use super::*;
use crate::{
    city::{City, SERANG_TOML, serang},
    ids::{CallId, UserId},
    role::Role,
    time::Timestamp,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const NUMBER: &str = "+6281234567890";

fn pranks(count: u128, kind: PrankKind, days: i64) -> Vec<Prank> {
    let at = |n: u128| NOW.plus_ms(-days * DAY_MS - i64::try_from(n).unwrap() * 60_000);
    (0..count).map(|n| Prank { call: CallId(Uuid::from_u128(n)), at: at(n), kind }).collect()
}

fn past(step: Step, addressee: Addressee, days: i64, standing: Standing) -> Past {
    let at = NOW.plus_ms(-days * DAY_MS);
    Past { step, addressee, proposed_at: at, newest_prank_at: at, standing }
}

fn check(
    pranks: Vec<Prank>,
    sanctions: Vec<Past>,
    immune: Option<Immune>,
    expected: Option<(Step, Addressee, Option<u32>)>,
) {
    let history = History { pranks, sanctions };
    let found = propose(&history, immune.as_ref(), &Ladder::default(), NOW);
    assert_eq!(found.as_ref().map(|one| (one.step, one.addressee, one.hours)), expected, "{history:?} {found:?}");
    if let Some(found) = found {
        assert!(!found.reasons.is_empty() && !found.pranks.is_empty());
    }
}

#[test]
fn the_ladder_climbs_with_confirmed_pranks() {
    use Addressee::{Caller, Family};
    use PrankKind::{Child, FalseReport, Ordinary};
    use Standing::{Given, InForce, Lifted, Open, Rejected};
    use Step::{BlockTemporarily, Educate, Refer, Warn};
    let ordinary = |count| pranks(count, Ordinary, 0);
    check(vec![], vec![], None, None);
    check(ordinary(1), vec![], None, Some((Educate, Caller, None)));
    check(ordinary(2), vec![], None, Some((Educate, Caller, None)));
    check(ordinary(3), vec![], None, Some((Warn, Caller, None)));
    check(ordinary(5), vec![], None, Some((Warn, Caller, None)));
    check(ordinary(6), vec![], None, Some((BlockTemporarily, Caller, Some(24))));
    check(ordinary(10), vec![], None, Some((BlockTemporarily, Caller, Some(24))));
    check(ordinary(11), vec![], None, Some((Refer, Caller, None)));
    // What is older than the window counts no more.
    check(pranks(20, Ordinary, 91), vec![], None, None);
    // Told once; decided pranks make nothing new; a lifted sanction forgives what it rested on.
    check(ordinary(2), vec![past(Educate, Caller, 1, Given)], None, None);
    check(ordinary(2), vec![past(Educate, Caller, 1, Rejected)], None, Some((Educate, Caller, None)));
    check(pranks(2, Ordinary, 2), vec![past(Educate, Caller, 1, Rejected)], None, None);
    check(pranks(9, Ordinary, 2), vec![past(BlockTemporarily, Caller, 1, Lifted)], None, None);
    check(ordinary(9), vec![past(Warn, Caller, 1, Open)], None, None);
    // A block runs: what comes meanwhile is weighed afterwards, and then longer.
    check(ordinary(7), vec![past(BlockTemporarily, Caller, 1, InForce)], None, None);
    check(
        ordinary(7),
        vec![past(BlockTemporarily, Caller, 1, Given)],
        None,
        Some((BlockTemporarily, Caller, Some(72))),
    );
    check(
        ordinary(7),
        vec![past(BlockTemporarily, Caller, 91, Given)],
        None,
        Some((BlockTemporarily, Caller, Some(24))),
    );
    check(ordinary(12), vec![past(Refer, Caller, 1, Given)], None, Some((BlockTemporarily, Caller, Some(24))));
    // Children never climb; those who raise them are told once.
    check(pranks(40, Child, 0), vec![], None, Some((Educate, Family, None)));
    check(pranks(40, Child, 0), vec![past(Educate, Family, 1, Given)], None, None);
    check([pranks(40, Child, 0), ordinary(3)].concat(), vec![], None, Some((Warn, Caller, None)));
    // A false report needs both: nothing found there, and a shift lead who says so.
    let at = Some(NOW);
    for (nothing_found, confirmed, counts) in
        [(None, None, false), (at, None, false), (None, at, false), (at, at, true)]
    {
        let expected = counts.then_some((BlockTemporarily, Caller, Some(24)));
        check(pranks(6, FalseReport { nothing_found, confirmed }, 0), vec![], None, expected);
    }
}

#[test]
fn the_immune_are_out_of_reach() {
    let real = Immune::RealReport { at: NOW };
    for count in [1, 6, 11] {
        let all = || pranks(count, PrankKind::Ordinary, 0);
        check(all(), vec![], Some(real.clone()), Some((Step::Educate, Addressee::Caller, None)));
        for immune in [Immune::NoNumber, Immune::SharedNumber, Immune::Agency { label: "Damkar".to_owned() }] {
            assert!(immune.words().contains("tidak dapat dikenai"));
            check(all(), vec![], Some(immune), None);
        }
    }
}

#[test]
fn who_is_immune_stands_in_the_city_document() {
    let with = "{ key = \"damkar\", numbers = [\"0254201234\"],";
    let text = format!("shared_numbers = [\"+62811000111\"]\n{SERANG_TOML}").replace("{ key = \"damkar\",", with);
    let city = City::from_toml(&text).expect("two lists more");
    let rows = [
        (None, None, Some(Immune::NoNumber)),
        (Some("112"), None, Some(Immune::NoNumber)),
        (Some("+62811000111"), None, Some(Immune::SharedNumber)),
        (Some("+6281111111111"), None, None),
        (Some("+62254201234"), None, Some(Immune::Agency { label: "Damkar".to_owned() })),
        (Some(NUMBER), None, None),
        (Some(NUMBER), Some(NOW), Some(Immune::RealReport { at: NOW })),
        (Some(NUMBER), Some(NOW.plus_ms(-91 * DAY_MS)), None),
    ];
    for (number, real, expected) in rows {
        assert_eq!(immunity(number, &city, real, &Ladder::default(), NOW), expected, "{number:?} {real:?}");
    }
    let wrong = text.replace("0254201234", "pos depan");
    assert!(City::from_toml(&wrong).is_err_and(|told| told[0].place.starts_with("agencies[")));
    assert!(serang().agencies.iter().all(|agency| agency.numbers.is_empty()), "no number is invented");
}

fn case(step: Step, hours: Option<u32>) -> Case {
    let proposal = Proposal {
        step,
        addressee: Addressee::Caller,
        hours,
        reasons: vec!["6 prank".to_owned()],
        pranks: vec![CallId(Uuid::nil())],
        newest_prank_at: NOW,
    };
    Case { number: NUMBER.to_owned(), proposal, author: Author::Program, at: NOW }
}

fn person(id: u128, role: Role) -> Decider<'static> {
    Decider { user: UserId(Uuid::from_u128(id)), name: "Sari", role }
}

fn rules(ladder: &Ladder) -> Rules<'_> {
    Rules { ladder, immune: None }
}

fn running(hours: u32) -> Sanction {
    let ladder = Ladder::default();
    let open = Sanction::proposed(case(Step::BlockTemporarily, Some(hours)), rules(&ladder)).unwrap();
    let first = open.approve(&person(1, Role::ShiftLead), "enam prank", rules(&ladder), NOW).unwrap();
    if first.state() == SanctionState::InForce {
        return first;
    }
    first.approve(&person(2, Role::Administrator), "setuju", rules(&ladder), NOW).unwrap()
}

#[test]
fn a_day_needs_one_person_and_more_needs_two() {
    let ladder = Ladder::default();
    let day = running(24);
    assert_eq!((day.state(), day.approvals().len()), (SanctionState::InForce, 1));
    assert_eq!(day.blocks_until(), Some(NOW.plus_ms(24 * HOUR_MS)));
    let open = Sanction::proposed(case(Step::BlockTemporarily, Some(72)), rules(&ladder)).unwrap();
    let one = open.approve(&person(1, Role::ShiftLead), "enam prank", rules(&ladder), NOW).unwrap();
    assert_eq!((one.state(), one.blocks_until()), (SanctionState::AwaitingSecond, None), "one is not enough");
    let again = one.clone().approve(&person(1, Role::ShiftLead), "sekali lagi", rules(&ladder), NOW);
    assert_eq!(again, Err(Refused::SamePerson));
    for role in [Role::CallTaker, Role::Dispatcher, Role::Viewer] {
        let second = one.clone().approve(&person(2, role), "setuju", rules(&ladder), NOW);
        assert_eq!(second, Err(Refused::NotYourRole), "{role:?}");
    }
    let two = one.approve(&person(2, Role::Administrator), "setuju", rules(&ladder), NOW).unwrap();
    assert_eq!((two.state(), two.approvals().len()), (SanctionState::InForce, 2));
}

#[test]
fn what_is_missing_is_said() {
    let ladder = Ladder::default();
    let lead = person(1, Role::ShiftLead);
    let open = || Sanction::proposed(case(Step::BlockTemporarily, Some(24)), rules(&ladder)).unwrap();
    let rows = [
        (person(2, Role::Administrator), "enam prank", Refused::ShiftLeadFirst),
        (person(2, Role::CallTaker), "enam prank", Refused::NotYourRole),
        (lead, "  x ", Refused::NoReason),
    ];
    for (by, reason, expected) in rows {
        assert_eq!(open().approve(&by, reason, rules(&ladder), NOW), Err(expected));
    }
    let immune = Immune::RealReport { at: NOW };
    let since = Rules { ladder: &ladder, immune: Some(&immune) };
    assert_eq!(open().approve(&lead, "enam prank", since, NOW), Err(Refused::Immune(immune.words())));
    for hours in [None, Some(0), Some(73)] {
        let found = Sanction::proposed(case(Step::BlockTemporarily, hours), rules(&ladder));
        assert_eq!(found, Err(Refused::Hours { hours_max: 72 }), "{hours:?}");
    }
    assert!(Sanction::proposed(case(Step::Warn, Some(24)), rules(&ladder)).is_err(), "only a block has an end");
    let by_hand = Sanction::by_hand(case(Step::Warn, None), &person(2, Role::Administrator), "alasan", rules(&ladder));
    assert_eq!(by_hand, Err(Refused::NotYourRole));
}

#[test]
fn a_block_ends_by_time_by_a_person_or_by_an_appeal() {
    let (lead, other) = (person(1, Role::ShiftLead), person(2, Role::ShiftLead));
    let end = NOW.plus_ms(24 * HOUR_MS);
    assert_eq!(running(24).expire(NOW), Err(Refused::NotNow));
    assert_eq!(running(24).expire(end).unwrap().state(), SanctionState::Expired);
    assert_eq!(running(24).lift(&lead, "salah orang", NOW).unwrap().blocks_until(), None);
    assert_eq!(running(24).reject(&lead, "terlambat", NOW), Err(Refused::NotNow));
    let open = || Sanction::proposed(case(Step::Warn, None), rules(&Ladder::default())).unwrap();
    assert_eq!(open().reject(&lead, "tidak jelas", NOW).unwrap().state(), SanctionState::Rejected);
    assert_eq!(open().withdraw("kelas dikoreksi", NOW).unwrap().state(), SanctionState::Withdrawn, "nobody said no");
    assert_eq!(running(24).withdraw("laporan nyata", NOW).unwrap().state(), SanctionState::Lifted);
    let appealed = || running(24).appeal(" bukan saya ", NOW).unwrap();
    assert_eq!(appealed().blocks_until(), Some(end), "it runs until somebody answers");
    assert_eq!(appealed().appeal("lagi", NOW), Err(Refused::NotNow));
    let upheld = |by: &Decider<'_>, at| appealed().answer_appeal(AppealOutcome::Upheld, by, "rekaman jelas", at);
    assert_eq!(upheld(&lead, NOW), Err(Refused::OwnApproval), "nobody judges the own approval");
    assert_eq!(upheld(&other, NOW).unwrap().state(), SanctionState::InForce);
    assert_eq!(upheld(&other, end).unwrap().state(), SanctionState::Expired);
    let heard = upheld(&other, NOW).unwrap();
    assert_eq!(heard.appeal("sekali lagi", NOW), Err(Refused::NotNow), "heard once");
    let lifted = appealed().answer_appeal(AppealOutcome::Lifted, &lead, "salah orang", NOW).unwrap();
    assert_eq!(
        (lifted.state(), lifted.blocks_until(), lifted.past().standing),
        (SanctionState::Lifted, None, Standing::Lifted)
    );
    let late = running(24).expire(end).unwrap().appeal("baru baca", end).unwrap();
    assert_eq!(
        late.answer_appeal(AppealOutcome::Upheld, &other, "rekaman jelas", end).unwrap().state(),
        SanctionState::Expired
    );
}

#[test]
fn a_notice_names_the_way_to_disagree_and_no_law() {
    let texts = NoticeTexts::default();
    for (key, text) in texts.all() {
        for word in ["Pasal", "pasal", "UU", "pidana", "denda", "penjara"] {
            assert!(!text.contains(word), "{key}: {word}");
        }
        assert!(text.chars().count() <= notice::TEXT_CHARS_MAX, "{key}");
    }
    let code = notice::code([7; notice::CODE_BYTES]);
    let text = notice::text(
        &texts,
        &case(Step::BlockTemporarily, Some(24)),
        "Kota Serang",
        Some(("https://x/keberatan", &code)),
    );
    assert!(
        text.contains("24 jam") && text.contains("Kota Serang") && text.contains(&code) && !text.contains('{'),
        "{text}"
    );
    assert!(!notice::masked(&text).contains(&code));
    assert!(notice::masked(&text).contains("https://x/keberatan"));
}

#[test]
fn a_code_is_read_as_people_type_it() {
    let code = notice::code([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 200, 255, 31, 32]);
    assert_eq!(code.len(), 17, "{code}");
    let plain = code.replace('-', "");
    for typed in [
        code.clone(),
        code.to_lowercase(),
        plain.clone(),
        format!(" {} ", code.replace('-', " ")),
        plain.replace('1', "l").replace('0', "o"),
    ] {
        assert_eq!(notice::read_code(&typed), Some(plain.clone()), "{typed}");
    }
    for typed in ["", "ABC", &plain[1..], &format!("{plain}A"), &plain.replace('0', "U"), &plain.replace('0', "é")] {
        assert_eq!(notice::read_code(typed), None, "{typed}");
    }
}

#[test]
fn a_sanction_is_read_back_as_it_was_written() {
    for one in [running(24), running(72), running(24).appeal("bukan saya", NOW).unwrap()] {
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Sanction>(&text).unwrap(), one);
    }
}
