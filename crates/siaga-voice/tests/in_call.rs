//! What happens inside a standing call: hold, new addresses, keys, questions, strange order.

mod telephone;

use siaga_voice::Event;
use std::time::Duration;
use telephone::{House, SOON, Telephone, standing};
use tokio::time::timeout;

#[tokio::test]
async fn the_caller_holds_and_comes_back() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    standing(&mut house, &mut caller).await;
    for (method, theirs, ours) in [
        ("INVITE", "sendonly", "a=recvonly"),
        ("INVITE", "sendrecv", "a=sendrecv"),
        ("UPDATE", "inactive", "a=inactive"),
        ("UPDATE", "sendrecv", "a=sendrecv"),
    ] {
        let body = caller.described(theirs);
        let request = caller.request(method, "", &body);
        caller.send(&request).await;
        let ok = caller.response(200, method).await;
        assert!(ok.body().contains(ours), "{method} {theirs}: {}", ok.body());
        if method == "INVITE" {
            caller.acknowledge("").await;
        }
    }
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

#[tokio::test]
async fn a_reinvite_without_offer_gets_ours_and_the_next_must_wait() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    standing(&mut house, &mut caller).await;
    let empty = caller.request("INVITE", "", "");
    caller.send(&empty).await;
    let ok = caller.response(200, "INVITE").await;
    assert!(ok.body().contains("m=audio"));
    // Our offer is open until the ACK brings its answer.
    let body = caller.description();
    let early = caller.request("UPDATE", "", &body);
    caller.send(&early).await;
    caller.response(491, "UPDATE").await;
    caller.sequence -= 1;
    caller.acknowledge(&body).await;
    caller.sequence += 1;
    let later = loop {
        let later = caller.request("UPDATE", "", &body);
        caller.send(&later).await;
        let heard = caller.heard().await;
        if heard.header("CSeq").is_some_and(|value| value.ends_with("UPDATE")) && heard.status() != Some(491) {
            break heard;
        }
    };
    assert_eq!(later.status(), Some(200));
}

/// Its answer comes in the ACK. Where that is lost the call stays, and with the transaction's end the next offer counts.
#[tokio::test]
async fn an_answer_that_never_comes_does_not_stop_the_next_offer() {
    // 64 of it: the wait for the ACK.
    let mut house = House::with(|config| config.timers.t1 = Duration::from_millis(20)).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    standing(&mut house, &mut caller).await;
    let empty = caller.request("INVITE", "", "");
    caller.send(&empty).await;
    caller.response(200, "INVITE").await;
    let hold = caller.described("sendonly");
    timeout(10 * SOON, async {
        loop {
            let update = caller.request("UPDATE", "", &hold);
            caller.send(&update).await;
            let heard = loop {
                let heard = caller.heard().await;
                if heard.header("CSeq").is_some_and(|value| value.ends_with("UPDATE")) {
                    break heard;
                }
            };
            if heard.status() == Some(200) {
                assert!(heard.body().contains("a=recvonly"), "{}", heard.body());
                break;
            }
            assert_eq!(heard.status(), Some(491));
        }
    })
    .await
    .expect("the offer is taken in the end");
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

/// The first of a dialog is below 2^31; what follows counts on.
#[tokio::test]
async fn a_dialog_may_count_beyond_the_bound_of_its_first_request() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.sequence = (1 << 31) - 2;
    standing(&mut house, &mut caller).await;
    let bye = caller.request("BYE", "", "");
    assert!(bye.contains("CSeq: 2147483648 BYE"), "{bye}");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}

#[tokio::test]
async fn a_refused_offer_changes_nothing() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    standing(&mut house, &mut caller).await;
    let body = caller.description().replace("RTP/AVP 8 101", "RTP/AVP 18");
    let request = caller.request("INVITE", "", &body);
    caller.send(&request).await;
    caller.response(488, "INVITE").await;
    caller.acknowledge("").await;
    let options = caller.request("OPTIONS", "", "");
    caller.send(&options).await;
    caller.response(200, "OPTIONS").await;
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

#[tokio::test]
async fn questions_and_keys_are_answered() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (call, _) = standing(&mut house, &mut caller).await;
    let info = caller.request("INFO", "Content-Type: application/dtmf-relay\r\n", "Signal=5\r\nDuration=160\r\n");
    caller.send(&info).await;
    caller.response(200, "INFO").await;
    let key = house.event(|event| match event {
        Event::Key { call, digit, .. } => Some((*call, *digit)),
        _ => None,
    });
    assert_eq!(key.await, (call, '5'));
    for (method, status) in [("OPTIONS", 200), ("MESSAGE", 405), ("REFER", 405), ("PRACK", 481)] {
        let request = caller.request(method, "", "");
        caller.send(&request).await;
        caller.response(status, method).await;
    }
    // A request that is older than one already seen is answered, not swallowed.
    caller.sequence = 0;
    let old = caller.request("OPTIONS", "", "");
    caller.send(&old).await;
    caller.response(500, "OPTIONS").await;
}

#[tokio::test]
async fn a_session_timer_is_agreed() {
    let mut house = House::open().await;
    let rows = [
        ("Supported: timer\r\nSession-Expires: 1800\r\n", Some("1800;refresher=uac"), Some("timer")),
        ("Supported: timer\r\nSession-Expires: 90;refresher=uas\r\n", Some("90;refresher=uas"), None),
        ("Session-Expires: 600\r\n", Some("600;refresher=uas"), None),
        ("", None, None),
    ];
    for (extra, expires, require) in rows {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let body = caller.description();
        let invite = caller.request("INVITE", extra, &body);
        caller.send(&invite).await;
        let (call, _) = house.arrived().await;
        house.answer(call);
        let ok = caller.response(200, "INVITE").await;
        assert_eq!(ok.header("Session-Expires"), expires, "{extra}");
        assert_eq!(ok.header("Require"), require, "{extra}");
    }
}

#[tokio::test]
async fn a_bye_before_the_ack_ends_the_call() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    caller.response(200, "INVITE").await;
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    assert_eq!(house.answered().await, call, "who says BYE has had our 200");
    assert_eq!(house.down().await, "Caller CallerHungUp");
}

#[tokio::test]
async fn a_request_that_overtakes_the_ack_waits_for_it() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    caller.response(200, "INVITE").await;
    let ack = caller.request("ACK", "", "");
    let body = caller.described("sendonly");
    let update = caller.request("UPDATE", "", &body);
    caller.send(&update).await;
    caller.send(&ack).await;
    let ok = caller.response(200, "UPDATE").await;
    assert!(ok.body().contains("a=recvonly"));
    assert_eq!(house.answered().await, call);
}
