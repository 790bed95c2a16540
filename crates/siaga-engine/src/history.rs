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
use siaga_store::{Store, StoreError};
use std::future::Future;
use tokio::{sync::mpsc, time::timeout};

/// Answers within the deadline, with nothing if need be; a late history follows.
pub(crate) async fn look_up(store: Store, city: LiveCity, call: CallId, number: String, wakes: mpsc::Sender<Wake>) {
    let facts = store.number_facts(&number, clock::now());
    tell(&city, call, &wakes, facts).await;
}

async fn tell(
    city: &LiveCity,
    call: CallId,
    wakes: &mpsc::Sender<Wake>,
    facts: impl Future<Output = Result<NumberFacts, StoreError>>,
) {
    tokio::pin!(facts);
    let first = timeout(HISTORY_WITHIN, &mut facts).await;
    let late = first.is_err();
    let found = first.ok().and_then(Result::ok).map(|facts| known(city, facts));
    if wakes.send(Wake::Known { call, known: found }).await.is_err() || !late {
        return;
    }
    if let Ok(Ok(facts)) = timeout(HISTORY_LATE_WITHIN, facts).await {
        // A loop that is gone needs no history.
        let _ = wakes.send(Wake::Known { call, known: Some(known(city, facts)) }).await;
    }
}

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
    use tokio::sync::oneshot;

    /// What is told about a call, in order; `then` comes when the first word was heard.
    async fn told(
        facts: impl Future<Output = Result<NumberFacts, StoreError>>,
        then: impl FnOnce(),
    ) -> Vec<Option<String>> {
        let (wakes, mut inbox) = mpsc::channel(4);
        let call = CallId(crate::ids::fresh());
        let city = LiveCity::new(serang());
        let listen = async {
            let (mut sentences, mut then) = (Vec::new(), Some(then));
            while let Some(wake) = inbox.recv().await {
                let Wake::Known { call: about, known } = wake else { panic!("only histories are told") };
                assert_eq!(about, call);
                sentences.push(known.map(|known| known.sentence));
                if let Some(then) = then.take() {
                    then();
                }
            }
            sentences
        };
        let tell = async {
            tell(&city, call, &wakes, facts).await;
            drop(wakes);
        };
        tokio::join!(listen, tell).0
    }

    #[tokio::test]
    async fn the_call_never_waits_for_the_database() {
        let first_call = Some("panggilan pertama".to_owned());
        assert_eq!(told(async { Ok(NumberFacts::default()) }, || {}).await, std::slice::from_ref(&first_call));
        // Late: nothing in time, and the history afterwards for the card.
        let (read, reading) = oneshot::channel();
        let late = async { reading.await.map_err(|_| StoreError::NotFound) };
        let then = || read.send(NumberFacts::default()).expect("because it is still being read");
        assert_eq!(told(late, then).await, [None, first_call]);
        // Away: told at once, and nothing more.
        assert_eq!(told(async { Err(StoreError::Gone("away".to_owned())) }, || {}).await, [None]);
    }
}
