use super::*;
use uuid::Uuid;

const AT: Timestamp = Timestamp(1_800_000_000_000_000);
const RESOLVED: IncidentOutcome = IncidentOutcome::Resolved;
const HANDED: IncidentOutcome = IncidentOutcome::HandedOver;

fn id(n: u128) -> IncidentId {
    IncidentId(Uuid::from_u128(n))
}

fn closed(outcome: IncidentOutcome) -> Incident {
    Incident::Closed { outcome, at: AT }
}

fn merged(into: u128) -> Incident {
    Incident::Merged { into: id(into), at: AT }
}

#[test]
fn closing_forgets_no_crew() {
    let running = |crews, pending, accepted| Running { crews, pending, accepted, at_work: accepted };
    let none = running(0, 0, 0);
    use CloseRefused as R;
    for (from, outcome, note, running, expected) in [
        (Incident::Open, RESOLVED, None, none, Ok(OpenAssignments::None)),
        (Incident::Open, RESOLVED, Some("catatan"), none, Ok(OpenAssignments::None)),
        (Incident::Open, RESOLVED, Some("salah lokasi"), running(2, 0, 0), Ok(OpenAssignments::Cancel)),
        (Incident::Open, RESOLVED, Some("  "), running(2, 0, 0), Err(R::OpenAssignments { count: 2 })),
        (Incident::Open, RESOLVED, None, running(1, 0, 0), Err(R::OpenAssignments { count: 1 })),
        (closed(RESOLVED), RESOLVED, Some("lagi"), none, Err(R::Closed)),
        (merged(2), RESOLVED, None, none, Err(R::Merged)),
        // a neighbour has been asked
        (Incident::Open, HANDED, None, none, Err(R::NotAccepted)),
        (Incident::Open, HANDED, Some("sudah ditelepon"), running(0, 1, 0), Err(R::HandOverPending)),
        (Incident::Open, RESOLVED, Some("tidak perlu"), running(0, 1, 0), Err(R::HandOverPending)),
        (Incident::Open, HANDED, None, running(0, 0, 1), Ok(OpenAssignments::None)),
        (Incident::Open, HANDED, None, running(1, 0, 1), Err(R::OpenAssignments { count: 1 })),
        (Incident::Open, RESOLVED, None, Running { at_work: 0, ..running(0, 0, 1) }, Ok(OpenAssignments::None)),
        (Incident::Open, RESOLVED, None, running(0, 0, 1), Err(R::OpenAssignments { count: 1 })),
    ] {
        let expected = expected.map(|open| (closed(outcome), open));
        assert_eq!(from.close(outcome, note, running, AT), expected, "{from:?} {outcome:?} {note:?} {running:?}");
    }
}

#[test]
fn merging_is_between_open_ones_and_comes_back_as_it_was() {
    use ChangeRefused as R;
    use Prominence::{Alike, Greater};
    let done = Ok(Merging::Done(merged(2)));
    for (from, own, into, major, expected) in [
        (Incident::Open, 1, (2, Incident::Open), Alike, done),
        (Incident::Open, 2, (2, Incident::Open), Alike, Err(R::Itself)),
        (Incident::Open, 1, (2, closed(RESOLVED)), Alike, Err(R::Closed)),
        (Incident::Open, 1, (2, merged(3)), Alike, Err(R::Merged)),
        (Incident::Open, 1, (2, Incident::Open), Greater, Err(R::Major)),
        (closed(RESOLVED), 1, (2, Incident::Open), Alike, Err(R::Closed)),
        (merged(2), 1, (2, Incident::Open), Alike, Ok(Merging::Already)),
        (merged(3), 1, (2, Incident::Open), Alike, Err(R::MergedElsewhere)),
    ] {
        assert_eq!(from.merge(id(own), (id(into.0), into.1), major, AT), expected, "{from:?} {own} {into:?}");
    }
    assert_eq!(merged(2).unmerge(), Ok((Incident::Open, id(2))));
    assert_eq!(Incident::Open.unmerge(), Err(R::NotMerged));
    assert_eq!(closed(RESOLVED).unmerge(), Err(R::NotMerged));
}

#[test]
fn each_other_step_says_what_to_do_instead() {
    use ChangeRefused as R;
    for (state, reopened, marked) in [
        (Incident::Open, Err(R::NotClosed), Ok(())),
        (closed(RESOLVED), Ok(Incident::Open), Err(R::Closed)),
        (merged(2), Err(R::Merged), Err(R::Merged)),
    ] {
        assert_eq!((state.reopen(), state.mark()), (reopened, marked), "{state:?}");
    }
    let late = AT.plus_ms(CLOSED_FOR_MS + 1);
    assert_eq!(closed(RESOLVED).take_call(AT), Ok(()), "who calls late calls about what is over");
    assert_eq!(closed(RESOLVED).take_call(late), Err(R::Closed));
    assert_eq!(merged(2).take_call(AT), Err(R::Merged));
    let call = CallId(Uuid::from_u128(1));
    assert_eq!(may_leave(call, call), Err(R::FirstCall));
    assert_eq!(may_leave(call, CallId(Uuid::from_u128(2))), Ok(()));
    assert_eq!(reason("  salah tutup "), Ok("salah tutup"));
    assert_eq!((reason("  "), reason(&"a".repeat(301))), (Err(R::NoReason), Err(R::NoReason)));
}
