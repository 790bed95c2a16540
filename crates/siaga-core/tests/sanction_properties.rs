//! Whatever happens in whatever order: no block without author, reason and end, none longer than the ladder knows, none
//! longer than a day by one person, none on an immune number, and nothing of it ends or refuses a call.

use proptest::prelude::*;
use siaga_core::{
    ids::{CallId, UserId},
    role::Role,
    sanction::{
        Addressee, AppealOutcome, Author, Case, Decider, History, Immune, Ladder, Prank, PrankKind, Proposal, Rules,
        Sanction, SanctionState, Step, propose,
    },
    time::Timestamp,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
const HOUR_MS: i64 = 3_600_000;

#[derive(Clone, Debug)]
enum Act {
    Approve { person: usize, reason: bool },
    Reject { person: usize },
    Lift { person: usize },
    Appeal,
    Answer { person: usize, outcome: AppealOutcome },
    Expire,
    Withdraw,
}

fn act() -> impl Strategy<Value = Act> {
    let person = 0..5_usize;
    prop_oneof![
        4 => (person.clone(), prop::bool::weighted(0.8)).prop_map(|(person, reason)| Act::Approve { person, reason }),
        1 => person.clone().prop_map(|person| Act::Reject { person }),
        1 => person.clone().prop_map(|person| Act::Lift { person }),
        2 => Just(Act::Appeal),
        2 => (person, prop_oneof![Just(AppealOutcome::Upheld), Just(AppealOutcome::Lifted)])
            .prop_map(|(person, outcome)| Act::Answer { person, outcome }),
        1 => Just(Act::Expire),
        1 => Just(Act::Withdraw),
    ]
}

fn immune() -> impl Strategy<Value = Option<Immune>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(Immune::NoNumber)),
        1 => Just(Some(Immune::SharedNumber)),
        1 => Just(Some(Immune::Agency { label: "Damkar".to_owned() })),
        1 => Just(Some(Immune::RealReport { at: NOW })),
    ]
}

fn ladder() -> impl Strategy<Value = Ladder> {
    (1..400_u32, 1..5_u32, 1..9_u32, 1..15_u32, 0..200_u32, 0..200_u32, 0..200_u32).prop_map(
        |(window_days, warn_from, block_from, refer_from, block_hours, block_again_hours, one_person_hours_max)| {
            Ladder {
                window_days,
                warn_from,
                block_from,
                refer_from,
                block_hours,
                block_again_hours,
                one_person_hours_max,
            }
        },
    )
}

fn people() -> [Decider<'static>; 5] {
    let roles = [Role::ShiftLead, Role::ShiftLead, Role::Administrator, Role::CallTaker, Role::Viewer];
    let mut id = 0;
    roles.map(|role| {
        id += 1;
        Decider { user: UserId(Uuid::from_u128(id)), name: "Sari", role }
    })
}

fn step() -> impl Strategy<Value = (Step, Option<u32>, Addressee)> {
    let step = prop_oneof![3 => Just(Step::BlockTemporarily), 1 => Just(Step::Educate), 1 => Just(Step::Warn), 1 => Just(Step::Refer)];
    (step, prop::option::of(0..300_u32), prop_oneof![4 => Just(Addressee::Caller), 1 => Just(Addressee::Family)])
}

fn holds(sanction: &Sanction, ladder: &Ladder, immune: Option<&Immune>, was: SanctionState) {
    let case = sanction.case();
    if sanction.state() == SanctionState::InForce && was != SanctionState::Appealed {
        assert_eq!(case.proposal.step, Step::BlockTemporarily);
        assert!(immune.is_none(), "never on the immune");
    }
    let Some(until) = sanction.blocks_until() else { return };
    let hours = case.proposal.hours.expect("a block has an end");
    let approvals = sanction.approvals();
    assert!(hours >= 1 && hours <= ladder.hours_max(), "within the ladder");
    assert!(until <= approvals.last().expect("somebody decided").at.plus_ms(i64::from(hours) * HOUR_MS));
    assert!(approvals.iter().all(|one| one.by.is_some() && one.reason.len() >= 3), "author and reason");
    if hours > 24 {
        assert!(approvals.len() == 2 && approvals[0].by != approvals[1].by, "two people beyond a day");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_course_of_a_sanction_breaks_the_promises(
        ladder in ladder(),
        immune in immune(),
        (step, hours, addressee) in step(),
        acts in prop::collection::vec((act(), 0..100_i64), 1..12),
    ) {
        let people = people();
        let proposal = Proposal {
            step, addressee, hours, reasons: vec!["prank".to_owned()], pranks: vec![CallId(Uuid::nil())], newest_prank_at: NOW,
        };
        let case = Case { number: "+6281234567890".to_owned(), proposal, author: Author::Program, at: NOW };
        let rules = Rules { ladder: &ladder, immune: immune.as_ref() };
        let Ok(mut sanction) = Sanction::proposed(case, rules) else { return Ok(()) };
        let mut now = NOW;
        for (act, hours_later) in acts {
            now = now.plus_ms(hours_later * HOUR_MS);
            let was = sanction.state();
            let next = match act {
                Act::Approve { person, reason } => {
                    sanction.clone().approve(&people[person], if reason { "rekaman jelas" } else { "" }, rules, now)
                }
                Act::Reject { person } => sanction.clone().reject(&people[person], "tidak jelas", now),
                Act::Lift { person } => sanction.clone().lift(&people[person], "salah orang", now),
                Act::Appeal => sanction.clone().appeal("bukan saya", now),
                Act::Answer { person, outcome } => {
                    sanction.clone().answer_appeal(outcome, &people[person], "rekaman jelas", now)
                }
                Act::Expire => sanction.clone().expire(now),
                Act::Withdraw => sanction.clone().withdraw("dasar berubah", now),
            };
            if let Ok(next) = next {
                sanction = next;
            }
            holds(&sanction, &ladder, immune.as_ref(), was);
        }
    }

    #[test]
    fn the_ladder_proposes_only_what_may_be(
        ladder in ladder(),
        immune in immune(),
        pranks in prop::collection::vec((0..3_u8, 0..500_i64), 0..30),
    ) {
        let kind = |kind| match kind {
            0 => PrankKind::Ordinary,
            1 => PrankKind::Child,
            _ => PrankKind::FalseReport { nothing_found: Some(NOW), confirmed: None },
        };
        let prank = |(n, (k, hours)): (usize, &(u8, i64))| Prank {
            call: CallId(Uuid::from_u128(n as u128)), at: NOW.plus_ms(-hours * HOUR_MS), kind: kind(*k),
        };
        let history = History { pranks: pranks.iter().enumerate().map(prank).collect(), sanctions: vec![] };
        if let Some(found) = propose(&history, immune.as_ref(), &ladder, NOW) {
            prop_assert!(immune.as_ref().is_none_or(|immune| immune.allows(found.step)));
            prop_assert!(found.addressee == Addressee::Caller || found.step == Step::Educate, "children never climb");
            prop_assert!(found.hours.is_none_or(|hours| hours <= ladder.hours_max()));
            prop_assert!(!found.reasons.is_empty() && !found.pranks.is_empty());
            let ordinary = history.pranks.iter().filter(|one| one.kind == PrankKind::Ordinary).count();
            if found.addressee == Addressee::Caller {
                prop_assert!(found.pranks.len() <= ordinary, "nothing unconfirmed counts");
            }
        }
    }
}
