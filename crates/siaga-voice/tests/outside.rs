//! A telephone outside takes a waiting caller: both are real SIP telephones, each is heard at the other's ear and both on the
//! caller's record; who goes first leaves the other on the line.

mod telephone;

use siaga_core::ids::{CallId, StationId};
use siaga_voice::{
    Command, Event, Prompt,
    client::{Client, Sound},
    record, tone,
};
use std::net::Ipv4Addr;
use telephone::{
    Heard, House, Telephone,
    handset::{Handset, share},
};

const KEY: [u8; 32] = [7; 32];
const CALLER_HZ: f64 = 440.0;
const OUTSIDE_HZ: f64 = 880.0;
const SEAT_HZ: f64 = 1_000.0;

/// A caller whom the machine greets, and the telephone outside, which the trunk brings.
struct Scene {
    house: House,
    call: CallId,
    caller: Telephone,
    ear: Handset,
    leg: CallId,
    outside: Telephone,
    invite: Heard,
}

impl Scene {
    async fn ringing() -> Self {
        let outside = Telephone::new(([127, 0, 0, 1], 9).into(), "trunk").await;
        let trunk = outside.own();
        let mut house = House::with(|config| config.trunk = Some(trunk.into())).await;
        let outside = Telephone { house: house.sip(), ..outside };
        let mut caller = Telephone::new(house.sip(), "0812").await;
        let mut ear = Handset::new().await;
        caller.rtp = ear.address;
        caller.invite().await;
        let (call, _) = house.arrived().await;
        house.voice.send(Command::Say { call, prompt: Prompt::Greeting });
        let ok = caller.response(200, "INVITE").await;
        caller.acknowledge("").await;
        assert_eq!(house.answered().await, call);
        ear.speak(ok.body(), CALLER_HZ, -20.0);
        let leg = CallId(uuid::Uuid::now_v7());
        house.voice.send(Command::RingOutside { call: leg, number: "+628990000001".into() });
        let invite = outside.asked("INVITE").await;
        assert!(invite.0.starts_with("INVITE sip:+628990000001@"), "{}", invite.0);
        assert_eq!(invite.header("Priority"), Some("emergency"), "it is no call-back");
        outside.send(&outside.respond(&invite, "180 Ringing", "t1", "", "")).await;
        Self { house, call, caller, ear, leg, outside, invite }
    }

    /// The telephone is taken up and joined with the caller.
    async fn joined(&mut self) -> Handset {
        let mut handset = Handset::new().await;
        self.outside.rtp = handset.address;
        let body = self.outside.description();
        self.outside.send(&self.outside.respond(&self.invite, "200 OK", "t1", "", &body)).await;
        self.outside.asked("ACK").await;
        assert_eq!(self.house.answered().await, self.leg);
        handset.speak(self.invite.body(), OUTSIDE_HZ, -20.0);
        self.house.voice.send(Command::Join { call: self.call, leg: self.leg });
        let heard = self.ear.until_tone(OUTSIDE_HZ).await;
        assert!((tone::rms_dbfs(&heard) + 20.0).abs() < 1.5, "at its level: {}", tone::rms_dbfs(&heard));
        let heard = handset.until_tone(CALLER_HZ).await;
        assert!((tone::rms_dbfs(&heard) + 20.0).abs() < 1.5, "at its level: {}", tone::rms_dbfs(&heard));
        handset
    }

    /// The telephone outside is put down by its person.
    async fn puts_down(&mut self) {
        self.outside.from = format!("{};tag=t1", self.invite.header("To").expect("To"));
        self.outside.to = self.invite.header("From").expect("From").to_string();
        self.outside.call_id = self.invite.header("Call-ID").expect("Call-ID").to_string();
        let bye = self.outside.request("BYE", "", "");
        self.outside.send(&bye).await;
        self.outside.response(200, "BYE").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caller_and_telephone_outside_hear_each_other_and_both_are_recorded() {
    let mut scene = Scene::ringing().await;
    let _handset = scene.joined().await;
    let bye = scene.caller.request("BYE", "", "");
    scene.caller.send(&bye).await;
    scene.caller.response(200, "BYE").await;
    let (of, file) = scene
        .house
        .event(|event| match event {
            Event::RecordingClosed { call, file, .. } => Some((*call, file.clone())),
            _ => None,
        })
        .await;
    assert_eq!(of, scene.call);
    let recording = record::read(&scene.house.folder.join(file), &KEY).expect("read");
    let tenths = |hz: f64, pcm: &[i16]| pcm.chunks_exact(800).filter(|tenth| tone::energy_at(hz, tenth) > 0.9).count();
    let (left, right) = (tenths(CALLER_HZ, &recording.caller), tenths(OUTSIDE_HZ, &recording.desk));
    assert!(recording.intact && left >= 4 && right >= 4, "both voices are on the record: {left} and {right} tenths");
    scene.house.voice.send(Command::HangUp { call: scene.leg });
    let bye = scene.outside.asked("BYE").await;
    scene.outside.send(&scene.outside.respond(&bye, "200 OK", "", "", "")).await;
    assert_eq!(scene.house.down().await, "CallTaker WeHungUp");
    let more = scene.house.waiting();
    assert!(!more.iter().any(|event| matches!(event, Event::RecordingClosed { .. })), "one recording: {more:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telephone_that_is_put_down_leaves_the_caller_on_the_line() {
    let mut scene = Scene::ringing().await;
    let _handset = scene.joined().await;
    scene.puts_down().await;
    let down = scene.house.event(|event| if let Event::LineDown { call, .. } = event { Some(*call) } else { None });
    assert_eq!(down.await, scene.leg, "only that line");
    // Asked to wait, in words.
    let heard = scene.ear.listen(24_000).await;
    assert!(tone::rms_dbfs(&heard) > -40.0 && share(OUTSIDE_HZ, &heard) < 0.5, "{}", tone::rms_dbfs(&heard));
    scene.house.voice.send(Command::Detach { call: scene.call });
    assert!(!scene.house.waiting().iter().any(|event| matches!(event, Event::LineDown { .. })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_takes_the_caller_over_and_the_telephone_hears_nothing_more() {
    let mut scene = Scene::ringing().await;
    let handset = scene.joined().await;
    let station = StationId(uuid::Uuid::now_v7());
    let (offering, offer) = Client::offer(Ipv4Addr::LOCALHOST.into()).await.expect("an offer");
    let answer = scene.house.voice.station_offer(station, offer).await.expect("an answer");
    let console = offering.accept(&answer).expect("accepted");
    console.connected().await.expect("connected");
    console.play(Sound::Tone { hz: SEAT_HZ, dbfs: -20.0 });
    scene.house.voice.send(Command::Attach { call: scene.call, station });
    scene.ear.until_tone(SEAT_HZ).await;
    assert!(tone::rms_dbfs(&handset.listen(8_000).await) < -60.0, "the caller's words are for the seat alone");
    assert!(share(OUTSIDE_HZ, &scene.ear.listen(8_000).await) < 0.2, "nor is the telephone heard");
    scene.house.voice.send(Command::HangUp { call: scene.leg });
    scene.outside.asked("BYE").await;
    scene.ear.until_tone(SEAT_HZ).await;
}

#[tokio::test]
async fn a_telephone_that_nobody_takes_up_is_taken_back_and_the_caller_hears_nothing_of_it() {
    let mut scene = Scene::ringing().await;
    scene.house.voice.send(Command::HangUp { call: scene.leg });
    let cancel = scene.outside.asked("CANCEL").await;
    scene.outside.send(&scene.outside.respond(&cancel, "200 OK", "t1", "", "")).await;
    scene.outside.send(&scene.outside.respond(&scene.invite, "487 Request Terminated", "t1", "", "")).await;
    scene.outside.asked("ACK").await;
    assert_eq!(scene.house.down().await, "CallTaker WeHungUp");
    assert!(!scene.ear.listen(4_000).await.is_empty(), "the caller's line goes on");
}
