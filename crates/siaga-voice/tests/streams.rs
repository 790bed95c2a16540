//! SIP over TCP: messages cut anywhere, many in one piece, and broken ones that must not cost the others their line.

mod telephone;

use siaga_voice::Command;
use std::net::SocketAddr;
use telephone::{House, Telephone, wire::Line};
use tokio::net::TcpStream;

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
