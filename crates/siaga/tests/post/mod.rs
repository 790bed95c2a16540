//! A mail server of our own and the built program that sends to it.

mod tls;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use siaga_core::{
    city::serang, ids::UserId, mailing::Rhythm, report::ReportPeriod, time::Timestamp, view::mailing::SentMail,
};
use siaga_store::{
    Store, StoreConfig,
    mailings::{NewMailing, Reason},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
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
pub const DEADLINE: Duration = Duration::from_secs(400);
pub const SIAGA: &str = env!("CARGO_BIN_EXE_siaga");

pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("siaga-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the mail server says to a recipient.
#[derive(Clone, Copy, PartialEq)]
pub enum Mood {
    Later,
    Takes,
    Never,
}

/// How the mail server's line is kept from others.
#[derive(Clone)]
pub enum Door {
    Plain,
    /// In the clear until STARTTLS (RFC 3207).
    StartTls(Arc<ServerConfig>),
    /// TLS from the first byte (RFC 8314).
    Tls(Arc<ServerConfig>),
}

/// A mail server of a hundred lines (RFC 5321): keeps what it took, tells each recipient it was asked for.
pub struct Sink {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    /// A recipient, and whether the line was encrypted.
    pub asked: Receiver<String>,
    pub taken: Receiver<(String, String)>,
    /// Every command that came in the clear.
    pub clear: Arc<Mutex<Vec<String>>>,
}

/// What the talks share.
#[derive(Clone)]
struct Desk {
    mood: Arc<Mutex<Mood>>,
    asked: Sender<String>,
    taken: Sender<(String, String)>,
    clear: Arc<Mutex<Vec<String>>>,
}

/// How a talk ended.
#[derive(PartialEq)]
enum End {
    Gone,
    /// The other side asked for TLS.
    StartTls,
}

impl Sink {
    pub fn start(door: Door) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked_by, asked) = channel();
        let (taken_by, taken) = channel();
        let (mood, clear) = (Arc::new(Mutex::new(Mood::Takes)), Arc::default());
        let desk = Desk { mood: Arc::clone(&mood), asked: asked_by, taken: taken_by, clear: Arc::clone(&clear) };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (desk, door) = (desk.clone(), door.clone());
                std::thread::spawn(move || serve(stream.unwrap(), &door, &desk));
            }
        });
        Self { port, mood, asked, taken, clear }
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

fn serve(stream: TcpStream, door: &Door, desk: &Desk) {
    let encrypted = |stream: TcpStream, config: &Arc<ServerConfig>| {
        StreamOwned::new(ServerConnection::new(Arc::clone(config)).unwrap(), stream)
    };
    match door {
        Door::Plain => {
            talk(&mut BufReader::new(stream), "220 sink", "250 ok", desk, Some(&desk.clear));
        }
        Door::Tls(config) => {
            talk(&mut BufReader::new(encrypted(stream, config)), "220 sink", "250 ok", desk, None);
        }
        Door::StartTls(config) => {
            let mut clear = BufReader::new(stream);
            let hello = "250-sink\r\n250 STARTTLS";
            if talk(&mut clear, "220 sink", hello, desk, Some(&desk.clear)) == Some(End::StartTls) {
                let stream = encrypted(clear.into_inner(), config);
                // RFC 3207, 4.2: all begins anew, without another greeting.
                talk(&mut BufReader::new(stream), "", "250 ok", desk, None);
            }
        }
    }
}

/// One connection, until the other side is gone or wants to be encrypted.
fn talk<S: Read + Write>(
    stream: &mut BufReader<S>,
    greeting: &str,
    hello: &str,
    desk: &Desk,
    clear: Option<&Mutex<Vec<String>>>,
) -> Option<End> {
    fn say<S: Read + Write>(stream: &mut BufReader<S>, text: &str) -> Option<()> {
        stream.get_mut().write_all(format!("{text}\r\n").as_bytes()).ok()?;
        stream.get_mut().flush().ok()
    }
    fn line<S: Read + Write>(stream: &mut BufReader<S>) -> Option<String> {
        let mut line = String::new();
        let read = stream.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }
    if !greeting.is_empty() {
        say(stream, greeting)?;
    }
    let mut to = String::new();
    while let Some(line_) = line(stream) {
        let verb = line_.to_ascii_uppercase();
        if let Some(clear) = clear {
            clear.lock().unwrap().push(verb.clone());
        }
        if verb.starts_with("RCPT TO:") {
            to = line_[8..].trim_matches(['<', '>', ' ']).to_owned();
            let _ = desk.asked.send(to.clone());
            let mood = *desk.mood.lock().unwrap();
            say(
                stream,
                match mood {
                    Mood::Later => "451 later",
                    Mood::Never => "550 no such person",
                    Mood::Takes => "250 ok",
                },
            )?;
        } else if verb == "DATA" {
            say(stream, "354 go")?;
            let mut body = Vec::new();
            while let Some(line) = line(stream).filter(|line| line != ".") {
                // RFC 5321, 4.5.2: a dot at the begin of a line came with another one.
                body.push(line.strip_prefix('.').unwrap_or(&line).to_owned());
            }
            let _ = desk.taken.send((to.clone(), body.join("\n")));
            say(stream, "250 taken")?;
        } else if verb == "STARTTLS" {
            say(stream, "220 go")?;
            return Some(End::StartTls);
        } else if verb == "QUIT" {
            say(stream, "221 bye")?;
            return Some(End::Gone);
        } else if verb.starts_with("EHLO") {
            say(stream, hello)?;
        } else {
            // MAIL, RSET, NOOP
            say(stream, "250 ok")?;
        }
    }
    Some(End::Gone)
}

/// A running server, killed as a power cut kills.
pub struct Server(Child);

impl Server {
    /// `trusted` is a file of roots in place of the system's.
    pub fn start(data: &Path, sink: &Sink, security: &str, trusted: Option<&Path>) -> Self {
        let mut command = Command::new(SIAGA);
        command.args(["serve", "--ready-json"]).arg("--data").arg(data);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIAGA_")) {
            command.env_remove(name);
        }
        command
            .env_remove("SSL_CERT_DIR")
            .env_remove("SSL_CERT_FILE")
            .envs(trusted.map(|path| ("SSL_CERT_FILE", path)));
        for (name, value) in [
            ("SIAGA_SIP_ADDR", "127.0.0.1:0"),
            ("SIAGA_HTTP_ADDR", "127.0.0.1:0"),
            ("SIAGA_MEDIA_BROWSER_PORT", "0"),
            ("SIAGA_SMTP_SERVER", &format!("127.0.0.1:{}", sink.port)),
            ("SIAGA_SMTP_SECURITY", security),
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

pub fn now() -> Timestamp {
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
    Timestamp(i64::try_from(micros).unwrap())
}

/// Asks the database beside the server, or without one.
pub fn on_store<T>(data: &Path, work: impl AsyncFnOnce(&Store) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&StoreConfig::Sqlite { path: data.join("siaga.db") }).await.unwrap();
        let found = work(&store).await;
        store.close().await;
        found
    })
}

#[track_caller]
pub fn until<T>(what: &str, check: impl Fn() -> Option<T>) -> T {
    let from = Instant::now();
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(from.elapsed() < DEADLINE, "not within {DEADLINE:?}: {what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// What was sent by the monthly rhythm, newest first.
pub fn sent(data: &Path) -> Vec<SentMail> {
    on_store(data, async |store| store.mailing_view(Rhythm::Monthly, &serang(), now()).await.unwrap().sent)
}

/// Orders a report for one address beside the running server.
pub fn trial(data: &Path, to: &str) {
    on_store(data, async |store| {
        let key = store.evidence_key([1; 32]).await.unwrap();
        let to = [to.to_owned()];
        let period = ReportPeriod::parse("2020-01-01", "2020-01-31").unwrap();
        let reason = Reason::Trial(UserId(uuid::Uuid::now_v7()));
        let new = NewMailing { rhythm: Rhythm::Monthly, period, recipients: &to, reason };
        assert!(store.mailing_make(new, &serang(), &key, now()).await.unwrap());
    });
}
