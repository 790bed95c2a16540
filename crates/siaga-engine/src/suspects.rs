//! Which numbers the gate takes last when the machine is full: those that would wait in lane B. Looked up beforehand,
//! because in a flood nobody can be asked for a history.

use crate::{
    clock,
    limits::{SUSPECT_PRANKS, SUSPECT_SINCE, SUSPECTS_EVERY, SUSPECTS_MAX},
    lines::Lines,
    policy::LivePolicy,
};
use siaga_core::{
    policy::Policy,
    screening::{judge, signals},
    time::Timestamp,
    view::desk::Lane,
};
use siaga_store::{Store, StoreError};
use siaga_voice::{Command, Suspects};
use std::sync::Arc;
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval},
};

/// Looks once a minute; ends with the loop. With the database away the last set stands.
pub(crate) async fn watch<T>(store: Store, policy: LivePolicy, lines: Arc<dyn Lines>, until: mpsc::Sender<T>) {
    let mut timer = interval(SUSPECTS_EVERY);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last = Vec::new();
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            () = until.closed() => return,
        }
        let Ok(numbers) = look(&store, &policy.now(), clock::now()).await else { continue };
        if numbers != last {
            lines.send(Command::Suspect { numbers: Suspects::new(numbers.iter().map(String::as_str)) });
            last = numbers;
        }
    }
}

/// The same judge as at an arrival, so that the gate suspects nobody whom the queue would not put behind.
async fn look(store: &Store, policy: &Policy, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let since = now.plus_ms(-i64::try_from(SUSPECT_SINCE.as_millis()).unwrap_or(i64::MAX));
    let mut suspects = Vec::new();
    for number in store.numbers_to_judge(now, since, SUSPECT_PRANKS, SUSPECTS_MAX).await? {
        let facts = store.number_facts(&number, now).await?;
        if judge(&signals(&facts, now), &policy.screening).lane == Lane::B {
            suspects.push(number);
        }
    }
    Ok(suspects)
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_core::{
        call::live::{Fact, LiveFact},
        class::Class,
        ids::{CallId, SeatId, UserId},
        view::{
            call::{CallOutcome, EndedBy},
            desk::{ClassChoice, Direction},
        },
    };
    use siaga_store::{StoreConfig, testing::TestFolder};
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

    /// An answered call of this number, an hour ago.
    fn call(number: &str, class: Class) -> Vec<LiveFact> {
        let (call, user) = (CallId(Uuid::now_v7()), UserId(Uuid::from_u128(1)));
        let facts = [
            Fact::Offered {
                call,
                direction: Direction::Incoming,
                number: Some(number.to_owned()),
                number_raw: None,
                display_name: None,
                sip_call_id: None,
                lane: Lane::A,
                suspicion: 50,
                reasons: Vec::new(),
                callback: None,
            },
            Fact::Answered { call, seat: SeatId(1), call_taker: user },
            Fact::Classed { call, by: user, choice: Some(ClassChoice { class, sub: None }) },
            Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller },
        ];
        let at = |n: i64| NOW.plus_ms(-3_600_000 + n * 1_000);
        (0..).zip(facts).map(|(n, fact)| LiveFact { id: Uuid::now_v7(), at: at(n), fact }).collect()
    }

    #[tokio::test]
    async fn only_numbers_of_lane_b_are_suspected_at_the_gate() {
        let folder = TestFolder::new();
        let config = StoreConfig::Sqlite { path: folder.path().join("siaga.db") };
        let store = Store::open(&config).await.unwrap();
        let (prankster, household, quiet) = ("+6281211120001", "+6281211120002", "+6281211120003");
        for _ in 0..12 {
            store.write_live(&call(prankster, Class::Prank)).await.unwrap();
            store.write_live(&call(household, Class::Prank)).await.unwrap();
        }
        store.write_live(&call(household, Class::Emergency)).await.unwrap();
        store.write_live(&call(quiet, Class::Ghost)).await.unwrap();
        assert_eq!(look(&store, &Policy::default(), NOW).await.unwrap(), [prankster]);
        assert!(look(&store, &Policy::fifo(), NOW).await.unwrap().is_empty(), "rules without lanes suspect nobody");
    }
}
