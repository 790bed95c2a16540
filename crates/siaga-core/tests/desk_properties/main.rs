//! Whatever happens in whatever order, with machine answers, blocks, silence, call-backs and crashes in between: no call
//! is lost, none is ended by the machine, none has two seats, nobody lost goes without a call-back.

mod act;
mod check;
mod end;
mod fact;
mod lead;
mod on_line;
mod world;

use act::Act;
use proptest::{collection::vec, prelude::*};
use world::World;

/// Events of the long run; a million in all.
const LONG_WORLDS: u64 = 2_000;
const LONG_ACTS: usize = 500;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_call_is_lost_and_none_is_ended_by_the_machine(acts in vec(any::<u64>(), 1..160)) {
        let mut world = World::new();
        for number in acts {
            world.act(Act::of(number));
        }
        world.close();
    }
}

/// A million random events. `cargo nextest run --workspace --run-ignored only -E 'test(a_million_events)' --no-capture`
#[test]
#[ignore = "takes a minute in a debug build"]
fn a_million_events() {
    let mut counts = world::Counts::default();
    for seed in 1..=LONG_WORLDS {
        // Xorshift: any seed but 0.
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let mut world = World::new();
        for _ in 0..LONG_ACTS {
            world.act(Act::of(next()));
        }
        world.close();
        counts.add(&world.counts);
    }
    println!("{} acts: {counts:?}", LONG_WORLDS * LONG_ACTS as u64);
    assert!(counts.is_rich(), "the random events never reached something: {counts:?}");
}
