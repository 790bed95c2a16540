//! The one thread that owns all sockets: wait, read what came, let time pass, send. It blocks nowhere but in `poll`, and
//! with no line and no station it sleeps until somebody asks for something.
//!
//! A panic while one line or one station is served ends that piece of work and nothing else.

use super::{
    MediaConfig, MediaError,
    request::{Line, REQUESTS_MAX, Request},
    sockets,
    switchboard::Switchboard,
};
use crate::Event;
use mio::{Events, Interest, Poll, Token, Waker};
use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, TryRecvError, sync_channel},
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// Shortest time between two rounds: packets that come meanwhile are read together. A fifth of the 20 ms between two packets
/// of a stream: a voice waits 2 ms on average, and the thread wakes at most 250 times a second.
const TICK: Duration = Duration::from_millis(4);
/// Requests carried out per round, so that a flood of them does not hold up the audio.
const REQUESTS_PER_TICK: usize = 256;
/// Longest sleep with nothing to wait for: only a guard against a lost wake-up.
const SLEEP_MAX: Duration = Duration::from_secs(5);
const POLL_EVENTS: usize = 1_024;
const WAKER: Token = Token(0);
/// Browser sockets follow; legs come after them.
pub(super) const FIRST_BROWSER: usize = 1;

pub(super) fn start(config: MediaConfig, events: mpsc::Sender<Event>) -> Result<(Line, u16), MediaError> {
    let poll = Poll::new()?;
    let waker = Waker::new(poll.registry(), WAKER)?;
    let mut browsers = sockets::browsers(&config.browser_ips, config.browser_port)?;
    for (n, (_, socket)) in browsers.iter_mut().enumerate() {
        poll.registry().register(socket, Token(FIRST_BROWSER + n), Interest::READABLE)?;
    }
    let port = browsers.first().map_or(0, |(address, _)| address.port());
    let (sender, requests) = sync_channel(REQUESTS_MAX);
    let registry = poll.registry().try_clone()?;
    let board = Switchboard::new(config, browsers, registry, events)?;
    std::thread::Builder::new().name("media".into()).spawn(move || run(poll, board, &requests))?;
    Ok((Line::new(sender, waker), port))
}

fn run(mut poll: Poll, mut board: Switchboard, requests: &Receiver<Request>) {
    let mut events = Events::with_capacity(POLL_EVENTS);
    // Sockets that had more to read than one round takes: the kernel tells of them only once.
    let mut unread: HashSet<Token> = HashSet::new();
    let mut more_requests = false;
    loop {
        let wait = match board.next_due() {
            _ if more_requests || !unread.is_empty() => Duration::ZERO,
            Some(due) => due.saturating_duration_since(Instant::now()).min(SLEEP_MAX),
            None => SLEEP_MAX,
        };
        if let Err(error) = poll.poll(&mut events, Some(wait))
            && error.kind() != std::io::ErrorKind::Interrupted
        {
            tracing::error!(%error, "the media thread cannot wait for its sockets");
        }
        let began = Instant::now();
        unread.extend(events.iter().map(|event| event.token()).filter(|token| *token != WAKER));
        more_requests = match take(&mut board, requests) {
            Taken::All => false,
            Taken::Some => true,
            Taken::Closed => return board.close(Instant::now()),
        };
        unread.retain(|token| guarded("a socket", || board.read(*token, Instant::now())).unwrap_or(false));
        guarded("the clock", || board.tick(Instant::now()));
        if let Some(rest) = TICK.checked_sub(began.elapsed()) {
            std::thread::sleep(rest);
        }
    }
}

enum Taken {
    All,
    Some,
    Closed,
}

fn take(board: &mut Switchboard, requests: &Receiver<Request>) -> Taken {
    for _ in 0..REQUESTS_PER_TICK {
        match requests.try_recv() {
            Ok(request) => {
                guarded("a request", || board.carry_out(request, Instant::now()));
            }
            Err(TryRecvError::Empty) => return Taken::All,
            Err(TryRecvError::Disconnected) => return Taken::Closed,
        }
    }
    Taken::Some
}

/// Runs one piece of work; a panic in it is reported and ends here.
pub(super) fn guarded<T>(what: &str, work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(value) => Some(value),
        Err(_) => {
            tracing::error!(what, "a panic was caught on the media thread");
            None
        }
    }
}
