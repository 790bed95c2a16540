use super::*;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

fn call(number: u128, lane: Lane, waited_ms: i64, place: Place) -> Waiting {
    let (call, offered_at) = (CallId(Uuid::from_u128(number)), NOW.plus_ms(-waited_ms));
    Waiting { call, lane, offered_at, place, real: true, standing: Standing::Unknown, prefers: None, avoids: None }
}

fn heard(call: Waiting) -> Waiting {
    Waiting { standing: Standing::Heard, ..call }
}

fn silent(call: Waiting, ms: i64) -> Waiting {
    Waiting { standing: Standing::Silent { since: NOW.plus_ms(-ms) }, ..call }
}

fn seat(number: u16, idle_ms: i64, readiness: Readiness) -> FreeSeat {
    FreeSeat { seat: SeatId(number), readiness, idle_since: NOW.plus_ms(-idle_ms) }
}

fn check(waiting: &[Waiting], free: &[FreeSeat], staffed: usize, with_lane_b: usize, expected: &[(u128, u16)]) {
    let policy = QueuePolicy::default();
    let pairs = assign(waiting.to_vec(), free.to_vec(), Staff { staffed, with_lane_b }, &policy, NOW);
    let pairs: Vec<_> = pairs.into_iter().map(|(call, seat, _)| (call.0.as_u128(), seat.0)).collect();
    assert_eq!(pairs, expected);
}

#[test]
fn the_longest_idle_seat_gets_the_head_of_the_queue() {
    use Place::{Head, Ordinary};
    use Readiness::{Ready, Settling};
    let two = [seat(1, 100, Ready), seat(2, 900, Ready)];
    let (a1, a2) = (call(1, Lane::A, 5_000, Ordinary), call(2, Lane::A, 1_000, Ordinary));
    check(&[], &two, 2, 0, &[]);
    check(&[a1], &[], 2, 0, &[]);
    check(&[a2, a1], &two, 2, 0, &[(1, 2), (2, 1)]);
    check(&[a1], &[seat(1, 900, Settling), seat(2, 1, Ready)], 2, 0, &[(1, 2)]);
    check(&[a1, call(9, Lane::A, 100, Head)], &two[..1], 2, 0, &[(9, 1)]);
    // Who spoke with this number, when free and ready.
    let again = Waiting { prefers: Some(SeatId(1)), ..a1 };
    check(&[again, a2], &two, 2, 0, &[(1, 1), (2, 2)]);
    check(&[again], &[seat(1, 900, Settling), seat(2, 1, Ready)], 2, 0, &[(1, 2)]);
    check(&[Waiting { prefers: Some(SeatId(7)), ..a1 }], &two, 2, 0, &[(1, 2)]);
}

#[test]
fn lane_b_stands_behind_and_leaves_one_seat() {
    use Place::Ordinary;
    use Readiness::Ready;
    let two = [seat(1, 100, Ready), seat(2, 900, Ready)];
    let (b1, b2) = (call(1, Lane::B, 50_000, Ordinary), call(2, Lane::B, 40_000, Ordinary));
    let a = call(3, Lane::A, 10, Ordinary);
    check(&[b1, a], &two[..1], 2, 0, &[(3, 1)]);
    // Two seats: one of them for lane B, the other stays free.
    check(&[b1, b2], &two, 2, 0, &[(1, 2)]);
    check(&[b1], &two[..1], 2, 1, &[]);
    check(&[b1, a], &two, 2, 0, &[(3, 2), (1, 1)]);
    // Alone at night: lane B too.
    check(&[b1], &two[..1], 1, 0, &[(1, 1)]);
    // After a minute it is lane A, behind who was there at that moment.
    let old = call(4, Lane::B, 61_000, Ordinary);
    check(&[old], &two[..1], 2, 1, &[(4, 1)]);
    check(&[old, call(5, Lane::A, 2_000, Ordinary)], &two[..1], 2, 1, &[(5, 1)]);
    check(&[old, call(5, Lane::A, 500, Ordinary)], &two[..1], 2, 1, &[(4, 1)]);
    // Heard: half of that.
    check(&[heard(call(6, Lane::B, 31_000, Ordinary))], &two[..1], 2, 1, &[(6, 1)]);
    check(&[heard(call(6, Lane::B, 29_000, Ordinary))], &two[..1], 2, 1, &[]);
}

#[test]
fn who_is_heard_stands_before_who_is_silent() {
    use Place::Ordinary;
    use Readiness::Ready;
    let one = [seat(1, 100, Ready)];
    let a = |number, waited_ms| call(number, Lane::A, waited_ms, Ordinary);
    let b = |number, waited_ms| call(number, Lane::B, waited_ms, Ordinary);
    check(&[silent(a(1, 20_000), 10_000), heard(a(2, 9_000))], &one, 1, 0, &[(2, 1)]);
    check(&[a(1, 12_000), heard(a(2, 9_000))], &one, 1, 0, &[(2, 1)]);
    check(&[silent(a(1, 20_000), 10_000), heard(b(2, 9_000))], &one, 1, 0, &[(2, 1)]);
    check(&[silent(a(1, 20_000), 10_000), b(2, 9_000)], &one, 1, 0, &[(1, 1)]);
    // Half a minute later it has its place again, behind who is heard.
    check(&[silent(a(1, 45_000), 31_000), a(2, 9_000)], &one, 1, 0, &[(1, 1)]);
    check(&[silent(a(1, 45_000), 31_000), heard(a(2, 9_000))], &one, 1, 0, &[(2, 1)]);
    check(&[silent(a(1, 45_000), 31_000), heard(b(2, 9_000))], &one, 1, 0, &[(1, 1)]);
}

#[test]
fn only_lane_b_and_silence_make_room_and_only_for_lane_a() {
    use Place::{Head, Ordinary};
    let policy = QueuePolicy::default();
    let a = call(1, Lane::A, 5_000, Ordinary);
    let b = call(2, Lane::B, 5_000, Ordinary);
    let quiet = silent(call(3, Lane::A, 9_000, Ordinary), 6_000);
    for (ringing, other, makes_room) in [
        (a, heard(call(4, Lane::A, 100, Ordinary)), false),
        (a, call(4, Lane::A, 100, Head), false),
        (b, a, true),
        (heard(b), a, true),
        (b, heard(b), false),
        (quiet, a, true),
        (quiet, heard(a), true),
        (quiet, b, false),
        (silent(call(3, Lane::A, 50_000, Ordinary), 40_000), a, false),
        (silent(call(3, Lane::A, 50_000, Ordinary), 40_000), heard(a), true),
    ] {
        assert_eq!(ringing.makes_room_for(&other, &policy, NOW), makes_room, "{ringing:?} {other:?}");
    }
}
