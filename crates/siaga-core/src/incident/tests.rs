use super::*;
use AssignmentState as S;

const SENT: Timestamp = Timestamp(1_800_000_000_000_000);

fn after_s(seconds: i64) -> Timestamp {
    SENT.plus_ms(seconds * 1000)
}

fn in_state(state: S) -> Assignment {
    match Assignment::sent(SENT).step(state, after_s(10)).expect("forward") {
        Stepped::Moved(next) | Stepped::Unchanged(next) => next,
    }
}

#[test]
fn steps_go_forward_only() {
    for from in S::ALL {
        for to in S::ALL {
            let ended = matches!(from, S::Done | S::NothingFound | S::Cancelled);
            let position = |state| S::ALL.iter().position(|one| *one == state).expect("listed").min(4);
            let found = in_state(from).step(to, after_s(20));
            match found {
                Ok(Stepped::Unchanged(_)) => assert_eq!(from, to),
                Ok(Stepped::Moved(next)) => {
                    assert!(!ended && position(to) > position(from), "{from:?} to {to:?}");
                    assert_eq!(next.state, to);
                }
                Err(StepRefused::Ended) => assert!(ended && from != to, "{from:?} to {to:?}"),
                Err(StepRefused::Backward) => assert!(!ended && position(to) < position(from), "{from:?} to {to:?}"),
            }
        }
    }
}

#[test]
fn a_skipped_step_has_no_time() {
    let Ok(Stepped::Moved(found)) = Assignment::sent(SENT).step(S::OnScene, after_s(600)) else { panic!("forward") };
    assert_eq!(
        (found.acknowledged_at, found.en_route_at, found.on_scene_at, found.done_at),
        (None, None, Some(after_s(600)), None)
    );
    assert_eq!(found.responder_next(), [S::Done, S::NothingFound]);
    assert_eq!(
        Assignment::sent(SENT).responder_next(),
        [S::Acknowledged, S::EnRoute, S::OnScene, S::Done, S::NothingFound]
    );
    assert!(in_state(S::Cancelled).responder_next().is_empty());
}

#[test]
fn a_tap_keeps_its_true_time_within_bounds() {
    let under_way = in_state(S::EnRoute); // at 10 s
    for (tapped, clock, kept) in [
        (None, None, 60),
        (Some(30), None, 30),
        (Some(90), None, 60),
        (Some(5), None, 10),
        (Some(-9_999), None, 10),
        // A telephone that is an hour slow, or fast, and sends twenty seconds after the tap.
        (Some(-3_560), Some(-3_540), 40),
        (Some(3_640), Some(3_660), 40),
    ] {
        let (tapped, clock) = (tapped.map(after_s), clock.map(after_s));
        assert_eq!(under_way.tap_time(tapped, clock, after_s(60)), after_s(kept), "{tapped:?} {clock:?}");
    }
    // our own clock went back: no panic, and nothing later than now
    assert_eq!(under_way.tap_time(Some(after_s(3)), None, after_s(2)), after_s(2));
    for nonsense in [i64::MIN, i64::MAX].map(Timestamp) {
        let kept = under_way.tap_time(Some(nonsense), Some(nonsense), after_s(60));
        assert!((after_s(10)..=after_s(60)).contains(&kept));
    }
}
