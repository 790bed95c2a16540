//! SIP over TCP: messages cut anywhere, many in one piece, and broken ones that must not cost the others their line.

mod telephone;

use siaga_voice::Command;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};
use telephone::{
    House, SOON, Telephone,
    sound::{PLAIN, assert_both_ways, audio_of},
    wire::Line,
};
use tokio::{
    net::{TcpListener, TcpStream, UdpSocket},
    time::timeout,
};

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

async fn voice() -> (UdpSocket, SocketAddr) {
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    let address = rtp.local_addr().expect("an address");
    (rtp, address)
}

async fn open(house: SocketAddr) -> Line<TcpStream> {
    Line::over(TcpStream::connect(house).await.expect("connected"))
}

/// The same request over TCP.
fn tcp(text: String) -> String {
    text.replace("SIP/2.0/UDP", "SIP/2.0/TCP").replace("Contact: <sip:caller@", "Contact: <sip:caller;transport=tcp@")
}

#[tokio::test]
async fn a_call_over_tcp_in_pieces() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let mut line = open(house.voice.bound().sip_tcp).await;
    let body = caller.description();
    let invite = tcp(caller.request("INVITE", "", &body));
    let (begin, rest) = invite.split_at(100);
    let (middle, end) = rest.split_at(rest.len() - 20);
    for piece in ["\r\n\r\n", begin, middle] {
        line.send(piece).await;
        tokio::task::yield_now().await;
    }
    // The end comes together with a whole other request.
    let mut other = Telephone::new(house.sip(), "0813").await;
    let options = tcp(other.request("OPTIONS", "", ""));
    line.send(&format!("{end}{options}")).await;
    let (call, _) = house.arrived().await;
    line.response(200, "OPTIONS").await;
    house.answer(call);
    let ok = line.response(200, "INVITE").await;
    assert!(ok.body().contains("m=audio"));
    caller.to = ok.header("To").expect("To").to_string();
    let ack = tcp(caller.request("ACK", "", ""));
    line.send(&ack).await;
    assert_eq!(house.answered().await, call);
    house.voice.send(Command::HangUp { call });
    loop {
        // The BYE comes over the same connection.
        if line.next().await.method() == "BYE" {
            break;
        }
    }
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

#[tokio::test]
async fn a_broken_message_does_not_cost_the_line() {
    let mut house = House::open().await;
    let mut line = open(house.voice.bound().sip_tcp).await;
    let breaks = ["Content-Length: -5\r\n", "Content-Length: 18446744073709551615\r\n", "Content-Length: x\r\n"];
    for broken in breaks {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let text = tcp(caller.request("OPTIONS", "", "")).replace("Content-Length: 0\r\n", broken);
        let good = tcp(caller.request("OPTIONS", "", ""));
        line.send(&format!("{text}{good}")).await;
        line.response(400, "OPTIONS").await;
        line.response(200, "OPTIONS").await;
    }
    line.send("what is this\r\nno SIP at all\r\n\r\n").await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let body = caller.description();
    let invite = tcp(caller.request("INVITE", "", &body));
    line.send(&invite).await;
    house.arrived().await;
}

/// An exchange that restarts its connection has not taken its callers with it: our answer goes to where it listens, and
/// the call goes on over the new connection.
#[tokio::test]
async fn a_connection_that_closes_while_it_rings_costs_no_call() {
    let mut house = House::open().await;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let own = listener.local_addr().expect("an address");
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (rtp, address) = voice().await;
    caller.rtp = address;
    let here = |text: String, caller: &Telephone| tcp(text).replace(&caller.own().to_string(), &own.to_string());
    let mut line = open(house.voice.bound().sip_tcp).await;
    let body = caller.description();
    let invite = here(caller.request("INVITE", "", &body), &caller);
    line.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    line.response(180, "INVITE").await;
    drop(line);
    house.answer(call);
    let (stream, _) = timeout(SOON, listener.accept()).await.expect("soon").expect("a connection");
    let mut line = Line::over(stream);
    let ok = line.response(200, "INVITE").await;
    caller.to = ok.header("To").expect("To").to_string();
    let ack = here(caller.request("ACK", "", ""), &caller);
    line.send(&ack).await;
    assert_eq!(house.answered().await, call);
    assert_both_ways("over the new connection", &house, call, &rtp, audio_of(ok.body(), LOCAL), PLAIN).await;
    house.voice.send(Command::HangUp { call });
    line.request("BYE").await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

/// The same, but it comes back by itself and listens nowhere: the INVITE again, over the new connection, is answered there.
#[tokio::test]
async fn who_comes_back_on_a_connection_of_its_own_is_answered_there() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let mut line = open(house.voice.bound().sip_tcp).await;
    let body = caller.description();
    let invite = tcp(caller.request("INVITE", "", &body));
    line.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    line.response(180, "INVITE").await;
    drop(line);
    let mut line = open(house.voice.bound().sip_tcp).await;
    line.send(&invite).await;
    line.response(180, "INVITE").await;
    house.answer(call);
    let ok = line.response(200, "INVITE").await;
    caller.to = ok.header("To").expect("To").to_string();
    let ack = tcp(caller.request("ACK", "", ""));
    line.send(&ack).await;
    assert_eq!(house.answered().await, call);
}

/// And where nobody is there any more the call ends as lost, so that the caller is called back; it is nobody's for ever.
#[tokio::test]
async fn a_call_whose_machine_is_gone_ends_when_it_was_answered_in_vain() {
    let mut house = House::with(|config| config.timers.t1 = Duration::from_millis(20)).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let mut line = open(house.voice.bound().sip_tcp).await;
    let body = caller.description();
    let invite = tcp(caller.request("INVITE", "", &body));
    line.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    line.response(180, "INVITE").await;
    drop(line);
    house.answer(call);
    assert_eq!(house.down().await, "Network NetworkLost");
}
