//! What the chain and the positions know of one call, for its replay.

use crate::{
    Store, StoreError,
    tx::{fetch_all, row},
    words::Word,
};
use siaga_core::{
    ids::CallId,
    location::PositionSource,
    time::Timestamp,
    timeline::{Happened, Told},
};

/// Events of one call that a replay shows: the longest sheet, card and chat ten times over.
const EVENTS_MAX: i64 = 5_000;
/// Positions of one call: an hour of a telephone that tells every five seconds.
const POSITIONS_MAX: i64 = 1_000;

row! {
    struct HappenedRow {
        at: i64,
        kind: String,
        display_name: Option<String>,
        body: Option<String>,
    }
}

impl Store {
    /// The events of a call in the order of the chain, and the positions its caller's telephone told.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn timeline_of(&self, call: CallId) -> Result<(Vec<Happened>, Vec<Told>), StoreError> {
        let mut tx = self.read().await?;
        let events = fetch_all!(
            tx,
            HappenedRow,
            "SELECT event.at, event.kind, account.display_name, event.body
             FROM event LEFT JOIN account ON account.user_id = event.actor
             WHERE event.call_id = $1 ORDER BY event.seq LIMIT $2",
            call.0,
            EVENTS_MAX
        )?;
        let happened =
            |row: HappenedRow| Happened { at: Timestamp(row.at), kind: row.kind, by: row.display_name, body: row.body };
        let positions = fetch_all!(
            tx,
            (i64, String, f64, f64, f64),
            "SELECT received_at, source, lat, lng, radius_m FROM caller_position
             WHERE call_id = $1 ORDER BY received_at LIMIT $2",
            call.0,
            POSITIONS_MAX
        )?;
        let told = |(at, source, lat, lng, radius_m): (i64, String, f64, f64, f64)| {
            Ok(Told { at: Timestamp(at), source: PositionSource::read(&source)?, lat, lng, radius_m })
        };
        Ok((
            events.into_iter().map(happened).collect(),
            positions.into_iter().map(told).collect::<Result<_, StoreError>>()?,
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        calls::tests::{TAKER, answered, at_s, call, ended, live, offered, past_call},
        on_both,
        testing::meddle,
    };
    use siaga_core::{
        call::{Supervision, live::Fact},
        class::Class,
        ids::UserId,
        timeline::timeline,
        view::{call::CallOutcome, timeline::TimelineEvent as Line},
    };
    use uuid::Uuid;

    on_both! {
        async fn a_call_is_told_in_the_order_of_the_chain_and_no_other_with_it(store: Store) {
            let call = past_call(&store, 0, Class::Prank, None).await;
            past_call(&store, 60, Class::Ghost, None).await;
            let (events, positions) = store.timeline_of(call).await.unwrap();
            let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
            assert_eq!(kinds, ["CallStart", "CallStateChange", "CallClassed", "CallEnd"]);
            assert!(positions.is_empty() && events.iter().all(|event| event.body.is_some()));
            meddle(&store, "UPDATE event SET body = NULL WHERE kind = 'CallClassed'").await;
            let (events, _) = store.timeline_of(call).await.unwrap();
            assert_eq!(events[2].body, None, "what retention took is a gap, not an error");
            assert_eq!(events[2].by, None, "{TAKER:?} has no account here");
        }

        async fn a_lead_on_a_call_is_on_its_record_and_moves_nothing_else(store: Store) {
            let (call, lead) = (call(), UserId(Uuid::from_u128(9)));
            let how = |how| Fact::Supervised { call, by: lead, how };
            let facts = [
                live(0, offered(call)),
                live(2, answered(call)),
                live(4, how(Supervision::Listen)),
                live(6, how(Supervision::Barge)),
                live(8, Fact::SupervisionEnded { call, by: lead, since: at_s(4) }),
                live(10, ended(call, CallOutcome::Answered)),
            ];
            for written in 1..=facts.len() {
                store.write_live(&facts[..written]).await.unwrap();
                let left = store.lead_left_on(call).await.unwrap();
                assert_eq!(left, (3..=4).contains(&written).then_some((lead, at_s(4))), "killed after {written} facts");
            }
            store.write_live(&facts).await.unwrap();
            let row = store.call_row(call).await.unwrap();
            assert_eq!((row.outcome, row.answered_at), (Some(CallOutcome::Answered), Some(at_s(2))), "the lead answered nothing");
            let (events, _) = store.timeline_of(call).await.unwrap();
            let lines: Vec<Line> = timeline(&events, &[], &[], &[]).into_iter().map(|line| line.what).collect();
            let of_lead = |line: &&Line| matches!(line, Line::Supervised { .. } | Line::SupervisionEnded);
            let expected = [Line::Supervised { how: Supervision::Listen }, Line::Supervised { how: Supervision::Barge }, Line::SupervisionEnded];
            assert_eq!(lines.iter().filter(of_lead).cloned().collect::<Vec<_>>(), expected);
            let chain = store.events_after(0, 100).await.unwrap();
            let ended = chain.iter().find(|event| event.kind == "CallSupervisionEnded").unwrap();
            assert_eq!(ended.actor, Some(lead.0));
            assert!(ended.body.as_deref().unwrap_or_default().contains(&at_s(4).0.to_string()), "since when");
        }
    }
}
