//! Reports by e-mail, by the built binary and over real SMTP: what is due while the program was off is sent after its start, a
//! server that is not there or says "later" is asked again, also after a kill, and each recipient gets each period once.
//! Over which lines it goes at all: `post/tls.rs`.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

mod post;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use post::{DEADLINE, Door, Folder, Mood, SIAGA, Server, Sink, now, on_store, sent, trial, until};
use siaga_core::{
    ids::UserId,
    ledger::sample,
    mailing::{Rhythm, Schedule},
    time::Timestamp,
    view::outbox::DeliveryState,
};
use std::{collections::BTreeMap, path::Path, process::Command};

const TWO: [&str; 2] = ["kepala@serang.example", "sekda@serang.example"];
const DAY_MS: i64 = 86_400_000;

/// A header's or part's value, folded lines joined.
fn unfolded(mail: &str) -> String {
    mail.replace("\n ", " ").replace("\n\t", " ")
}

/// The attachments by the ending of their names (RFC 2045 for what carries them).
fn attachments(mail: &str) -> BTreeMap<&'static str, Vec<u8>> {
    let boundary = mail.split("boundary=\"").nth(1).expect("several parts").split('"').next().unwrap_or_default();
    let kinds = [("pdf", "application/pdf"), ("xlsx", "spreadsheetml"), ("json", "application/json")];
    let mut found = BTreeMap::new();
    for part in mail.split(&format!("--{boundary}")).skip(1) {
        let Some((head, body)) = part.trim_start().split_once("\n\n") else { continue };
        let Some((ending, _)) = kinds.iter().find(|(_, kind)| head.contains(kind)) else { continue };
        assert!(head.contains("attachment") && head.contains("laporan-"), "{head}");
        let bytes = if head.contains("base64") {
            STANDARD.decode(body.split_whitespace().collect::<String>()).expect("base64")
        } else if head.contains("quoted-printable") {
            plain(body)
        } else {
            body.as_bytes().to_vec()
        };
        found.insert(*ending, bytes);
    }
    assert_eq!(found.len(), kinds.len(), "{}", mail.chars().take(2_000).collect::<String>());
    found
}

/// Quoted-printable undone (RFC 2045, 6.7).
fn plain(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let mut pieces = joined.split('=');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).expect("two hexadecimal digits"));
        bytes.extend(piece[2..].bytes());
    }
    bytes
}

fn schedule(data: &Path, since: Timestamp) {
    on_store(data, async |store| {
        // The first of the month at midnight: whatever today is, one month became due after `since` and before now.
        let recipients = TWO.map(str::to_owned).to_vec();
        let monthly = Schedule { active: true, day: 1, minute: 0, recipients };
        store.schedule_put(Rhythm::Monthly, &monthly, UserId(uuid::Uuid::now_v7()), since).await.unwrap();
    });
}

#[test]
fn each_recipient_gets_a_period_once_through_refusals_and_a_kill() {
    let folder = Folder::new("mail");
    let data = folder.0.join("data");
    let ledger = folder.0.join("2020.csv");
    std::fs::write(&ledger, sample::serang_2020()).unwrap();
    let import = Command::new(SIAGA).args(["import", "ledger"]).arg(&ledger).arg("--data").arg(&data).output().unwrap();
    assert!(import.status.success());
    let (year, month, day) = {
        let today = jiff::Timestamp::from_microsecond(now().0).unwrap().in_tz("Asia/Jakarta").unwrap().date();
        (today.year(), today.month(), i64::from(today.day()))
    };
    schedule(&data, now().plus_ms(-(day + 1) * DAY_MS));

    let sink = Sink::start(Door::Plain);
    sink.is(Mood::Later);
    let server = Server::start(&data, &sink, "none", None);
    let mut asked: Vec<String> = (0..2).map(|_| sink.asked.recv_timeout(DEADLINE).expect("both are tried")).collect();
    asked.sort();
    assert_eq!(asked, TWO);
    assert!(sink.taken.try_recv().is_err(), "the server said: later");
    drop(server);

    sink.is(Mood::Takes);
    let server = Server::start(&data, &sink, "none", None);
    let mut mails: Vec<(String, String)> =
        (0..2).map(|_| sink.taken.recv_timeout(DEADLINE).expect("tried again after the kill")).collect();
    mails.sort();
    assert_eq!(mails.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), TWO);
    let mut ids = Vec::new();
    for (to, mail) in &mails {
        let head = unfolded(mail.split_once("\n\n").unwrap().0);
        let header =
            |name: &str| head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default();
        assert_eq!(header("To"), to);
        assert_eq!(header("From"), "\"Siaga 112\" <siaga@serang.example>");
        assert!(header("Subject").starts_with("Laporan bulanan 112: "), "{head}");
        assert!(header("Message-ID").ends_with("@serang.example>"), "{head}");
        ids.push(header("Message-ID").to_owned());
        let files = attachments(mail);
        assert!(files["pdf"].starts_with(b"%PDF-") && files["xlsx"].starts_with(b"PK"));
        let signed = folder.0.join("signed.json");
        std::fs::write(&signed, &files["json"]).unwrap();
        let told = Command::new(SIAGA).args(["verify", "report"]).arg(&signed).output().unwrap();
        let words = String::from_utf8_lossy(&told.stdout);
        assert!(told.status.success() && words.contains("signature: holds"), "{words}");
        let report: serde_json::Value = serde_json::from_slice(&files["json"]).unwrap();
        let last_month = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
        assert_eq!(report["report"]["period"]["from"], format!("{:04}-{:02}-01", last_month.0, last_month.1));
    }
    assert_ne!(ids[0], ids[1]);

    // Two starts and two looks later there is one mail for each, and each is told to be there.
    let rows = until("both are noted as delivered", || {
        let rows = sent(&data);
        rows.iter().all(|one| one.state == DeliveryState::Delivered).then_some(rows)
    });
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(sink.taken.try_recv().is_err(), "nobody got a second one");

    // A mail server that says never: told aloud, without the address, and not asked for ever.
    sink.is(Mood::Never);
    trial(&data, "salah@serang.example");
    let refused =
        until("the refusal is noted", || sent(&data).into_iter().find(|one| one.state == DeliveryState::Dead));
    assert_eq!((refused.to.as_str(), refused.attempts), ("salah@serang.example", 1));
    let why = refused.error.unwrap();
    assert!(why.contains("550") && !why.contains('@'), "{why}");
    drop(server);
}
