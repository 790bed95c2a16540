use super::*;

const LOCAL: Local =
    Local { ip: IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 9)), port: 40_000, session: 7, version: 1 };

const PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 50));

/// `expected`: the remote side as `address codec payload dtmf direction`, or nothing in common.
fn check(name: &str, sdp: &str, expected: Option<&str>, in_answer: &[&str], not_in_answer: &[&str]) {
    let description = Description::read(sdp.as_bytes()).expect("readable");
    let found = description.agree(PEER);
    let shown = found.as_ref().ok().map(|agreed| {
        let remote = agreed.remote;
        let dtmf = remote.dtmf_payload_type.map_or("-".into(), |payload| payload.to_string());
        format!("{} {:?} {} {dtmf} {:?}", remote.addr, remote.codec, remote.payload_type, remote.direction)
    });
    assert_eq!(shown.as_deref(), expected, "{name}");
    if let Ok(agreed) = found {
        let answer = description.answer(&agreed, LOCAL);
        assert_eq!(sdp.matches("m=").count(), answer.matches("m=").count(), "{name}: as many lines as offered");
        for part in in_answer {
            assert!(answer.contains(part), "{name}: {part} in {answer}");
        }
        for part in not_in_answer {
            assert!(!answer.contains(part), "{name}: no {part} in {answer}");
        }
    }
}

#[test]
fn the_callers_first_g711_is_taken_and_the_rest_refused() {
    let c = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
    check(
        "static only",
        &format!("{c}m=audio 4000 RTP/AVP 8\r\n"),
        Some("192.0.2.1:4000 Pcma 8 - SendRecv"),
        &["m=audio 40000 RTP/AVP 8\r\n", "a=sendrecv", "c=IN IP4 192.0.2.9"],
        &["telephone-event"],
    );
    check(
        "caller's first",
        &format!("{c}m=audio 4000 RTP/AVP 18 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"),
        Some("192.0.2.1:4000 Pcmu 0 101 SendRecv"),
        &["m=audio 40000 RTP/AVP 0 101\r\n", "PCMU/8000"],
        &["PCMA", "18"],
    );
    check(
        "dynamic type",
        &format!("{c}m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 pcma/8000\r\n"),
        Some("192.0.2.1:4000 Pcma 96 - SendRecv"),
        &["a=rtpmap:96 PCMA/8000"],
        &[],
    );
    check("mapped away", &format!("{c}m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 opus/48000/2\r\n"), None, &[], &[]);
    check(
        "48 kHz keys are not ours",
        &format!("{c}m=audio 4000 RTP/AVP 8 110\r\na=rtpmap:110 telephone-event/48000\r\n"),
        Some("192.0.2.1:4000 Pcma 8 - SendRecv"),
        &[],
        &["110"],
    );
    check(
        "keys with their one channel said",
        &format!("{c}m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000/1\r\n"),
        Some("192.0.2.1:4000 Pcma 8 101 SendRecv"),
        &["a=rtpmap:101 telephone-event/8000"],
        &[],
    );
    check(
        "no payload type that fits its packet",
        &format!("{c}m=audio 4000 RTP/AVP 200\r\na=rtpmap:200 PCMA/8000\r\n"),
        None,
        &[],
        &[],
    );
    check(
        "media address",
        &format!("{c}m=audio 4000 RTP/AVP 8\r\nc=IN IP4 192.0.2.77\r\n"),
        Some("192.0.2.77:4000 Pcma 8 - SendRecv"),
        &[],
        &[],
    );
    check(
        "IPv6",
        "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 8\r\n",
        Some("[2001:db8::1]:4000 Pcma 8 - SendRecv"),
        &[],
        &[],
    );
    check(
        "hold",
        &format!("{c}m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n"),
        Some("192.0.2.1:4000 Pcma 8 - SendOnly"),
        &["a=recvonly"],
        &["a=sendonly"],
    );
    check(
        "hold for all lines",
        &format!("{c}a=inactive\r\nm=audio 4000 RTP/AVP 8\r\n"),
        Some("192.0.2.1:4000 Pcma 8 - Inactive"),
        &["a=inactive"],
        &[],
    );
    check(
        "old hold",
        "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 4000 RTP/AVP 8\r\n",
        Some("0.0.0.0:4000 Pcma 8 - SendOnly"),
        &["a=recvonly"],
        &[],
    );
    check("line that is off", &format!("{c}m=audio 0 RTP/AVP 8\r\n"), None, &[], &[]);
    check("no G.711", &format!("{c}m=audio 4000 RTP/AVP 18 9\r\n"), None, &[], &[]);
    check("encrypted only", &format!("{c}m=audio 4000 RTP/SAVP 8\r\n"), None, &[], &[]);
    check(
        "encrypted, then plain",
        &format!("{c}m=audio 4000 RTP/SAVP 8\r\nm=audio 4002 RTP/AVP 8\r\nm=video 5000 RTP/AVP 97\r\n"),
        Some("192.0.2.1:4002 Pcma 8 - SendRecv"),
        &["m=audio 0 RTP/SAVP 8\r\nm=audio 40000 RTP/AVP 8\r\n", "m=video 0 RTP/AVP 97\r\n"],
        &[],
    );
    for address in ["", "c=IN IP4 phone.example\r\n", "c=\r\n"] {
        check(
            "no address: where the SIP comes from",
            &format!("v=0\r\n{address}m=audio 4000 RTP/AVP 8\r\n"),
            Some("192.0.2.50:4000 Pcma 8 - SendRecv"),
            &[],
            &[],
        );
    }
    check(
        "an unreadable line beside",
        &format!("{c}m=video 70000 RTP/AVP 97\r\nm=audio 4000 RTP/AVP 8\r\n"),
        Some("192.0.2.1:4000 Pcma 8 - SendRecv"),
        &["m=video 0 RTP/AVP 97\r\nm=audio 40000 RTP/AVP 8\r\n"],
        &[],
    );
    for unreadable in ["m=audio x RTP/AVP 8\r\n", "m=audio 99999 RTP/AVP 8\r\n"] {
        check("nothing but an unreadable line", unreadable, None, &[], &[]);
    }
}

#[test]
fn our_offer_is_read_back_as_we_meant_it() {
    let agreed = Description::read(offer(LOCAL).as_bytes()).expect("readable").agree(PEER).expect("ours");
    assert_eq!(agreed.remote.codec, Codec::Pcma);
    assert_eq!(agreed.remote.dtmf_payload_type, Some(DTMF_PAYLOAD_TYPE));
    assert_eq!(agreed.remote.addr, SocketAddr::new(LOCAL.ip, LOCAL.port));
}

#[test]
fn what_is_no_description_is_told_apart() {
    for broken in ["", "hello", "s=-\r\n"] {
        assert_eq!(Description::read(broken.as_bytes()), None, "{broken}");
    }
    let empty = Description::read(b"v=0\r\ns=-\r\n").expect("a description");
    assert!(empty.is_without_media() && empty.agree(PEER).is_err());
    assert!(!empty.without_media(LOCAL).contains("m="));
}
