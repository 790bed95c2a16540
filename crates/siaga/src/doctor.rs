//! What is wrong with a set-up, and what to do about it. Looks, and changes nothing.

mod machine;
mod network;
mod secrets;

use crate::{
    certificates,
    config::Config,
    data_folder::{DataFolder, FolderError, may_open},
    serve::SPOOL,
};
use siaga_engine::{clock, facts_set_aside};
use siaga_store::{Store, StoreConfig};
use std::{path::Path, time::Duration};

/// Days before a certificate's end from which the doctor asks for a new one.
const CERTIFICATE_DAYS_LEFT: i64 = 30;
/// The database answers in milliseconds or is far away.
const DATABASE_WAIT: Duration = Duration::from_secs(10);

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    Good,
    /// Works; a real city would want it otherwise.
    Advice,
    /// Calls will be lost, the server will not start, or others can take or replace what is the city's.
    Bad,
}

/// One thing looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub level: Level,
    pub what: String,
    /// What to do; empty where nothing is to be done.
    pub remedy: String,
}

impl Finding {
    fn good(what: impl Into<String>) -> Self {
        Self { level: Level::Good, what: what.into(), remedy: String::new() }
    }
    fn advice(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { level: Level::Advice, what: what.into(), remedy: remedy.into() }
    }
    fn bad(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { level: Level::Bad, what: what.into(), remedy: remedy.into() }
    }
}

/// Looks at everything.
pub async fn examine(data: &Path, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !data.is_dir() {
        let remedy = "give the city's folder with --data DIR; siaga serve makes a new one";
        findings.push(Finding::bad(format!("there is no folder {}", data.display()), remedy));
        return findings;
    }
    let folder = DataFolder::take(data);
    let running = matches!(folder, Err(FolderError::InUse(_)));
    findings.push(match &folder {
        Ok(_) => Finding::good(format!("data folder {} can be written", data.display())),
        Err(FolderError::InUse(_)) => Finding::good("a server runs on this data folder; its ports are not tried"),
        Err(error) => Finding::bad(format!("data folder: {error}"), format!("make {} writable", data.display())),
    });
    findings.push(machine::disk(data));
    findings.push(machine::clock());
    findings.push(machine::open_files());
    findings.push(machine::receive_buffer());
    findings.push(machine::rtp_range(config));
    if !running {
        findings.extend(network::ports(config));
    }
    findings.push(match (may_open(data, &config.store(data)), config.store(data)) {
        (Err(error), _) => Finding::bad(error.to_string(), "siaga restore BACKUP --data NEW"),
        (Ok(()), StoreConfig::Sqlite { path }) if !path.is_file() => Finding::advice(
            format!("{} holds no database yet", data.display()),
            "siaga serve makes it and prints the one-time link",
        ),
        (Ok(()), store) => database(data, &store).await,
    });
    findings.extend(secrets::look(data));
    findings.push(set_aside(data));
    findings.extend(https(data, config));
    findings.push(network::peers(config));
    findings.push(network::trunk(config).await);
    findings
}

/// Facts that the database refused.
fn set_aside(data: &Path) -> Finding {
    let spool = data.join(SPOOL);
    let file = spool.with_extension("rejected");
    match facts_set_aside(&spool) {
        Ok(0) => Finding::good("no fact of a call is set aside"),
        Ok(count) => Finding::bad(
            format!("{count} facts of calls lie in {}: the database refused them", file.display()),
            "restart the server: it tries them again. What stays, keep and show to who maintains the program; it names callers",
        ),
        Err(error) => Finding::bad(format!("{}: {error}", file.display()), "make it readable for the server's user"),
    }
}

async fn database(data: &Path, config: &StoreConfig) -> Finding {
    let opened = tokio::time::timeout(DATABASE_WAIT, Store::open(config)).await;
    let remedy = match config {
        StoreConfig::Postgres { .. } => "start the database, check `database` in siaga.toml, its user and password",
        StoreConfig::Sqlite { .. } => {
            "give its file and folder to the server's user; a damaged one: siaga restore BACKUP --data NEW"
        }
    };
    match opened {
        Ok(Ok(store)) => {
            let empty = store.accounts_empty().await.unwrap_or(false);
            let key = secrets::belongs(data, &store).await;
            store.close().await;
            if let Some(other) = key {
                other
            } else if empty {
                Finding::advice(
                    "the database answers; nobody can sign in yet",
                    "open the one-time link that siaga serve prints",
                )
            } else {
                Finding::good("the database answers")
            }
        }
        Ok(Err(error)) => Finding::bad(format!("the database cannot be used: {error}"), remedy),
        Err(_) => Finding::bad(format!("the database did not answer in {} s", DATABASE_WAIT.as_secs()), remedy),
    }
}

fn https(data: &Path, config: &Config) -> Vec<Finding> {
    if config.https.is_none() {
        let what = "no https.addr: only a browser on this machine may use its microphone";
        let remedy = if certificates::Place::new(data).server().is_file() {
            "the certificate is there; set https.addr = \"0.0.0.0:8443\""
        } else {
            "siaga cert init and siaga cert issue, then set https.addr = \"0.0.0.0:8443\""
        };
        return vec![Finding::advice(what, remedy)];
    }
    let place = certificates::Place::new(data);
    let (path, remedy) = match &config.https_certificate {
        Some(path) => (path.clone(), "renew it where it was bought"),
        None => (place.server(), "siaga cert issue (or siaga cert init, if there is no authority yet)"),
    };
    let finding = match certificates::show(&path) {
        Ok(shown) => {
            let days = shown.days_left(clock::now().0 / 1_000_000);
            let what = format!("the certificate {} has {days} days left", path.display());
            match days {
                ..=0 => Finding::bad(what, remedy),
                1..=CERTIFICATE_DAYS_LEFT => Finding::advice(what, remedy),
                _ => Finding::good(what),
            }
        }
        Err(error) => Finding::bad(error.to_string(), remedy),
    };
    vec![finding]
}

/// Prints all findings; gives the worst level.
pub fn print(findings: &[Finding]) -> Level {
    for finding in findings {
        let mark = match finding.level {
            Level::Good => "ok    ",
            Level::Advice => "advice",
            Level::Bad => "BAD   ",
        };
        println!("{mark}  {}", finding.what);
        if !finding.remedy.is_empty() {
            println!("        -> {}", finding.remedy);
        }
    }
    findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Good)
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::TestFolder;
    use std::net::{TcpListener, UdpSocket};

    /// A set-up whose ports are all free.
    fn quiet() -> Config {
        let any = "127.0.0.1:0".parse().expect("an address");
        Config { http: any, sip: any, browser_port: Some(0), ..Config::default() }
    }

    fn find<'a>(findings: &'a [Finding], word: &str) -> &'a Finding {
        findings.iter().find(|finding| finding.what.contains(word)).unwrap_or_else(|| panic!("{word} in {findings:?}"))
    }

    #[tokio::test]
    async fn a_taken_port_and_a_silent_trunk_are_named() {
        let folder = TestFolder::new();
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
        let http = taken.local_addr().unwrap();
        let config = Config { http, trunk: Some(silent.local_addr().unwrap().into()), ..quiet() };
        let findings = examine(folder.path(), &config).await;
        let port = find(&findings, &http.to_string());
        assert!(port.level == Level::Bad && port.what.contains("http.addr"), "{port:?}");
        assert_eq!(find(&findings, "the trunk ").level, Level::Bad);
        assert_eq!(find(&findings, "holds no database yet").level, Level::Advice);
        let missing = examine(&folder.path().join("mistyped"), &config).await;
        assert_eq!((missing.len(), missing[0].level), (1, Level::Bad));
        assert!(!folder.path().join("mistyped").exists(), "a doctor changes nothing");
    }

    #[tokio::test]
    async fn a_trunk_that_answers_is_good() {
        let folder = TestFolder::new();
        let trunk = UdpSocket::bind("127.0.0.1:0").unwrap();
        let addr = trunk.local_addr().unwrap();
        let answer = std::thread::spawn(move || {
            let mut buffer = [0; 2_048];
            let (size, from) = trunk.recv_from(&mut buffer).unwrap();
            let text = String::from_utf8_lossy(&buffer[..size]).into_owned();
            trunk.send_to(b"SIP/2.0 405 Method Not Allowed\r\n\r\n", from).unwrap();
            text
        });
        let findings = examine(folder.path(), &Config { trunk: Some(addr.into()), ..quiet() }).await;
        assert_eq!(find(&findings, "the trunk ").level, Level::Good, "{findings:?}");
        let asked = answer.join().unwrap();
        assert!(asked.starts_with("OPTIONS sip:") && asked.contains("Content-Length: 0"), "{asked}");
    }

    #[tokio::test]
    async fn what_the_database_refused_and_a_lost_database_are_bad() {
        let folder = TestFolder::new();
        let findings = examine(folder.path(), &quiet()).await;
        assert_eq!(find(&findings, "set aside").level, Level::Good);
        std::fs::write(folder.path().join("spool.rejected"), "{}\n{}\n").unwrap();
        let findings = examine(folder.path(), &quiet()).await;
        assert_eq!(find(&findings, "2 facts of calls").level, Level::Bad);
        std::fs::write(folder.path().join("siaga.mark"), "city\n").unwrap();
        let findings = examine(folder.path(), &quiet()).await;
        assert_eq!(find(&findings, "is missing").level, Level::Bad);
        assert!(!folder.path().join("siaga.db").exists(), "looks, and changes nothing");
    }

    #[tokio::test]
    async fn tls_without_a_certificate_is_bad() {
        let folder = TestFolder::new();
        let config = Config { https: Some("127.0.0.1:0".parse().unwrap()), ..quiet() };
        let findings = examine(folder.path(), &config).await;
        let finding = find(&findings, "server.crt");
        assert!(finding.level == Level::Bad && finding.remedy.contains("siaga cert"), "{finding:?}");
    }
}
