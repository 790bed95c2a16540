//! The machine answers, asks and gives way: every step is heard at the caller's ear, at the call-taker's and on the record.

mod telephone;

use siaga_core::ids::{CallId, StationId};
use siaga_voice::{
    Command, Event, Prompt,
    client::{Client, Sound},
    record, tone,
};
use std::net::Ipv4Addr;
use telephone::{
    House, SOON, Telephone,
    handset::{Handset, holds_prompt, share},
};

const GREETING: &[u8] = include_bytes!("../../../city/serang/prompts/greeting.al");
const YES_NO: &[u8] = include_bytes!("../../../city/serang/prompts/yes_no.al");
const MENU: &[u8] = include_bytes!("../../../city/serang/prompts/call_back_menu.al");
const KEY: [u8; 32] = [7; 32];
const RING_HZ: f64 = 425.0;

/// A connected console that says a tone.
async fn console(house: &House, hz: f64) -> (StationId, Client) {
    let station = StationId(uuid::Uuid::now_v7());
    let (offering, offer) = Client::offer(Ipv4Addr::LOCALHOST.into()).await.expect("an offer");
    let answer = house.voice.station_offer(station, offer).await.expect("an answer");
    let client = offering.accept(&answer).expect("accepted");
    client.connected().await.expect("connected");
    client.play(Sound::Tone { hz, dbfs: -20.0 });
    (station, client)
}

async fn console_hears(console: &Client, hz: f64) {
    let _ = console.take_heard();
    for _ in 0..40 {
        if share(hz, &console.listen(4_000, SOON * 2).await.expect("packets")) > 0.9 {
            return;
        }
    }
    panic!("{hz} Hz never came to the console");
}

async fn said(house: &mut House) -> Prompt {
    house.event(|event| if let Event::Said { prompt, .. } = event { Some(*prompt) } else { None }).await
}

/// A line that the machine answered with this prompt; the caller says 440 Hz.
async fn answered_by_machine(house: &mut House, prompt: Prompt) -> (CallId, Telephone, Handset) {
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let mut handset = Handset::new().await;
    caller.rtp = handset.address;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    caller.response(180, "INVITE").await;
    house.voice.send(Command::Say { call, prompt });
    let ok = caller.response(200, "INVITE").await;
    // The caller speaks before its ACK is here: the recording has it.
    handset.speak(ok.body(), 440.0, -20.0);
    caller.acknowledge("").await;
    assert_eq!(house.answered().await, call);
    (call, caller, handset)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_greets_rings_on_and_gives_way_to_a_person() {
    let mut house = House::open().await;
    let (station, console) = console(&house, 880.0).await;
    let (call, mut caller, handset) = answered_by_machine(&mut house, Prompt::Greeting).await;
    house.voice.send(Command::Say { call, prompt: Prompt::Greeting });
    handset.press(5);
    let digit = house.event(|event| if let Event::Key { digit, .. } = event { Some(*digit) } else { None }).await;
    assert_eq!(digit, '5', "a key is heard while the prompt runs");
    assert_eq!(said(&mut house).await, Prompt::Greeting);
    let heard = handset.take();
    assert!(holds_prompt(&heard, GREETING), "the greeting is heard, {} samples", heard.len());
    assert!(heard.len() < GREETING.len() + 16_000, "and once, not anew with the second order");
    let ring = handset.until_tone(RING_HZ).await;
    assert!((-36.0..=-28.0).contains(&tone::rms_dbfs(&ring)), "softly: {}", tone::rms_dbfs(&ring));
    assert!(console.take_heard().is_empty(), "no console hears a caller who has none");

    house.voice.send(Command::Attach { call, station });
    let heard = handset.until_tone(880.0).await;
    assert!((tone::rms_dbfs(&heard) + 20.0).abs() < 1.5);
    console_hears(&console, 440.0).await;
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    let (file, hash) = house
        .event(|event| match event {
            Event::RecordingClosed { file, hash, .. } => Some((file.clone(), *hash)),
            _ => None,
        })
        .await;
    let path = house.folder.join(file);
    let recording = record::read(&path, &KEY).expect("read");
    assert_eq!(record::verify(&path, &KEY).expect("verified").hash, hash);
    assert!(recording.intact && share(440.0, &recording.caller[8_000..]) > 0.8, "the caller from the first second");
    assert!(holds_prompt(&recording.desk, GREETING), "the prompt is on the record");
    let tenths = |hz: f64| recording.desk.chunks_exact(800).filter(|tenth| tone::energy_at(hz, tenth) > 0.9).count();
    let (ring, person) = (tenths(RING_HZ), tenths(880.0));
    assert!(ring >= 4 && person >= 4, "and all that followed: {ring} tenths of ring-back, {person} of the person");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_answers_while_the_200_is_on_its_way_is_heard_at_once() {
    let mut house = House::open().await;
    let (station, console) = console(&house, 880.0).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let mut handset = Handset::new().await;
    caller.rtp = handset.address;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Say { call, prompt: Prompt::Challenge });
    let ok = caller.response(200, "INVITE").await;
    house.voice.send(Command::Answer { call, station });
    caller.acknowledge("").await;
    house.answered().await;
    handset.speak(ok.body(), 440.0, -20.0);
    handset.until_tone(880.0).await;
    console_hears(&console, 440.0).await;
    assert!(share(880.0, &handset.listen(8_000).await) > 0.8, "no prompt runs on");
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::Said { .. })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_in_a_talk_is_heard_by_both_and_silences_nobody() {
    let mut house = House::open().await;
    let (station, console) = console(&house, 880.0).await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let mut handset = Handset::new().await;
    caller.rtp = handset.address;
    caller.invite().await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Answer { call, station });
    let ok = caller.response(200, "INVITE").await;
    caller.acknowledge("").await;
    house.answered().await;
    handset.speak(ok.body(), 440.0, -100.0);
    handset.until_tone(880.0).await;
    let before = console.listen(4_000, SOON).await.expect("packets");
    assert!(tone::rms_dbfs(&before) < -65.0, "a quiet caller: {}", tone::rms_dbfs(&before));
    handset.take();
    let _ = console.take_heard();
    house.voice.send(Command::Say { call, prompt: Prompt::YesNo });
    assert_eq!(said(&mut house).await, Prompt::YesNo);
    let (caller_heard, taker_heard) = (handset.take(), console.take_heard());
    let blocks = caller_heard.chunks_exact(800);
    let (all, with_voice) =
        (blocks.len(), blocks.filter(|block| (0.02..0.98).contains(&tone::energy_at(880.0, block))).count());
    assert!(with_voice * 3 > all, "question and call-taker together: {with_voice} of {all} tenths");
    assert!(caller_heard.len() > YES_NO.len() / 2, "{}", caller_heard.len());
    let taker = tone::rms_dbfs(&taker_heard);
    assert!((-45.0..=-28.0).contains(&taker), "the call-taker hears it softly: {taker}");
    handset.until_tone(880.0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_is_called_back_hears_the_menu_answers_with_a_key_and_gets_a_human() {
    let trunk = Telephone::new(([127, 0, 0, 1], 9).into(), "trunk").await;
    let address = trunk.own();
    let mut house = House::with(|config| config.trunk = Some(address.into())).await;
    let (station, console) = console(&house, 880.0).await;
    let mut handset = Handset::new().await;
    let trunk = Telephone { house: house.sip(), rtp: handset.address, ..trunk };
    let call = CallId(uuid::Uuid::now_v7());
    house.voice.send(Command::Ask { call, number: "+6281299998888".into(), prompt: Prompt::CallBackMenu });
    let invite = trunk.asked("INVITE").await;
    assert_eq!(invite.header("Priority"), Some("psap-callback"));
    trunk.send(&trunk.respond(&invite, "180 Ringing", "t1", "", "")).await;
    house.event(|event| matches!(event, Event::Dialling { .. }).then_some(())).await;
    let body = trunk.description();
    trunk.send(&trunk.respond(&invite, "200 OK", "t1", "", &body)).await;
    trunk.asked("ACK").await;
    assert_eq!(house.answered().await, call);
    handset.speak(invite.body(), 440.0, -20.0);
    let heard = house.event(|event| if let Event::Heard { level_dbfs, .. } = event { Some(*level_dbfs) } else { None });
    assert!((heard.await + 20.0).abs() < 2.0, "it listens at once");
    handset.press(1);
    let digit = house.event(|event| if let Event::Key { digit, .. } = event { Some(*digit) } else { None }).await;
    assert_eq!(digit, '1');
    assert_eq!(said(&mut house).await, Prompt::CallBackMenu);
    assert!(holds_prompt(&handset.take(), MENU), "the menu is heard");
    assert!(tone::rms_dbfs(&handset.listen(8_000).await) < -60.0, "then quiet, so that the answer can be heard");
    house.voice.send(Command::Attach { call, station });
    handset.until_tone(880.0).await;
    console_hears(&console, 440.0).await;
}

#[tokio::test]
async fn who_is_not_reached_by_the_machine_is_said_as_for_a_person() {
    let trunk = Telephone::new(([127, 0, 0, 1], 9).into(), "trunk").await;
    let address = trunk.own();
    let mut house = House::with(|config| config.trunk = Some(address.into())).await;
    let trunk = Telephone { house: house.sip(), ..trunk };
    let call = CallId(uuid::Uuid::now_v7());
    house.voice.send(Command::Ask { call, number: "0812".into(), prompt: Prompt::CallBackMenu });
    let invite = trunk.asked("INVITE").await;
    trunk.send(&trunk.respond(&invite, "486 Busy Here", "t1", "", "")).await;
    trunk.asked("ACK").await;
    assert_eq!(house.down().await, "Network NotReached { status: Some(486) }");
    assert!(!house.waiting().iter().any(|event| matches!(event, Event::Said { .. } | Event::Answered { .. })));
}
