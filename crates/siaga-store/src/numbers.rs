//! What a number did before. Asked at every call with a deadline of 20 ms: one index holds all of it.

use crate::{
    Store, StoreError,
    calls::marked,
    tx::{fetch_all, fetch_one, fetch_optional},
    words::Word,
};
use siaga_core::{
    class::Class,
    screening::facts::{Block, NEWEST_CALLS_MAX, NumberFacts, PastCall, RealReport, SHORT_CALL_MS_MAX},
    time::Timestamp,
    view::desk::Direction,
};
use std::collections::BTreeSet;

impl Store {
    /// The history of a number (E.164) before a point in time: its calls to us, and real reports from our calls to it.
    /// Drop the future when the caller cannot wait.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn number_facts(&self, number: &str, before: Timestamp) -> Result<NumberFacts, StoreError> {
        let mut tx = self.read().await?;
        let block = fetch_optional!(
            tx,
            (i64, String),
            "SELECT blocked_until, reason FROM sanction WHERE number = $1 AND blocked_until > $2
             ORDER BY blocked_until DESC LIMIT 1",
            number,
            before.0
        )?;
        let block = block.map(|(until, reason)| Block { until: Timestamp(until), reason });
        let mut facts = NumberFacts { block, ..NumberFacts::default() };
        let counts = fetch_all!(
            tx,
            (Option<String>, i64),
            "SELECT class, COUNT(*) FROM call
             WHERE number = $1 AND offered_at < $2 AND (direction = 'incoming' OR (class = 'emergency' AND direction <> 'drill')) GROUP BY class",
            number,
            before.0
        )?;
        for (class, calls) in counts {
            let calls = u32::try_from(calls).unwrap_or(u32::MAX);
            facts.calls = facts.calls.saturating_add(calls);
            if let Some(class) = Class::read_some(class.as_deref())? {
                facts.by_class.insert(class, calls);
            }
        }
        if facts.calls == 0 {
            return Ok(facts);
        }
        let mut marked = marked::of_number(&mut tx, number).await?;
        marked.retain(|_, call| call.offered_at < before && call.direction == Direction::Incoming.word());
        for call in marked.values() {
            if let Some(class) = Class::read_some(call.class.as_deref())?.filter(|class| class.is_nuisance()) {
                facts.threatened += 1;
                facts.by_class.entry(class).and_modify(|calls| *calls = calls.saturating_sub(1));
            }
        }
        facts.by_class.retain(|_, calls| *calls > 0);
        // The index knows a call by its moment.
        let marked: BTreeSet<i64> = marked.values().map(|call| call.offered_at.0).collect();
        if facts.count(Class::Emergency) > 0 {
            let real = fetch_optional!(
                tx,
                (i64, Option<String>),
                "SELECT call.offered_at, call.incident_type
                 FROM call LEFT JOIN incident own ON own.incident_id = call.incident_id
                      LEFT JOIN incident top ON top.incident_id = COALESCE(own.root, own.incident_id)
                 WHERE call.number = $1 AND call.offered_at < $2 AND call.class = 'emergency' AND call.direction <> 'drill'
                   AND (top.outcome IS NULL OR top.outcome NOT IN ('nothing_found', 'false_report'))
                 ORDER BY call.offered_at DESC LIMIT 1",
                number,
                before.0
            )?;
            let (empty,) = fetch_one!(
                tx,
                (i64,),
                "SELECT COUNT(*)
                 FROM call JOIN incident own ON own.incident_id = call.incident_id
                      JOIN incident top ON top.incident_id = COALESCE(own.root, own.incident_id)
                 WHERE call.number = $1 AND call.offered_at < $2 AND call.class = 'emergency' AND call.direction <> 'drill'
                   AND top.outcome IN ('nothing_found', 'false_report')",
                number,
                before.0
            )?;
            facts.nothing_found = u32::try_from(empty).unwrap_or(u32::MAX);
            facts.real = real.map(|(at, incident_type)| RealReport { at: Timestamp(at), incident_type });
        }
        let newest = fetch_all!(
            tx,
            (i64, Option<String>, Option<String>, Option<i64>),
            "SELECT offered_at, class, sub, (ended_at - answered_at) / 1000 FROM call
             WHERE number = $1 AND offered_at < $2 AND (direction = 'incoming' OR (class = 'emergency' AND direction <> 'drill'))
             ORDER BY offered_at DESC LIMIT $3",
            number,
            before.0,
            i64::try_from(NEWEST_CALLS_MAX).unwrap_or(i64::MAX)
        )?;
        for (at, class, sub, talked_ms) in newest {
            let marked = marked.contains(&at);
            let class = Class::read_some(class.as_deref())?;
            // A real report may be short too, and is told apart.
            let short =
                !marked && class != Some(Class::Emergency) && talked_ms.is_some_and(|ms| ms < SHORT_CALL_MS_MAX);
            facts.short_calls += u32::from(short);
            let (class, sub) = match class {
                Some(class) if marked && class.is_nuisance() => (None, None),
                class => (class, sub),
            };
            facts.newest.push(PastCall { at: Timestamp(at), class, sub });
        }
        Ok(facts)
    }

    /// Numbers (E.164) that the rules may hold for nuisance now: under a block, or with so many pranks since a point in
    /// time. Whoever asks judges each of them; most first, at most `most`.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn numbers_to_judge(
        &self,
        now: Timestamp,
        since: Timestamp,
        pranks: u32,
        most: u32,
    ) -> Result<Vec<String>, StoreError> {
        let mut tx = self.read().await?;
        let blocked = fetch_all!(
            tx,
            (String,),
            "SELECT DISTINCT number FROM sanction WHERE blocked_until > $1 ORDER BY number LIMIT $2",
            now.0,
            i64::from(most)
        )?;
        let pranksters = fetch_all!(
            tx,
            (String, i64),
            "SELECT number, COUNT(*) FROM call
             WHERE class = 'prank' AND offered_at >= $1 AND number IS NOT NULL AND direction <> 'drill'
             GROUP BY number HAVING COUNT(*) >= $2 ORDER BY COUNT(*) DESC, number LIMIT $3",
            since.0,
            i64::from(pranks),
            i64::from(most)
        )?;
        let mut numbers: Vec<String> = blocked.into_iter().map(|(number,)| number).collect();
        numbers.extend(pranksters.into_iter().map(|(number, _)| number));
        numbers.sort();
        numbers.dedup();
        Ok(numbers)
    }
}
