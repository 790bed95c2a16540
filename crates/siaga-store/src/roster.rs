//! The roster, version by version, and who swapped.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
    words::Word,
};
use serde_json::json;
use siaga_core::{
    ids::SwapId,
    roster::{Plan, Swap},
    time::{LocalDay, Timestamp},
    view::roster::{RosterVersion, SwapState, SwapView},
};
use uuid::Uuid;

/// Swaps that are read: more than a month of a large centre has.
const SWAPS_MAX: i64 = 500;

impl Word for SwapState {
    const ALL: &'static [Self] = &[SwapState::Asked, SwapState::Agreed, SwapState::Refused];

    fn word(self) -> &'static str {
        match self {
            SwapState::Asked => "asked",
            SwapState::Agreed => "agreed",
            SwapState::Refused => "refused",
        }
    }
}

row! {
    struct VersionRow {
        version: i64,
        at: i64,
        by_name: String,
        plan: String,
    }
}

row! {
    struct SwapRow {
        swap_id: Uuid,
        body: String,
        state: String,
        asked_at: i64,
        asked_name: String,
        decided_name: Option<String>,
    }
}

async fn newest(tx: &mut Tx) -> Result<Option<RosterVersion>, StoreError> {
    let sql = "SELECT version, at, by_name, plan FROM roster_version ORDER BY version DESC LIMIT 1";
    let Some(row) = fetch_optional!(*tx, VersionRow, sql)? else { return Ok(None) };
    let plan = serde_json::from_str(&row.plan).map_err(|_| StoreError::row("roster_version", "plan"))?;
    Ok(Some(RosterVersion { version: row.version, at: Timestamp(row.at), by: row.by_name, plan }))
}

impl Store {
    /// The plan in force, and the swaps of shifts from this day on, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn roster(&self, from: LocalDay) -> Result<(Option<RosterVersion>, Vec<SwapView>), StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            SwapRow,
            "SELECT swap_id, body, state, asked_at, asked_name, decided_name FROM roster_swap
             WHERE day >= $1 ORDER BY asked_at, swap_id LIMIT $2",
            i64::from(from.0),
            SWAPS_MAX
        )?;
        let view = |row: SwapRow| {
            Ok(SwapView {
                swap_id: SwapId(row.swap_id),
                swap: serde_json::from_str(&row.body).map_err(|_| StoreError::row("roster_swap", "body"))?,
                state: SwapState::read(&row.state)?,
                asked_by: row.asked_name,
                asked_at: Timestamp(row.asked_at),
                decided_by: row.decided_name,
            })
        };
        let swaps = rows.into_iter().map(view).collect::<Result<_, StoreError>>()?;
        Ok((newest(&mut tx).await?, swaps))
    }

    /// Puts a checked plan in force. The same plan again is no version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else changed it meanwhile.
    pub async fn roster_put(&self, seen: i64, plan: &Plan, by: Actor<'_>, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let held = newest(&mut tx).await?;
        if held.as_ref().is_some_and(|held| held.plan == *plan) {
            return Ok(());
        }
        if held.map_or(0, |held| held.version) != seen {
            return Err(StoreError::Conflict("the roster was changed by somebody else".into()));
        }
        let document = serde_json::to_string(plan).map_err(|error| StoreError::Bug(error.to_string()))?;
        let (version,) = fetch_one!(tx, (i64,), "SELECT COALESCE(MAX(version), 0) + 1 FROM roster_version")?;
        execute!(
            tx,
            "INSERT INTO roster_version (version, at, by_user, by_name, plan) VALUES ($1, $2, $3, $4, $5)",
            version,
            now.0,
            by.user.0,
            by.name,
            &document
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({ "roster": version, "plan": plan }),
            ..NewEvent::new(Uuid::now_v7(), now, "RosterChanged")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await
    }

    /// Somebody asks for a checked swap.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn swap_ask(&self, id: SwapId, swap: &Swap, by: Actor<'_>, now: Timestamp) -> Result<(), StoreError> {
        let body = serde_json::to_string(swap).map_err(|error| StoreError::Bug(error.to_string()))?;
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "INSERT INTO roster_swap (swap_id, day, body, state, asked_at, asked_by, asked_name)
             VALUES ($1, $2, $3, 'asked', $4, $5, $6)",
            id.0,
            i64::from(swap.day.0),
            &body,
            now.0,
            by.user.0,
            by.name
        )?;
        tell(&mut tx, "SwapAsked", id, by, now, json!({ "swap": swap })).await?;
        tx.commit().await
    }

    /// The lead's word. A second one is a conflict, the same again is nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Conflict`].
    pub async fn swap_decide(
        &self,
        id: SwapId,
        word: SwapState,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let (state,) = fetch_one!(tx, (String,), "SELECT state FROM roster_swap WHERE swap_id = $1", id.0)?;
        if state == word.word() {
            return Ok(());
        }
        if state != SwapState::Asked.word() {
            return Err(StoreError::Conflict("it is decided already".into()));
        }
        execute!(
            tx,
            "UPDATE roster_swap SET state = $2, decided_at = $3, decided_name = $4 WHERE swap_id = $1",
            id.0,
            word.word(),
            now.0,
            by.name
        )?;
        tell(&mut tx, "SwapDecided", id, by, now, json!({ "state": word })).await?;
        tx.commit().await
    }
}

async fn tell(
    tx: &mut Tx,
    kind: &'static str,
    id: SwapId,
    by: Actor<'_>,
    now: Timestamp,
    what: serde_json::Value,
) -> Result<(), StoreError> {
    let body = json!({ "swap_id": id, "by": by.name, "what": what });
    events::append(tx, NewEvent { actor: Some(by.user), body, ..NewEvent::new(Uuid::now_v7(), now, kind) }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_both;
    use siaga_core::{
        ids::UserId,
        roster::{Crew, Pattern, Slot},
    };

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
    const DAY: LocalDay = LocalDay(20_270_115);

    fn plan() -> Plan {
        let crew = |name: &str, who: &str| Crew { name: name.to_owned(), people: vec![who.to_owned()] };
        Plan {
            pattern: Pattern::Day24Off48,
            from: DAY,
            crews: vec![crew("A", "Siti"), crew("B", "Budi"), crew("C", "Ani")],
        }
    }

    on_both! {
        async fn versions_and_swaps_are_kept(store: Store) {
            let lead = Actor { user: UserId(Uuid::now_v7()), name: "Dewi" };
            assert_eq!(store.roster(DAY).await.unwrap(), (None, Vec::new()));
            store.roster_put(0, &plan(), lead, NOW).await.unwrap();
            store.roster_put(0, &plan(), lead, NOW).await.unwrap();
            let other = Plan { pattern: Pattern::ThreeShifts, ..plan() };
            assert!(matches!(store.roster_put(0, &other, lead, NOW).await, Err(StoreError::Conflict(_))));
            store.roster_put(1, &other, lead, NOW).await.unwrap();
            let swap = Swap { day: DAY, slot: Slot::Morning, out: "Siti".to_owned(), stand_in: "Budi".to_owned() };
            let (one, two) = (SwapId(Uuid::now_v7()), SwapId(Uuid::now_v7()));
            store.swap_ask(one, &swap, lead, NOW).await.unwrap();
            store.swap_ask(two, &swap, lead, NOW.plus_ms(1)).await.unwrap();
            store.swap_decide(one, SwapState::Agreed, lead, NOW).await.unwrap();
            store.swap_decide(one, SwapState::Agreed, lead, NOW).await.unwrap();
            assert!(matches!(store.swap_decide(one, SwapState::Refused, lead, NOW).await, Err(StoreError::Conflict(_))));
            store.swap_decide(two, SwapState::Refused, lead, NOW).await.unwrap();
            let unknown = store.swap_decide(SwapId(Uuid::now_v7()), SwapState::Agreed, lead, NOW).await;
            assert_eq!(unknown, Err(StoreError::NotFound));
            let (version, swaps) = store.roster(DAY).await.unwrap();
            assert_eq!(version.map(|one| (one.version, one.plan)), Some((2, other)));
            let told: Vec<_> = swaps.iter().map(|one| (one.swap_id, one.state, one.decided_by.as_deref())).collect();
            assert_eq!(told, [(one, SwapState::Agreed, Some("Dewi")), (two, SwapState::Refused, Some("Dewi"))]);
            assert_eq!(store.roster(LocalDay(20_270_116)).await.unwrap().1, []);
        }
    }
}
