//! A house on `::` takes IPv4 as well, and shows each caller addresses of the caller's own family.

mod telephone;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use telephone::{
    House, Telephone,
    sound::{PLAIN, assert_both_ways, audio_of, standing_with},
};
use tokio::net::UdpSocket;

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[tokio::test]
async fn an_ipv4_caller_of_a_house_on_ipv6() {
    if let Err(error) = UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).await {
        println!("skipped: this machine has no IPv6 ({error})");
        return;
    }
    let mut house = House::with(|config| {
        config.sip = (Ipv6Addr::UNSPECIFIED, 0).into();
        config.trunk_peers = vec![LOCAL];
    })
    .await;
    let mut caller = Telephone::new(SocketAddr::new(LOCAL, house.sip().port()), "0812").await;
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    caller.rtp = rtp.local_addr().expect("an address");
    let description = caller.description();
    let (call, answer) = standing_with(&mut house, &mut caller, &description).await;
    assert!(answer.contains("c=IN IP4 127.0.0.1\r\n"), "{answer}");
    assert_both_ways("IPv4 over ::", &house, call, &rtp, audio_of(&answer, LOCAL), PLAIN).await;
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}
