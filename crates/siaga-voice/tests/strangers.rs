//! Somebody who is not the caller tries to end or take over a call. The caller must go on hearing and being heard.

mod telephone;

use siaga_voice::{Command, Event};
use std::net::{IpAddr, Ipv4Addr};
use telephone::{
    House, Telephone,
    sound::{PLAIN, assert_both_ways, audio_of, standing_with, talk},
};
use tokio::net::UdpSocket;

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

async fn voice() -> (UdpSocket, std::net::SocketAddr) {
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    let address = rtp.local_addr().expect("an address");
    (rtp, address)
}

#[tokio::test]
async fn only_the_callers_own_dialog_ends_the_call() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (rtp, address) = voice().await;
    caller.rtp = address;
    let description = caller.description();
    let (call, answer) = standing_with(&mut house, &mut caller, &description).await;
    let own = caller.from.clone();
    for (wrong, method) in [(";tag=other", "BYE"), (";tag=other", "UPDATE"), ("", "BYE")] {
        caller.from = format!("{}{wrong}", own.split(";tag=").next().expect("a part"));
        let request = caller.request(method, "", "");
        caller.send(&request).await;
        caller.response(481, method).await;
    }
    // Taking back an INVITE whose branch one does not know takes back nothing.
    caller.from = own;
    let cancel = caller.request("CANCEL", "", "").replace("branch=z9hG4bK", "branch=z9hG4bKx");
    caller.send(&cancel).await;
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
    assert_both_ways("after them", &house, call, &rtp, audio_of(&answer, LOCAL), PLAIN).await;
}

#[tokio::test]
async fn where_peers_are_named_nobody_else_ends_a_call() {
    let mut house = House::with(|config| config.trunk_peers = vec![LOCAL]).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (rtp, address) = voice().await;
    caller.rtp = address;
    let description = caller.description();
    let (call, answer) = standing_with(&mut house, &mut caller, &description).await;
    // One who has read everything along, but sits elsewhere.
    let mut stranger = Telephone::at(house.sip(), "0812", ELSEWHERE).await;
    (stranger.from, stranger.to) = (caller.from.clone(), caller.to.clone());
    (stranger.call_id, stranger.sequence) = (caller.call_id.clone(), caller.sequence + 10);
    let bye = stranger.request("BYE", "", "");
    stranger.send(&bye).await;
    stranger.response(481, "BYE").await;
    assert_both_ways("after him", &house, call, &rtp, audio_of(&answer, LOCAL), PLAIN).await;
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}

/// CANCEL and ACK find their INVITE by its branch, whoever sends them; a stranger who read it along ends nothing.
#[tokio::test]
async fn where_peers_are_named_nobody_else_takes_a_call_back() {
    let mut house = House::with(|config| config.trunk_peers = vec![LOCAL]).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    caller.response(180, "INVITE").await;
    let stranger = Telephone::at(house.sip(), "0812", ELSEWHERE).await;
    let cancel = caller.request("CANCEL", "", "");
    stranger.send(&cancel).await;
    assert_eq!(stranger.heard().await.status(), Some(481));
    house.answer(call);
    caller.response(200, "INVITE").await;
    // Our 200 comes until the caller's own ACK.
    let ack = caller.request("ACK", "", "");
    stranger.send(&ack).await;
    caller.response(200, "INVITE").await;
    caller.send(&ack).await;
    assert_eq!(house.answered().await, call);
}

#[tokio::test]
async fn the_line_of_a_silent_caller_is_nobody_elses() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (rtp, address) = voice().await;
    caller.rtp = address;
    let description = caller.description();
    let (call, answer) = standing_with(&mut house, &mut caller, &description).await;
    let to = audio_of(&answer, LOCAL);
    house.voice.send(Command::Detach { call });
    // The caller says nothing. A stranger speaks for two seconds: he hears nothing.
    let stranger = UdpSocket::bind((ELSEWHERE, 0)).await.expect("a port");
    let heard = talk(&stranger, to, PLAIN, 100).await;
    assert!(heard.is_empty(), "a stranger hears {} samples of the line", heard.len());
    // The caller finds the line as it was.
    assert_both_ways("the caller", &house, call, &rtp, to, PLAIN).await;
}
