//! The engine with a scripted voice side and a real database file.

use crate::{Engine, EngineConfig, changes::Changes, city::LiveCity, policy::LivePolicy, testing::ScriptedVoice};
use siaga_core::{
    city::serang,
    class::Class,
    desk::{DeskCommand, DeskReply, Press, Refusal},
    ids::{CallId, UserId},
    policy::Policy,
    role::Role,
    view::{
        call::{CallOutcome, CallRow, EndedBy},
        desk::{CallPhase, CallbackReason, ClassChoice, DeskView, Link, SeatState},
    },
};
use siaga_store::{Store, StoreConfig, calls::CallFilter, testing::TestFolder};
use siaga_voice::Command;
use std::{sync::Arc, time::Duration};

/// Ten times what is seen on a slow machine.
const WITHIN: Duration = Duration::from_secs(20);
const NUMBER: &str = "081234567890";

/// An engine on the files of a folder; another one may follow on the same.
struct House {
    engine: Engine,
    voice: Arc<ScriptedVoice>,
    store: Store,
}

impl House {
    async fn open(folder: &TestFolder) -> Self {
        let config = StoreConfig::Sqlite { path: folder.path().join("siaga.db") };
        let store = Store::open(&config).await.unwrap();
        let (voice, events) = ScriptedVoice::new();
        let spool = EngineConfig {
            spool: folder.path().join("spool.jsonl"),
            policy: LivePolicy::new(Policy::default()),
            task_key: store.task_key([9; 32]).await.unwrap(),
            base_url: String::new(),
        };
        let city = LiveCity::new(serang());
        let engine = Engine::start(spool, voice.clone(), events, store.clone(), city, Changes::default()).unwrap();
        Self { engine, voice, store }
    }

    async fn until(&self, what: &str, holds: impl Fn(&DeskView) -> bool) -> Arc<DeskView> {
        let mut desk = self.engine.desk();
        let found =
            tokio::time::timeout(WITHIN, desk.wait_for(|view| holds(view))).await.is_ok_and(|view| view.is_ok());
        assert!(found, "never: {what}; the desk is {:#?}", self.engine.desk().borrow());
        Arc::clone(&desk.borrow())
    }

    /// Waits until the row of a call says so.
    async fn row(&self, call: CallId, holds: impl Fn(&CallRow) -> bool) -> CallRow {
        let look = async {
            loop {
                match self.store.call_row(call).await {
                    Ok(row) if holds(&row) => return row,
                    _ => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        tokio::time::timeout(WITHIN, look).await.expect("the row is written")
    }

    async fn sit(&self) -> UserId {
        let user = UserId(crate::ids::fresh());
        let taken = self.engine.ask(DeskCommand::TakeSeat { user, display_name: "Rina".to_owned() }).await;
        assert!(matches!(taken, Ok(DeskReply::Seat(_))), "{taken:?}");
        self.engine.station(user, "v=0".to_owned()).await.unwrap();
        self.until("the seat is ready", |view| {
            view.seats.iter().any(|seat| seat.user_id == user && seat.state == SeatState::Ready)
        })
        .await;
        user
    }

    /// A call of this person's, answered.
    async fn talk(&self, user: UserId) -> CallId {
        let call = self.voice.arrive(Some(NUMBER));
        self.until("it rings at the seat", |view| {
            view.calls.iter().any(|one| one.call_id == call && one.seat.is_some())
        })
        .await;
        self.engine.ask(DeskCommand::Answer { user, call }).await.unwrap();
        self.until("they talk", |view| phase(view, call) == Some(CallPhase::Talking)).await;
        call
    }

    /// As `kill -9` leaves it: nobody is told anything.
    async fn kill(self) {
        let Self { engine, store, .. } = self;
        drop(engine);
        store.close().await;
    }
}

fn phase(view: &DeskView, call: CallId) -> Option<CallPhase> {
    view.calls.iter().find(|card| card.call_id == call).map(|card| card.phase)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_kill_who_talked_is_called_back_first() {
    let folder = TestFolder::new();
    let house = House::open(&folder).await;
    let rina = house.sit().await;
    let gone = house.voice.arrive(Some("081299990000"));
    house.voice.hang_up(gone);
    house.until("an older entry", |view| view.callbacks.len() == 1).await;
    let call = house.talk(rina).await;
    house.row(call, |row| row.answered_at.is_some()).await;
    house.kill().await;

    let house = House::open(&folder).await;
    let view = house.until("both are on the list", |view| view.callbacks.len() == 2).await;
    let reasons: Vec<_> = view.callbacks.iter().map(|entry| (entry.call_id, entry.reason)).collect();
    assert_eq!(reasons, [(call, CallbackReason::Interrupted), (gone, CallbackReason::Abandoned)]);
    assert!(view.calls.is_empty());
    let row = house.row(call, |row| row.ended_at.is_some()).await;
    assert_eq!((row.outcome, row.ended_by), (Some(CallOutcome::Answered), Some(EndedBy::Interrupted)));
    assert!(!house.voice.asked().iter().any(|one| matches!(one, Command::HangUp { .. })));
    house.kill().await;

    // A second start changes nothing more.
    let house = House::open(&folder).await;
    house.until("the same list", |view| view.callbacks.len() == 2).await;
    let rows = house.store.calls_list(&CallFilter { limit: 10, ..CallFilter::default() }).await.unwrap();
    assert_eq!(rows.len(), 2);
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_we_could_not_answer_is_our_failure_and_is_called_back() {
    let folder = TestFolder::new();
    let house = House::open(&folder).await;
    let call = house.voice.arrive(Some(NUMBER));
    let (at, by) = (crate::clock::now(), EndedBy::Network);
    // What the voice side says after a 503 without a port and after a 488.
    house.voice.tell(siaga_voice::Event::LineDown { call, at, by, reason: siaga_voice::EndReason::ProtocolError });
    let row = house.row(call, |row| row.ended_at.is_some()).await;
    assert_eq!((row.outcome, row.class), (Some(CallOutcome::Failed), None));
    let view = house.until("it is on the list", |view| view.callbacks.len() == 1).await;
    assert_eq!((view.callbacks[0].call_id, view.callbacks[0].reason), (call, CallbackReason::Interrupted));
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_calls_go_on_and_are_written_down_later() {
    let folder = TestFolder::new();
    let house = House::open(&folder).await;
    let rina = house.sit().await;
    house.until("the database is there", |view| view.links.data == Link::Up).await;
    house.store.close().await;
    let call = house.talk(rina).await;
    house.until("the consoles know", |view| view.links.data == Link::Degraded).await;
    let choice = ClassChoice { class: Class::Prank, sub: Some("child".to_owned()) };
    house.engine.ask(DeskCommand::Class { user: rina, call, choice, press: Press::Hold }).await.unwrap();
    house.until("it is over", |view| phase(view, call) == Some(CallPhase::Wrap)).await;
    house.engine.stop(WITHIN).await;
    assert_eq!(house.engine.ask(DeskCommand::Heartbeat { user: rina }).await, Err(Refusal::Busy));
    house.kill().await;

    let house = House::open(&folder).await;
    let row = house.row(call, |row| row.class.is_some()).await;
    assert_eq!((row.outcome, row.ended_by), (Some(CallOutcome::Answered), Some(EndedBy::CallTaker)));
    assert_eq!((row.class, row.sub.as_deref()), (Some(Class::Prank), Some("child")));
    assert_eq!(row.number.as_deref(), Some("+6281234567890"));
    let view = house.until("nobody is called back", |view| view.links.data == Link::Up).await;
    assert!(view.callbacks.is_empty(), "the call had ended");
    let empty = async {
        while std::fs::metadata(folder.path().join("spool.jsonl")).unwrap().len() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(WITHIN, empty).await.expect("what is in the database leaves the spool");
    house.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_known_when_it_calls_again() {
    let folder = TestFolder::new();
    let house = House::open(&folder).await;
    let rina = house.sit().await;
    let call = house.talk(rina).await;
    let choice = ClassChoice { class: Class::Ghost, sub: None };
    house.engine.ask(DeskCommand::Class { user: rina, call, choice, press: Press::Hold }).await.unwrap();
    house.row(call, |row| row.class.is_some() && row.ended_at.is_some()).await;
    let again = house.voice.arrive(Some("+62 812-3456-7890"));
    let view = house
        .until("its history is read", |view| {
            view.calls.iter().any(|card| card.call_id == again && !card.history.is_empty())
        })
        .await;
    let card = view.calls.iter().find(|card| card.call_id == again).unwrap();
    assert_eq!(card.history, "1 panggilan, 1 tanpa suara");
    assert_eq!(card.number.as_deref(), Some("0812-3456-7890"));
    let heard = house.engine.recall(rina, Role::CallTaker, again, 10).await;
    assert_eq!(heard, Err(Refusal::NotAnswered));
    house.kill().await;
}

/// Everything logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_calls_and_never_numbers_or_people() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _here = tracing::subscriber::set_default(subscriber);
    let folder = TestFolder::new();
    let house = House::open(&folder).await;
    let rina = house.sit().await;
    let call = house.talk(rina).await;
    let choice = ClassChoice { class: Class::Prank, sub: None };
    house.engine.ask(DeskCommand::Class { user: rina, call, choice, press: Press::Hold }).await.unwrap();
    house.row(call, |row| row.ended_at.is_some()).await;
    let gone = house.voice.arrive(Some(NUMBER));
    house.voice.hang_up(gone);
    house.until("it is on the list", |view| view.callbacks.len() == 1).await;
    // The database goes: that is logged too.
    house.store.close().await;
    let lost = house.talk(rina).await;
    house.until("the consoles know", |view| view.links.data == Link::Degraded).await;
    house.kill().await;

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for id in [call, gone, lost] {
        assert!(text.contains(&id.to_string()), "the log follows a call by its id: {text}");
    }
    for secret in ["81234567890", "8123-4567", "1234-5678", "Rina"] {
        assert!(!text.contains(secret), "{secret} stands in the log: {text}");
    }
}
