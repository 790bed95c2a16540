//! How long the desk needs for one input in a flood, the copy before each input included:
//! `cargo run --release -p siaga-sim --example desk_load`.

use siaga_core::{
    call::Sound,
    desk::{Arrival, Desk, DeskCommand, IdSource, Input, Known, LineEvent, Position},
    ids::{CallId, StationId, UserId},
    screening::facts::NumberFacts,
    time::Timestamp,
};
use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

const START: Timestamp = Timestamp(1_790_000_000_000_000);
const SEATS: u128 = 4;
/// Inputs measured with so many calls open.
const INPUTS: usize = 20_000;

struct Counting(u128);

impl IdSource for Counting {
    fn next_id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn flood(calls: usize) -> (Desk, Counting, Timestamp, Vec<CallId>) {
    let (mut desk, mut ids, mut now) = (Desk::new(START, Arc::default()), Counting(1_000), START);
    for user in 1..=SEATS {
        let (user, station) = (UserId(Uuid::from_u128(user)), StationId(Uuid::from_u128(100 + user)));
        desk.handle(now, Input::Command(DeskCommand::TakeSeat { user, display_name: "petugas".to_owned() }), &mut ids);
        desk.handle(now, Input::Command(DeskCommand::BindStation { user, station }), &mut ids);
        desk.handle(now, Input::Line(LineEvent::StationUp { station }), &mut ids);
    }
    let mut open = Vec::new();
    for number in 0..calls {
        let call = CallId(ids.next_id());
        let position =
            number.is_multiple_of(9).then_some(Position { latitude: -6.1, longitude: 106.1, radius_m: 50.0 });
        let arrival = Arrival { number_raw: Some(format!("0812{number:08}")), position, ..Arrival::default() };
        desk.handle(now, Input::Line(LineEvent::Arrived { call, arrival }), &mut ids);
        let known = Some(Known { facts: NumberFacts::default(), sentence: "panggilan pertama".to_owned() });
        desk.handle(now, Input::Known { call, known }, &mut ids);
        open.push(call);
        now = now.plus_ms(20);
    }
    now = now.plus_ms(5_000);
    desk.handle(now, Input::Tick, &mut ids);
    for call in &open {
        desk.handle(now, Input::Line(LineEvent::Up { call: *call }), &mut ids);
    }
    (desk, ids, now, open)
}

fn main() {
    for calls in [1, 30, 100, 300, 1_000] {
        let (mut desk, mut ids, mut now, open) = flood(calls);
        let spent = timed(|| {
            for input in 0..INPUTS {
                now = now.plus_ms(1);
                let what = if input.is_multiple_of(200) {
                    Input::Tick
                } else {
                    let call = open[input % open.len()];
                    let sound = [Sound::Silence, Sound::Voice, Sound::Noise][input % 3];
                    Input::Line(LineEvent::Heard { call, sound, level_dbfs: -30 })
                };
                // As the engine does, so that a fault can be undone.
                let before = black_box(desk.clone());
                black_box(desk.handle(now, what, &mut ids));
                drop(before);
            }
        });
        let view = timed(|| drop(black_box(desk.view(now, 1))));
        let each_ns = spent.as_nanos() / INPUTS as u128;
        println!("{calls:>5} open calls: {:>8.2} us per input, view {:>6} us", each_ns as f64 / 1e3, view.as_micros());
    }
}
