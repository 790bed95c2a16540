//! A shift lead on a line: the caller says 440 Hz, the call-taker 880, the lead 700. What must not be heard matters most.

use super::*;
use crate::Supervision;

const CALLER: f64 = 440.0;
const SEAT: f64 = 880.0;
const LEAD: f64 = 700.0;
/// Of the energy: what leaks of a tone that nobody sends into this ear.
const LEAK_MAX: f64 = 0.01;
/// Quieter than this is silence.
const SILENT_DBFS: f32 = -60.0;

struct Talk {
    house: House,
    seat: StationId,
    taker: Client,
    lead: StationId,
    coach: Client,
    call: CallId,
    phone: Phone,
}

impl Talk {
    async fn new(codec: Codec) -> Self {
        let house = House::new();
        let (seat, taker) = house.console(SEAT).await;
        let (lead, coach) = house.console(LEAD).await;
        let (call, phone, _) = house.call(codec, CALLER, seat).await;
        until_tone(&phone, SEAT).await;
        Self { house, seat, taker, lead, coach, call, phone }
    }

    async fn supervise(&self, how: Supervision) {
        self.house.media.apply(&Command::Supervise { call: self.call, station: self.lead, how });
        self.settle().await;
    }

    async fn apply(&self, command: Command) {
        self.house.media.apply(&command);
        self.settle().await;
    }

    /// The thread has carried out what was asked, and what was on its way has arrived.
    async fn settle(&self) {
        let _ = self.house.media.leg_status(self.call).await;
        self.phone.listen(SECOND / 4).await;
        let _ = (self.taker.take_heard(), self.coach.take_heard());
    }

    async fn in_call(&self) -> Vec<i16> {
        self.phone.listen(SECOND).await
    }
}

async fn next(client: &Client) -> Vec<i16> {
    let _ = client.take_heard();
    client.listen(SECOND, WITHIN).await.expect("packets")
}

fn has(hz: &[f64], pcm: &[i16]) -> bool {
    let shares: Vec<f64> = hz.iter().map(|hz| share(*hz, pcm)).collect();
    shares.iter().all(|share| *share > 0.5 / hz.len() as f64) && shares.iter().sum::<f64>() > 0.85
}

/// Exactly these tones are in a second of what somebody hears, and no other of the three.
#[track_caller]
fn assert_only(hz: &[f64], pcm: &[i16], who: &str) {
    for tone in [CALLER, SEAT, LEAD] {
        let share = share(tone, pcm);
        if hz.contains(&tone) {
            assert!(share > 0.5 / hz.len() as f64, "{who}: {share} at {tone} Hz");
        } else {
            assert!(share < LEAK_MAX, "{who}: {share} at {tone} Hz, which nobody may hear here");
        }
    }
}

/// Listens until these tones are what is heard: a busy machine breaks the phase of a tone now and then.
macro_rules! hears {
    ($listen:expr, $hz:expr, $who:expr) => {{
        let (hz, mut tries): (&[f64], u32) = (&$hz, 0);
        loop {
            let pcm = $listen.await;
            if has(hz, &pcm) {
                break assert_only(hz, &pcm, $who);
            }
            tries += 1;
            assert!(tries < 40, "{}: {hz:?} never came, strongest {} Hz", $who, tone::strongest_hz(&pcm));
        }
    }};
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_listens_hears_both_and_is_heard_by_nobody() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let talk = Talk::new(codec).await;
        talk.supervise(Supervision::Listen).await;
        hears!(next(&talk.coach), [CALLER, SEAT], "lead");
        hears!(talk.in_call(), [SEAT], "caller");
        hears!(next(&talk.taker), [CALLER], "call-taker");

        // Muted, nobody hears the call-taker: what is said aside in the room is not for a listener.
        talk.apply(Command::Mute { call: talk.call, on: true }).await;
        hears!(next(&talk.coach), [CALLER], "lead, muted call-taker");
        talk.apply(Command::Mute { call: talk.call, on: false }).await;

        // Both silent: not a sample of the lead reaches either.
        talk.taker.play(Sound::Silence);
        talk.settle().await;
        assert!(tone::rms_dbfs(&talk.in_call().await) < SILENT_DBFS, "the caller hears nothing of who listens");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whisper_is_heard_by_the_call_taker_and_never_by_the_caller() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let mut talk = Talk::new(codec).await;
        talk.supervise(Supervision::Whisper).await;
        hears!(next(&talk.taker), [CALLER, LEAD], "call-taker");
        hears!(next(&talk.coach), [CALLER, SEAT], "lead");
        hears!(talk.in_call(), [SEAT], "caller");

        talk.taker.play(Sound::Silence);
        talk.settle().await;
        hears!(next(&talk.taker), [CALLER, LEAD], "silent call-taker");
        assert!(tone::rms_dbfs(&talk.in_call().await) < SILENT_DBFS, "the caller hears not a sample of the whisper");
        talk.taker.play(Sound::Tone { hz: SEAT, dbfs: -20.0 });

        // Muted or on hold the two may speak with each other; the caller hears neither.
        talk.apply(Command::Mute { call: talk.call, on: true }).await;
        hears!(next(&talk.coach), [CALLER, SEAT], "lead, muted call-taker");
        assert!(tone::rms_dbfs(&talk.in_call().await) < SILENT_DBFS, "muted: silence for the caller");
        talk.apply(Command::Mute { call: talk.call, on: false }).await;
        talk.apply(Command::Hold { call: talk.call, on: true }).await;
        hears!(next(&talk.taker), [LEAD], "call-taker on hold");
        let prompt = talk.phone.listen(SECOND * 2).await;
        assert!(tone::rms_dbfs(&prompt) > -35.0, "the hold prompt");
        assert!(share(LEAD, &prompt) < 0.05 && share(SEAT, &prompt) < 0.05, "and nobody of us");
        talk.apply(Command::Hold { call: talk.call, on: false }).await;
        hears!(talk.in_call(), [SEAT], "caller again");

        talk.house.media.leg_close(talk.call);
        let file = recorded(&mut talk.house).await;
        let recording = record::read(&talk.house.folder.join(file), &[3; 32]).expect("read");
        let of = |pcm: &[i16]| pcm.chunks(SECOND).map(|second| share(LEAD, second)).fold(0.0, f64::max);
        assert!(of(&recording.caller) < 0.05 && of(&recording.desk) < 0.05, "a whisper is in no channel");
    }
}

async fn recorded(house: &mut House) -> String {
    house.event(|event| if let Event::RecordingClosed { file, .. } = event { Some(file.clone()) } else { None }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_barges_in_speaks_with_both_and_is_on_the_record() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let mut talk = Talk::new(codec).await;
        talk.supervise(Supervision::Barge).await;
        hears!(talk.in_call(), [SEAT, LEAD], "caller");
        hears!(next(&talk.taker), [CALLER, LEAD], "call-taker");
        hears!(next(&talk.coach), [CALLER, SEAT], "lead");

        // One stream for the caller all the way: one SSRC, no hole, no step back.
        let headers = std::mem::take(&mut talk.phone.ear.lock().expect("ear").headers);
        for pair in headers.windows(2) {
            assert_eq!(pair[1].0, pair[0].0.wrapping_add(1));
            assert!(pair[1].1.wrapping_sub(pair[0].1) < 8_000 && pair[1].2 == pair[0].2, "{pair:?}");
        }
        // A question of the machine is asked among the three, to its end.
        let (call, asked) = (talk.call, crate::Prompt::AnyKey);
        talk.apply(Command::Say { call, prompt: asked }).await;
        talk.house
            .event(|event| {
                matches!(event, Event::Said { call: of, prompt, .. } if (*of, *prompt) == (call, asked)).then_some(())
            })
            .await;
        hears!(talk.in_call(), [SEAT, LEAD], "caller after the question");

        talk.house.media.leg_close(talk.call);
        let file = recorded(&mut talk.house).await;
        let recording = record::read(&talk.house.folder.join(file), &[3; 32]).expect("read");
        let seconds = |pcm: &[i16], hz: &[f64]| pcm.chunks(SECOND).filter(|second| has(hz, second)).count();
        assert!(seconds(&recording.desk, &[SEAT, LEAD]) >= 2, "right: all that the caller heard");
        assert!(seconds(&recording.caller, &[CALLER]) >= 2, "left: the caller");
        let leak = recording.caller.chunks(SECOND).map(|second| share(LEAD, second)).fold(0.0, f64::max);
        assert!(leak < 0.05, "left: {leak} of the lead");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hold_parts_the_caller_from_both_and_the_lead_outlives_a_lost_seat() {
    let talk = Talk::new(Codec::Pcma).await;
    talk.supervise(Supervision::Barge).await;
    talk.apply(Command::Hold { call: talk.call, on: true }).await;
    hears!(next(&talk.taker), [LEAD], "call-taker on hold");
    let (prompt, coach) = (talk.phone.listen(SECOND * 2).await, next(&talk.coach).await);
    assert!(tone::rms_dbfs(&prompt) > -35.0 && share(LEAD, &prompt) < 0.05 && share(SEAT, &prompt) < 0.05);
    assert!(share(CALLER, &coach) < 0.05, "on hold the lead hears nothing of the caller");
    talk.apply(Command::Hold { call: talk.call, on: false }).await;
    hears!(talk.in_call(), [SEAT, LEAD], "caller again");

    // The call-taker's page is gone: the prompt as ever, and the lead is still there for the caller.
    talk.apply(Command::Detach { call: talk.call }).await;
    let alone = talk.phone.listen(SECOND * 4).await;
    assert!(share(LEAD, &alone) > 0.1, "the lead is heard: {}", share(LEAD, &alone));
    assert!(share(SEAT, &alone) < LEAK_MAX, "the lost seat is not");
    assert!(share(LEAD, &alone) < 0.9, "the prompt is heard too");
    assert!(share(CALLER, &next(&talk.coach).await) > 0.1, "and the lead hears the caller");

    // Another seat goes on with it, and so does the lead.
    let (second, reloaded) = talk.house.console(1_000.0).await;
    talk.apply(Command::Attach { call: talk.call, station: second }).await;
    hears!(talk.in_call(), [1_000.0, LEAD], "caller, another seat");
    hears!(next(&reloaded), [CALLER, LEAD], "the other seat");
    hears!(next(&talk.coach), [CALLER, 1_000.0], "lead, another seat");
    assert!(talk.taker.take_heard().is_empty(), "the old seat hears nothing more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_who_is_gone_leaves_two_people_talking() {
    let mut talk = Talk::new(Codec::Pcma).await;
    for how in [Supervision::Listen, Supervision::Whisper, Supervision::Barge] {
        talk.coach.play(Sound::Tone { hz: LEAD, dbfs: -20.0 });
        talk.supervise(how).await;
        hears!(next(&talk.coach), [CALLER, SEAT], "lead");
        // The lead's page is killed: no goodbye.
        talk.coach.play(Sound::Nothing);
        let lead = talk.lead;
        talk.house
            .event(|event| matches!(event, Event::StationDown { station, .. } if *station == lead).then_some(()))
            .await;
        hears!(talk.in_call(), [SEAT], "caller, the lead gone");
        talk.apply(Command::EndSupervision { call: talk.call }).await;
        hears!(talk.in_call(), [SEAT], "caller, supervision over");
        hears!(next(&talk.taker), [CALLER], "call-taker, supervision over");
        assert!(talk.coach.take_heard().is_empty(), "the lead hears nothing more");
    }
    // Its connection closed for good, and a call that ends under a lead: nothing is left behind.
    talk.coach.play(Sound::Tone { hz: LEAD, dbfs: -20.0 });
    talk.supervise(Supervision::Barge).await;
    hears!(talk.in_call(), [SEAT, LEAD], "caller");
    talk.apply(Command::CloseStation { station: talk.lead }).await;
    hears!(talk.in_call(), [SEAT], "caller, the lead's connection closed");
    let (lead, coach) = talk.house.console(LEAD).await;
    (talk.lead, talk.coach) = (lead, coach);
    talk.supervise(Supervision::Barge).await;
    hears!(talk.in_call(), [SEAT, LEAD], "caller, the lead back");
    talk.house.media.leg_close(talk.call);
    assert_eq!(talk.house.media.leg_status(talk.call).await, None);
    let (_call, phone, _) = talk.house.call(Codec::Pcma, CALLER, talk.seat).await;
    until_tone(&phone, SEAT).await;
    assert_only(&[SEAT], &phone.listen(SECOND).await, "the next caller");
}
