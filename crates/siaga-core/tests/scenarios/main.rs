//! The scenario scripts of `scenarios/`: lines with `>` are what happens, indented lines below what the desk does.
//! The transcript in the file is golden: it must come out exactly. `SIAGA_SCENARIOS=write` writes it anew; read the
//! difference before you commit it.
//!
//! `> SECONDS VERB ...`: `sit`, `reload`, `crash`, `back`, `leave`, `pause`, `unpause`, `ready` PERSON; `call` CALL
//! NUMBER; `sent-position` CALL LAT,LON, `sent-message` CALL (over the link); `told-position` NUMBER LAT,LON (by itself); `call-at` CALL NUMBER LAT,LON; `incident-at` LAT,LON; `known` CALL [class=count | hourly=count | blocked ...];
//! `unknown`, `up`, `gone`, `lost`, `hung-up`, `voice`, `noise`, `silence` CALL; `said` CALL PROMPT; `not-reached` CALL
//! STATUS; `trunk` up|down; `key` CALL DIGIT; `answer`, `hold`, `unhold`, `mute`, `end`, `undo`, `claim`, `lead-claim`,
//! `any-key`, `yes-no`, `need-help`, `hand-off`, `duress`, `no-duress`, `recall` PERSON CALL; `claim-why` PERSON CALL REASON; `tap`, `press` PERSON CALL CLASS[/SUB]; `incident` CALL; `call-back`, `drop` PERSON ENTRY; `restart` CALL=STATE ...;
//! `supervise-listen`, `supervise-whisper`, `supervise-barge` (a shift lead comes), `go-listen`, `go-whisper`, `go-barge`, `unsupervise`, `pry` (who is
//! no lead) PERSON CALL; `lead-crash` PERSON; `order-drill` TOKEN ...; `drill-call` CALL NUMBER TOKEN;
//! `telephones` NAME ... (outside, in their order); `desk`; `wait`. Between two lines time passes in half seconds and whoever has not crashed sends heartbeats.

mod past;
mod print;
mod script;
mod verbs;

use std::{fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

#[test]
fn every_transcript_comes_out_as_written() {
    let mut names: Vec<_> = fs::read_dir(folder())
        .expect("because the scenarios are part of the source")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    names.sort();
    assert!(names.len() >= 8, "only {} scenarios", names.len());
    for path in names {
        let written = fs::read_to_string(&path).expect("because it was just listed");
        let played = script::play(&written);
        if std::env::var_os("SIAGA_SCENARIOS").is_some_and(|what| what == "write") {
            fs::write(&path, &played).expect("because it is our file");
            continue;
        }
        for (number, (line, golden)) in played.lines().zip(written.lines()).enumerate() {
            assert_eq!(line, golden, "{} line {}", path.display(), number + 1);
        }
        assert_eq!(played.lines().count(), written.lines().count(), "{}: the end differs", path.display());
    }
}
