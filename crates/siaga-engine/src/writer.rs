//! The writer: every fact to the spool first, from there to the database in order, and out of the spool when it is
//! there. The spool never waits for the database: while one batch is being written the next is already on the disk.
//! Also fetches, once, what the process before this one left open.

use crate::{
    changes::Changes,
    city::LiveCity,
    clock,
    desk_loop::Wake,
    history,
    limits::{FACTS_AT_ONCE, RECOVERED_HISTORIES_MAX, RETRY_EVERY, SYNC_AFTER, WRITE_WITHIN},
    spool::{End, Spool},
};
use siaga_core::{
    call::live::{Fact, LiveFact},
    desk::{LostCall, OpenCallback},
    ids::CallId,
    limits::THREATENED_MS,
    view::desk::{Link, Topic},
};
use siaga_store::{
    Store, StoreError,
    incidents::{Showing, TaskKey},
};
use std::{future::Future, io, pin::Pin};
use tokio::{
    sync::mpsc,
    task::spawn_blocking,
    time::{MissedTickBehavior, interval, sleep, timeout},
};

pub(crate) struct Writer {
    pub store: Store,
    pub spool: Spool,
    pub city: LiveCity,
    pub task_key: TaskKey,
    pub base_url: String,
    pub changes: Changes,
    pub wakes: mpsc::Sender<Wake>,
    pub link: Link,
    pub database: Database,
    pub recovered: bool,
}

/// How the database was when it was last asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Database {
    Takes,
    Away,
    /// Its file is not the one that was opened: whatever is written would be lost.
    OutOfPlace,
    /// It refuses a fact, and that fact can be kept nowhere else.
    Stuck,
}

/// What the database was asked, and its answer.
enum Done {
    Written { facts: Vec<LiveFact>, end: End, refused: Result<Vec<LiveFact>, StoreError> },
    Recovered(Result<(), StoreError>),
}

type Job = Pin<Box<dyn Future<Output = Done> + Send>>;
type Syncing = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

impl Writer {
    /// Runs until the loop drops its end of the queue; then everything is in the database or in the spool.
    pub async fn run(mut self, mut facts: mpsc::Receiver<LiveFact>) {
        let mut retry = interval(RETRY_EVERY);
        retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::with_capacity(FACTS_AT_ONCE);
        let (mut listens, mut job, mut sync): (bool, Option<Job>, Option<Syncing>) = (true, None, None);
        while listens || job.is_some() {
            tokio::select! {
                // First what is only in memory.
                biased;
                count = facts.recv_many(&mut batch, FACTS_AT_ONCE), if listens => {
                    listens = count > 0;
                    self.keep(std::mem::take(&mut batch));
                }
                done = async { job.as_mut().expect("because it is asked only for a job").await }, if job.is_some() => {
                    job = None;
                    self.finish(done);
                }
                synced = async { sync.as_mut().expect("because it is asked only for a sync").await }, if sync.is_some() => {
                    sync = None;
                    if let Err(error) = synced {
                        tracing::error!(%error, "the spool is not on the disk; a power cut would lose facts");
                    }
                }
                _ = retry.tick() => self.look(),
            }
            if self.spool.is_empty() {
                sync = None;
            } else if sync.is_none() && self.spool.is_unsynced() {
                sync = Some(self.sync());
            }
            if job.is_none() && self.database == Database::Takes {
                job = self.next_job();
            }
            self.set_link();
        }
        if let Some(sync) = sync
            && let Err(error) = sync.await
        {
            tracing::error!(%error, "the spool is not on the disk; a power cut would lose facts");
        }
    }

    /// Brings to the disk what the database does not take in time, on a thread where a slow disk holds up nobody.
    fn sync(&mut self) -> Syncing {
        let file = self.spool.file_to_sync();
        Box::pin(async move {
            sleep(SYNC_AFTER).await;
            let done = spawn_blocking(move || file?.sync_data()).await;
            done.unwrap_or_else(|error| Err(io::Error::other(error)))
        })
    }

    fn keep(&mut self, facts: Vec<LiveFact>) {
        let held = self.spool.unkept();
        if let Err(error) = self.spool.append(facts)
            && held == 0
        {
            tracing::error!(%error, "the spool takes no facts; they wait in memory: disk full?");
        }
    }

    /// Once in a while: is the disk back, is the file in its place, does the database answer again?
    fn look(&mut self) {
        // An error was told when it began; the link says that it lasts.
        let _ = self.spool.flush();
        match self.store.in_place() {
            Ok(()) => self.database = Database::Takes,
            Err(error) => {
                if self.database != Database::OutOfPlace {
                    tracing::error!(%error, "the database is lost; put it back, or stop and restore the backup");
                }
                self.database = Database::OutOfPlace;
            }
        }
    }

    /// What is to be asked of the database now, if anything is.
    fn next_job(&mut self) -> Option<Job> {
        if !self.recovered && self.spool.inherited_is_done() {
            let (store, city, wakes) = (self.store.clone(), self.city.clone(), self.wakes.clone());
            return Some(Box::pin(async move { Done::Recovered(recover(store, city, wakes).await) }));
        }
        while !self.spool.is_empty() {
            let oldest = match self.spool.oldest(FACTS_AT_ONCE) {
                Ok(oldest) => oldest,
                Err(error) => {
                    tracing::error!(%error, "the spool cannot be read");
                    self.database = Database::Stuck;
                    return None;
                }
            };
            let (facts, end) = (oldest.facts, oldest.end);
            if facts.is_empty() {
                self.done(end);
                continue;
            }
            let told = Telling {
                store: self.store.clone(),
                city: self.city.clone(),
                key: self.task_key.clone(),
                base_url: self.base_url.clone(),
            };
            return Some(Box::pin(async move {
                let refused = told.write(&facts).await;
                Done::Written { facts, end, refused }
            }));
        }
        None
    }

    fn finish(&mut self, done: Done) {
        let error = match done {
            Done::Recovered(Ok(())) => {
                self.recovered = true;
                return;
            }
            Done::Written { facts, end, refused: Ok(refused) } => {
                for fact in refused {
                    if let Err(error) = self.set_aside(&fact) {
                        tracing::error!(fact = %fact.id, %error, "a refused fact cannot be set aside; it stays in the spool");
                        self.database = Database::Stuck;
                        return;
                    }
                }
                self.tell(&facts);
                return self.done(end);
            }
            Done::Recovered(Err(error)) if !matches!(error, StoreError::Gone(_)) => {
                tracing::error!(%error, "what the process before left open cannot be read; look at the list of calls");
                // Facts must not wait behind it for ever.
                self.recovered = true;
                return;
            }
            Done::Recovered(Err(error)) | Done::Written { refused: Err(error), .. } => error,
        };
        if self.database == Database::Takes && self.link == Link::Up {
            tracing::warn!(%error, "the database takes no facts; they go to the spool");
        }
        self.database = Database::Away;
    }

    fn done(&mut self, end: End) {
        if let Err(error) = self.spool.done(end) {
            tracing::warn!(%error, "the spool cannot be shortened; its facts are written down");
        }
    }

    fn set_aside(&mut self, fact: &LiveFact) -> io::Result<()> {
        tracing::error!(fact = %fact.id, "the database refuses a fact; it is set aside beside the spool");
        self.spool.set_aside(&serde_json::to_vec(fact)?)
    }

    fn set_link(&mut self) {
        let link = match self.database {
            Database::OutOfPlace | Database::Stuck => Link::Down,
            Database::Away if self.spool.unkept() > 0 => Link::Down,
            Database::Away => Link::Degraded,
            Database::Takes if self.link != Link::Up && !(self.recovered && self.spool.is_empty()) => return,
            Database::Takes if self.spool.unkept() + self.spool.set_aside_count() > 0 => Link::Degraded,
            Database::Takes => Link::Up,
        };
        if self.link == link {
            return;
        }
        if link == Link::Up {
            tracing::info!("the database takes facts again; the spool is empty");
        }
        // The loop may be waiting for this task: never the other way round.
        match self.wakes.try_send(Wake::DataLink(link)) {
            Ok(()) => self.link = link,
            Err(_) => tracing::warn!("the loop is too busy to hear how the database is; it is told again"),
        }
    }

    /// The lists that show calls are told after the commit.
    fn tell(&self, facts: &[LiveFact]) {
        let mut told: Vec<CallId> = facts.iter().filter_map(|fact| listed(&fact.fact)).collect();
        told.sort_unstable();
        told.dedup();
        match told.as_slice() {
            [] => {}
            [call] => self.changes.tell(Topic::Calls, Some(call.to_string())),
            _ => self.changes.tell(Topic::Calls, None),
        }
        // The board says of an incident that its caller cannot speak freely.
        if facts.iter().any(|fact| matches!(fact.fact, Fact::Duress { .. })) {
            self.changes.tell(Topic::Incidents, None);
            self.changes.tell(Topic::Outbox, None);
        }
    }
}

/// Where facts go, and with which words crews hear of one that concerns them.
struct Telling {
    store: Store,
    city: LiveCity,
    key: TaskKey,
    base_url: String,
}

impl Telling {
    /// Writes all of them but those that the database refuses for ever, which are given back; or an error that a later
    /// try may mend.
    async fn write(&self, facts: &[LiveFact]) -> Result<Vec<LiveFact>, StoreError> {
        let mut refused = Vec::new();
        match self.try_write(facts).await {
            Err(error) if error.is_final() => {}
            all => return all.map(|()| refused),
        }
        for fact in facts {
            match self.try_write(std::slice::from_ref(fact)).await {
                Ok(()) => {}
                Err(error) if error.is_final() => refused.push(fact.clone()),
                Err(error) => return Err(error),
            }
        }
        Ok(refused)
    }

    async fn try_write(&self, facts: &[LiveFact]) -> Result<(), StoreError> {
        let city = self.city.now();
        let showing = Showing { city: &city, key: &self.key, base_url: &self.base_url, now: clock::now() };
        match timeout(WRITE_WITHIN, self.store.write_live_and_tell(facts, &showing)).await {
            Ok(result) => result,
            Err(_) => Err(StoreError::Gone("no answer in time".into())),
        }
    }
}

/// Hands the loop what the process before this one left open.
async fn recover(store: Store, city: LiveCity, wakes: mpsc::Sender<Wake>) -> Result<(), StoreError> {
    match timeout(WRITE_WITHIN, left_behind(&store, &city)).await {
        // A loop that is gone needs nothing.
        Ok(found) => wakes.send(found?).await.or(Ok(())),
        Err(_) => Err(StoreError::Gone("no answer in time".into())),
    }
}

/// Open rows and entries of the process before this one, with histories for their cards.
async fn left_behind(store: &Store, city: &LiveCity) -> Result<Wake, StoreError> {
    let (mut calls, mut callbacks, mut read) = (Vec::new(), Vec::new(), 0);
    for open in store.open_calls().await? {
        calls.push(LostCall {
            history: history_of(store, city, open.number.as_deref(), &mut read).await?,
            call: open.call,
            direction: open.direction,
            number: open.number,
            offered_at: open.offered_at,
            answered: open.answered_at.is_some(),
            lead: store.lead_left_on(open.call).await?,
        });
    }
    for open in store.callbacks_open().await? {
        callbacks.push(OpenCallback {
            history: history_of(store, city, Some(&open.number), &mut read).await?,
            callback: open.callback,
            call: open.call,
            number: open.number,
            reason: open.reason,
            since: open.since,
            attempts: open.attempts,
            machine_attempts: open.machine_attempts,
        });
    }
    let threatened = store.threatened_since(clock::now().plus_ms(-THREATENED_MS)).await?;
    Ok(Wake::Recovered { calls, callbacks, threatened })
}

async fn history_of(
    store: &Store,
    city: &LiveCity,
    number: Option<&str>,
    read: &mut usize,
) -> Result<String, StoreError> {
    let Some(number) = number.filter(|_| *read < RECOVERED_HISTORIES_MAX) else { return Ok(String::new()) };
    *read += 1;
    let facts = store.number_facts(number, clock::now()).await?;
    Ok(history::known(city, facts).sentence)
}

/// The call whose row in a list looks different now.
fn listed(fact: &Fact) -> Option<CallId> {
    match fact {
        Fact::Offered { call, .. }
        | Fact::Judged { call, .. }
        | Fact::Answered { call, .. }
        | Fact::Moved { call, .. }
        | Fact::Classed { call, .. }
        | Fact::Ended { call, .. }
        | Fact::Recorded { call, .. } => Some(*call),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
