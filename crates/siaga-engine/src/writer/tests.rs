//! The writer by itself: facts in, a real database file and a real spool behind it.

use super::*;
use crate::{ids::fresh, spool::facts_set_aside};
use siaga_core::{
    city::serang,
    ids::{SeatId, UserId},
};
use siaga_store::{
    StoreConfig,
    testing::{self, TestFolder},
};
use std::{fs, path::PathBuf, time::Duration};
use tokio::task::JoinHandle;

/// Ten times what is seen on a slow machine.
const WITHIN: Duration = Duration::from_secs(60);
const QUEUE: usize = 1_000;

struct House {
    facts: mpsc::Sender<LiveFact>,
    inbox: mpsc::Receiver<Wake>,
    running: JoinHandle<()>,
    store: Store,
    spool: PathBuf,
}

impl House {
    /// A writer that has read what was left behind.
    async fn open(folder: &TestFolder) -> Self {
        let store = open(folder).await;
        let (facts, to_write) = mpsc::channel(QUEUE);
        let (wakes, inbox) = mpsc::channel(QUEUE);
        let spool = folder.path().join("spool.jsonl");
        let writer = Writer {
            store: store.clone(),
            spool: Spool::open(&spool).unwrap(),
            city: LiveCity::new(serang()),
            task_key: store.task_key([9; 32]).await.unwrap(),
            base_url: String::new(),
            changes: Changes::default(),
            wakes,
            link: Link::Up,
            database: Database::Takes,
            recovered: false,
        };
        let mut house = Self { facts, inbox, running: tokio::spawn(writer.run(to_write)), store, spool };
        house.wait("it has looked at what was left", |wake| matches!(wake, Wake::Recovered { .. })).await;
        house
    }

    async fn wait(&mut self, what: &str, wanted: impl Fn(&Wake) -> bool) {
        let listen = async {
            while let Some(wake) = self.inbox.recv().await {
                if wanted(&wake) {
                    return;
                }
            }
            panic!("the writer ended");
        };
        tokio::time::timeout(WITHIN, listen).await.unwrap_or_else(|_| panic!("never: {what}"));
    }

    async fn link(&mut self, link: Link) {
        self.wait(&format!("{link:?}"), |wake| matches!(wake, Wake::DataLink(told) if *told == link)).await;
    }

    async fn tell(&self, count: u16) {
        for seat in 0..count {
            let fact = Fact::SeatTaken { seat: SeatId(seat), user: UserId(fresh()) };
            self.facts.send(LiveFact { id: fresh(), at: clock::now(), fact }).await.unwrap();
        }
    }

    /// Waits until the chain has this many events; it holds.
    async fn events(&self, count: i64) {
        let look = async {
            loop {
                let chain = self.store.chain_verify().await.unwrap();
                assert!(chain.broken.is_none() && chain.events <= count, "{chain:?}");
                if chain.events == count {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(WITHIN, look).await.expect("all facts are written");
    }

    /// Waits until this many facts are on the disk beside the database.
    async fn spooled(&self, count: usize) {
        let look = async {
            while fs::read(&self.spool).unwrap().iter().filter(|byte| **byte == b'\n').count() != count {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(WITHIN, look).await.expect("the facts are in the spool");
    }

    /// As `kill -9` does.
    async fn kill(self) {
        self.running.abort();
        let _ = self.running.await;
        self.store.close().await;
    }
}

async fn open(folder: &TestFolder) -> Store {
    Store::open(&StoreConfig::Sqlite { path: folder.path().join("siaga.db") }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_full_disk_ends_nothing_and_sets_nothing_aside() {
    let folder = TestFolder::new();
    let mut house = House::open(&folder).await;
    testing::fill(&house.store).await;
    house.tell(500).await;
    house.link(Link::Degraded).await;
    house.link(Link::Up).await;
    house.events(500).await;
    house.tell(3).await;
    house.events(503).await;
    assert_eq!(facts_set_aside(&house.spool).unwrap(), 0);
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_locked_database_does_not_take_survives_a_kill() {
    let folder = TestFolder::new();
    let mut house = House::open(&folder).await;
    let other = open(&folder).await;
    let lock = other.begin().await.unwrap();
    house.tell(1).await;
    house.spooled(1).await;
    // The first is being written, which takes as long as the lock is held.
    house.tell(2).await;
    house.spooled(3).await;
    assert!(house.inbox.try_recv().is_err(), "on the disk before the database was found to be away");
    house.kill().await;
    drop(lock);
    other.close().await;

    let house = House::open(&folder).await;
    house.events(3).await;
    house.spooled(0).await;
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_database_file_is_noticed_before_anything_is_written() {
    let folder = TestFolder::new();
    let mut house = House::open(&folder).await;
    let (path, aside) = (folder.path().join("siaga.db"), folder.path().join("aside"));
    fs::rename(&path, &aside).unwrap();
    house.link(Link::Down).await;
    house.tell(2).await;
    house.spooled(2).await;
    assert!(!path.exists(), "no second database is begun");
    fs::rename(&aside, &path).unwrap();
    house.link(Link::Up).await;
    house.events(2).await;
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_shown_and_comes_back_at_the_next_start() {
    let folder = TestFolder::new();
    let mut house = House::open(&folder).await;
    house.tell(1).await;
    house.events(1).await;
    // A chain that stands where it stood before refuses every event as one that exists.
    testing::meddle(&house.store, "UPDATE chain SET seq = 0").await;
    house.tell(2).await;
    house.link(Link::Degraded).await;
    let shown = async {
        while facts_set_aside(&house.spool).unwrap() != 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(WITHIN, shown).await.expect("both are set aside");
    testing::meddle(&house.store, "UPDATE chain SET seq = 1").await;
    house.kill().await;

    let house = House::open(&folder).await;
    house.events(3).await;
    assert_eq!(facts_set_aside(&house.spool).unwrap(), 0);
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_set_aside_stays_in_the_spool() {
    let folder = TestFolder::new();
    let mut house = House::open(&folder).await;
    house.tell(1).await;
    house.events(1).await;
    // A folder stands where the file would be.
    let aside = house.spool.with_extension("rejected");
    fs::create_dir(&aside).unwrap();
    testing::meddle(&house.store, "UPDATE chain SET seq = 0").await;
    house.tell(1).await;
    house.link(Link::Down).await;
    house.spooled(1).await;
    fs::remove_dir(&aside).unwrap();
    testing::meddle(&house.store, "UPDATE chain SET seq = 1").await;
    house.link(Link::Up).await;
    house.events(2).await;
    house.kill().await;
}
