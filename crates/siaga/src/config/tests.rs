//! What the program can be told, and how it says that it was told wrong.

use super::*;
use siaga_store::testing::TestFolder;

fn read(file: &str, variables: &[(&str, &str)], flags: &[(&str, &str, String)]) -> Result<Config, String> {
    let folder = TestFolder::new();
    std::fs::write(folder.path().join(FILE), file).unwrap();
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    load(folder.path(), variables, flags).map_err(|error| error.to_string())
}

#[test]
fn the_later_source_wins() {
    let file = "[http]\naddr = \"127.0.0.1:1\"\n[sip]\ntrunk_peers = [\"10.0.0.1\", \"10.0.0.2\"]\n[limits]\nopen_calls = 30\n";
    let config = read(file, &[], &[]).unwrap();
    assert_eq!((config.http.port(), config.trunk_peers.len(), config.open_calls_max), (1, 2, 30));
    let config = read(file, &[("SIAGA_HTTP_ADDR", "127.0.0.1:2"), ("PATH", "x"), ("SIAGA_DATA", "x")], &[]).unwrap();
    assert_eq!(config.http.port(), 2);
    let flag = [("--http", "http.addr", "127.0.0.1:3".to_owned())];
    assert_eq!(read(file, &[("SIAGA_HTTP_ADDR", "127.0.0.1:2")], &flag).unwrap().http.port(), 3);
}

#[test]
fn mistakes_are_told_with_place_key_value_and_expectation() {
    let rows: [(&str, &[(&str, &str)], &[&str]); 9] = [
        ("[htpp]\naddr = \"1.2.3.4:5\"", &[], &["siaga.toml", "htpp.addr", "did you mean http.addr?"]),
        ("[sip]\ntrunc = \"1.2.3.4:5\"", &[], &["sip.trunc", "did you mean sip.trunk?"]),
        ("[http]\naddr = 8112", &[], &["siaga.toml", "http.addr", "8112", "an address and a port", "127.0.0.1:8112"]),
        ("[media]\nrtp_ports = \"20001-20002\"", &[], &["media.rtp_ports", "20001-20002", "even"]),
        ("[limits]\nopen_calls = 0", &[], &["limits.open_calls", "from 1 to 5000"]),
        ("", &[("SIAGA_HTTP_ADR", "x")], &["SIAGA_HTTP_ADR", "did you mean SIAGA_HTTP_ADDR?"]),
        (
            "",
            &[("SIAGA_SIP_PUBLIC_IP", "here")],
            &["environment variable SIAGA_SIP_PUBLIC_IP", "here", "an IP address"],
        ),
        ("[https]\nkey = \"/k.pem\"", &[], &["https.certificate and https.key belong together"]),
        ("http = [", &[], &["siaga.toml"]),
    ];
    for (file, variables, words) in rows {
        let error = read(file, variables, &[]).expect_err(file);
        for word in words {
            assert!(error.contains(word), "{word} in: {error}");
        }
    }
}

#[test]
fn a_password_is_not_repeated() {
    let error = read("database = \"mysql://siaga:geheim@x/y\"", &[], &[]).expect_err("not PostgreSQL");
    assert!(error.contains("postgres://") && !error.contains("geheim"), "{error}");
}

#[test]
fn every_example_of_the_table_is_right() {
    let mut config = Config::default();
    for key in &KEYS {
        let value = key.example.replace(['"', '[', ']'], "");
        assert!((key.set)(&mut config, &value).is_some(), "{} = {}", key.path, key.example);
    }
}

#[test]
fn a_throw_away_server_picks_its_browser_port() {
    let mut config = Config::default();
    assert_eq!(config.browser_port(), BROWSER_PORT);
    config.http.set_port(0);
    assert_eq!(config.browser_port(), 0);
    config.browser_port = Some(9_000);
    assert_eq!(config.browser_port(), 9_000);
}
