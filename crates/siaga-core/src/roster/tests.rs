use super::*;
use std::collections::{BTreeMap, BTreeSet};

const FROM: LocalDay = LocalDay(20_261_201);

fn crew(name: &str, people: &[&str]) -> Crew {
    Crew { name: name.to_owned(), people: people.iter().map(|one| (*one).to_owned()).collect() }
}

fn plan(pattern: Pattern) -> Plan {
    let all = [
        crew("A", &["Siti", "Budi"]),
        crew("B", &["Rina", "Ani"]),
        crew("C", &["Dedi", "Eko"]),
        crew("D", &["Fitri", "Gani"]),
    ];
    Plan { pattern, from: FROM, crews: all.into_iter().take(pattern.crews()).collect() }
}

fn zone() -> TimeZone {
    TimeZone::get("Asia/Jakarta").expect("it is in every table")
}

#[test]
fn every_hour_has_somebody_once_whatever_the_pattern() {
    for pattern in Pattern::ALL {
        let duties = plan(pattern).days(FROM, 60, &zone());
        for pair in duties.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "{pattern:?}: a gap or two at once on {:?}", pair[1].day);
        }
        assert!(duties.iter().all(|duty| !duty.people.is_empty()), "{pattern:?}");
        assert!(plan(pattern).duties(LocalDay(20_261_130), &zone()).is_empty(), "before it begins");
    }
}

#[test]
fn turns_are_fair_and_nobody_has_two_shifts_in_a_row() {
    for pattern in [Pattern::FourCrews, Pattern::Day24Off48] {
        let duties = plan(pattern).days(FROM, 48, &zone());
        let mut turns: BTreeMap<_, u32> = BTreeMap::new();
        for duty in &duties {
            *turns.entry((duty.crew.clone(), duty.slot)).or_default() += 1;
        }
        assert_eq!(turns.values().collect::<BTreeSet<_>>().len(), 1, "{pattern:?}: {turns:?}");
        assert!(duties.windows(2).all(|pair| pair[0].crew != pair[1].crew), "{pattern:?}");
    }
    let nights = plan(Pattern::NightOfOne).days(FROM, 4, &zone());
    let alone: Vec<_> =
        nights.iter().filter(|one| one.slot == Slot::NightAlone).map(|one| one.people.as_slice()).collect();
    assert_eq!(alone, [["Siti"], ["Budi"], ["Rina"], ["Ani"]], "each in turn");
}

#[test]
fn a_crew_of_four_works_two_of_each_and_has_two_days_off() {
    let duties = plan(Pattern::FourCrews).days(FROM, 8, &zone());
    let of_a: Vec<_> = duties.iter().filter(|one| one.crew.as_deref() == Some("A")).map(|one| one.slot).collect();
    use Slot::{Afternoon as S, Morning as M, Night as N};
    assert_eq!(of_a, [M, M, S, S, N, N]);
    let three = plan(Pattern::ThreeShifts).days(FROM, 14, &zone());
    let a: Vec<_> = three.iter().filter(|one| one.crew.as_deref() == Some("A")).map(|one| one.slot).collect();
    assert_eq!((a[0], a[6], a[7], a.len()), (M, M, N, 14), "a week each");
}

#[test]
fn a_plan_that_cannot_be_counted_on_says_why() {
    let mut short = plan(Pattern::FourCrews);
    short.crews.pop();
    assert_eq!(short.check(), Err(PlanProblem::Crews { needed: 4 }));
    assert!(short.days(FROM, 3, &zone()).is_empty());
    let with = |change: fn(&mut Plan)| {
        let mut one = plan(Pattern::Day24Off48);
        change(&mut one);
        one.check()
    };
    assert_eq!(with(|one| one.crews[0].people.clear()), Err(PlanProblem::Empty));
    assert_eq!(with(|one| one.crews[1].name = "A".to_owned()), Err(PlanProblem::Twice));
    assert_eq!(with(|one| one.crews[1].people.push("Siti".to_owned())), Err(PlanProblem::Name));
    assert_eq!(with(|one| one.crews[1].people.push(" ".to_owned())), Err(PlanProblem::Name));
    assert_eq!(with(|one| one.crews[1].people.push("Si\u{202e}ti".to_owned())), Err(PlanProblem::Name));
    assert_eq!(with(|one| one.crews[1].name.push('\n')), Err(PlanProblem::Unseen));
    assert_eq!(with(|one| one.crews = vec![crew("A", &["x"]); 9]), Err(PlanProblem::TooMany));
}

#[test]
fn swaps_change_one_shift_and_what_does_not_fit_changes_nothing() {
    let duties = plan(Pattern::Day24Off48).days(FROM, 2, &zone());
    let swap = |out: &str, stand_in: &str| Swap {
        day: FROM,
        slot: Slot::WholeDay,
        out: out.to_owned(),
        stand_in: stand_in.to_owned(),
    };
    assert_eq!(swap("Siti", "Siti").check(&duties), Err(SwapRefused::Same));
    assert_eq!(swap("Rina", "Ani").check(&duties), Err(SwapRefused::NotOn));
    assert_eq!(swap("Siti", "Budi").check(&duties), Err(SwapRefused::AlreadyOn));
    let nowhere = Swap { slot: Slot::Morning, ..swap("Siti", "Rina") };
    assert_eq!(nowhere.check(&duties), Err(SwapRefused::NoSuchShift));
    let changed = with_swaps(duties.clone(), &[swap("Siti", "Rina"), swap("Siti", "Ani"), nowhere]);
    assert_eq!(changed[0].people, ["Rina", "Budi"], "the second comes too late");
    assert_eq!(changed[1], duties[1]);
}

#[test]
fn now_and_next_follow_the_clock() {
    let duties = plan(Pattern::FourCrews).days(FROM, 2, &zone());
    let (on, next) = now_and_next(&duties, duties[1].from);
    assert_eq!((on.map(|one| one.slot), next.map(|one| one.slot)), (Some(Slot::Afternoon), Some(Slot::Night)));
    let (on, next) = now_and_next(&duties, duties[0].from.plus_ms(-1));
    assert_eq!((on, next.map(|one| one.slot)), (None, Some(Slot::Morning)));
}

#[test]
fn an_hour_with_fewer_people_than_advised_is_named_and_nothing_else() {
    use crate::view::report::staffing::HourAdvice;
    let duties = plan(Pattern::FourCrews).days(FROM, 2, &zone());
    let advice = |hour, seats| HourAdvice {
        hour,
        calls_per_h: 1.0,
        low_per_h: 1.0,
        high_per_h: 1.0,
        busy_calls: 1,
        hold_s: 60.0,
        seats,
        seats_high: seats,
        seats_busy: seats,
        within_pct: 99.0,
        one_less_within_pct: None,
        left_pct: None,
    };
    let short = short_hours(&duties, &[advice(9, 2), advice(10, 3), advice(6, 4)], duties[0].from, &zone());
    let told: Vec<_> = short.iter().map(|one| (one.day, one.hour, one.advised, one.rostered)).collect();
    assert_eq!(told, [(FROM, 10, 3, 2), (LocalDay(20_261_202), 6, 4, 2)]);
}
