use super::*;
use siaga_core::city::{City, SERANG_TOML};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_500_000);
const SECRET: &str = "rahasia-yang-panjang";

fn notifier() -> Notifier {
    // the binary does this once at its start; a second time is refused and harmless
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    Notifier::new().unwrap()
}

fn message(channel: &str) -> LeasedMessage {
    LeasedMessage {
        outbox_id: Uuid::from_u128(5),
        incident_id: Some(Uuid::from_u128(6)),
        agency: "damkar".into(),
        channel: channel.into(),
        text: "SIAGA 112 #1".into(),
        payload: r#"{"kind":"dispatch"}"#.into(),
        attempts: 2,
    }
}

fn city(url: &str) -> City {
    let with = format!("{{ key = \"damkar\", webhook = {{ url = \"{url}\", secret = \"{SECRET}\" }},");
    City::from_toml(&SERANG_TOML.replace("{ key = \"damkar\",", &with)).expect("one webhook more")
}

/// Answers one request with a status line, gives the request back.
async fn receiver(status: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/siaga", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            assert_ne!(socket.read_buf(&mut request).await.unwrap(), 0, "the body ends with a brace");
        }
        let answer = format!("HTTP/1.1 {status}\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
        socket.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(request).unwrap()
    });
    (url, task)
}

#[tokio::test]
async fn a_webhook_is_signed_over_time_and_body() {
    let (url, received) = receiver("204 No Content").await;
    assert_eq!(notifier().send(&city(&url), &message("webhook"), NOW).await, Attempt::Delivered);
    let request = received.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let header = |name: &str| {
        head.lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    };
    assert_eq!(header("siaga-signature"), Some(sign(SECRET.as_bytes(), NOW, body).as_str()));
    assert_eq!(header("siaga-delivery"), Some(Uuid::from_u128(5).to_string().as_str()));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&body["kind"], &body["attempt"], &body["text"]),
        (&"dispatch".into(), &3.into(), &"SIAGA 112 #1".into())
    );
}

#[test]
fn the_signature_is_the_documented_one() {
    // printf '1800000000.{}' | openssl dgst -sha256 -hmac rahasia
    let expected = "t=1800000000,v1=82ee3f4194e002a3cd50b76f1fa993f7a60a978a9137c043f590152906fdce26";
    let found = sign(b"rahasia", NOW, "{}");
    assert_eq!(found, expected);
    assert_ne!(found, sign(b"rahasia", NOW, "{} "));
    assert_ne!(found, sign(b"rahasib", NOW, "{}"));
    assert_ne!(found, sign(b"rahasia", NOW.plus_ms(1000), "{}"));
}

#[tokio::test]
async fn answers_are_told_apart() {
    for (status, refused) in [
        ("500 Oops", false),
        ("503 Later", false),
        ("429 Slow", false),
        ("401 Who", false),
        ("302 There", false),
        ("400 What", true),
        ("410 Gone", true),
    ] {
        let (url, received) = receiver(status).await;
        let attempt = notifier().send(&city(&url), &message("webhook"), NOW).await;
        received.await.unwrap();
        match attempt {
            Attempt::Refused(text) => assert!(refused && text.contains(&status[..3]), "{status}: {text}"),
            Attempt::Failed(text) => assert!(!refused && text.contains(&status[..3]), "{status}: {text}"),
            Attempt::Delivered => panic!("{status} is no delivery"),
        }
    }
}

#[tokio::test]
async fn nobody_there_is_a_failure_without_the_address() {
    let Attempt::Failed(text) = notifier().send(&city("http://127.0.0.1:1/kunci"), &message("webhook"), NOW).await
    else {
        panic!("nobody listens on port 1")
    };
    assert!(!text.contains("kunci"), "{text}");
    // a receiver that never answers costs the timeout, not more
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let attempt =
        tokio::time::timeout(WEBHOOK_TIMEOUT * 10, notifier().send(&city(&url), &message("webhook"), NOW)).await;
    assert!(matches!(attempt.expect("within the timeout"), Attempt::Failed(_)));
    assert!(WEBHOOK_TIMEOUT <= Duration::from_secs(5));
}

#[tokio::test]
async fn the_page_delivers_and_the_unknown_is_refused() {
    let city = siaga_core::city::serang();
    assert_eq!(notifier().send(&city, &message("page"), NOW).await, Attempt::Delivered);
    assert!(
        matches!(notifier().send(&city, &message("webhook"), NOW).await, Attempt::Refused(_)),
        "no webhook any more"
    );
    assert!(matches!(notifier().send(&city, &message("pigeon"), NOW).await, Attempt::Refused(_)));
}
