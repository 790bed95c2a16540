//! How long a place search takes with 50,000 streets beside the city's own places, and how well it does then.
//!
//! `cargo build --workspace --examples`, then `target/debug/examples/gazetteer_load [STREETS]`. The streets are made up from syllables, so that many look
//! alike, and are written down nowhere. Prints p50, p99 and the longest of the 200 queries of the test, five times each.

use siaga_core::{
    city::serang,
    places::{Gazetteer, Known},
    view::city::PlaceKind,
};
use std::time::{Duration, Instant};

const STREETS: usize = 50_000;
const ROUNDS: usize = 5;
const QUERIES: &str = include_str!("../tests/gazetteer/queries.tsv");
const SYLLABLES: [&str; 28] = [
    "ci", "ka", "su", "ban", "ja", "ra", "me", "lang", "ku", "ning", "pa", "sir", "se", "rang", "ta", "man", "wi",
    "jaya", "ke", "bon", "ma", "war", "da", "hlia", "pu", "ri", "in", "dah",
];

fn made_up(nth: usize) -> Known {
    // a small generator of our own: the same streets each time
    let mut state = nth as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut name = String::from("Jl. ");
    for word in 0..1 + next(3) {
        let syllables = 2 + next(2);
        name.push_str(if word > 0 { " " } else { "" });
        (0..syllables).for_each(|_| name.push_str(SYLLABLES[next(SYLLABLES.len())]));
    }
    Known::new(PlaceKind::Street, &format!("{name} {}", 1 + next(30)))
}

fn main() {
    let streets = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(STREETS);
    let city = serang();
    let imported: Vec<Known> = (0..streets).map(made_up).collect();
    let began = Instant::now();
    let gazetteer = Gazetteer::of(&city, &imported);
    println!("{} names, index made in {} ms", gazetteer.spellings(), began.elapsed().as_millis());
    let rows = QUERIES.lines().filter(|line| !line.starts_with('#'));
    let queries: Vec<(&str, &str)> =
        rows.filter_map(|row| row.split('\t').nth(1).zip(row.split('\t').nth(2))).collect();
    let (mut took, mut right): (Vec<Duration>, usize) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        right = 0;
        for (text, expected) in &queries {
            let began = Instant::now();
            let answer = gazetteer.find(text);
            took.push(began.elapsed());
            let fits = |name: &str| expected.split(" | ").any(|one| one.split('/').next() == Some(name));
            right += usize::from(answer.hits.iter().take(3).any(|hit| fits(&hit.name)));
        }
    }
    took.sort();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    println!("{} searches: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", took.len(), at(0.5), at(0.99), at(1.0));
    println!("{right} of {} find their place in the first three among {streets} streets", queries.len());
}
