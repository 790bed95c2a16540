//! Foreign callers: every shape of description and of RTP that equipment in the field is known to send. Each must be
//! heard and hear; sound is measured, not signalling.

mod telephone;

use futures_util::future::join_all;
use siaga_voice::{Command, media::Codec};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use telephone::{
    House, Telephone,
    sound::{PLAIN, Packing, assert_both_ways, assert_tone, audio_of, recorded, standing_with, talk_on},
};
use tokio::net::UdpSocket;

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

struct Shape {
    name: &'static str,
    /// `m=` line without its port and what follows it; `%` is the port.
    lines: &'static str,
    packing: Packing,
    in_answer: &'static str,
}

fn shapes() -> Vec<Shape> {
    let ulaw = Packing { codec: Codec::Pcmu, payload_type: 0, ..PLAIN };
    let shape = |name, lines, packing, in_answer| Shape { name, lines, packing, in_answer };
    vec![
        shape("A-law", "m=audio % RTP/AVP 8\r\n", PLAIN, "RTP/AVP 8\r\n"),
        shape("u-law only", "m=audio % RTP/AVP 0\r\n", ulaw, "RTP/AVP 0\r\n"),
        shape(
            "unknown codecs first",
            "m=audio % RTP/AVP 96 97 18 9 8 0 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\n\
             a=rtpmap:97 AMR/8000\r\na=rtpmap:18 G729/8000\r\na=rtpmap:101 telephone-event/8000\r\n",
            PLAIN,
            "RTP/AVP 8 101\r\n",
        ),
        shape(
            "keys first",
            "m=audio % RTP/AVP 101 8\r\na=rtpmap:101 telephone-event/8000\r\na=rtpmap:8 PCMA/8000\r\n",
            PLAIN,
            "RTP/AVP 8 101\r\n",
        ),
        shape(
            "a number of its own",
            "m=audio % RTP/AVP 118\r\na=rtpmap:118 PCMA/8000\r\n",
            Packing { payload_type: 118, ..PLAIN },
            "RTP/AVP 118\r\n",
        ),
        shape("10 ms", "m=audio % RTP/AVP 8\r\na=ptime:10\r\n", Packing { ptime_ms: 10, ..PLAIN }, "a=ptime:10"),
        shape("30 ms", "m=audio % RTP/AVP 8\r\na=ptime:30\r\n", Packing { ptime_ms: 30, ..PLAIN }, "a=ptime:30"),
        shape("60 ms", "m=audio % RTP/AVP 8\r\na=ptime:60\r\n", Packing { ptime_ms: 60, ..PLAIN }, "a=ptime:60"),
        shape(
            "sources, extension and padding",
            "m=audio % RTP/AVP 8\r\n",
            Packing { sources: 3, extension: true, padding: 4, ..PLAIN },
            "RTP/AVP 8\r\n",
        ),
        shape(
            "a new stream in mid-call",
            "m=audio % RTP/AVP 8\r\n",
            Packing { restart_after: Some(40), ..PLAIN },
            "RTP/AVP 8\r\n",
        ),
        shape(
            "one port for RTP and RTCP offered",
            "m=audio % RTP/AVP 8\r\na=rtcp-mux\r\na=rtcp:9\r\na=ssrc:1 cname:x\r\n",
            PLAIN,
            "RTP/AVP 8\r\n",
        ),
        shape("feedback profile", "m=audio % RTP/AVPF 8\r\na=rtcp-fb:* nack\r\n", PLAIN, "RTP/AVPF 8\r\n"),
        shape(
            "encrypted or plain",
            "m=audio 9 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\nm=audio % RTP/AVP 8\r\n",
            PLAIN,
            "m=audio 0 RTP/SAVP 8\r\n",
        ),
        shape(
            "encryption as a wish",
            "m=audio % RTP/AVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
            PLAIN,
            "RTP/AVP 8\r\n",
        ),
        shape(
            "bandwidth, groups and video beside",
            "b=AS:64\r\na=group:BUNDLE 0\r\nm=audio % RTP/AVP 8\r\ni=voice\r\nb=TIAS:64000\r\na=mid:0\r\n\
             m=video 5000 RTP/AVP 97\r\na=mid:1\r\n",
            PLAIN,
            "m=video 0 RTP/AVP 97\r\n",
        ),
    ]
}

fn description(ip: IpAddr, lines: &str, port: u16) -> String {
    let family = if ip.is_ipv4() { "IP4" } else { "IP6" };
    format!(
        "v=0\r\no=- 1 1 IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\n{}",
        lines.replace('%', &port.to_string())
    )
}

#[tokio::test]
async fn every_shape_of_caller_is_heard_and_hears() {
    let mut house = House::open().await;
    let mut calls = Vec::new();
    for shape in shapes() {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
        let text = description(LOCAL, shape.lines, rtp.local_addr().expect("an address").port());
        let (call, answer) = standing_with(&mut house, &mut caller, &text).await;
        assert!(answer.contains(shape.in_answer), "{}: {answer}", shape.name);
        assert!(!answer.contains("rtcp-mux") && !answer.contains("crypto"), "{}: {answer}", shape.name);
        calls.push((shape, call, audio_of(&answer, LOCAL), rtp, caller));
    }
    let house = &house;
    join_all(
        calls
            .iter()
            .map(|(shape, call, to, rtp, _)| assert_both_ways(shape.name, house, *call, rtp, *to, shape.packing)),
    )
    .await;
}

#[tokio::test]
async fn a_caller_on_ipv6_is_heard_and_hears() {
    let ip = IpAddr::V6(Ipv6Addr::LOCALHOST);
    let mut house = House::with(|config| config.sip = (ip, 0).into()).await;
    let mut caller = Telephone::at(house.sip(), "0812", ip).await;
    let rtp = UdpSocket::bind((ip, 0)).await.expect("a port");
    let text = description(ip, "m=audio % RTP/AVP 8\r\n", rtp.local_addr().expect("an address").port());
    let (call, answer) = standing_with(&mut house, &mut caller, &text).await;
    assert!(answer.contains("c=IN IP6 ::1"), "{answer}");
    assert_both_ways("IPv6", &house, call, &rtp, audio_of(&answer, ip), PLAIN).await;
}

#[tokio::test]
async fn a_caller_whose_voice_comes_from_elsewhere_is_heard_and_hears() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    // Port 9 is announced, as behind a NAT: the voice comes from another one.
    let (call, answer) =
        standing_with(&mut house, &mut caller, &description(LOCAL, "m=audio % RTP/AVP 8\r\n", 9)).await;
    assert_both_ways("elsewhere", &house, call, &rtp, audio_of(&answer, LOCAL), PLAIN).await;
}

#[tokio::test]
async fn who_has_no_voice_to_share_is_told_and_counted() {
    let mut house = House::open().await;
    for lines in [
        "m=audio % RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n",
        "m=audio % RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
        "m=video % RTP/AVP 97\r\n",
    ] {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let invite = caller.request("INVITE", "", &description(LOCAL, lines, 4_000));
        caller.send(&invite).await;
        house.arrived().await;
        caller.response(488, "INVITE").await;
        caller.acknowledge("").await;
        assert_eq!(house.down().await, "Network ProtocolError", "{lines}");
    }
}

#[tokio::test]
async fn hold_in_every_old_and_new_way_and_back() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    let port = rtp.local_addr().expect("an address").port();
    let plain = description(LOCAL, "m=audio % RTP/AVP 8\r\n", port);
    let (call, answer) = standing_with(&mut house, &mut caller, &plain).await;
    let to = audio_of(&answer, LOCAL);
    house.voice.send(Command::Detach { call });
    let mut nth = 0;
    let ways = [
        ("sendonly", format!("{plain}a=sendonly\r\n"), "a=recvonly", true),
        ("inactive", format!("{plain}a=inactive\r\n"), "a=inactive", true),
        ("zeros", plain.replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"), "a=recvonly", true),
        ("sendonly by UPDATE", format!("{plain}a=sendonly\r\n"), "a=recvonly", false),
    ];
    for (name, held, expected, by_invite) in ways {
        let method = if by_invite { "INVITE" } else { "UPDATE" };
        for (text, expected, quiet) in [(&held, expected, true), (&plain, "a=sendrecv", false)] {
            let change = caller.request(method, "", text);
            caller.send(&change).await;
            let ok = caller.response(200, method).await;
            assert!(ok.body().contains(expected), "{name}: {}", ok.body());
            if by_invite {
                caller.acknowledge("").await;
            }
            // What is on its way may still arrive.
            talk_on(&rtp, to, PLAIN, &mut nth, 10).await;
            let heard = talk_on(&rtp, to, PLAIN, &mut nth, 25).await;
            assert_eq!(heard.is_empty(), quiet, "{name}: {} samples while held={quiet}", heard.len());
        }
    }
    talk_on(&rtp, to, PLAIN, &mut nth, 75).await;
    let left = recorded(&house, call).await;
    assert_tone("after all holds", &left[left.len() - 3_000..left.len() - 1_000]);
}

#[tokio::test]
async fn whom_a_strict_reader_would_refuse_is_heard_and_hears() {
    let plain = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio % RTP/AVP 8\r\n";
    let part = format!("--in\r\nContent-Type: application/sdp\r\n\r\n{plain}\r\n--in--\r\n");
    let nested = format!("--out\r\nContent-Type: multipart/alternative;boundary=in\r\n\r\n{part}\r\n--out--\r\n");
    let named = plain.replace("c=IN IP4 127.0.0.1", "c=IN IP4 telephone.example");
    let nowhere = plain.replace("c=IN IP4 127.0.0.1\r\n", "");
    let video = plain.replace("m=audio", "m=video 70000 RTP/AVP 97\r\nm=audio");
    let sdp = "Content-Type: application/sdp\r\n";
    let rows = [
        ("an interval too short for a telephone that knows no 422", format!("Session-Expires: 30\r\n{sdp}"), plain),
        ("preconditions required", format!("Require: precondition\r\n{sdp}"), plain),
        ("replaces required", format!("Require: replaces, 100rel\r\n{sdp}"), plain),
        ("an empty To tag", sdp.to_string(), plain),
        ("a host name", sdp.to_string(), &named),
        ("no address", sdp.to_string(), &nowhere),
        ("an unreadable video line", sdp.to_string(), &video),
        ("a nested multipart", "Content-Type: multipart/mixed;boundary=out\r\n".into(), &nested),
        ("a multipart without boundary", "Content-Type: multipart/mixed\r\n".into(), &part),
        ("a description called text", "Content-Type: text/plain\r\n".into(), plain),
        ("spaces in the type", "Content-Type: application / sdp\r\n".into(), plain),
    ];
    let mut house = House::open().await;
    let mut calls = Vec::new();
    for (name, headers, body) in rows {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
        let body = body.replace('%', &rtp.local_addr().expect("an address").port().to_string());
        let own = caller.to.clone();
        if name == "an empty To tag" {
            caller.to.push_str(";tag=");
        }
        // The telephone says `application/sdp` itself where a body begins as one: these say what they say.
        let invite = caller.request("INVITE", "", &format!(" {body}"));
        let (head, _) = invite.split_once("\r\n\r\n").expect("a head");
        let head = head.split("Content-Length").next().expect("a part");
        caller.to = own;
        caller.send(&format!("{head}{headers}Content-Length: {}\r\n\r\n{body}", body.len())).await;
        let (call, _) = house.arrived().await;
        house.answer(call);
        let ok = caller.response(200, "INVITE").await;
        caller.acknowledge("").await;
        assert_eq!(house.answered().await, call, "{name}");
        calls.push((name, call, audio_of(ok.body(), LOCAL), rtp, caller));
    }
    let house = &house;
    join_all(calls.iter().map(|(name, call, to, rtp, _)| assert_both_ways(name, house, *call, rtp, *to, PLAIN))).await;
}

#[tokio::test]
async fn a_caller_who_says_later_with_what_to_speak_is_asked_heard_and_hears() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let invite = caller.request("INVITE", "", &description(LOCAL, "", 0));
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let ok = caller.response(200, "INVITE").await;
    assert!(ok.body().starts_with("v=0") && !ok.body().contains("m="), "as many lines as offered: {}", ok.body());
    caller.acknowledge("").await;
    let asked = caller.asked("INVITE").await;
    assert!(asked.body().contains("m=audio"), "{}", asked.body());
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    let own = rtp.local_addr().expect("an address").port();
    let answer = description(LOCAL, "m=audio % RTP/AVP 8\r\n", own);
    let answer = caller.respond(&asked, "200 OK", "", "", &answer);
    caller.send(&answer).await;
    assert_eq!(house.answered().await, call);
    assert_both_ways("later", &house, call, &rtp, audio_of(asked.body(), LOCAL), PLAIN).await;
}

#[tokio::test]
async fn a_caller_who_never_says_with_what_to_speak_is_told_and_counted() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let invite = caller.request("INVITE", "", &description(LOCAL, "", 0));
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    caller.response(200, "INVITE").await;
    caller.acknowledge("").await;
    let asked = caller.asked("INVITE").await;
    let refusal = caller.respond(&asked, "488 Not Acceptable Here", "", "", "");
    caller.send(&refusal).await;
    caller.asked("BYE").await;
    assert_eq!(house.down().await, "Network ProtocolError");
}
