//! The ear stays as good as it was measured (`docs/listening.md`): floors below the measured rates, with room for the draw. The
//! times are the sound's own, not the machine's.

use siaga_sim::voices::{Cell, Condition, Options, measure};

/// One miss is 12.5 %: each floor allows one or two.
const RUNS: u32 = 8;
/// Half of all voices at an ordinary level are told within this time.
const MEDIAN_MS_MAX: u64 = 400;

fn each(cells: &[Cell], of: impl Fn(&Cell) -> bool, check: impl Fn(&Cell)) {
    let of: Vec<&Cell> = cells.iter().filter(|cell| of(cell)).collect();
    assert!(!of.is_empty(), "something is checked");
    of.into_iter().for_each(check);
}

#[test]
fn the_ear_keeps_its_floors() {
    let figures = measure(&Options {
        runs: RUNS,
        seed: 7,
        levels_dbfs: vec![-30, -40],
        conditions: vec![Condition::Clean, Condition::Snr(10)],
    });
    println!("{figures}");
    let at_least = |floor: f64| move |cell: &Cell| assert!(cell.share.rate >= floor, "{floor} at least: {cell:?}");
    let at_most = |ceiling: f64| move |cell: &Cell| assert!(cell.share.rate <= ceiling, "{ceiling} at most: {cell:?}");
    each(&figures.people, |cell| cell.condition == "clean", at_least(0.85));
    each(&figures.people, |cell| cell.condition == "snr_10_db", at_least(0.75));
    each(
        &figures.people,
        |cell| cell.condition == "clean" && cell.level_dbfs == -30,
        |cell| {
            assert!(cell.times.is_some_and(|times| times.median_ms <= MEDIAN_MS_MAX), "{cell:?}");
        },
    );
    each(&figures.bursts, |_| true, at_least(0.85));
    each(&figures.steady_called_voice, |cell| cell.kind != "wind", at_most(0.13));
    each(&figures.steady_called_noise, |cell| ["digital_silence", "line_hiss"].contains(&cell.kind), at_most(0.13));
    each(&figures.elsewhere_called_voice, |cell| cell.kind == "our_ring_back_echo", at_most(0.13));
}

#[test]
fn the_same_seed_gives_the_same_figures() {
    let once = || {
        let options = Options {
            runs: 2,
            seed: 3,
            levels_dbfs: vec![-30],
            conditions: vec![Condition::Dropouts, Condition::Snr(5)],
        };
        let mut figures = measure(&options);
        figures.cpu_ms_per_call_minute = 0.0;
        figures
    };
    let figures = once();
    assert_eq!(figures, once());
    let json = figures.to_json().expect("JSON");
    assert!(json.contains("\"assumptions\"") && json.contains("\"whisper\"") && json.contains("\"lower\""));
}
