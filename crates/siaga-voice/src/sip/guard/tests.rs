//! The guard against what is known to kill or silence SIP stacks, the torture messages of RFC 4475, and mutants.

use super::{Carrier, Message, Verdict, finish, read};
use rand::{Rng, SeedableRng, rngs::StdRng};
use rsipstack::sip::SipMessage;
use std::path::PathBuf;

const SDP: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";

fn invite(changes: impl FnOnce(String) -> String) -> Vec<u8> {
    let text = format!(
        "INVITE sip:112@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1\r\nMax-Forwards: 70\r\n\
         From: <sip:0812@192.0.2.1>;tag=f1\r\nTo: <sip:112@192.0.2.9>\r\nCall-ID: c1@192.0.2.1\r\nCSeq: 1 INVITE\r\n\
         Contact: <sip:0812@192.0.2.1>\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{SDP}",
        SDP.len()
    );
    changes(text).into_bytes()
}

/// What passes, as it passes.
fn passed(bytes: &[u8], carrier: Carrier) -> Result<Message<'_>, Verdict> {
    let mut message = read(bytes)?;
    match finish(&mut message, carrier) {
        Verdict::Pass(passed) => {
            assert_eq!(passed.bytes, message.to_bytes());
            Ok(message)
        }
        other => Err(other),
    }
}

/// `pass`, `ignore`, or the status of the answer.
fn verdict(bytes: &[u8]) -> String {
    match passed(bytes, Carrier::Datagram) {
        Ok(message) => {
            let bytes = message.to_bytes();
            assert!(bytes.len() <= super::STACK_BYTES_MAX, "what passes fits the stack");
            assert!(SipMessage::try_from(bytes.as_slice()).is_ok(), "what passes is read by the stack");
            "pass".into()
        }
        Err(Verdict::Answer { status, bytes }) => {
            assert!(String::from_utf8_lossy(&bytes).starts_with(&format!("SIP/2.0 {status} ")));
            status.to_string()
        }
        Err(Verdict::Pong) => "pong".into(),
        Err(_) => "ignore".into(),
    }
}

#[test]
fn known_killers_are_repaired_or_answered() {
    let check = |name: &str, bytes: Vec<u8>, expected: &str| assert_eq!(verdict(&bytes), expected, "{name}");
    let length = format!("Content-Length: {}\r\n", SDP.len());
    check("as it should be", invite(|text| text), "pass");
    check("no length", invite(|text| text.replace(&length, "")), "pass");
    check(
        "length beyond the machine",
        invite(|text| text.replace(&length, "Content-Length: 18446744073709551615\r\n")),
        "400",
    );
    check("length wraps", invite(|text| text.replace(&length, "Content-Length: 18446744073709551616\r\n")), "400");
    check("negative length", invite(|text| text.replace(&length, "Content-Length: -1\r\n")), "400");
    check("length in words", invite(|text| text.replace(&length, "Content-Length: many\r\n")), "400");
    check("body too short", invite(|text| text.replace(&length, "Content-Length: 9999\r\n")), "400");
    check("two lengths that differ", invite(|text| text.replace(&length, &format!("{length}l: 3\r\n"))), "400");
    check("two lengths that agree", invite(|text| text.replace(&length, &format!("{length}{length}"))), "pass");
    check("unknown method", invite(|text| text.replace("INVITE", "KNOCK")), "501");
    check("method in small letters", invite(|text| text.replace("INVITE", "invite")), "pass");
    check("version 7", invite(|text| text.replacen(" SIP/2.0\r\n", " SIP/7.0\r\n", 1)), "505");
    for name in ["From", "To", "Call-ID", "CSeq"] {
        let without = |text: String| {
            text.lines()
                .filter(|line| !line.starts_with(&format!("{name}:")))
                .fold(String::new(), |all, line| all + line + "\r\n")
        };
        // An answer needs all four to find its way.
        check(&format!("no {name}"), invite(without), "ignore");
        let twice = |text: String| {
            let line = text.lines().find(|line| line.starts_with(&format!("{name}:"))).expect("there").to_string();
            text.replacen(&line, &format!("{line}\r\n{line}"), 1)
        };
        check(&format!("two {name}"), invite(twice), "400");
    }
    check("no Via", invite(|text| text.replace("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1\r\n", "")), "ignore");
    check(
        "empty Via",
        invite(|text| text.replace("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1", "Via: ,")),
        "ignore",
    );
    check("no From tag", invite(|text| text.replace(";tag=f1", "")), "pass");
    check("spaces around the tag", invite(|text| text.replace(";tag=f1", " ; tag = f1")), "pass");
    check(
        "brackets around the Request-URI",
        invite(|text| text.replacen("sip:112@192.0.2.9 ", "<sip:112@192.0.2.9> ", 1)),
        "pass",
    );
    check("telephone number dialled", invite(|text| text.replacen("sip:112@192.0.2.9 ", "tel:112 ", 1)), "pass");
    check("service dialled", invite(|text| text.replacen("sip:112@192.0.2.9 ", "urn:service:sos ", 1)), "pass");
    check("no Contact", invite(|text| text.replace("Contact: <sip:0812@192.0.2.1>\r\n", "")), "pass");
    check("CSeq of another method", invite(|text| text.replace("CSeq: 1 INVITE", "CSeq: 1 BYE")), "400");
    check("CSeq beyond the first one's bound", invite(|text| text.replace("CSeq: 1 ", "CSeq: 2147483648 ")), "400");
    check("CSeq too large", invite(|text| text.replace("CSeq: 1 ", "CSeq: 4294967296 ")), "400");
    check(
        "line feeds only",
        invite(|text| text.replace("\r\n", "\n").replace(&length.replace("\r\n", "\n"), "")),
        "pass",
    );
    check(
        "ACK is never answered",
        invite(|text| text.replace("INVITE", "ACK").replace(&length, "Content-Length: -1\r\n")),
        "ignore",
    );
    check("a response is never answered", b"SIP/2.0 200 OK\r\nVia: x\r\n\r\n".to_vec(), "ignore");
    check("not SIP", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(), "ignore");
    check("nothing", Vec::new(), "ignore");
    check("blank", b"\r\n".to_vec(), "ignore");
    check("zeros", vec![0; 1_000], "ignore");
    check("ping", b"\r\n\r\n".to_vec(), "pong");
}

#[test]
fn latin_1_headers_keep_everything_behind_them() {
    let mut bytes = invite(|text| text.replace("From: <", "From: \"Caf#\" <"));
    let at = bytes.iter().position(|&byte| byte == b'#').expect("there");
    bytes[at] = 0xe9;
    let Ok(message) = passed(&bytes, Carrier::Datagram) else { panic!("passes") };
    assert_eq!(message.value("From"), Some("\"Café\" <sip:0812@192.0.2.1>;tag=f1"));
    assert_eq!(message.value("CSeq"), Some("1 INVITE"));
    assert_eq!(message.body, SDP.as_bytes());
}

#[test]
fn compact_headers_get_their_names() {
    let bytes = invite(|text| {
        text.replace("Via:", "v:")
            .replace("From:", "f:")
            .replace("To:", "t:")
            .replace("Call-ID:", "i:")
            .replace("Contact:", "m:")
            .replace("Content-Type:", "c:")
            .replace("Content-Length:", "l:")
    });
    let Ok(message) = passed(&bytes, Carrier::Datagram) else { panic!("passes") };
    assert_eq!(message.value("Call-ID"), Some("c1@192.0.2.1"));
    assert_eq!(message.value("Content-Type"), Some("application/sdp"));
}

#[test]
fn large_messages_lose_what_a_call_does_not_need() {
    let padded = |bytes: usize| {
        invite(|text| text.replace("Max-Forwards", &format!("X-Pad: {}\r\nMax-Forwards", "x".repeat(bytes))))
    };
    let large = padded(40_000);
    let Ok(message) = passed(&large, Carrier::Datagram) else { panic!("passes") };
    assert_eq!(message.body, SDP.as_bytes());
    assert_eq!(message.value("X-Pad"), None);
    assert_eq!(message.value("Contact"), Some("<sip:0812@192.0.2.1>"));
    let fitting = padded(7_000);
    let Ok(message) = passed(&fitting, Carrier::Datagram) else { panic!("passes") };
    assert!(message.value("X-Pad").is_some(), "what fits is left alone");
    let too_large =
        invite(|text| text.replace("Contact: <", &format!("Contact: <sip:{}@192.0.2.1>, <", "x".repeat(9_000))));
    assert_eq!(verdict(&too_large), "513");
    // A stream has no such limit.
    assert!(matches!(passed(&padded(40_000), Carrier::Stream), Ok(message) if message.value("X-Pad").is_some()));
}

#[test]
fn a_missing_from_tag_is_the_same_for_the_whole_dialog() {
    let tag = |bytes: Vec<u8>| match passed(&bytes, Carrier::Datagram) {
        Ok(message) => message.value("From").expect("there").to_string(),
        other => panic!("{other:?}"),
    };
    let first = tag(invite(|text| text.replace(";tag=f1", "")));
    let bye = tag(invite(|text| text.replace(";tag=f1", "").replace("1 INVITE", "2 BYE").replacen("INVITE", "BYE", 1)));
    let other = tag(invite(|text| text.replace(";tag=f1", "").replace("c1@", "c2@")));
    assert_eq!(first, bye);
    assert_ne!(first, other);
}

#[test]
fn an_answer_finds_its_way_back() {
    let Err(Verdict::Answer { bytes, .. }) = passed(&invite(|text| text.replace("INVITE", "KNOCK")), Carrier::Datagram)
    else {
        panic!("answers")
    };
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.starts_with("SIP/2.0 501 Not Implemented\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1\r\n"));
    for part in [
        "Call-ID: c1@192.0.2.1\r\n",
        "CSeq: 1 KNOCK\r\n",
        "Allow: INVITE, ",
        "To: <sip:112@192.0.2.9>;tag=",
        "Content-Length: 0\r\n\r\n",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

/// The folder of torture messages, where it is present.
fn torture() -> Option<PathBuf> {
    let named = std::env::var_os("SIAGA_SHARED").map(PathBuf::from);
    let above = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"))
        .find(|folder| folder.join("data/rfc4475").is_dir());
    let folder = named.or(above)?.join("data/rfc4475");
    folder.is_dir().then_some(folder)
}

#[test]
fn the_torture_messages_of_rfc_4475() {
    let Some(folder) = torture() else { return eprintln!("skipped: no ../shared/data/rfc4475") };
    // Valid ones pass, also where only the stack's own parser would lose them; broken ones that are plain in their
    // meaning are repaired and pass; the rest is answered.
    let rows: Vec<(&str, &str)> = include_str!("rfc4475.txt").lines().filter_map(|row| row.split_once(' ')).collect();
    assert_eq!(rows.len(), 49);
    let wrong: Vec<String> = rows
        .into_iter()
        .filter_map(|(name, expected)| {
            let found = verdict(&std::fs::read(folder.join(format!("{name}.dat"))).expect("a torture message"));
            (found != expected).then(|| format!("{name}: {found}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn mutants_do_no_harm() {
    let mut dice = StdRng::seed_from_u64(112);
    let mut seeds = vec![invite(|text| text), invite(|text| text.replace("Via:", "v:").replace("From:", "f:"))];
    if let Some(folder) = torture() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            seeds.push(std::fs::read(entry.path()).expect("a file"));
        }
    }
    let mut let_through = 0;
    for _ in 0..50_000 {
        let mut bytes = seeds[dice.random_range(0..seeds.len())].clone();
        for _ in 0..dice.random_range(1..6) {
            mutate(&mut bytes, &mut dice);
        }
        let_through += usize::from(verdict(&bytes) == "pass");
        let _ = passed(&bytes, Carrier::Stream);
    }
    assert!(let_through > 1_000, "mutants that pass are tested too: {let_through}");
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut StdRng) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.random_range(0..bytes.len());
    match dice.random_range(0..6) {
        0 => bytes[at] = dice.random(),
        1 => drop(bytes.remove(at)),
        2 => bytes.insert(at, b"\r\n\0:;=<>\"@, %\\"[dice.random_range(0..14)]),
        3 => bytes.truncate(at),
        4 => {
            let to = dice.random_range(at..bytes.len());
            let piece = bytes[at..to].to_vec();
            bytes.splice(at..at, piece);
            bytes.truncate(70_000);
        }
        _ => drop(bytes.drain(at..dice.random_range(at..bytes.len()))),
    }
}
