//! Session timers (RFC 4028) on a live call, and the loss of the ACK, with the RFCs' times made short.

mod telephone;

use siaga_voice::{Command, Event};
use std::time::Duration;
use telephone::{
    House, Telephone,
    sound::{PLAIN, assert_tone, audio_of, recorded, talk_on},
    standing,
};
use tokio::net::UdpSocket;

/// Seconds; the RFC's least is 90.
const SHORTEST_S: u32 = 2;

/// Longer than two questions without answer.
const GONE_MIN: Duration = Duration::from_secs(5);

async fn house() -> House {
    House::with(|config| {
        config.timers.session_min_s = SHORTEST_S;
        // 64*T1 is then 1.3 s instead of 32.
        config.timers.t1 = Duration::from_millis(20);
        // Ten minutes in life.
        config.timers.gone_min = GONE_MIN;
    })
    .await
}

/// A call with these headers in its INVITE.
async fn timed(house: &mut House, caller: &mut Telephone, extra: &str) -> (siaga_core::ids::CallId, telephone::Heard) {
    let body = caller.description();
    let invite = caller.request("INVITE", extra, &body);
    caller.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let ok = caller.response(200, "INVITE").await;
    caller.acknowledge("").await;
    house.answered().await;
    (call, ok)
}

#[tokio::test]
async fn we_refresh_at_half_time_again_and_again() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let asked = "Allow: INVITE, ACK, BYE, UPDATE\r\nSupported: timer\r\nSession-Expires: 2;refresher=uas\r\n";
    let (call, ok) = timed(&mut house, &mut caller, asked).await;
    assert_eq!(ok.header("Session-Expires"), Some("2;refresher=uas"));
    let mut sequence = 0;
    for _ in 0..3 {
        let update = caller.asked("UPDATE").await;
        assert_eq!(update.header("Session-Expires"), Some("2;refresher=uac"), "who refreshes does not change");
        let number = update.header("CSeq").and_then(|value| value.split(' ').next()?.parse().ok()).expect("a number");
        assert!(number > sequence);
        sequence = number;
        caller.send(&caller.respond(&update, "200 OK", "", "Session-Expires: 2;refresher=uac\r\n", "")).await;
    }
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
    // 422: the far end wants longer ones.
    let update = caller.asked("UPDATE").await;
    caller.send(&caller.respond(&update, "422 Session Interval Too Small", "", "Min-SE: 4\r\n", "")).await;
    let longer = caller.asked("UPDATE").await;
    assert_eq!(longer.header("Session-Expires"), Some("4;refresher=uac"));
    caller.send(&caller.respond(&longer, "200 OK", "", "Session-Expires: 4;refresher=uac\r\n", "")).await;
    house.voice.send(Command::HangUp { call });
    caller.asked("BYE").await;
    assert_eq!(house.down().await, "CallTaker WeHungUp");
}

#[tokio::test]
async fn a_far_end_without_update_is_refreshed_by_reinvite() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    timed(&mut house, &mut caller, "Supported: timer\r\nSession-Expires: 2;refresher=uas\r\n").await;
    let invite = caller.asked("INVITE").await;
    assert!(invite.body().contains("m=audio"), "a re-INVITE carries the session: {}", invite.0);
    let body = caller.description();
    caller.send(&caller.respond(&invite, "200 OK", "", "Session-Expires: 2;refresher=uac\r\n", &body)).await;
    let ack = caller.asked("ACK").await;
    assert_eq!(
        ack.header("CSeq").and_then(|value| value.split(' ').next()),
        invite.header("CSeq").and_then(|value| value.split(' ').next())
    );
    // Glare: 491 is no loss, it is asked again.
    let invite = caller.asked("INVITE").await;
    caller.send(&caller.respond(&invite, "491 Request Pending", "", "", "")).await;
    caller.asked("ACK").await;
    let again = caller.asked("INVITE").await;
    caller.send(&caller.respond(&again, "200 OK", "", "Session-Expires: 2;refresher=uac\r\n", &body)).await;
    caller.asked("ACK").await;
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

#[tokio::test]
async fn the_far_end_refreshes_and_when_it_stops_and_is_silent_the_line_is_lost() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let (_, ok) = timed(&mut house, &mut caller, "Supported: timer\r\nSession-Expires: 3\r\n").await;
    assert_eq!(ok.header("Session-Expires"), Some("3;refresher=uac"));
    assert_eq!(ok.header("Require"), Some("timer"));
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        let update = caller.request("UPDATE", "Supported: timer\r\nSession-Expires: 3;refresher=uac\r\n", "");
        caller.send(&update).await;
        let ok = caller.response(200, "UPDATE").await;
        assert_eq!(ok.header("Session-Expires"), Some("3;refresher=uac"));
    }
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })), "three seconds are over");
    let small = caller.request("UPDATE", "Supported: timer\r\nSession-Expires: 1\r\n", "");
    caller.send(&small).await;
    assert_eq!(caller.response(422, "UPDATE").await.header("Min-SE"), Some("2"));
    // Nothing more, and no voice: it is asked, again and again, before the line is down, with a BYE for whoever may
    // still be there.
    let silent_since = tokio::time::Instant::now();
    caller.asked("OPTIONS").await;
    caller.asked("BYE").await;
    assert!(silent_since.elapsed() >= GONE_MIN, "no sooner than the limit says");
    assert_eq!(house.down().await, "Network NetworkLost");
}

#[tokio::test]
async fn an_interval_below_ours_is_told() {
    let house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let body = caller.description();
    let invite = caller.request("INVITE", "Supported: timer\r\nSession-Expires: 1\r\n", &body);
    caller.send(&invite).await;
    assert_eq!(caller.response(422, "INVITE").await.header("Min-SE"), Some("2"));
}

#[tokio::test]
async fn a_200_without_ack_is_repeated_and_then_the_line_is_lost() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let mut answers = 0;
    loop {
        let heard = caller.heard().await;
        match heard.status() {
            Some(200) => answers += 1,
            Some(_) => {}
            None if heard.method() == "BYE" => break,
            None => panic!("only answers and a BYE: {}", heard.0),
        }
    }
    assert!(answers >= 4, "the 200 was repeated: {answers}");
    assert_eq!(house.down().await, "Network NetworkLost");
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::Answered { .. })));
    // The machine goes on.
    let mut next = Telephone::new(house.sip(), "0813").await;
    standing(&mut house, &mut next).await;
}

/// The caller speaks while its signalling is `answer`ed this way or not at all: never ended, and heard to the end.
async fn speaks_on(headers: &str, answer: Option<&str>) {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let rtp = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    caller.rtp = rtp.local_addr().expect("an address");
    let (call, ok) = timed(&mut house, &mut caller, headers).await;
    let to = audio_of(ok.body(), caller.rtp.ip());
    let mut nth = 0;
    let until = tokio::time::Instant::now() + GONE_MIN * 2;
    let mut questions = 0;
    while tokio::time::Instant::now() < until {
        talk_on(&rtp, to, PLAIN, &mut nth, 25).await;
        let mut bytes = [0; 4_096];
        while let Ok((length, _)) = caller.socket.try_recv_from(&mut bytes) {
            let heard = telephone::Heard(String::from_utf8_lossy(&bytes[..length]).into_owned());
            assert_ne!(heard.method(), "BYE", "a caller who speaks is not ended: {headers} {answer:?}");
            if matches!(heard.method(), "UPDATE" | "OPTIONS") {
                questions += 1;
                if let Some(answer) = answer {
                    caller.send(&caller.respond(&heard, answer, "", "", "")).await;
                }
            }
        }
    }
    assert!(questions >= 2 || headers.contains("uac"), "we did ask: {questions}");
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
    let left = recorded(&house, call).await;
    assert_tone(headers, &left[left.len() - 4_000..left.len() - 1_500]);
}

const WE_REFRESH: &str = "Allow: INVITE, ACK, BYE, UPDATE\r\nSupported: timer\r\nSession-Expires: 2;refresher=uas\r\n";

#[tokio::test]
async fn a_caller_who_speaks_is_never_ended_whatever_the_refresh_says() {
    tokio::join!(
        speaks_on(WE_REFRESH, None),
        speaks_on(WE_REFRESH, Some("481 Call/Transaction Does Not Exist")),
        speaks_on("Supported: timer\r\nSession-Expires: 3;refresher=uac\r\n", None),
    );
}

#[tokio::test]
async fn a_silent_line_whose_far_end_answers_anything_stands() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    timed(&mut house, &mut caller, "Supported: timer\r\nSession-Expires: 3;refresher=uac\r\n").await;
    let until = tokio::time::Instant::now() + GONE_MIN * 2;
    while tokio::time::Instant::now() < until {
        // It never refreshes, and of OPTIONS it knows nothing: but it is there.
        let asked = caller.asked("OPTIONS").await;
        caller.send(&caller.respond(&asked, "405 Method Not Allowed", "", "", "")).await;
    }
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

#[tokio::test]
async fn a_silent_line_that_the_far_end_does_not_know_is_down_without_a_bye() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    timed(&mut house, &mut caller, WE_REFRESH).await;
    let update = caller.asked("UPDATE").await;
    caller.send(&caller.respond(&update, "481 Call/Transaction Does Not Exist", "", "", "")).await;
    assert_eq!(house.down().await, "Network NetworkLost");
    assert!(caller.quiet(Duration::from_millis(500)).await, "there is nobody to say BYE to");
}

#[tokio::test]
async fn a_caller_who_speaks_without_having_sent_the_ack_has_a_call() {
    let mut house = house().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let rtp = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    caller.rtp = rtp.local_addr().expect("an address");
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let to = audio_of(caller.response(200, "INVITE").await.body(), caller.rtp.ip());
    let mut nth = 0;
    // The ACK is lost for good: 64*T1 is 1.3 s here.
    talk_on(&rtp, to, PLAIN, &mut nth, 150).await;
    assert_eq!(house.answered().await, call);
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
    let left = recorded(&house, call).await;
    assert_tone("without ACK", &left[left.len() - 4_000..left.len() - 1_500]);
}
