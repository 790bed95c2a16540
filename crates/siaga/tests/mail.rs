//! Reports by e-mail, by the built binary and over real SMTP: what is due while the program was off is sent after its start, a
//! server that is not there or says "later" is asked again, also after a kill, and each recipient gets each period once.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use siaga_core::{
    city::serang,
    ids::UserId,
    ledger::sample,
    mailing::{Rhythm, Schedule},
    report::ReportPeriod,
    time::Timestamp,
    view::outbox::DeliveryState,
};
use siaga_store::{
    Store, StoreConfig,
    mailings::{NewMailing, Reason},
};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Ten times what an idle machine needs.
const DEADLINE: Duration = Duration::from_secs(400);
const SIAGA: &str = env!("CARGO_BIN_EXE_siaga");
const TWO: [&str; 2] = ["kepala@serang.example", "sekda@serang.example"];
const DAY_MS: i64 = 86_400_000;

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the mail server says to a recipient.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Later,
    Takes,
    Never,
}

/// A mail server of a hundred lines (RFC 5321): keeps what it took, tells each recipient it was asked for.
struct Sink {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    asked: Receiver<String>,
    taken: Receiver<(String, String)>,
}

impl Sink {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mood = Arc::new(Mutex::new(Mood::Later));
        let (tell_asked, asked) = channel();
        let (tell_taken, taken) = channel();
        let moods = Arc::clone(&mood);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mood, asked, taken) = (Arc::clone(&moods), tell_asked.clone(), tell_taken.clone());
                std::thread::spawn(move || talk(&stream.unwrap(), &mood, &asked, &taken));
            }
        });
        Self { port, mood, asked, taken }
    }

    fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

/// One connection, until the other side is gone.
fn talk(
    stream: &TcpStream,
    mood: &Mutex<Mood>,
    asked: &Sender<String>,
    taken: &Sender<(String, String)>,
) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let mut out = stream;
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
    say("220 sink")?;
    let mut to = String::new();
    while let Some(Ok(line)) = lines.next() {
        let verb = line.to_ascii_uppercase();
        if verb.starts_with("RCPT TO:") {
            to = line[8..].trim_matches(['<', '>', ' ']).to_owned();
            let _ = asked.send(to.clone());
            let mood = *mood.lock().unwrap();
            say(match mood {
                Mood::Later => "451 later",
                Mood::Never => "550 no such person",
                Mood::Takes => "250 ok",
            })?;
        } else if verb == "DATA" {
            say("354 go")?;
            let body = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".");
            // RFC 5321, 4.5.2: a dot at the begin of a line came with another one.
            let body: Vec<String> = body.map(|line| line.strip_prefix('.').unwrap_or(&line).to_owned()).collect();
            let body = body.join("\n");
            let _ = taken.send((to.clone(), body));
            say("250 taken")?;
        } else if verb == "QUIT" {
            return say("221 bye");
        } else {
            // EHLO, MAIL, RSET, NOOP
            say("250 ok")?;
        }
    }
    None
}

/// A running server, killed as a power cut kills.
struct Server(Child);

impl Server {
    fn start(data: &Path, port: u16) -> Self {
        let mut command = Command::new(SIAGA);
        command.args(["serve", "--ready-json"]).arg("--data").arg(data);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIAGA_")) {
            command.env_remove(name);
        }
        for (name, value) in [
            ("SIAGA_SIP_ADDR", "127.0.0.1:0"),
            ("SIAGA_HTTP_ADDR", "127.0.0.1:0"),
            ("SIAGA_SMTP_SERVER", &format!("127.0.0.1:{port}")),
            ("SIAGA_SMTP_SECURITY", "none"),
            ("SIAGA_SMTP_FROM", "Siaga 112 <siaga@serang.example>"),
        ] {
            command.env(name, value);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
        assert!(ready.starts_with('{'), "{ready}");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

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

fn now() -> Timestamp {
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
    Timestamp(i64::try_from(micros).unwrap())
}

/// Asks the database beside the server, or without one.
fn on_store<T>(data: &Path, work: impl AsyncFnOnce(&Store) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&StoreConfig::Sqlite { path: data.join("siaga.db") }).await.unwrap();
        let found = work(&store).await;
        store.close().await;
        found
    })
}

#[track_caller]
fn until<T>(what: &str, check: impl Fn() -> Option<T>) -> T {
    let from = Instant::now();
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(from.elapsed() < DEADLINE, "not within {DEADLINE:?}: {what}");
        std::thread::sleep(Duration::from_millis(200));
    }
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
    let folder = Folder(std::env::temp_dir().join(format!("siaga-mail-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).unwrap();
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

    let sink = Sink::start();
    let server = Server::start(&data, sink.port);
    let mut asked: Vec<String> = (0..2).map(|_| sink.asked.recv_timeout(DEADLINE).expect("both are tried")).collect();
    asked.sort();
    assert_eq!(asked, TWO);
    assert!(sink.taken.try_recv().is_err(), "the server said: later");
    drop(server);

    sink.is(Mood::Takes);
    let server = Server::start(&data, sink.port);
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
    let sent =
        || on_store(&data, async |store| store.mailing_view(Rhythm::Monthly, &serang(), now()).await.unwrap().sent);
    let rows = until("both are noted as delivered", || {
        let rows = sent();
        rows.iter().all(|one| one.state == DeliveryState::Delivered).then_some(rows)
    });
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(sink.taken.try_recv().is_err(), "nobody got a second one");

    // A mail server that says never: told aloud, without the address, and not asked for ever.
    sink.is(Mood::Never);
    on_store(&data, async |store| {
        let key = store.evidence_key([1; 32]).await.unwrap();
        let to = ["salah@serang.example".to_owned()];
        let period = ReportPeriod::parse("2020-01-01", "2020-01-31").unwrap();
        let reason = Reason::Trial(UserId(uuid::Uuid::now_v7()));
        let new = NewMailing { rhythm: Rhythm::Monthly, period, recipients: &to, reason };
        assert!(store.mailing_make(new, &serang(), &key, now()).await.unwrap());
    });
    let refused = until("the refusal is noted", || sent().into_iter().find(|one| one.state == DeliveryState::Dead));
    assert_eq!((refused.to.as_str(), refused.attempts), ("salah@serang.example", 1));
    let why = refused.error.unwrap();
    assert!(why.contains("550") && !why.contains('@'), "{why}");
    drop(server);
}
