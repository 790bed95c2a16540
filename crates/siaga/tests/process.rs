//! The built binary as a process: started, asked, stopped, killed, started again.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpStream, UdpSocket},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// Ten times what an idle machine needs.
const DEADLINE: Duration = Duration::from_secs(60);
/// What the servers of a test logged.
const LOG: &str = "test.log";
const SIAGA: &str = env!("CARGO_BIN_EXE_siaga");

/// A folder that goes when the test is over.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("siaga-process-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running server; killed when the test ends early.
struct Server {
    child: Child,
    ready: Value,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(SIAGA);
    command.args(arguments).arg("--data").arg(data);
    // What the person at this machine has set is not part of the test.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIAGA_")) {
        command.env_remove(name);
    }
    command.env("SIAGA_SIP_ADDR", "127.0.0.1:0").env("SIAGA_HTTP_ADDR", "127.0.0.1:0");
    command
}

fn start(data: &Path, more: &[&str]) -> Server {
    let mut arguments = vec!["serve", "--ready-json"];
    arguments.extend(more);
    let log = std::fs::File::options().create(true).append(true).open(data.join(LOG)).unwrap();
    let mut child = command(data, &arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in first line {line:?}"));
    assert_eq!(ready["ready"], true);
    Server { child, ready }
}

fn signal(server: &Server, name: &str) {
    let done = Command::new("kill").args([name, &server.child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

/// Waits for the end and gives the exit code.
fn ended(server: &mut Server) -> Option<i32> {
    let from = Instant::now();
    loop {
        if let Some(status) = server.child.try_wait().unwrap() {
            return status.code();
        }
        assert!(from.elapsed() < DEADLINE, "it does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A request by hand: status line, headers and body as text.
fn ask(server: &Server, method: &str, path: &str, cookie: &str, body: &str) -> (u16, String) {
    let host = server.ready["http"].as_str().unwrap().trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nCookie: {cookie}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, text)
}

fn sign_in(server: &Server, user: &str, password: &str) -> Option<String> {
    let body = format!(r#"{{"user":"{user}","password":"{password}"}}"#);
    let (status, text) = ask(server, "POST", "/api/session", "", &body);
    let line = text.lines().find_map(|line| line.strip_prefix("set-cookie: "))?;
    (status == 200).then(|| line.split(';').next().unwrap_or_default().to_owned())
}

fn run(data: &Path, arguments: &[&str], stdin: &str) -> Output {
    let mut child =
        command(data, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_demo_starts_serves_and_ends_cleanly() {
    let folder = Folder::new("demo");
    let mut server = start(&folder.0, &["--demo", "--http", "127.0.0.1:0", "--sip", "127.0.0.1:0"]);
    let accounts = server.ready["accounts"].as_array().unwrap().clone();
    for role in ["call_taker", "dispatcher", "shift_lead", "viewer", "administrator"] {
        let account = accounts.iter().find(|account| account["role"] == role).expect(role);
        let cookie = sign_in(&server, account["user"].as_str().unwrap(), account["password"].as_str().unwrap());
        let (status, text) = ask(&server, "GET", "/api/session", &cookie.expect("signed in"), "");
        assert!(status == 200 && text.contains(&format!("\"role\":\"{role}\"")), "{text}");
    }
    let (status, page) = ask(&server, "GET", "/", "", "");
    assert!(status == 200 && page.contains("MODE DEMO") && page.contains("content-security-policy"), "{page}");
    assert_eq!(ask(&server, "GET", "/api/users", "", "").0, 401);

    let second = run(&folder.0, &["serve", "--demo", "--ready-json"], "");
    assert!(!second.status.success() && words(&second).contains("another siaga server uses"), "{}", words(&second));
    assert!(second.stdout.is_empty(), "only a server that is ready says so");

    signal(&server, "-TERM");
    assert_eq!(ended(&mut server), Some(0));
    let city = run(&folder.0, &["serve", "--ready-json"], "");
    assert!(!city.status.success() && words(&city).contains("is a demo"), "{}", words(&city));
}

#[test]
fn a_city_is_made_by_its_link_survives_a_kill_and_takes_no_demo() {
    let folder = Folder::new("city");
    let mut server = start(&folder.0, &[]);
    assert_eq!(server.ready["accounts"].as_array().map(Vec::len), Some(0), "no default password");
    let link = server.ready["setup"].as_str().expect("a one-time link").to_owned();
    let token = link.split('#').nth(1).expect("a token");
    let body = format!(
        r#"{{"token":"{token}","user":"kepala","display_name":"Kepala Dinas","password":"padang rumput hijau"}}"#
    );
    assert_eq!(ask(&server, "POST", "/api/setup", "", &body).0, 201);
    assert_eq!(ask(&server, "POST", "/api/setup", "", &body).0, 403);
    signal(&server, "-KILL");
    assert_eq!(ended(&mut server), None);

    let mut server = start(&folder.0, &[]);
    assert!(server.ready.get("setup").is_none(), "the link is worth nothing any more");
    let cookie = sign_in(&server, "kepala", "padang rumput hijau").expect("the account is there");
    assert_eq!(ask(&server, "GET", "/api/users", &cookie, "").0, 200);
    signal(&server, "-INT");
    assert_eq!(ended(&mut server), Some(0));
    let demo = run(&folder.0, &["serve", "--demo", "--ready-json"], "");
    assert!(!demo.status.success() && words(&demo).contains("real city"), "{}", words(&demo));
}

#[test]
fn accounts_are_kept_from_the_command_line() {
    let folder = Folder::new("user");
    let rows: [(&[&str], &str, bool, &str); 8] = [
        (&["user", "add", "siti", "--role", "administrator"], "padang rumput hijau\n", true, "siti can sign in"),
        (&["user", "add", "siti", "--role", "viewer"], "padang rumput hijau\n", false, "exists already"),
        (&["user", "add", "budi", "--role", "viewer"], "pendek\n", false, "paling sedikit 10"),
        (&["user", "add", "budi", "--role", "viewer"], "", false, "no password"),
        (&["user", "disable", "siti"], "", false, "last administrator"),
        (&["user", "passwd", "siti"], "langit biru cerah\n", true, "siti changed"),
        (&["user", "disable", "nobody"], "", false, "there is no account nobody"),
        (&["user", "list"], "", true, "administrator"),
    ];
    for (arguments, stdin, success, word) in rows {
        let output = run(&folder.0, arguments, stdin);
        assert_eq!(output.status.success(), success, "{arguments:?}: {}", words(&output));
        assert!(words(&output).contains(word), "{arguments:?}: {}", words(&output));
        assert!(!words(&output).contains("argon2"), "{arguments:?}");
    }
    let mut server = start(&folder.0, &[]);
    assert!(sign_in(&server, "siti", "padang rumput hijau").is_none());
    assert!(sign_in(&server, "siti", "langit biru cerah").is_some());
    signal(&server, "-TERM");
    assert_eq!(ended(&mut server), Some(0));
}

/// Rings 112 by hand, waits until it rings there, and leaves the line open.
fn ring(server: &Server, name: &str, number: &str) -> UdpSocket {
    let to = server.ready["sip_udp"].as_str().unwrap();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect(to).unwrap();
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    let us = socket.local_addr().unwrap();
    let sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n";
    let invite = format!(
        "INVITE sip:112@{to} SIP/2.0\r\nVia: SIP/2.0/UDP {us};branch=z9hG4bK{number};rport\r\nMax-Forwards: 70\r\n\
         From: \"{name}\" <sip:{number}@{us}>;tag=1\r\nTo: <sip:112@{to}>\r\nCall-ID: {number}@{us}\r\n\
         CSeq: 1 INVITE\r\nContact: <sip:{number}@{us}>\r\nContent-Type: application/sdp\r\n\
         Content-Length: {}\r\n\r\n{sdp}",
        sdp.len()
    );
    socket.send(invite.as_bytes()).unwrap();
    let mut buffer = [0; 4_096];
    loop {
        let size = socket.recv(&mut buffer).unwrap();
        if buffer[..size].starts_with(b"SIP/2.0 180") {
            return socket;
        }
    }
}

#[test]
fn a_call_survives_a_kill_as_a_record_and_never_stands_in_the_log() {
    let folder = Folder::new("call");
    let mut server = start(&folder.0, &["--demo"]);
    let petugas = |server: &Server| sign_in(server, "petugas1", "siaga-demo-112").expect("signed in");
    let cookie = petugas(&server);
    let _line = ring(&server, "Siti Rahasia", "081234567890");
    // It is written beside the ringing, not before it.
    let calls = |server: &Server, cookie: &str, word: &str| {
        let from = Instant::now();
        loop {
            let (_, text) = ask(server, "GET", "/api/calls", cookie, "");
            if text.contains(word) {
                return text;
            }
            assert!(from.elapsed() < DEADLINE, "{word} in {text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let ringing = calls(&server, &cookie, "+6281234567890");
    assert!(ringing.contains("\"ended_at\":null"), "{ringing}");
    signal(&server, "-KILL");
    assert_eq!(ended(&mut server), None);

    let mut server = start(&folder.0, &["--demo"]);
    let cookie = petugas(&server);
    let after = calls(&server, &cookie, "\"ended_by\":\"interrupted\"");
    assert!(after.contains("\"outcome\":\"failed\"") && !after.contains("\"ended_at\":null"), "{after}");
    signal(&server, "-TERM");
    assert_eq!(ended(&mut server), Some(0));

    let log = std::fs::read_to_string(folder.0.join(LOG)).unwrap();
    assert!(log.contains("a call is offered"), "the log tells of the call: {log}");
    for secret in ["81234567890", "Rahasia", "siaga-demo-112", "siaga_session"] {
        assert!(!log.contains(secret), "{secret} in the log: {log}");
    }
}

#[test]
fn a_wrong_configuration_is_told_and_ends_with_2() {
    let folder = Folder::new("config");
    std::fs::write(folder.0.join("siaga.toml"), "[sip]\ntrunc = \"10.0.0.1:5060\"\n").unwrap();
    for arguments in [&["serve"][..], &["doctor"], &["user", "list"]] {
        let output = run(&folder.0, arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(words(&output).contains("did you mean sip.trunk?"), "{arguments:?}: {}", words(&output));
    }
}

#[test]
fn tls_with_the_citys_own_root() {
    let folder = Folder::new("tls");
    let made = run(&folder.0, &["cert", "init", "--name", "siaga.test"], "");
    assert!(made.status.success() && words(&made).contains("siaga.test"), "{}", words(&made));
    let mut server = start(&folder.0, &["--https", "127.0.0.1:0"]);
    let https = server.ready["https"].as_str().expect("a TLS door").to_owned();
    let root = std::fs::read(folder.0.join("tls/root.crt")).unwrap();
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let root = reqwest::Certificate::from_pem(&root).unwrap();
        let trusting = reqwest::Client::builder().tls_certs_only([root]).build().unwrap();
        let reply = trusting.get(format!("{https}/api/health")).send().await.expect("the root vouches for the server");
        assert_eq!(reply.status(), 200);
        let page =
            trusting.get(format!("{https}/sertifikat/siaga-root.crt")).send().await.unwrap().text().await.unwrap();
        assert!(page.starts_with("-----BEGIN CERTIFICATE-----") && !page.contains("PRIVATE"));
        let stranger = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
        assert!(stranger.get(format!("{https}/api/health")).send().await.is_err(), "nobody else trusts it");
    });
    signal(&server, "-TERM");
    assert_eq!(ended(&mut server), Some(0));
}
