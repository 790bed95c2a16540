//! The handle of what is live. Endpoints ask it; it never waits for more than a named time.

use crate::{
    changes::Changes,
    city::LiveCity,
    clock,
    desk_loop::{DeskLoop, Wake},
    ids,
    limits::{ASK_WITHIN, FACTS_MAX, RECALL_WITHIN, STATION_WITHIN, WAKES_MAX},
    lines::Lines,
    policy::LivePolicy,
    spool::Spool,
    suspects, tail, world,
    writer::{Database, Writer},
};
use siaga_core::{
    call::Supervision,
    desk::{Desk, DeskCommand, DeskReply, Refusal, Sender, Sent},
    ids::{CallId, StationId, UserId},
    policy::Policy,
    role::Role,
    view::desk::{Changed, DeskView, Link, Topic},
};
use siaga_store::{Store, incidents::TaskKey};
use siaga_voice::{Command, Event, media::StationError};
use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{broadcast, mpsc, oneshot, watch},
    task::JoinSet,
    time::timeout,
};

/// What the engine must be told to start.
#[derive(Clone)]
pub struct EngineConfig {
    /// Where facts go while the database is away; a file beside the data, never on a network disk.
    pub spool: PathBuf,
    /// The rules of screening and queue.
    pub policy: LivePolicy,
    /// What signs a responder's link, and what stands in front of it in a message.
    pub task_key: TaskKey,
    pub base_url: String,
}

#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error("the spool {path} cannot be opened: {error}")]
    Spool { path: PathBuf, error: std::io::Error },
}

/// Why a browser got no sound path.
#[derive(Debug, thiserror::Error)]
pub enum StationRefused {
    #[error("{}", .0.key())]
    Desk(Refusal),
    #[error(transparent)]
    Voice(StationError),
}

/// Who comes to another's call.
#[derive(Clone, Debug)]
pub struct Lead {
    pub user: UserId,
    pub role: Role,
    pub display_name: String,
}

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Engine {
    wakes: mpsc::Sender<Wake>,
    view: watch::Receiver<Arc<DeskView>>,
    changes: Changes,
    lines: Arc<dyn Lines>,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

impl Engine {
    /// Starts loop and writer. To be called inside a tokio runtime. What an earlier process left behind is ended and
    /// put on the call-back list as soon as the database answers.
    pub fn start(
        config: EngineConfig,
        lines: Arc<dyn Lines>,
        events: mpsc::Receiver<Event>,
        store: Store,
        city: LiveCity,
        changes: Changes,
    ) -> Result<Self, EngineError> {
        let spool =
            Spool::open(&config.spool).map_err(|error| EngineError::Spool { path: config.spool.clone(), error })?;
        let now = clock::now();
        let desk = Desk::new(now, config.policy.now());
        let (view, seen) = watch::channel(Arc::new(desk.view(now, 1)));
        let (wakes, inbox) = mpsc::channel(WAKES_MAX);
        let (facts, to_write) = mpsc::channel(FACTS_MAX);
        let writer = Writer {
            store: store.clone(),
            spool,
            city: city.clone(),
            task_key: config.task_key,
            base_url: config.base_url,
            changes: changes.clone(),
            wakes: wakes.clone(),
            link: Link::Up,
            database: Database::Takes,
            recovered: false,
        };
        let desk_loop = DeskLoop {
            desk,
            lines: Arc::clone(&lines),
            store: store.clone(),
            city: city.clone(),
            wakes: wakes.clone(),
            facts,
            unsent: VecDeque::new(),
            view,
            lookups: DeskLoop::lookups(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(writer.run(to_write));
        tasks.spawn(desk_loop.run(events, inbox));
        tasks.spawn(world::watch(store.clone(), city, changes.clone(), wakes.clone()));
        tasks.spawn(suspects::watch(store, config.policy.clone(), Arc::clone(&lines), wakes.clone()));
        tasks.spawn(follow(config.policy.changes(), wakes.clone()));
        Ok(Self { wakes, view: seen, changes, lines, tasks: Arc::new(Mutex::new(tasks)) })
    }

    /// The live desk; changes whenever something on it does.
    #[must_use]
    pub fn desk(&self) -> watch::Receiver<Arc<DeskView>> {
        self.view.clone()
    }

    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.changes.listen()
    }

    /// After a commit that touched no line.
    pub fn changed(&self, topic: Topic, id: Option<String>) {
        self.changes.tell(topic, id);
    }

    /// Asks the desk. [`Refusal::Busy`] when it does not answer in time; then it may still do it.
    pub async fn ask(&self, command: DeskCommand) -> Result<DeskReply, Refusal> {
        let (reply, answer) = oneshot::channel();
        let asked = async {
            self.wakes.send(Wake::Ask { command, reply }).await.ok()?;
            answer.await.ok()
        };
        timeout(ASK_WITHIN, asked).await.ok().flatten().unwrap_or(Err(Refusal::Busy))
    }

    /// Tells the desk what arrived beside the voice, after it was written down. A desk that is too busy to hear it shows it
    /// with the next picture of the links; nothing is lost.
    pub async fn sent(&self, from: Sender, sent: Sent) {
        if timeout(ASK_WITHIN, self.wakes.send(Wake::Sent { from, sent })).await.is_err() {
            tracing::warn!("the desk is too busy to hear what a caller sent");
        }
    }

    /// A browser's SDP offer for this person's seat; gives our answer. From then on this is the seat's sound.
    pub async fn station(&self, user: UserId, sdp: String) -> Result<String, StationRefused> {
        // Nobody without a seat opens a station.
        self.ask(DeskCommand::Heartbeat { user }).await.map_err(StationRefused::Desk)?;
        let station = StationId(ids::fresh());
        let answer = timeout(STATION_WITHIN, self.lines.station_offer(station, sdp))
            .await
            .map_err(|_| StationRefused::Voice(StationError::NoAnswer))?
            .map_err(StationRefused::Voice)?;
        match self.ask(DeskCommand::BindStation { user, station }).await {
            Ok(_) => Ok(answer),
            Err(refusal) => {
                self.lines.send(Command::CloseStation { station });
                Err(StationRefused::Desk(refusal))
            }
        }
    }

    /// A shift lead's SDP offer for a sound path of its own beside this call; gives our answer. It lives as long as the
    /// supervision.
    pub async fn supervise(
        &self,
        lead: Lead,
        call: CallId,
        how: Supervision,
        sdp: String,
    ) -> Result<String, StationRefused> {
        let Lead { user, role, display_name } = lead;
        self.ask(DeskCommand::MaySupervise { user, role, call }).await.map_err(StationRefused::Desk)?;
        let station = StationId(ids::fresh());
        let answer = timeout(STATION_WITHIN, self.lines.station_offer(station, sdp))
            .await
            .map_err(|_| StationRefused::Voice(StationError::NoAnswer))?
            .map_err(StationRefused::Voice)?;
        match self.ask(DeskCommand::Supervise { user, role, display_name, call, how, station }).await {
            Ok(_) => Ok(answer),
            Err(refusal) => {
                self.lines.send(Command::CloseStation { station });
                Err(StationRefused::Desk(refusal))
            }
        }
    }

    /// The last `seconds` (at most 60) of a call as WAV; [`Refusal::NotNow`] when there is nothing to hear.
    pub async fn recall(&self, user: UserId, role: Role, call: CallId, seconds: u32) -> Result<Vec<u8>, Refusal> {
        self.ask(DeskCommand::Recall { user, role, call }).await?;
        match timeout(RECALL_WITHIN, self.lines.recall(call)).await {
            Ok(sound) => sound.map(|wav| tail::last_seconds(wav, seconds)).ok_or(Refusal::NotNow),
            Err(_) => Err(Refusal::Busy),
        }
    }

    /// Ends the loop and writes down what is left, to the database or to the spool. After the voice side was drained.
    pub async fn stop(&self, within: Duration) {
        if timeout(within, self.wakes.send(Wake::Stop)).await.is_err() {
            tracing::error!("the loop does not stop; a restart will find its calls");
        }
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let ended = timeout(within, async { while tasks.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            tracing::error!("the writer did not end in time; a restart will find what is missing");
        }
    }
}

/// Hands new rules to the desk; ends with the loop.
async fn follow(mut policy: watch::Receiver<Arc<Policy>>, wakes: mpsc::Sender<Wake>) {
    loop {
        tokio::select! {
            changed = policy.changed() => {
                let now = policy.borrow_and_update().clone();
                if changed.is_err() || wakes.send(Wake::Policy(now)).await.is_err() {
                    return;
                }
            }
            () = wakes.closed() => return,
        }
    }
}
