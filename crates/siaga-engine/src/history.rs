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

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_core::city::serang;
    use siaga_store::testing::sqlite;

    async fn answers(within: Duration, store_lives: bool) -> Vec<Option<String>> {
        let (store, _folder) = sqlite().await;
        if !store_lives {
            store.close().await;
        }
        let (wakes, mut inbox) = mpsc::channel(4);
        let call = CallId(crate::ids::fresh());
        look_up(store, LiveCity::new(serang()), call, "+6281234567890".to_owned(), wakes, within).await;
        let mut sentences = Vec::new();
        while let Some(wake) = inbox.recv().await {
            match wake {
                Wake::Known { call: about, known } if about == call => {
                    sentences.push(known.map(|known| known.sentence));
                }
                _ => panic!("only histories of this call are told"),
            }
        }
        sentences
    }

    #[tokio::test]
    async fn the_call_never_waits_for_the_database() {
        let first = Some("panggilan pertama".to_owned());
        assert_eq!(answers(Duration::from_secs(10), true).await, std::slice::from_ref(&first));
        // Late: nothing in time, and the history afterwards for the card.
        assert_eq!(answers(Duration::ZERO, true).await, [None, first]);
        // Away: told at once, and nothing more.
        assert_eq!(answers(Duration::from_secs(10), false).await, [None]);
    }
}
