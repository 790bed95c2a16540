//! A scripted trunk that asks who we are, sends us elsewhere, wants longer sessions, and rings two telephones at once.

mod telephone;

use siaga_core::ids::{CallId, StationId};
use siaga_voice::{Command, Credentials, Event, Trunk};
use telephone::{Heard, House, Telephone};

const PASSWORD: &str = "rahasia sekali";

fn dial(house: &House, number: &str) -> CallId {
    let call = CallId(uuid::Uuid::now_v7());
    house.voice.send(Command::Dial { call, number: number.into(), station: StationId(uuid::Uuid::now_v7()) });
    call
}

/// A trunk on a telephone's port, and a house that has a name and a password for it.
async fn with_trunk(credentials: Option<Credentials>) -> (House, Telephone) {
    let trunk = Telephone::new(([127, 0, 0, 1], 9).into(), "trunk").await;
    let address = trunk.own();
    let house = House::with(|config| config.trunk = Some(Trunk { credentials, ..address.into() })).await;
    (house, trunk)
}

fn credentials() -> Option<Credentials> {
    Some(Credentials { user: "112kota".into(), password: PASSWORD.into() })
}

/// Every later INVITE of one call: same dialog, next CSeq, new branch.
fn assert_follows(before: &Heard, after: &Heard) {
    for name in ["Call-ID", "From", "To"] {
        assert_eq!(before.header(name), after.header(name), "{name}");
    }
    assert_ne!(before.header("Via"), after.header("Via"), "a new branch");
    let number = |heard: &Heard| {
        heard.header("CSeq").and_then(|value| value.split(' ').next()?.parse::<u32>().ok()).expect("a number")
    };
    assert_eq!(number(after), number(before) + 1);
}

/// The parameter of a digest answer.
fn field<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let at = value.find(&format!(" {name}="))? + name.len() + 2;
    value[at..].split(',').next().map(|text| text.trim().trim_matches('"'))
}

async fn challenged(status: &str, asks: &str, tells: &str) {
    let (mut house, mut trunk) = with_trunk(credentials()).await;
    trunk.house = house.sip();
    let call = dial(&house, "0812");
    let first = trunk.asked("INVITE").await;
    assert_eq!(first.header(tells), None, "nothing is told unasked");
    let asked = format!(
        "{asks}: Digest realm=\"telco\", nonce=\"n0\", algorithm=SHA-512-256\r\n\
         {asks}: Digest realm=\"telco\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth,auth-int\", opaque=\"o\"\r\n\
         {asks}: Digest realm=\"telco\", nonce=\"n2\", algorithm=MD5, qop=\"auth\"\r\n"
    );
    trunk.send(&trunk.respond(&first, status, "t0", &asked, "")).await;
    assert!(trunk.asked("ACK").await.header("To").is_some_and(|to| to.ends_with(";tag=t0")));
    let second = trunk.asked("INVITE").await;
    assert_follows(&first, &second);
    let told = second.header(tells).expect("the answer").to_string();
    assert_eq!(field(&told, "nonce"), Some("n1"), "the first that we know: {told}");
    assert_eq!(field(&told, "algorithm"), Some("SHA-256"));
    assert!(told.contains(", qop=auth, nc=00000001,"), "bare qop: {told}");
    assert_eq!(field(&told, "opaque"), Some("o"));
    assert!(told.contains("username=\"112kota\"") && !second.0.contains(PASSWORD), "{told}");
    assert_eq!(field(&told, "response").map(str::len), Some(64));
    let body = trunk.description();
    trunk.send(&trunk.respond(&second, "200 OK", "t1", "", &body)).await;
    trunk.asked("ACK").await;
    assert_eq!(house.answered().await, call);
    // The BYE is challenged too.
    house.voice.send(Command::HangUp { call });
    let bye = trunk.asked("BYE").await;
    let asked = format!("{asks}: Digest realm=\"telco\", nonce=\"n3\", qop=\"auth\"\r\n");
    trunk.send(&trunk.respond(&bye, status, "", &asked, "")).await;
    let again = trunk.asked("BYE").await;
    assert_follows(&bye, &again);
    assert_eq!(again.header(tells).and_then(|told| field(told, "nonce").map(str::to_string)).as_deref(), Some("n3"));
    trunk.send(&trunk.respond(&again, "200 OK", "", "", "")).await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

#[tokio::test]
async fn a_proxy_that_asks_is_told() {
    challenged("407 Proxy Authentication Required", "Proxy-Authenticate", "Proxy-Authorization").await;
}

#[tokio::test]
async fn a_far_end_that_asks_is_told() {
    challenged("401 Unauthorized", "WWW-Authenticate", "Authorization").await;
}

#[tokio::test]
async fn a_wrong_password_is_tried_once_and_an_old_nonce_again() {
    let (mut house, mut trunk) = with_trunk(credentials()).await;
    trunk.house = house.sip();
    dial(&house, "0812");
    for (nonce, stale) in [("n1", ""), ("n2", ", stale=true")] {
        let invite = trunk.asked("INVITE").await;
        let asked = format!("WWW-Authenticate: Digest realm=\"telco\", nonce=\"{nonce}\", qop=\"auth\"{stale}\r\n");
        trunk.send(&trunk.respond(&invite, "401 Unauthorized", "t0", &asked, "")).await;
        trunk.asked("ACK").await;
    }
    let third = trunk.asked("INVITE").await;
    let asked = "WWW-Authenticate: Digest realm=\"telco\", nonce=\"n3\", qop=\"auth\"\r\n";
    trunk.send(&trunk.respond(&third, "401 Unauthorized", "t0", asked, "")).await;
    trunk.asked("ACK").await;
    assert_eq!(house.down().await, "Network NotReached { status: Some(401) }");
}

#[tokio::test]
async fn without_a_password_a_challenge_is_the_end() {
    let (mut house, mut trunk) = with_trunk(None).await;
    trunk.house = house.sip();
    dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    let asked = "WWW-Authenticate: Digest realm=\"telco\", nonce=\"n1\", qop=\"auth\"\r\n";
    trunk.send(&trunk.respond(&invite, "401 Unauthorized", "t0", asked, "")).await;
    trunk.asked("ACK").await;
    assert_eq!(house.down().await, "Network NotReached { status: Some(401) }");
}

#[tokio::test]
async fn a_redirection_is_followed_twice_and_no_more() {
    let (mut house, mut trunk) = with_trunk(None).await;
    let mut other = Telephone::new(house.sip(), "other").await;
    trunk.house = house.sip();
    other.house = house.sip();
    let call = dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    let contact = format!("Contact: <sip:far@example.invalid>;q=0.1, <sip:0812@{}>;q=0.9\r\n", other.own());
    let moved = trunk.respond(&invite, "302 Moved Temporarily", "t0", "", "");
    let own = format!("Contact: <sip:callee@{}>\r\n", trunk.own());
    trunk.send(&moved.replace(&own, &contact)).await;
    trunk.asked("ACK").await;
    let second = other.asked("INVITE").await;
    assert!(second.0.starts_with(&format!("INVITE sip:0812@{} SIP/2.0\r\n", other.own())), "{}", second.0);
    assert_follows(&invite, &second);
    let body = other.description();
    other.send(&other.respond(&second, "200 OK", "t1", "", &body)).await;
    other.asked("ACK").await;
    assert_eq!(house.answered().await, call);
    house.voice.send(Command::HangUp { call });
    let bye = other.asked("BYE").await;
    other.send(&other.respond(&bye, "200 OK", "", "", "")).await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");

    // In a circle: the third redirection is the answer.
    dial(&house, "0813");
    for _ in 0..3 {
        let invite = trunk.asked("INVITE").await;
        trunk.send(&trunk.respond(&invite, "302 Moved Temporarily", "t0", "", "")).await;
        trunk.asked("ACK").await;
    }
    assert_eq!(house.down().await, "Network NotReached { status: Some(302) }");
}

#[tokio::test]
async fn a_longer_session_is_asked_for_when_the_trunk_wants_it() {
    let (mut house, mut trunk) = with_trunk(None).await;
    trunk.house = house.sip();
    let call = dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    trunk.send(&trunk.respond(&invite, "422 Session Interval Too Small", "t0", "Min-SE: 3600\r\n", "")).await;
    trunk.asked("ACK").await;
    let second = trunk.asked("INVITE").await;
    assert_follows(&invite, &second);
    assert_eq!((second.header("Session-Expires"), second.header("Min-SE")), (Some("3600"), Some("3600")));
    let body = trunk.description();
    trunk.send(&trunk.respond(&second, "200 OK", "t1", "", &body)).await;
    assert_eq!(house.answered().await, call);
}

#[tokio::test]
async fn of_two_telephones_that_answer_the_first_has_the_call() {
    let (mut house, mut trunk) = with_trunk(None).await;
    trunk.house = house.sip();
    let call = dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    let body = trunk.description();
    for tag in ["fork1", "fork2"] {
        trunk.send(&trunk.respond(&invite, "183 Session Progress", tag, "", &body)).await;
    }
    trunk.send(&trunk.respond(&invite, "200 OK", "fork2", "", &body)).await;
    let ack = trunk.asked("ACK").await;
    assert!(ack.header("To").is_some_and(|to| to.ends_with("fork2")), "{}", ack.0);
    assert_eq!(house.answered().await, call);
    trunk.send(&trunk.respond(&invite, "200 OK", "fork1", "", &body)).await;
    // Acknowledged, then ended: the order on the wire is the stack's.
    let bye = trunk.asked("BYE").await;
    assert!(bye.header("To").is_some_and(|to| to.ends_with("fork1")), "{}", bye.0);
    trunk.send(&trunk.respond(&bye, "200 OK", "", "", "")).await;
    // The first still stands and ends by our hand.
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
    house.voice.send(Command::HangUp { call });
    let bye = trunk.asked("BYE").await;
    assert!(bye.header("To").is_some_and(|to| to.ends_with("fork2")), "{}", bye.0);
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}
