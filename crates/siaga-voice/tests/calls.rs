//! Calls to 112 over real sockets: the ordinary one, the strange ones, and what must not happen.

mod telephone;

use siaga_voice::{Command, Event};
use std::time::Duration;
use telephone::{House, Telephone, standing};

#[tokio::test]
async fn a_call_from_ring_to_bye() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "081211112222").await;
    caller.invite().await;
    caller.response(100, "INVITE").await;
    let (call, who) = house.arrived().await;
    assert_eq!(who.number.as_deref(), Some("081211112222"));
    assert_eq!((who.dialled.as_str(), who.source), ("112", caller.own()));
    assert_eq!(who.sip_call_id, caller.call_id);
    house.voice.send(Command::Ring { call });
    let ringing = caller.response(180, "INVITE").await;
    assert!(ringing.header("To").is_some_and(|to| to.contains(";tag=")));
    house.answer(call);
    let ok = caller.response(200, "INVITE").await;
    assert_eq!(ok.header("To"), ringing.header("To"), "one dialog, one tag");
    assert!(ok.body().contains("RTP/AVP 8 101\r\n") && ok.body().contains("c=IN IP4 127.0.0.1\r\n"), "{}", ok.body());
    assert!(ok.header("Contact").is_some_and(|contact| contact.contains(&house.sip().to_string())));
    caller.acknowledge("").await;
    assert_eq!(house.answered().await, call);
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(481, "BYE").await;
}

#[tokio::test]
async fn we_hang_up() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (call, _) = standing(&mut house, &mut caller).await;
    house.voice.send(Command::HangUp { call });
    let bye = caller.asked("BYE").await;
    assert_eq!(bye.header("To"), Some(caller.from.as_str()));
    assert_eq!(bye.header("From"), Some(caller.to.as_str()));
    assert_eq!(bye.header("Call-ID"), Some(caller.call_id.as_str()));
    caller.send(&caller.respond(&bye, "200 OK", "", "", "")).await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

#[tokio::test]
async fn a_person_ends_a_ringing_call() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::HangUp { call });
    caller.response(603, "INVITE").await;
    caller.acknowledge("").await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

/// Each strange INVITE is a call like any other.
#[tokio::test]
async fn strange_invites_are_calls() {
    let mut house = House::open().await;
    let pad = format!("X-Pad: {}\r\n", "x".repeat(9_000));
    type Change = Box<dyn Fn(String) -> Vec<u8>>;
    let text = |change: fn(String) -> String| -> Change { Box::new(move |text| change(text).into_bytes()) };
    let without_length = |text: String| {
        text.lines()
            .filter(|line| !line.starts_with("Content-Length"))
            .fold(String::new(), |all, line| all + line + "\r\n")
    };
    let latin = |text: String| {
        let mut bytes = text.replace("From: <", "From: \"Caf#\" <").into_bytes();
        let at = bytes.iter().position(|&byte| byte == b'#').expect("there");
        bytes[at] = 0xe9;
        bytes
    };
    let rows: Vec<(&str, Change, Option<&str>, Option<&str>)> = vec![
        ("no number", text(|text| text.replace("sip:0812@", "sip:anonymous@")), None, None),
        ("Latin-1 name", Box::new(latin), Some("0812"), Some("Café")),
        ("no Content-Length", text(without_length), Some("0812"), None),
        (
            "over 8 kB",
            Box::new(move |text| text.replace("Max-Forwards", &format!("{pad}Max-Forwards")).into_bytes()),
            Some("0812"),
            None,
        ),
        (
            "compact",
            text(|text| {
                text.replace("Via:", "v:")
                    .replace("From:", "f:")
                    .replace("To:", "t:")
                    .replace("Call-ID:", "i:")
                    .replace("Contact:", "m:")
                    .replace("Content-Type:", "c:")
                    .replace("Content-Length:", "l:")
            }),
            Some("0812"),
            None,
        ),
        ("spaces around the tag", text(|text| text.replace(";tag=f", " ; tag = f")), Some("0812"), None),
        (
            "no Contact",
            text(|text| {
                text.lines()
                    .filter(|line| !line.starts_with("Contact"))
                    .fold(String::new(), |all, line| all + line + "\r\n")
            }),
            Some("0812"),
            None,
        ),
        (
            "asserted",
            text(|text| {
                text.replace(
                    "Max-Forwards",
                    "P-Asserted-Identity: \"Budi\" <sip:+62813@telco>, <tel:+62813>\r\nMax-Forwards",
                )
            }),
            Some("+62813"),
            Some("Budi"),
        ),
        (
            "service",
            text(|text| {
                text.replacen("INVITE sip:112@", "INVITE urn:service:sos?", 1).replacen("?", " SIP/2.0\r\nX: ", 1)
            }),
            Some("0812"),
            None,
        ),
        (
            "any other number",
            text(|text| text.replacen("INVITE sip:112@", "INVITE sip:0254555@", 1)),
            Some("0812"),
            None,
        ),
    ];
    for (name, change, number, shown) in rows {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let body = caller.description();
        let invite = caller.request("INVITE", "", &body);
        caller.send_bytes(&change(invite)).await;
        let (call, who) = house.arrived().await;
        assert_eq!(who.number.as_deref(), number, "{name}");
        assert_eq!(who.display_name.as_deref(), shown, "{name}");
        house.answer(call);
        let ok = caller.response(200, "INVITE").await;
        assert!(ok.body().contains("m=audio"), "{name}: the offer was read");
        caller.acknowledge("").await;
        assert_eq!(house.answered().await, call, "{name}");
    }
}

#[tokio::test]
async fn an_invite_without_offer_gets_ours() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let invite = caller.request("INVITE", "", "");
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let ok = caller.response(200, "INVITE").await;
    assert!(ok.body().contains("RTP/AVP 8 0 101\r\n"), "{}", ok.body());
    let answer = caller.description();
    caller.acknowledge(&answer).await;
    assert_eq!(house.answered().await, call);
}

#[tokio::test]
async fn nothing_in_common_is_said_and_counted() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let body = caller.description().replace("RTP/AVP 8 101", "RTP/AVP 18");
    let invite = caller.request("INVITE", "", &body);
    caller.send(&invite).await;
    house.arrived().await;
    assert_eq!(house.down().await, "Network ProtocolError");
    caller.response(488, "INVITE").await;
}

#[tokio::test]
async fn a_cancelled_call_is_over_once() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.invite().await;
    house.arrived().await;
    let cancel = caller.request("CANCEL", "", "");
    caller.send(&cancel).await;
    caller.response(200, "CANCEL").await;
    caller.response(487, "INVITE").await;
    assert_eq!(house.down().await, "Caller CallerHungUp");
}

#[tokio::test]
async fn cancel_and_answer_at_once_end_in_one_way_only() {
    let mut house = House::open().await;
    let (mut cancelled, mut stood) = (0, 0);
    for turn in 0..40u64 {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        caller.invite().await;
        let (call, _) = house.arrived().await;
        let cancel = caller.request("CANCEL", "", "");
        if turn % 2 == 0 {
            house.answer(call);
            tokio::time::sleep(Duration::from_micros(turn * 50)).await;
            caller.send(&cancel).await;
        } else {
            caller.send(&cancel).await;
            tokio::time::sleep(Duration::from_micros(turn * 50)).await;
            house.answer(call);
        }
        let last = loop {
            let heard = caller.heard().await;
            if heard.header("CSeq").is_some_and(|value| value.ends_with("INVITE")) && heard.status() >= Some(200) {
                break heard;
            }
        };
        caller.to = last.header("To").expect("To").to_string();
        caller.acknowledge("").await;
        if last.status() == Some(200) {
            stood += 1;
            assert_eq!(house.answered().await, call);
            let bye = caller.request("BYE", "", "");
            caller.send(&bye).await;
        } else {
            cancelled += 1;
            assert_eq!(last.status(), Some(487));
        }
        assert_eq!(house.down().await, "Caller CallerHungUp");
    }
    assert_eq!(cancelled + stood, 40);
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })), "each line goes down once");
}

#[tokio::test]
async fn a_repeated_invite_is_one_call_and_two_callers_are_two() {
    let mut house = House::open().await;
    let mut one = Telephone::new(house.sip(), "0811").await;
    let mut two = Telephone::new(house.sip(), "0822").await;
    let invite = one.invite().await;
    let (first, _) = house.arrived().await;
    for _ in 0..5 {
        one.send(&invite).await;
    }
    // The same call by another way (a fork) is told so; it does not ring twice.
    one.branch += 1;
    let forked = invite.replace("branch=z9hG4bK", "branch=z9hG4bKfork");
    one.send(&forked).await;
    one.response(482, "INVITE").await;
    two.invite().await;
    let (second, who) = house.arrived().await;
    assert_ne!(first, second);
    assert_eq!(who.number.as_deref(), Some("0822"));
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::CallArrived { .. })));
}

#[tokio::test]
async fn what_the_callers_machine_must_change_is_said() {
    let mut house = House::open().await;
    let rows = [
        ("Require: 100rel, sec-agree\r\n", 420, ("Unsupported", "sec-agree")),
        ("Session-Expires: 60\r\nSupported: timer\r\n", 422, ("Min-SE", "90")),
    ];
    for (extra, status, (name, value)) in rows {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let body = caller.description();
        let invite = caller.request("INVITE", extra, &body);
        caller.send(&invite).await;
        let refused = caller.response(status, "INVITE").await;
        assert_eq!(refused.header(name), Some(value), "{extra}");
    }
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::CallArrived { .. })));
}

#[tokio::test]
async fn requests_without_a_call_are_answered() {
    let house = House::open().await;
    let rows = [
        ("OPTIONS", 200),
        ("REGISTER", 405),
        ("MESSAGE", 405),
        ("SUBSCRIBE", 489),
        ("KNOCK", 501),
        ("BYE", 481),
        ("INFO", 481),
    ];
    for (method, status) in rows {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let request = caller.request(method, "", "");
        caller.send(&request).await;
        let answer = caller.response(status, method).await;
        if matches!(status, 200 | 405 | 501) {
            assert!(answer.header("Allow").is_some_and(|allow| allow.contains("INVITE")), "{method}");
        }
    }
}

#[tokio::test]
async fn a_full_machine_defers_without_state_and_counts_once() {
    let mut house = House::with(|config| config.open_calls_max = 1).await;
    let mut first = Telephone::new(house.sip(), "0811").await;
    let invite = first.invite().await;
    house.arrived().await;
    let mut second = Telephone::new(house.sip(), "0822").await;
    let deferred = second.invite().await;
    let refused = second.response(503, "INVITE").await;
    assert!(refused.header("Retry-After").is_some());
    let who = house.event(|event| match event {
        Event::Deferred { caller, .. } => Some(caller.number.clone()),
        _ => None,
    });
    assert_eq!(who.await.as_deref(), Some("0822"));
    second.send(&deferred).await;
    second.response(503, "INVITE").await;
    first.send(&invite).await;
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::Deferred { .. } | Event::CallArrived { .. })));
    let cancel = first.request("CANCEL", "", "");
    first.send(&cancel).await;
    house.down().await;
    let mut third = Telephone::new(house.sip(), "0833").await;
    third.invite().await;
    assert_eq!(house.arrived().await.1.number.as_deref(), Some("0833"), "room again");
}

#[tokio::test]
async fn strangers_cannot_call_past_the_trunk() {
    let mut house = House::with(|config| config.trunk_peers = vec![[192, 0, 2, 1].into()]).await;
    let mut stranger = Telephone::new(house.sip(), "0812").await;
    stranger.invite().await;
    stranger.response(403, "INVITE").await;
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::CallArrived { .. } | Event::Deferred { .. })));
}

#[tokio::test]
async fn the_watchdog_hears_our_own_port() {
    let mut house = House::open().await;
    let up = house.event(|event| match event {
        Event::Watchdog { up, .. } => Some(*up),
        _ => None,
    });
    assert!(up.await);
}

#[tokio::test]
async fn a_drain_takes_the_line_down_properly() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let _standing = standing(&mut house, &mut caller).await;
    let voice = house.voice.clone();
    let draining = tokio::spawn(async move { voice.drain(Duration::from_millis(50)).await });
    let bye = caller.asked("BYE").await;
    caller.send(&caller.respond(&bye, "200 OK", "", "", "")).await;
    assert_eq!(house.down().await, "Interrupted WeHungUp");
    draining.await.expect("drained");
}

/// A position that the trunk sends arrives with the call; a broken one changes nothing.
#[tokio::test]
async fn a_position_comes_with_the_call() {
    let mut house = House::open().await;
    let pidf = |place: &str| {
        format!(
            "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\"><tuple><status><gp:geopriv><gp:location-info>\
             <gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>{place}</gml:pos>\
             <gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">300</gs:radius></gs:Circle>\
             </gp:location-info></gp:geopriv></status></tuple></presence>"
        )
    };
    for (place, expected) in [("-6.1149 106.1502", Some((-6.1149, 106.1502, 300.0))), ("somewhere", None)] {
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let body = format!(
            "--edge\r\nContent-Type: application/sdp\r\n\r\n{}\r\n--edge\r\nContent-Type: application/pidf+xml\r\n\
             Content-ID: <here@telco>\r\n\r\n{}\r\n--edge--\r\n",
            caller.description(),
            pidf(place)
        );
        let extra = "Geolocation: <cid:here@telco>\r\nGeolocation-Routing: yes\r\n\
                     Content-Type: multipart/mixed;boundary=edge\r\n";
        let invite = caller.request("INVITE", extra, &body);
        caller.send(&invite).await;
        let (call, who) = house.arrived().await;
        assert_eq!(who.position.map(|p| (p.latitude, p.longitude, p.radius_m)), expected, "{place}");
        house.answer(call);
        assert!(caller.response(200, "INVITE").await.body().contains("m=audio"), "{place}: the call is a call");
    }
}
