//! A voice side that follows a script, for tests of the engine and of what stands on it.
//!
//! It does what the real one does when all goes well: an answered line comes up, a hung-up line goes down, a station
//! is up as soon as it was answered. Everything asked of it is kept.

use crate::{
    clock,
    ids::fresh,
    lines::{Later, Lines},
};
use siaga_core::{
    ids::{CallId, StationId},
    view::call::EndedBy,
};
use siaga_voice::{Command, EndReason, Event, RawCaller, media::StationError};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::mpsc;

/// Events that wait for the engine in a test.
const EVENTS: usize = 4_096;

#[derive(Clone)]
pub struct ScriptedVoice {
    events: mpsc::Sender<Event>,
    asked: Arc<Mutex<Vec<Command>>>,
}

impl ScriptedVoice {
    #[must_use]
    pub fn new() -> (Arc<Self>, mpsc::Receiver<Event>) {
        let (events, received) = mpsc::channel(EVENTS);
        (Arc::new(Self { events, asked: Arc::default() }), received)
    }

    /// Everything asked so far, oldest first.
    #[must_use]
    pub fn asked(&self) -> Vec<Command> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn tell(&self, event: Event) {
        self.events.try_send(event).expect("because a test has few events and a live engine");
    }

    /// Somebody calls 112.
    pub fn arrive(&self, number: Option<&str>) -> CallId {
        let call = CallId(fresh());
        let caller = RawCaller {
            number: number.map(str::to_owned),
            display_name: None,
            dialled: "112".to_owned(),
            source: SocketAddr::from((Ipv4Addr::LOCALHOST, 5060)),
            sip_call_id: format!("{call}@test"),
            position: None,
        };
        self.tell(Event::CallArrived { call, at: clock::now(), caller });
        call
    }

    /// The caller hangs up.
    pub fn hang_up(&self, call: CallId) {
        self.down(call, EndedBy::Caller, EndReason::CallerHungUp);
    }

    fn down(&self, call: CallId, by: EndedBy, reason: EndReason) {
        self.tell(Event::LineDown { call, at: clock::now(), by, reason });
    }
}

impl Lines for ScriptedVoice {
    fn send(&self, command: Command) {
        let at = clock::now();
        match &command {
            Command::Answer { call, .. } => self.tell(Event::Answered { call: *call, at }),
            // A telephone that rings and is not taken up, unless the test says so.
            Command::Say { call, .. } => self.tell(Event::Answered { call: *call, at }),
            Command::Dial { call, .. } => self.tell(Event::Dialling { call: *call, at }),
            Command::HangUp { call } => self.down(*call, EndedBy::CallTaker, EndReason::WeHungUp),
            _ => {}
        }
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(command);
    }

    fn station_offer(&self, station: StationId, sdp: String) -> Later<'_, Result<String, StationError>> {
        Box::pin(async move {
            if sdp.is_empty() {
                return Err(StationError::NoAudio);
            }
            // Behind the binding, as in life: the browser first needs our answer.
            let events = self.events.clone();
            tokio::spawn(async move {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                // An engine that is gone needs no station.
                let _ = events.send(Event::StationUp { station, at: clock::now() }).await;
            });
            Ok(format!("answer to {sdp}"))
        })
    }

    fn recall(&self, _call: CallId) -> Later<'_, Option<Vec<u8>>> {
        Box::pin(async { Some(b"RIFF".to_vec()) })
    }
}
