//! The sentences that the desk sends as text, for the interface's English: `ui/src/words/said.json` holds one of each kind, made
//! here, and a test of the interface says which of them it cannot read.
//!
//! Run the test with `SIAGA_WRITE_TYPES=1` after a change of words.

use crate::{
    call::waits_for,
    class::Class,
    desk::Refusal,
    queue::{Chosen, Next, Why},
    screening::{
        Heard, Reason,
        facts::{NumberFacts, RealReport},
        sentence::sentence,
    },
    time::Timestamp,
};
use jiff::tz::TimeZone;
use serde_json::json;
use std::{collections::BTreeMap, fs, path::PathBuf};

fn reasons() -> Vec<String> {
    use Reason as R;
    let earlier = [Class::Ghost, Class::Prank, Class::Information, Class::Emergency, Class::Abandoned, Class::Test];
    let heard = [Heard::Voice, Heard::Key, Heard::Sent, Heard::Noise, Heard::Silence];
    let reports = [R::RealReport { count: 2 }, R::NothingFound { count: 1 }];
    [R::NoNumber, R::HistoryUnknown]
        .into_iter()
        .chain(reports)
        .chain([R::NearIncident, R::Position, R::FirstCall, R::Blocked])
        .chain(earlier.map(|class| R::Earlier { class, count: 3 }))
        .chain([R::Short { count: 4 }, R::SameMinute { count: 5 }, R::SilentFleet { numbers: 6 }])
        .chain(heard.map(R::Heard))
        .map(|reason| reason.words())
        .collect()
}

fn offers() -> Vec<String> {
    use Next as N;
    let next = [N::Head, N::Heard, N::LongestA, N::LongestB, N::WaitedOutB, N::Silent, N::Slid, N::Drill];
    let chosen = [Chosen::SameCallTaker, Chosen::LongestIdle, Chosen::OnlyFree];
    next.into_iter().flat_map(|next| chosen.map(|chosen| Why { next, chosen }.words())).collect()
}

fn histories() -> Vec<String> {
    let now = Timestamp(1_780_358_400_000_000);
    let zone = TimeZone::get("Asia/Jakarta").expect("because the zone table is built in");
    let told = |by_class: &[(Class, u32)], calls, real: Option<RealReport>| {
        let by_class: BTreeMap<_, _> = by_class.iter().copied().collect();
        // One without a real report ended with nothing found.
        let nothing_found =
            if real.is_none() { by_class.get(&Class::Emergency).copied().unwrap_or_default() } else { 0 };
        let threatened = u32::from(calls == 21);
        let facts = NumberFacts { calls, by_class, real, nothing_found, threatened, ..NumberFacts::default() };
        sentence(&facts, |key| (key == "fire").then(|| "Kebakaran".to_owned()), now, &zone)
    };
    let real = |days: i64, kind: Option<&str>| {
        Some(RealReport { at: now.plus_ms(-days * 86_400_000), incident_type: kind.map(str::to_owned) })
    };
    let all = [(Class::Ghost, 1), (Class::Prank, 2), (Class::Information, 3), (Class::Abandoned, 4), (Class::Test, 5)];
    vec![
        told(&[], 0, None),
        told(&all, 20, None),
        told(&all, 21, None),
        told(&[(Class::Emergency, 1)], 1, real(30, Some("fire"))),
        told(&[(Class::Emergency, 1)], 1, real(400, None)),
        told(&[(Class::Emergency, 3)], 3, real(30, Some("fire"))),
        told(&[(Class::Emergency, 3)], 3, real(400, None)),
        told(&[(Class::Emergency, 1)], 1, None),
    ]
}

#[test]
fn the_interface_has_the_sentences_of_today() {
    let refusals: BTreeMap<_, _> = Refusal::ALL.iter().map(|one| (one.key(), one.words())).collect();
    let all = json!({
        "reasons": reasons(), "offers": offers(), "histories": histories(), "waits": waits_for::ALL, "refusals": refusals,
    });
    let wanted = serde_json::to_string_pretty(&all).expect("because it is JSON") + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/words/said.json");
    if std::env::var_os("SIAGA_WRITE_TYPES").is_some() {
        fs::write(&path, &wanted).expect("ui/src/words can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "ui/src/words/said.json is stale. Run:\n  SIAGA_WRITE_TYPES=1 cargo test --workspace the_interface_has_the_sentences"
    );
}
