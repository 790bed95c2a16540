//! One seat from sign-in to the end of the run.

use super::{Classify, Line, Options, console::Console, live, print, truth_of};
use crate::callers::measure::Ear;
use rand::{Rng, SeedableRng, rngs::StdRng};
use siaga_core::{
    class::Class,
    ids::{CallId, UserId},
    view::{
        desk::{CallCard, CallPhase, DeskView, GiveClass, Sdp, SeatState, TakeSeat},
        incident::{DraftView, IncidentView, SendIncident},
    },
};
use siaga_voice::client::{Client, Sound};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The server shows a seat as gone after 15 s without one.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(5);
/// A clear voice's level.
const TONE_DBFS: f32 = -15.0;
/// A call that neither rings nor talks nor ends after this is given up by the simulated person.
const CALL_LASTS_AT_MOST: Duration = Duration::from_secs(900);

pub async fn work(
    options: &Options,
    user: &str,
    password: &str,
    index: u64,
    taken: &AtomicU32,
    stop: CancellationToken,
) -> Result<(), Fault> {
    let console = Arc::new(Console::open(&options.url)?);
    let me = console.sign_in(user, password).await?;
    console.post("seat", &TakeSeat { microphone_peak_dbfs: -12.0 }).await?;
    let (offering, offer) = Client::offer(console.facing_ip().await?).await?;
    let answer: Sdp = serde_json::from_slice(&console.post("seat/station", &Sdp { sdp: offer }).await?)?;
    let station = offering.accept(&answer.sdp)?;
    station.connected().await?;
    station.play(Sound::Tone { hz: options.tone, dbfs: TONE_DBFS });

    let (publish, mut desk) = watch::channel(None);
    let stream = tokio::spawn(live::follow(console.live().await?, publish));
    let heart = tokio::spawn(beat(console.clone()));
    let mut person = Person {
        options,
        console: &console,
        station: &station,
        me: me.user_id,
        user,
        dice: StdRng::seed_from_u64(options.seed + index),
    };
    let outcome = tokio::select! {
        () = stop.cancelled() => Ok(()),
        outcome = person.shift(&mut desk, taken, &stop) => outcome,
        () = station.gone() => Err("the sound path was lost".into()),
    };
    heart.abort();
    stream.abort();
    // Who was cut off takes the same seat again, and finds the call there.
    if outcome.is_ok() {
        let _ = console.send(reqwest::Method::DELETE, "seat", &()).await;
    }
    outcome
}

async fn beat(console: Arc<Console>) {
    let mut every = tokio::time::interval(HEARTBEAT_EVERY);
    loop {
        every.tick().await;
        let _ = console.post("seat/heartbeat", &serde_json::json!({})).await;
    }
}

struct Person<'a> {
    options: &'a Options,
    console: &'a Console,
    station: &'a Client,
    me: UserId,
    user: &'a str,
    dice: StdRng,
}

impl Person<'_> {
    async fn shift(
        &mut self,
        desk: &mut watch::Receiver<Option<DeskView>>,
        taken: &AtomicU32,
        stop: &CancellationToken,
    ) -> Result<(), Fault> {
        let (mut seated, mut there) = (false, false);
        loop {
            let view = next(desk).await?;
            let Some(seat) = view.seats.iter().find(|seat| seat.user_id == self.me) else { continue };
            if !seated {
                seated = true;
                print(&Line::Seated { seat: seat.seat.0, user: self.user.to_owned() });
            }
            match seat.state {
                SeatState::Gone if there => return Err("the server does not see this seat any more".into()),
                SeatState::Gone | SeatState::Paused => continue,
                _ => there = true,
            }
            let own = |phase| matches!(phase, CallPhase::Talking | CallPhase::Held | CallPhase::Wrap);
            let begun = |card: &&CallCard| card.seat == Some(seat.seat) && own(card.phase) && card.class.is_none();
            if let Some(card) = view.calls.iter().find(begun) {
                // Somebody cut off in mid-call goes on with it.
                self.talk(seat.seat.0, card, 0, desk).await?;
                continue;
            }
            if !matches!(seat.state, SeatState::Ringing | SeatState::Ready) {
                continue;
            }
            let waits = |phase| matches!(phase, CallPhase::Ringing | CallPhase::Listening | CallPhase::Waiting);
            let ringing = view.calls.iter().find(|card| card.seat == Some(seat.seat) && waits(card.phase));
            let Some(card) = ringing else {
                for silent in view.calls.iter().filter(|card| card.silent_line) {
                    self.hear_silent_line(silent).await;
                }
                continue;
            };
            self.take(seat.seat.0, card.clone(), desk).await?;
            if self.options.calls != 0 && taken.fetch_add(1, Ordering::SeqCst) + 1 >= self.options.calls {
                stop.cancel();
                return Ok(());
            }
        }
    }

    /// A person listens to a silent line and decides: who may need help is taken, the rest is ended by this person's will.
    async fn hear_silent_line(&mut self, card: &CallCard) {
        let (class, sub, _) = self.judge(card);
        let path = format!("calls/{}", card.call_id);
        // Who withholds the number is known to nobody: that one is spoken to.
        let unknown = matches!(self.options.classify, Classify::Truth) && card.number.is_none();
        // Another seat may have been faster: that is ordinary.
        let _ = if unknown || class == Class::Emergency {
            self.console.post(&format!("{path}/answer"), &serde_json::json!({})).await
        } else {
            let ghost = if class == Class::Ghost { sub } else { None };
            self.console
                .post(
                    &format!("{path}/class"),
                    &GiveClass { class: Class::Ghost, sub: ghost, hang_up: true, reason: None },
                )
                .await
        };
    }

    async fn take(
        &mut self,
        seat: u16,
        card: CallCard,
        desk: &mut watch::Receiver<Option<DeskView>>,
    ) -> Result<(), Fault> {
        let shown = Instant::now();
        tokio::time::sleep(self.options.answer_after).await;
        let path = format!("calls/{}", card.call_id);
        if self.console.post(&format!("{path}/answer"), &serde_json::json!({})).await.is_err() {
            // The caller went, or another seat was faster: both are ordinary.
            return Ok(());
        }
        self.talk(seat, &card, ms(shown), desk).await
    }

    /// From the answer, or from when this seat was there again, to the class.
    async fn talk(
        &mut self,
        seat: u16,
        card: &CallCard,
        answer_ms: u64,
        desk: &mut watch::Receiver<Option<DeskView>>,
    ) -> Result<(), Fault> {
        let path = format!("calls/{}", card.call_id);
        drop(self.station.take_heard());
        let answered = Instant::now();
        let (class, sub, incident_type) = self.judge(card);
        let talk = self.options.nuisance_talk.filter(|_| class != Class::Emergency).or(self.options.talk);
        let talk = talk.unwrap_or(CALL_LASTS_AT_MOST);
        let caller_went = tokio::time::timeout(talk, gone(desk, card.call_id)).await.is_ok();
        let mut ear = Ear::default();
        ear.hear(self.station.take_heard().into_iter());
        let incident_id = match (class, incident_type) {
            (Class::Emergency, Some(kind)) => self.send_incident(card.call_id, &kind).await,
            _ => None,
        };
        let choice = GiveClass { class, sub, hang_up: !caller_went, reason: None };
        if self.console.post(&format!("{path}/class"), &choice).await.is_err() {
            // Our sound was away for a moment and the caller waits for a seat again: it rings once more, here or elsewhere.
            return Ok(());
        }
        print(&Line::Call {
            seat,
            call_id: card.call_id.to_string(),
            answer_ms,
            talk_ms: ms(answered),
            heard: ear.total(),
            class,
            incident_id,
            ended_by: if caller_went { "caller" } else { "call_taker" },
        });
        Ok(())
    }

    fn judge(&mut self, card: &CallCard) -> (Class, Option<String>, Option<String>) {
        match self.options.classify {
            Classify::Always(class) => (class, None, None),
            Classify::Truth => self
                .options
                .truth_file
                .as_ref()
                .and_then(|path| truth_of(path, card.number.as_deref()))
                .filter(|(class, ..)| *class != Class::Abandoned)
                .unwrap_or((Class::Prank, None, None)),
            Classify::Random => {
                let classes = [Class::Prank, Class::Ghost, Class::Information, Class::Test];
                (classes[self.dice.random_range(0..classes.len())], None, None)
            }
        }
    }

    /// Fills the sheet's two needful fields and sends; the incident's id, or `None` where the server refused.
    async fn send_incident(&mut self, call: CallId, incident_type: &str) -> Option<String> {
        let city: siaga_core::view::city::CityView = self.console.get("city").await.ok()?;
        let village = &city.villages[self.dice.random_range(0..city.villages.len().max(1))];
        let draft: DraftView = self.console.get(&format!("calls/{call}/draft")).await.ok()?;
        let fields = BTreeMap::from([("village_code", village.code.as_str()), ("incident_type", incident_type)]);
        let change = serde_json::json!({ "base_revision": draft.revision, "fields": fields });
        let saved = self.console.send(reqwest::Method::PUT, &format!("calls/{call}/draft"), &change).await.ok()?;
        let saved: DraftView = serde_json::from_slice(&saved).ok()?;
        let send = SendIncident { call_id: call, draft_revision: saved.revision, agencies: None };
        let sent: IncidentView = serde_json::from_slice(&self.console.post("incidents", &send).await.ok()?).ok()?;
        Some(sent.incident_id.to_string())
    }
}

async fn next(desk: &mut watch::Receiver<Option<DeskView>>) -> Result<DeskView, Fault> {
    loop {
        desk.changed().await.map_err(|_| "the live stream ended")?;
        if let Some(view) = desk.borrow_and_update().clone() {
            return Ok(view);
        }
    }
}

/// Until the caller's line is down.
async fn gone(desk: &mut watch::Receiver<Option<DeskView>>, call: CallId) {
    let over = |view: &Option<DeskView>| {
        view.as_ref().is_some_and(|view| {
            view.calls.iter().find(|card| card.call_id == call).is_none_or(|card| card.phase == CallPhase::Wrap)
        })
    };
    // The snapshot from before the answer may still say "ringing": only what comes after counts.
    let _ = desk.wait_for(over).await;
}

fn ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
