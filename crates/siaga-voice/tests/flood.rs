//! More calls than there are lines: who stands back, and that the good caller gets one.

mod telephone;

use siaga_voice::{Command, Event, Suspects};
use std::net::{IpAddr, Ipv4Addr};
use telephone::{House, SOON, Telephone};
use tokio::time::timeout;

/// Suspects in numbers, from many addresses, while a good caller calls: the suspects are deferred, each once and each
/// counted; the good one gets a line.
#[tokio::test]
async fn a_flood_of_suspects_leaves_a_line_for_the_good_caller() {
    let mut house = House::with(|config| config.open_calls_max = 8).await;
    house.voice.send(Command::Suspect { numbers: Suspects::new(["089900000001", "089900000002"]) });
    let flood: Vec<Telephone> = {
        let mut all = Vec::new();
        for nth in 0..60u8 {
            let ip = IpAddr::V4(Ipv4Addr::new(127, 0, 1, nth + 1));
            all.push(Telephone::at(house.sip(), &format!("08990000000{}", 1 + nth % 2), ip).await);
        }
        all
    };
    let mut sent = Vec::new();
    for mut telephone in flood {
        sent.push((telephone.invite().await, telephone));
    }
    let mut deferred = 0;
    for (text, telephone) in &mut sent {
        let first = loop {
            let heard = telephone.heard().await;
            if heard.status() != Some(100) {
                break heard;
            }
            // One of the two lines that suspects may have: it waits for an answer.
            if heard.status() == Some(100) {
                break heard;
            }
        };
        if first.status() == Some(503) {
            deferred += 1;
            assert_eq!(first.header("Retry-After"), Some("5"));
            telephone.to = first.header("To").expect("To").to_string();
            telephone.acknowledge("").await;
            // The same INVITE again gets the same answer and is not counted again.
            telephone.send(text).await;
            assert_eq!(telephone.heard().await.status(), Some(503));
        }
    }
    assert!(deferred >= 50, "{deferred} of 60 deferred");
    let mut good = Telephone::new(house.sip(), "0812").await;
    good.invite().await;
    let good_number = good.from.clone();
    let (mut arrived, mut counted) = (0, 0);
    timeout(SOON, async {
        loop {
            match house.events.recv().await.expect("events go on") {
                Event::Deferred { .. } => counted += 1,
                Event::CallArrived { caller, call, .. }
                    if good_number.contains(caller.number.as_deref().unwrap_or("-")) =>
                {
                    house.answer(call);
                    arrived += 1;
                }
                Event::Answered { .. } => break,
                Event::CallArrived { .. } => {}
                _ => {}
            }
            if arrived == 1 && counted >= deferred {
                break;
            }
        }
    })
    .await
    .expect("the good caller arrives and all deferrals are counted");
    good.response(200, "INVITE").await;
    good.acknowledge("").await;
    assert_eq!(counted, deferred, "each once");
}

/// A peer gone mad sends INVITEs of ever other numbers: it never gets all lines, and the caller of another peer is
/// answered.
#[tokio::test]
async fn one_peer_gone_mad_leaves_lines_to_the_others() {
    let mut house = House::with(|config| config.open_calls_max = 8).await;
    let mut mad = Telephone::new(house.sip(), "0899").await;
    let mut taken = 0;
    for nth in 0..12 {
        mad.from = format!("<sip:08990000{nth:04}@{}>;tag=mad{nth}", mad.own());
        mad.to = format!("<sip:112@{}>", house.sip());
        mad.call_id = format!("mad-{nth}");
        mad.invite().await;
        let first = loop {
            let heard = mad.heard().await;
            if heard.header("Call-ID") == Some(mad.call_id.as_str()) && heard.status() != Some(180) {
                break heard;
            }
        };
        if first.status() == Some(503) {
            mad.to = first.header("To").expect("To").to_string();
            mad.acknowledge("").await;
        } else {
            taken += 1;
        }
    }
    assert_eq!(taken, 6, "three lines of four");
    let mut good = Telephone::new(house.sip(), "0812").await;
    good.invite().await;
    let number = good.from.clone();
    let call = house
        .event(|event| match event {
            Event::CallArrived { call, caller, .. }
                if caller.number.as_deref().is_some_and(|at| number.contains(at)) =>
            {
                Some(*call)
            }
            _ => None,
        })
        .await;
    house.answer(call);
    good.response(200, "INVITE").await;
    good.acknowledge("").await;
    assert_eq!(house.answered().await, call);
}

/// One Call-ID with ever other From tags is no way around the lines, and it never takes more than half of them.
#[tokio::test]
async fn a_call_id_used_again_takes_no_line_that_is_not_there() {
    let house = House::with(|config| config.open_calls_max = 8).await;
    let mut mad = Telephone::new(house.sip(), "0899").await;
    let mut answers = Vec::new();
    for nth in 0..20 {
        mad.from = format!("<sip:08990000{nth:04}@{}>;tag=mad{nth}", mad.own());
        mad.to = format!("<sip:112@{}>", house.sip());
        mad.invite().await;
        let tag = format!("tag=mad{nth}");
        let first = loop {
            let heard = mad.heard().await;
            if heard.header("From").is_some_and(|from| from.ends_with(&tag)) {
                break heard;
            }
        };
        answers.push(first.status());
    }
    assert_eq!(answers.iter().filter(|status| **status == Some(503)).count(), 16, "{answers:?}");
}
