//! `GET /api/live`: server-sent events. `desk` is the whole live desk, `changed` names what a page should fetch again, both
//! at most twenty times a second; a comment every 10 s keeps the line open. Whoever loses the session loses the stream.

use crate::{Person, Web};
use axum::{
    extract::State,
    http::header,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, stream};
use siaga_core::view::desk::{Changed, DeskView, Topic};
use siaga_engine::clock;
use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    sync::{broadcast, watch},
    time::{Instant, Interval, interval, sleep_until},
};

/// Pictures of the desk, and changes of one topic, are at least this far apart: twenty a second are more than an eye
/// follows, and in a busy minute most of the work would be telling each console each of them.
const APART: Duration = Duration::from_millis(50);
/// The page takes two and a half missed ones for a dead line.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How long a stream outlives its session at most.
const SESSION_EVERY: Duration = Duration::from_secs(15);

pub async fn live(State(web): State<Web>, person: Person) -> Response {
    let mut desk = web.engine.desk();
    // The first picture goes out at once.
    desk.mark_changed();
    let listener = Listener {
        changes: web.engine.changes(),
        desk,
        desk_from: Instant::now(),
        untold: Vec::new(),
        changed_from: Instant::now(),
        session: interval(SESSION_EVERY),
        web,
        person,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("");
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    (headers, Sse::new(events(listener)).keep_alive(keep_alive)).into_response()
}

/// The newest picture as text, made once for all consoles that show it.
#[derive(Default)]
pub struct Picture(Mutex<Option<Made>>);

struct Made {
    of: Weak<DeskView>,
    at: Instant,
    text: Arc<str>,
}

/// A text older than this is made anew: pages set their clocks by it.
const FRESH: Duration = Duration::from_millis(100);

impl Picture {
    /// `None`: it cannot be written, which does not happen.
    fn of(&self, view: &Arc<DeskView>) -> Option<Arc<str>> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = &*made
            && std::ptr::eq(made.of.as_ptr(), Arc::as_ptr(view))
            && made.at.elapsed() < FRESH
        {
            return Some(Arc::clone(&made.text));
        }
        let mut now = DeskView::clone(view);
        now.now = clock::now();
        let text: Arc<str> = serde_json::to_string(&now).ok()?.into();
        *made = Some(Made { of: Arc::downgrade(view), at: Instant::now(), text: Arc::clone(&text) });
        Some(text)
    }
}

struct Listener {
    desk: watch::Receiver<Arc<DeskView>>,
    changes: broadcast::Receiver<Changed>,
    /// The next picture not before.
    desk_from: Instant,
    /// One of each topic.
    untold: Vec<Changed>,
    /// The next changes not before.
    changed_from: Instant,
    session: Interval,
    web: Web,
    person: Person,
}

fn events(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
}

impl Listener {
    /// `None`: the engine or the session is gone.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let (desk_from, changed_from) = (self.desk_from, self.changed_from);
            tokio::select! {
                changed = self.changes.recv() => match changed {
                    Ok(changed) => note(&mut self.untold, changed),
                    // Too much at once, and of what nobody knows: the page fetches all that it shows.
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        Topic::ALL.iter().for_each(|topic| note(&mut self.untold, Changed { topic: *topic, id: None }));
                    }
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                () = sleep_until(changed_from), if !self.untold.is_empty() => {
                    let changed = self.untold.remove(0);
                    if self.untold.is_empty() {
                        self.changed_from = Instant::now() + APART;
                    }
                    return Some(told(&changed));
                }
                changed = async { sleep_until(desk_from).await; self.desk.changed().await } => {
                    changed.ok()?;
                    self.desk_from = Instant::now() + APART;
                    let view = Arc::clone(&self.desk.borrow_and_update());
                    let text = self.web.picture.of(&view)?;
                    return Some(Event::default().event("desk").id(view.sequence.to_string()).data(text));
                }
                _ = self.session.tick() => {
                    let person = self.web.store.session_person(&self.person.session().0, clock::now()).await;
                    // With the database away nobody is put out.
                    if matches!(person, Ok(None)) {
                        return None;
                    }
                }
            }
        }
    }
}

/// Two of one topic are one; of two things in it, all of the topic.
fn note(untold: &mut Vec<Changed>, changed: Changed) {
    match untold.iter_mut().find(|held| held.topic == changed.topic) {
        Some(held) if held.id != changed.id => held.id = None,
        Some(_) => {}
        None => untold.push(changed),
    }
}

fn told(changed: &Changed) -> Event {
    Event::default().event("changed").json_data(changed).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_of_a_topic_are_told_as_one() {
        let changed = |topic, id: Option<&str>| Changed { topic, id: id.map(str::to_owned) };
        let told = |changes: &[Changed]| {
            let mut untold = Vec::new();
            changes.iter().cloned().for_each(|one| note(&mut untold, one));
            untold
        };
        let (a, b) = (changed(Topic::Calls, Some("a")), changed(Topic::Calls, Some("b")));
        assert_eq!(told(&[a.clone(), a.clone()]), vec![a.clone()]);
        assert_eq!(told(&[a.clone(), b]), vec![changed(Topic::Calls, None)]);
        assert_eq!(told(&[changed(Topic::Calls, None), a.clone()]), vec![changed(Topic::Calls, None)]);
        let outbox = changed(Topic::Outbox, None);
        assert_eq!(told(&[a.clone(), outbox.clone(), a.clone()]), [a, outbox]);
    }
}
