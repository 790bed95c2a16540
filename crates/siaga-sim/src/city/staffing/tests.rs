use super::{Centre, Mix, Seats, Tried, what_if};
use siaga_core::{
    policy::Policy,
    report::{answered_within, seats_for},
};
use std::sync::Arc;

/// What Erlang's formula does not know, in points of a per cent: the hand that goes to the key, who leaves, who calls
/// again, rooms that start empty. With sixty thousand calls it was 0.1 (docs/simulation.md).
const BESIDE: f64 = 0.5;

/// Kota Serang's mix of 2020, with calls and seat times of a busier centre.
fn centre(calls_per_h: f64, hold_s: f64) -> Centre {
    let mix = Mix { emergency: 1.0, information: 13.0, prank: 43.0, ghost: 43.0 };
    let seats = usize::try_from(seats_for(calls_per_h, hold_s)).expect("a few");
    Centre { calls_per_h: [calls_per_h; 24], hold_s: [hold_s; 24], advised: [seats; 24], mix }
}

#[test]
fn the_advice_holds_in_the_simulated_room() {
    let (calls_per_h, hold_s) = (20.0, 40.0);
    let centre = centre(calls_per_h, hold_s);
    let advised = centre.advised()[0];
    let less: Seats = [advised - 1; 24];
    let mut told = (0, 0);
    let found = what_if(&centre, &less, &Arc::new(Policy::default()), (9_600, 5), |done, total| told = (done, total));
    assert_eq!(told, (48, 48), "every run was told");
    for (tried, seats) in [(&found.advised, advised), (&found.tried, advised - 1)] {
        let day = &tried.day;
        assert!((day.hold_s - hold_s).abs() < hold_s / 10.0, "seats are held as the report says: {day:?}");
        let load = calls_per_h * hold_s / 3_600.0;
        let erlang = answered_within(load, u32::try_from(seats).expect("a few"), hold_s, 10.0) * 100.0;
        let (low, high) = (day.low_pct.expect("calls"), day.high_pct.expect("calls"));
        assert!(low - BESIDE <= erlang && erlang <= high + BESIDE, "{seats} seats: Erlang {erlang}, {day:?}");
        assert_eq!(tried.hours.len(), 24);
        assert_eq!(tried.hours.iter().map(|hour| hour.calls).sum::<u32>(), day.calls);
    }
    let late = |tried: &Tried| 100.0 - tried.day.within_pct.expect("calls");
    assert!(late(&found.tried) > 3.0 * late(&found.advised), "a seat less is felt: {found:?}");
}
