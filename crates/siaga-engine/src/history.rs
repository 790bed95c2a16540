//! A number's history for a call that rings: asked with a deadline, for the call never waits on the database.

use crate::{
    city::LiveCity,
    clock,
    desk_loop::Wake,
    limits::{HISTORY_LATE_WITHIN, HISTORY_WITHIN},
};
use siaga_core::{
    desk::Known,
    ids::CallId,
    screening::{facts::NumberFacts, sentence::sentence},
};
use siaga_store::Store;
use tokio::{
    sync::mpsc,
    time::{Duration, timeout, timeout_at},
};

/// Answers within the deadline, with nothing if need be; a late history follows.
pub(crate) async fn look_up(
    store: Store,
    city: LiveCity,
    call: CallId,
    number: String,
    wakes: mpsc::Sender<Wake>,
    within: Duration,
) {
    let asked = tokio::time::Instant::now();
    let facts = store.number_facts(&number, clock::now());
    tokio::pin!(facts);
    let first = timeout_at(asked + within, &mut facts).await;
    let late = first.is_err();
    let known = first.ok().and_then(Result::ok).map(|facts| known(&city, facts));
    if wakes.send(Wake::Known { call, known }).await.is_err() || !late {
        return;
    }
    if let Ok(Ok(facts)) = timeout(HISTORY_LATE_WITHIN, facts).await {
        // A loop that is gone needs no history.
        let _ = wakes.send(Wake::Known { call, known: Some(self::known(&city, facts)) }).await;
    }
}

/// The usual deadline.
pub(crate) const WITHIN: Duration = HISTORY_WITHIN;

pub(crate) fn known(city: &LiveCity, facts: NumberFacts) -> Known {
    let city = city.now();
    let label = |key: &str| city.incident_type(key).map(|kind| kind.label.clone());
    let sentence = sentence(&facts, label, clock::now(), city.time_zone());
    Known { facts, sentence }
}
