//! Calls that we make: to the trunk, or without one to where the number last called from.

mod telephone;

use siaga_core::ids::{CallId, StationId};
use siaga_voice::{Command, Event};
use telephone::{House, Telephone};

fn dial(house: &House, number: &str) -> CallId {
    let call = CallId(uuid::Uuid::now_v7());
    house.voice.send(Command::Dial { call, number: number.into(), station: StationId(uuid::Uuid::now_v7()) });
    call
}

async fn dialling(house: &mut House) -> CallId {
    house
        .event(|event| match event {
            Event::Dialling { call, .. } => Some(*call),
            _ => None,
        })
        .await
}

/// A trunk on a telephone's port, and a house that uses it.
async fn with_trunk() -> (House, Telephone) {
    let trunk = Telephone::new(([127, 0, 0, 1], 9).into(), "trunk").await;
    let address = trunk.own();
    let house = House::with(|config| config.trunk = Some(address.into())).await;
    (house, Telephone { house: address, ..trunk })
}

#[tokio::test]
async fn a_call_back_rings_is_answered_and_ended() {
    let (mut house, mut trunk) = with_trunk().await;
    trunk.house = house.sip();
    let call = dial(&house, "+6281299998888");
    let invite = trunk.asked("INVITE").await;
    assert!(invite.0.starts_with(&format!("INVITE sip:+6281299998888@{} SIP/2.0\r\n", trunk.own())), "{}", invite.0);
    assert!(invite.body().contains("RTP/AVP 8 0 101"));
    assert_eq!(invite.header("Priority"), Some("psap-callback"));
    trunk.send(&trunk.respond(&invite, "100 Trying", "t1", "", "")).await;
    trunk.send(&trunk.respond(&invite, "180 Ringing", "t1", "", "")).await;
    assert_eq!(dialling(&mut house).await, call);
    let body = trunk.description();
    trunk.send(&trunk.respond(&invite, "200 OK", "t1", "", &body)).await;
    let ack = trunk.asked("ACK").await;
    assert!(ack.header("To").is_some_and(|to| to.ends_with(";tag=t1")));
    assert_eq!(house.answered().await, call);
    house.voice.send(Command::HangUp { call });
    let bye = trunk.asked("BYE").await;
    assert!(bye.0.starts_with(&format!("BYE sip:callee@{} SIP/2.0", trunk.own())), "to the Contact: {}", bye.0);
    trunk.send(&trunk.respond(&bye, "200 OK", "", "", "")).await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

#[tokio::test]
async fn the_called_person_hangs_up() {
    let (mut house, mut trunk) = with_trunk().await;
    trunk.house = house.sip();
    dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    let body = trunk.description();
    trunk.send(&trunk.respond(&invite, "200 OK", "t1", "", &body)).await;
    trunk.asked("ACK").await;
    house.answered().await;
    trunk.from = format!("{};tag=t1", invite.header("To").expect("To"));
    trunk.to = invite.header("From").expect("From").to_string();
    trunk.call_id = invite.header("Call-ID").expect("Call-ID").to_string();
    let bye = trunk.request("BYE", "", "");
    trunk.send(&bye).await;
    trunk.response(200, "BYE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}

#[tokio::test]
async fn who_is_not_reached_is_said() {
    for (status, expected) in
        [("486 Busy Here", "Some(486)"), ("404 Not Found", "Some(404)"), ("503 Service Unavailable", "Some(503)")]
    {
        let (mut house, mut trunk) = with_trunk().await;
        trunk.house = house.sip();
        dial(&house, "0812");
        let invite = trunk.asked("INVITE").await;
        trunk.send(&trunk.respond(&invite, status, "t1", "", "")).await;
        trunk.asked("ACK").await;
        assert_eq!(house.down().await, format!("Network NotReached {{ status: {expected} }}"));
    }
}

#[tokio::test]
async fn a_call_back_is_taken_back() {
    let (mut house, mut trunk) = with_trunk().await;
    trunk.house = house.sip();
    let call = dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    trunk.send(&trunk.respond(&invite, "180 Ringing", "t1", "", "")).await;
    dialling(&mut house).await;
    house.voice.send(Command::HangUp { call });
    let cancel = trunk.asked("CANCEL").await;
    assert_eq!(cancel.header("Via"), invite.header("Via"), "a CANCEL has the branch of its INVITE");
    assert_eq!(cancel.header("CSeq"), Some("1 CANCEL"));
    trunk.send(&trunk.respond(&cancel, "200 OK", "t1", "", "")).await;
    trunk.send(&trunk.respond(&invite, "487 Request Terminated", "t1", "", "")).await;
    trunk.asked("ACK").await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

#[tokio::test]
async fn an_answer_that_crosses_the_taking_back_is_ended() {
    let (mut house, mut trunk) = with_trunk().await;
    trunk.house = house.sip();
    let call = dial(&house, "0812");
    let invite = trunk.asked("INVITE").await;
    trunk.send(&trunk.respond(&invite, "180 Ringing", "t1", "", "")).await;
    dialling(&mut house).await;
    house.voice.send(Command::HangUp { call });
    trunk.asked("CANCEL").await;
    let body = trunk.description();
    trunk.send(&trunk.respond(&invite, "200 OK", "t1", "", &body)).await;
    trunk.asked("BYE").await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::Answered { .. })));
}

#[tokio::test]
async fn without_a_trunk_the_last_caller_is_called_where_it_called_from() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "081277776666").await;
    caller.invite().await;
    house.arrived().await;
    let cancel = caller.request("CANCEL", "", "");
    caller.send(&cancel).await;
    caller.response(487, "INVITE").await;
    caller.acknowledge("").await;
    house.down().await;
    let call = dial(&house, "+6281277776666");
    let invite = caller.asked("INVITE").await;
    assert!(invite.0.starts_with(&format!("INVITE sip:caller@{} SIP/2.0\r\n", caller.own())), "{}", invite.0);
    let body = caller.description();
    caller.send(&caller.respond(&invite, "200 OK", "t1", "", &body)).await;
    assert_eq!(house.answered().await, call);
    // Somebody who never called cannot be found.
    dial(&house, "0899");
    assert_eq!(house.down().await, "Network NotReached { status: None }");
}
