use super::*;
use crate::{Store, calls::CallIncident, on_both};
use siaga_core::{
    call::live::{Fact, LiveFact},
    city::{City, serang},
    class::Class,
    ids::{CallId, IncidentId, SeatId},
    policy::Policy,
    role::Role,
    sanction::{AppealOutcome, Decider, Refused, SanctionState, Step, notice::CODE_BYTES},
    screening::{NEUTRAL, facts::NumberFacts, judge, signals},
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
        outbox::OutboxView,
        sanction::{SanctionList, SanctionView},
    },
};

/// 2026-05-03 08:00 in Jakarta.
const T0: Timestamp = Timestamp(1_777_770_000_000_000);
const NOW: Timestamp = Timestamp(T0.0 + 7_200_000_000);
const HOUR_MS: i64 = 3_600_000;
const NUMBER: &str = "+6281234567890";
const LEAD: UserId = UserId(Uuid::from_u128(1));
const OTHER: UserId = UserId(Uuid::from_u128(2));
const CHANCE: [u8; CODE_BYTES] = [5; CODE_BYTES];

pub(crate) fn ground_of<'a>(city: &'a City, policy: &'a Policy) -> Ground<'a> {
    Ground { city, policy, base_url: "https://siaga.test", now: NOW }
}

fn later<'a>(ground: &Ground<'a>, hours: i64) -> Ground<'a> {
    Ground { now: NOW.plus_ms(hours * HOUR_MS), ..*ground }
}

/// A call `minutes` after [`T0`], classed by a person five seconds later.
async fn call(store: &Store, minutes: i64, class: Class, sub: Option<&str>) -> CallId {
    let (call, at) = (CallId(Uuid::now_v7()), T0.plus_ms(minutes * 60_000));
    let offered = Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: Some(NUMBER.to_owned()),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 0,
        reasons: vec![],
        callback: None,
    };
    let choice = ClassChoice { class, sub: sub.map(str::to_owned) };
    let facts = [
        (0, offered),
        (2, Fact::Answered { call, seat: SeatId(1), call_taker: LEAD }),
        (5, Fact::Classed { call, by: OTHER, choice: Some(choice) }),
        (9, Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller }),
    ]
    .map(|(after, fact)| LiveFact { id: Uuid::now_v7(), at: at.plus_ms(after * 1_000), fact });
    store.write_live(&facts).await.unwrap();
    call
}

pub(crate) async fn pranks(store: &Store, count: i64) -> Vec<CallId> {
    let mut calls = Vec::new();
    for minutes in 0..count {
        calls.push(call(store, minutes, Class::Prank, None).await);
    }
    calls
}

fn deciding(id: SanctionId, user: UserId, role: Role) -> Deciding<'static> {
    Deciding { id, by: Decider { user, name: "Sari", role }, reason: "rekaman jelas", once: None }
}

/// The proposal that six pranks make, approved.
pub(crate) async fn propose_block(store: &Store, ground: &Ground<'_>) -> SanctionId {
    let changed = store.sanctions_look(ground, Timestamp(0)).await.unwrap();
    let [id] = changed.as_slice() else { panic!("one proposal: {changed:?}") };
    store.sanction_approve(deciding(*id, LEAD, Role::ShiftLead), CHANCE, ground).await.unwrap();
    *id
}

async fn list(store: &Store, show: SanctionList) -> Vec<SanctionView> {
    store.sanctions_list(show, &Policy::default().sanction).await.unwrap()
}

async fn messages(store: &Store) -> Vec<OutboxView> {
    store.outbox_list().await.unwrap()
}

async fn block_at(store: &Store, hours: i64) -> bool {
    store.number_facts(NUMBER, NOW.plus_ms(hours * HOUR_MS)).await.unwrap().block.is_some()
}

on_both! {
    async fn six_pranks_make_one_proposal_and_a_person_a_block(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        pranks(&store, 6).await;
        let id = store.sanctions_look(&ground, Timestamp(0)).await.unwrap()[0];
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), [], "looking again changes nothing");
        let [open] = list(&store, SanctionList::Open).await.try_into().expect("one");
        assert_eq!((open.step, open.hours, open.pranks.len(), open.author), (Step::BlockTemporarily, Some(24), 6, None));
        assert!(!block_at(&store, 0).await && messages(&store).await.is_empty(), "a proposal has no effect");

        store.sanction_approve(deciding(id, LEAD, Role::ShiftLead), CHANCE, &ground).await.unwrap();
        let facts = store.number_facts(NUMBER, NOW).await.unwrap();
        let block = facts.block.expect("in force");
        assert_eq!(block.until, NOW.plus_ms(24 * HOUR_MS));
        assert!(block.reason.contains("6 prank"), "{}", block.reason);
        assert!(block_at(&store, 23).await && !block_at(&store, 24).await, "it ends by the clock, not by the job");
        assert_eq!(store.number_facts("+6281200000000", NOW).await.unwrap().block, None);
        let [notice] = messages(&store).await.try_into().expect("the number is told");
        assert!(notice.text.contains("https://siaga.test/keberatan") && notice.target.contains("0812"), "{notice:?}");

        let after = later(&ground, 25);
        assert_eq!(store.sanctions_look(&after, NOW).await.unwrap(), [id], "expired");
        assert_eq!(store.sanctions_look(&after, NOW).await.unwrap(), []);
        assert_eq!(list(&store, SanctionList::Past).await[0].state, SanctionState::Expired);
        let kinds: Vec<_> = store.events_after(0, 99).await.unwrap().into_iter().map(|one| one.kind).collect();
        assert_eq!(kinds[kinds.len() - 3..], ["SanctionProposed", "SanctionApproved", "SanctionExpired"]);
        assert_eq!(store.chain_verify().await.unwrap().broken, None);
    }

    async fn what_does_not_count_makes_no_proposal(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        for minutes in 0..9 {
            call(&store, minutes, Class::Ghost, None).await;
            call(&store, minutes, Class::Prank, Some("false_report")).await;
        }
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), []);
        // What old ledgers say was heard by nobody here.
        pranks(&store, 9).await;
        crate::testing::meddle(&store, "UPDATE call SET class_by = NULL WHERE class = 'prank'").await;
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), []);
        for minutes in 0..9 {
            call(&store, minutes, Class::Prank, Some("child")).await;
        }
        store.sanctions_look(&ground, Timestamp(0)).await.unwrap();
        let [open] = list(&store, SanctionList::Open).await.try_into().expect("one");
        assert_eq!((open.step, open.hours), (Step::Educate, None));
        // Not before the moment of undo is over.
        let early = Ground { now: T0.plus_ms(9 * 60_000 + 7_000), ..ground };
        assert!(store.sanctions_look(&early, Timestamp(0)).await.unwrap().len() <= 1);
    }

    async fn who_could_not_speak_freely_is_no_ground_and_no_suspicion(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        let calls = pranks(&store, 6).await;
        let ghost = call(&store, 6, Class::Ghost, None).await;
        let mark = |call, minutes: i64, seconds: i64, on| LiveFact {
            id: Uuid::now_v7(), at: T0.plus_ms(minutes * 60_000 + seconds * 1_000), fact: Fact::Duress { call, by: LEAD, on },
        };
        let id = store.sanctions_look(&ground, Timestamp(0)).await.unwrap()[0];
        let facts = async || store.number_facts(NUMBER, NOW).await.unwrap();
        let before = facts().await;
        let counts = |facts: &NumberFacts| [facts.calls, facts.count(Class::Prank), facts.count(Class::Ghost), facts.threatened];
        assert_eq!((counts(&before), before.short_calls), ([7, 6, 1, 0], 0));

        // Taken back while they spoke: a slip.
        store.write_live(&[mark(calls[0], 0, 3, true), mark(calls[0], 0, 4, false)]).await.unwrap();
        assert_eq!(counts(&facts().await), [7, 6, 1, 0]);
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), []);

        // Marked while they spoke, whatever was done with the mark afterwards; and marked when they were gone.
        store.write_live(&[mark(calls[1], 1, 3, true), mark(calls[1], 1, 30, false), mark(ghost, 6, 40, true)]).await.unwrap();
        let after = facts().await;
        assert_eq!(counts(&after), [7, 5, 0, 2]);
        assert_eq!(after.newest.iter().filter(|call| call.class.is_none() && call.sub.is_none()).count(), 2);
        let suspicion = |facts: &NumberFacts| judge(&signals(facts, NOW), &policy.screening).suspicion;
        assert!(suspicion(&after) < suspicion(&before));
        let stale = store.sanction_approve(deciding(id, LEAD, Role::ShiftLead), CHANCE, &ground).await;
        assert_eq!(stale, Err(SanctionError::Refused(Refused::Groundless)));
        let look = async || store.sanctions_look(&ground, Timestamp(0)).await.unwrap();
        assert_eq!(look().await, [id], "taken back by itself");
        assert_eq!(look().await.len(), 1);
        let [open] = list(&store, SanctionList::Open).await.try_into().expect("what the other five make");
        assert!(open.pranks.len() == 5 && !open.pranks.contains(&calls[1]), "{:?}", open.pranks);

        let marks: Vec<_> = calls.iter().enumerate().map(|(n, call)| mark(*call, n as i64, 4, true)).collect();
        store.write_live(&marks).await.unwrap();
        let none = facts().await;
        assert_eq!(counts(&none), [7, 0, 0, 7]);
        assert!(suspicion(&none) <= NEUTRAL, "{none:?}");
        assert_eq!(look().await.len(), 1, "taken back");
        assert_eq!((look().await, list(&store, SanctionList::Open).await.len()), (vec![], 0));
        let replayed = store.replay_page((Timestamp(0), CallId(Uuid::nil())), 99).await.unwrap();
        assert!(replayed.len() == 7 && replayed.iter().all(|call| call.class.is_none()), "{replayed:?}");
        // The figures and the list say what a person chose.
        assert_eq!(store.call_row(ghost).await.unwrap().class, Some(Class::Ghost));
    }

    async fn calls_that_nobody_answered_are_no_ground(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        pranks(&store, 7).await;
        // Rows of a program that let such a class pass.
        crate::testing::meddle(&store, "UPDATE call SET answered_at = NULL, outcome = 'abandoned'").await;
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), []);
        assert_eq!(list(&store, SanctionList::Open).await.len(), 0);
    }

    async fn a_prank_that_reported_an_incident_counts_only_without_it(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        let calls = pranks(&store, 6).await;
        let id = store.sanctions_look(&ground, Timestamp(0)).await.unwrap()[0];
        let incident = CallIncident {
            incident_id: IncidentId(Uuid::now_v7()), incident_type: Some("fire".into()), agency: None, village_code: None,
        };
        let mut tx = store.begin().await.unwrap();
        store.call_attach(&mut tx, calls[5], &incident, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let stale = store.sanction_approve(deciding(id, LEAD, Role::ShiftLead), CHANCE, &ground).await;
        assert_eq!(stale, Err(SanctionError::Refused(Refused::Groundless)));
    }

    async fn a_corrected_class_takes_the_ground_away(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        let calls = pranks(&store, 6).await;
        let id = store.sanctions_look(&ground, Timestamp(0)).await.unwrap()[0];
        let mut tx = store.begin().await.unwrap();
        let choice = ClassChoice { class: Class::Information, sub: None };
        store.call_reclass(&mut tx, calls[0], &choice, LEAD, Uuid::now_v7(), NOW).await.unwrap();
        tx.commit().await.unwrap();
        let stale = store.sanction_approve(deciding(id, LEAD, Role::ShiftLead), CHANCE, &ground).await;
        assert_eq!(stale, Err(SanctionError::Refused(Refused::Groundless)));
        let changed = store.sanctions_look(&ground, Timestamp(0)).await.unwrap();
        assert_eq!(changed, [id], "withdrawn first");
        assert_eq!(list(&store, SanctionList::Past).await[0].state, SanctionState::Withdrawn, "nobody rejected it");
        store.sanctions_look(&ground, Timestamp(0)).await.unwrap();
        let [open] = list(&store, SanctionList::Open).await.try_into().expect("what five pranks ask for");
        assert_eq!((open.step, open.pranks.len()), (Step::Warn, 5));
    }

    async fn a_real_report_lifts_a_block_and_forbids_another(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        pranks(&store, 6).await;
        let id = propose_block(&store, &ground).await;
        call(&store, 100, Class::Emergency, None).await;
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), [id]);
        assert!(!block_at(&store, 0).await, "the household that needed us has its door back");
        assert!(messages(&store).await.iter().any(|one| one.text.contains("dicabut")), "and is told");
        for minutes in 101..110 {
            call(&store, minutes, Class::Prank, None).await;
        }
        store.sanctions_look(&ground, Timestamp(0)).await.unwrap();
        assert_eq!(list(&store, SanctionList::Open).await[0].step, Step::Educate);
        let hand = HandProposal { number: "081234567890", step: Step::BlockTemporarily, hours: Some(24) };
        let fresh = SanctionId(Uuid::now_v7());
        let open = store.sanction_propose(hand, deciding(fresh, LEAD, Role::ShiftLead), &ground).await;
        assert_eq!(open, Err(SanctionError::Open));
    }

    async fn an_appeal_by_code_is_heard_once(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        pranks(&store, 6).await;
        let id = propose_block(&store, &ground).await;
        let code = siaga_core::sanction::notice::code(CHANCE);
        for wrong in ["", "00000-00000-00000", &code[1..]] {
            assert_eq!(store.sanction_appeal(wrong, "bukan saya", NOW).await.unwrap(), Appealed::Nothing);
        }
        assert_eq!(store.sanction_appeal(&code.to_lowercase(), "bukan\0 saya", NOW).await.unwrap(), Appealed::Taken(id));
        assert_eq!(store.sanction_appeal(&code, "lagi", NOW).await.unwrap(), Appealed::Nothing);
        assert!(block_at(&store, 1).await && !block_at(&store, 25).await);
        let own = store.sanction_answer(deciding(id, LEAD, Role::ShiftLead), AppealOutcome::Upheld, &ground).await;
        assert_eq!(own, Err(SanctionError::Refused(Refused::OwnApproval)));
        let by = deciding(id, OTHER, Role::Administrator);
        store.sanction_answer(by, AppealOutcome::Lifted, &ground).await.unwrap();
        assert!(!block_at(&store, 1).await);
        let texts: Vec<_> = messages(&store).await.into_iter().map(|one| one.text).collect();
        assert!(texts.len() == 2 && texts.iter().any(|text| text.contains("dicabut")), "{texts:?}");
        let detail = store.sanction_detail(id, &ground).await.unwrap();
        assert!(!detail.notices.iter().any(|text| text.contains(&code)));
        assert_eq!((detail.calls.len(), detail.sanction.state), (6, SanctionState::Lifted));
        assert_eq!(store.sanctions_look(&ground, Timestamp(0)).await.unwrap(), [], "forgiven");
    }

    async fn a_decision_sent_twice_is_made_once(store: Store) {
        let (city, policy) = (serang(), Policy::default());
        let ground = ground_of(&city, &policy);
        let fresh = SanctionId(Uuid::now_v7());
        let hand = HandProposal { number: "081234567890", step: Step::Warn, hours: None };
        let once = Some(Once { scope: "a", key: "k", command: b"x" });
        let first = Deciding { once, ..deciding(fresh, LEAD, Role::ShiftLead) };
        assert_eq!(store.sanction_propose(hand, first, &ground).await, Ok(fresh));
        let again = Deciding { id: SanctionId(Uuid::now_v7()), ..first };
        assert_eq!(store.sanction_propose(hand, again, &ground).await, Ok(fresh));
        let approve = Deciding { once: Some(Once { scope: "a", key: "k2", command: b"x" }), ..first };
        store.sanction_approve(approve, CHANCE, &ground).await.unwrap();
        store.sanction_approve(approve, CHANCE, &ground).await.unwrap();
        assert_eq!(messages(&store).await.len(), 1);
        let other = Deciding { once: Some(Once { scope: "a", key: "k2", command: b"y" }), ..first };
        assert_eq!(store.sanction_approve(other, CHANCE, &ground).await, Err(SanctionError::OtherCommand));
    }
}
