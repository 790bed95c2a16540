//! The writer: facts to the database in order; while it is away to the spool, and from there later. Also fetches, once,
//! what the process before this one left open.

use crate::{
    changes::Changes,
    city::LiveCity,
    clock,
    desk_loop::Wake,
    history,
    limits::{FACTS_AT_ONCE, RECOVERED_HISTORIES_MAX, RETRY_EVERY, WRITE_WITHIN},
    spool::Spool,
};
use siaga_core::{
    call::live::{Fact, LiveFact},
    desk::{LostCall, OpenCallback},
    ids::CallId,
    view::desk::{Link, Topic},
};
use siaga_store::{Store, StoreError};
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval, timeout},
};

pub(crate) struct Writer {
    pub store: Store,
    pub spool: Spool,
    pub city: LiveCity,
    pub changes: Changes,
    pub wakes: mpsc::Sender<Wake>,
    pub link: Link,
    pub recovered: bool,
}

impl Writer {
    /// Runs until the loop drops its end of the queue; then everything is in the database or in the spool.
    pub async fn run(mut self, mut facts: mpsc::Receiver<LiveFact>) {
        let mut retry = interval(RETRY_EVERY);
        retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::with_capacity(FACTS_AT_ONCE);
        loop {
            tokio::select! {
                count = facts.recv_many(&mut batch, FACTS_AT_ONCE) => {
                    if count == 0 {
                        return;
                    }
                    self.take(std::mem::take(&mut batch)).await;
                }
                _ = retry.tick() => self.catch_up().await,
            }
        }
    }

    /// Order is kept: what comes while the spool holds something goes behind it.
    async fn take(&mut self, facts: Vec<LiveFact>) {
        if !self.spool.is_empty() || self.write(&facts).await.is_err() {
            self.set_link(Link::Degraded);
            if let Err(error) = self.spool.append(&facts) {
                tracing::error!(%error, facts = facts.len(), "facts are in no database and in no spool: disk full?");
                self.set_link(Link::Down);
                // The last way: again to the database, whatever it takes.
                while self.write(&facts).await.is_err() && self.spool.append(&facts).is_err() {
                    tokio::time::sleep(RETRY_EVERY).await;
                }
            }
            return;
        }
        self.tell(&facts);
    }

    async fn catch_up(&mut self) {
        while !self.spool.is_empty() {
            let Ok((facts, end)) = self.spool.next(FACTS_AT_ONCE) else { return };
            if !facts.is_empty() && self.write(&facts).await.is_err() {
                return;
            }
            self.tell(&facts);
            if let Err(error) = self.spool.done(end) {
                tracing::warn!(%error, "the spool cannot be shortened; its facts are written down");
                return;
            }
        }
        if !self.recovered {
            match timeout(WRITE_WITHIN, self.left_behind()).await {
                Ok(Ok(wake)) => self.recovered = self.wakes.send(wake).await.is_ok(),
                Ok(Err(_)) | Err(_) => return,
            }
        }
        self.set_link(Link::Up);
    }

    fn set_link(&mut self, link: Link) {
        if self.link == link {
            return;
        }
        match link {
            Link::Up => tracing::info!("the database takes facts again; the spool is empty"),
            Link::Degraded => tracing::warn!("the database takes no facts; they go to the spool"),
            Link::Down => {}
        }
        self.link = link;
        // The loop may be waiting for this task: never the other way round. A missed word is said again by `Degraded`.
        if self.wakes.try_send(Wake::DataLink(link)).is_err() {
            tracing::warn!("the loop is too busy to hear how the database is");
        }
    }

    /// All of them, or an error that a later try may mend. One fact that can never be written is set aside, loudly.
    async fn write(&self, facts: &[LiveFact]) -> Result<(), StoreError> {
        match self.try_write(facts).await {
            Err(StoreError::Gone(cause)) => Err(StoreError::Gone(cause)),
            Ok(()) => Ok(()),
            Err(_) => {
                for fact in facts {
                    match self.try_write(std::slice::from_ref(fact)).await {
                        Ok(()) => {}
                        Err(StoreError::Gone(cause)) => return Err(StoreError::Gone(cause)),
                        Err(_) => self.set_aside(fact),
                    }
                }
                Ok(())
            }
        }
    }

    async fn try_write(&self, facts: &[LiveFact]) -> Result<(), StoreError> {
        match timeout(WRITE_WITHIN, self.store.write_live(facts)).await {
            Ok(result) => result,
            Err(_) => Err(StoreError::Gone("no answer in time".into())),
        }
    }

    fn set_aside(&self, fact: &LiveFact) {
        tracing::error!(fact = %fact.id, "the database refuses a fact; it is set aside beside the spool");
        let line = serde_json::to_vec(fact).unwrap_or_default();
        if let Err(error) = self.spool.set_aside(&line) {
            tracing::error!(fact = %fact.id, %error, "a refused fact could not be set aside");
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
    }

    /// Open rows and entries of the process before this one, with histories for their cards.
    async fn left_behind(&self) -> Result<Wake, StoreError> {
        let (mut calls, mut callbacks, mut read) = (Vec::new(), Vec::new(), 0);
        for open in self.store.open_calls().await? {
            calls.push(LostCall {
                history: self.history(open.number.as_deref(), &mut read).await?,
                call: open.call,
                direction: open.direction,
                number: open.number,
                offered_at: open.offered_at,
                answered: open.answered_at.is_some(),
            });
        }
        for open in self.store.callbacks_open().await? {
            callbacks.push(OpenCallback {
                history: self.history(Some(&open.number), &mut read).await?,
                callback: open.callback,
                call: open.call,
                number: open.number,
                reason: open.reason,
                since: open.since,
                attempts: open.attempts,
                machine_attempts: open.machine_attempts,
            });
        }
        Ok(Wake::Recovered { calls, callbacks })
    }

    async fn history(&self, number: Option<&str>, read: &mut usize) -> Result<String, StoreError> {
        let Some(number) = number.filter(|_| *read < RECOVERED_HISTORIES_MAX) else { return Ok(String::new()) };
        *read += 1;
        let facts = self.store.number_facts(number, clock::now()).await?;
        Ok(history::known(&self.city, facts).sentence)
    }
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
