//! Callers who require reliable provisional responses (RFC 3262), as some telcos do.

mod telephone;

use siaga_voice::{Command, Event};
use std::time::Duration;
use telephone::{House, Telephone};

const REQUIRE: &str = "Require: 100rel\r\nSupported: 100rel\r\n";

fn number(heard: &telephone::Heard) -> u32 {
    heard.header("RSeq").and_then(|value| value.parse().ok()).expect("RSeq")
}

#[tokio::test]
async fn a_180_is_repeated_until_its_prack() {
    let mut house = House::with(|config| config.timers.t1 = Duration::from_millis(50)).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let body = caller.description();
    let invite = caller.request("INVITE", REQUIRE, &body);
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    let first = caller.response(180, "INVITE").await;
    assert_eq!(first.header("Require"), Some("100rel"));
    let again = caller.response(180, "INVITE").await;
    assert_eq!(number(&first), number(&again), "the same one again");
    let cseq = caller.sequence;
    for (rack, status) in [
        (format!("{} {cseq} INVITE", number(&first) + 1), 481),
        (format!("{} {} INVITE", number(&first), cseq + 5), 481),
        ("nonsense".to_string(), 481),
        (format!("{} {cseq} INVITE", number(&first)), 200),
    ] {
        let prack = caller.request("PRACK", &format!("RAck: {rack}\r\n"), "");
        caller.send(&prack).await;
        loop {
            let heard = caller.heard().await;
            if heard.header("CSeq").is_some_and(|value| value.ends_with("PRACK")) {
                assert_eq!(heard.status(), Some(status), "{rack}");
                break;
            }
        }
    }
    assert!(caller.quiet(Duration::from_millis(500)).await, "not repeated any more");
    house.answer(call);
    caller.response(200, "INVITE").await;
    // The ACK is for the INVITE, not for the PRACKs since.
    let sequence = std::mem::replace(&mut caller.sequence, cseq);
    caller.acknowledge("").await;
    caller.sequence = sequence;
    assert_eq!(house.answered().await, call);
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}

#[tokio::test]
async fn a_caller_who_never_sends_prack_is_not_refused() {
    let mut house = House::with(|config| config.timers.t1 = Duration::from_millis(10)).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let body = caller.description();
    let invite = caller.request("INVITE", REQUIRE, &body);
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    let mut repeats = 0;
    while let Ok(heard) = tokio::time::timeout(Duration::from_millis(900), caller.heard()).await {
        assert!(heard.status().is_some_and(|status| status < 200), "{}", heard.0);
        repeats += 1;
    }
    assert!((4..20).contains(&repeats), "{repeats} times, ever more slowly, then no more");
    house.answer(call);
    caller.response(200, "INVITE").await;
    caller.acknowledge("").await;
    assert_eq!(house.answered().await, call);
}

#[tokio::test]
async fn without_an_offer_nothing_reliable_is_sent_before_the_200() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let invite = caller.request("INVITE", REQUIRE, "");
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    caller.response(100, "INVITE").await;
    assert!(caller.quiet(Duration::from_millis(300)).await);
    house.answer(call);
    caller.response(200, "INVITE").await;
    let body = caller.description();
    caller.acknowledge(&body).await;
    assert_eq!(house.answered().await, call);
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

#[tokio::test]
async fn a_cancel_ends_a_call_that_still_waits_for_its_prack() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let body = caller.description();
    let invite = caller.request("INVITE", REQUIRE, &body);
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    caller.response(180, "INVITE").await;
    let to = std::mem::replace(&mut caller.to, format!("<sip:112@{}>", house.sip()));
    let cancel = caller.request("CANCEL", "", "");
    caller.send(&cancel).await;
    caller.to = to;
    caller.response(487, "INVITE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}
