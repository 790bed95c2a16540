//! The one loop: everything that can wake the live desk is in [`Wake`]; one mutation, then its effects.

use crate::{
    boundary,
    city::LiveCity,
    clock, history,
    ids::FreshIds,
    limits::{BATCH_MAX, HISTORIES_AT_ONCE, TICK},
    lines::{self, Lines},
    record,
};
use siaga_core::{
    call::live::LiveFact,
    desk::{
        Desk, DeskCommand, DeskReply, Effect, Input, Known, LineEvent, LostCall, OpenCallback, Refusal, Sender, Sent,
        World,
    },
    ids::CallId,
    phone::Caller,
    policy::Policy,
    time::Timestamp,
    view::desk::{DeskView, Link},
};
use siaga_store::Store;
use siaga_voice::Event;
use std::{collections::VecDeque, sync::Arc};
use tokio::{
    sync::{Semaphore, mpsc, oneshot, watch},
    time::{MissedTickBehavior, interval},
};

/// Everything that can wake the program. Closed: what is not here cannot change the desk.
pub(crate) enum Wake {
    Voice(Event),
    Ask {
        command: DeskCommand,
        reply: oneshot::Sender<Result<DeskReply, Refusal>>,
    },
    Known {
        call: CallId,
        known: Option<Known>,
    },
    /// Something arrived beside the voice and is written down.
    Sent {
        from: Sender,
        sent: Sent,
    },
    World(World),
    DataLink(Link),
    Policy(Arc<Policy>),
    Recovered {
        calls: Vec<LostCall>,
        callbacks: Vec<OpenCallback>,
        threatened: Vec<(String, Timestamp)>,
    },
    Tick,
    /// The program stops in order.
    Stop,
}

pub(crate) struct DeskLoop {
    pub desk: Desk,
    pub lines: Arc<dyn Lines>,
    pub store: Store,
    pub city: LiveCity,
    pub wakes: mpsc::Sender<Wake>,
    pub facts: mpsc::Sender<LiveFact>,
    /// Facts that found the writer's queue full, oldest first.
    pub unsent: VecDeque<LiveFact>,
    pub view: watch::Sender<Arc<DeskView>>,
    pub lookups: Arc<Semaphore>,
}

impl DeskLoop {
    #[must_use]
    pub fn lookups() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(HISTORIES_AT_ONCE))
    }

    pub async fn run(mut self, mut events: mpsc::Receiver<Event>, mut inbox: mpsc::Receiver<Wake>) {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut voice_lives = true;
        loop {
            let mut wake = tokio::select! {
                event = events.recv(), if voice_lives => match event {
                    Some(event) => Wake::Voice(event),
                    None => {
                        voice_lives = false;
                        tracing::error!("the voice side is gone");
                        continue;
                    }
                },
                Some(wake) = inbox.recv() => wake,
                _ = tick.tick() => Wake::Tick,
            };
            for _ in 0..BATCH_MAX {
                if matches!(wake, Wake::Stop) {
                    // What the voice side said before it went is still counted.
                    while let Ok(event) = events.try_recv() {
                        self.take(Wake::Voice(event));
                    }
                    self.publish();
                    while let Some(fact) = self.unsent.pop_front() {
                        if self.facts.send(fact).await.is_err() {
                            return;
                        }
                    }
                    return;
                }
                self.take(wake);
                let next = events.try_recv().map(Wake::Voice).ok().or_else(|| inbox.try_recv().ok());
                match next {
                    Some(next) => wake = next,
                    None => break,
                }
            }
            self.publish();
        }
    }

    fn take(&mut self, wake: Wake) {
        let (input, reply) = match wake {
            Wake::Voice(event) => match lines::line_event(event) {
                Some(event) => (Input::Line(event), None),
                None => return,
            },
            Wake::Ask { command, reply } => (Input::Command(command), Some(reply)),
            Wake::Known { call, known } => (Input::Known { call, known }, None),
            Wake::Sent { from, sent } => (Input::Sent { from, sent }, None),
            Wake::World(world) => (Input::World(world), None),
            Wake::DataLink(link) => (Input::DataLink(link), None),
            Wake::Policy(policy) => (Input::Policy(policy), None),
            Wake::Recovered { calls, callbacks, threatened } => {
                (Input::Recovered { calls, callbacks, threatened }, None)
            }
            Wake::Tick | Wake::Stop => (Input::Tick, None),
        };
        let arrived = match &input {
            Input::Line(LineEvent::Arrived { call, arrival }) if !self.desk.knows(*call) => {
                Some((*call, arrival.number_raw.clone().unwrap_or_default()))
            }
            _ => None,
        };
        let effects = boundary::handle(&mut self.desk, clock::now(), input, &mut FreshIds);
        let mut answer = Err(Refusal::NotNow);
        for effect in effects {
            match effect {
                Effect::Line(order) => self.lines.send(lines::command(order)),
                Effect::Fact(fact) => self.keep(fact),
                Effect::Reply(reply) => answer = reply,
            }
        }
        if let Some(reply) = reply {
            // Who asked may have given up.
            let _ = reply.send(answer);
        }
        if let Some((call, raw)) = arrived {
            self.look_up(call, &raw);
        }
    }

    fn look_up(&mut self, call: CallId, raw: &str) {
        let caller = Caller::read(raw);
        let Some(number) = caller.number() else { return };
        let Ok(permit) = Arc::clone(&self.lookups).try_acquire_owned() else {
            // So many at once that none would be read in time.
            self.take(Wake::Known { call, known: None });
            return;
        };
        let (store, city, wakes) = (self.store.clone(), self.city.clone(), self.wakes.clone());
        let number = number.e164().to_owned();
        tokio::spawn(async move {
            history::look_up(store, city, call, number, wakes).await;
            drop(permit);
        });
    }

    /// Facts leave in order; the loop never waits for the writer.
    fn keep(&mut self, fact: LiveFact) {
        record::log(&fact.fact);
        self.unsent.push_back(fact);
        while let Some(fact) = self.unsent.pop_front() {
            if let Err(error) = self.facts.try_send(fact) {
                if self.unsent.is_empty() {
                    tracing::error!("the writer does not keep up; facts wait in memory");
                }
                match error {
                    mpsc::error::TrySendError::Full(fact) | mpsc::error::TrySendError::Closed(fact) => {
                        self.unsent.push_front(fact);
                    }
                }
                return;
            }
        }
    }

    /// Tells the consoles, if there is anything new.
    fn publish(&mut self) {
        let now = clock::now();
        self.view.send_if_modified(|last| {
            let mut view = self.desk.view(now, last.sequence);
            view.now = last.now;
            if view == **last {
                return false;
            }
            (view.now, view.sequence) = (now, last.sequence + 1);
            *last = Arc::new(view);
            true
        });
    }
}
