//! What a number did before. Asked at every call with a deadline of 20 ms: one index holds all of it.

use crate::{
    Store, StoreError,
    tx::{fetch_all, fetch_optional},
    words::Word,
};
use siaga_core::{
    class::Class,
    screening::facts::{NEWEST_CALLS_MAX, NumberFacts, PastCall, RealReport},
    time::Timestamp,
};

impl Store {
    /// The history of a number (E.164) before a point in time; drop the future when the caller cannot wait.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn number_facts(&self, number: &str, before: Timestamp) -> Result<NumberFacts, StoreError> {
        let mut tx = self.read().await?;
        let mut facts = NumberFacts::default();
        let counts = fetch_all!(
            tx,
            (Option<String>, i64),
            "SELECT class, COUNT(*) FROM call WHERE number = $1 AND offered_at < $2 GROUP BY class",
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
        if facts.count(Class::Emergency) > 0 {
            let real = fetch_optional!(
                tx,
                (i64, Option<String>),
                "SELECT offered_at, incident_type FROM call
                 WHERE number = $1 AND offered_at < $2 AND class = 'emergency' ORDER BY offered_at DESC LIMIT 1",
                number,
                before.0
            )?;
            facts.real = real.map(|(at, incident_type)| RealReport { at: Timestamp(at), incident_type });
        }
        let newest = fetch_all!(
            tx,
            (i64, Option<String>, Option<String>),
            "SELECT offered_at, class, sub FROM call
             WHERE number = $1 AND offered_at < $2 ORDER BY offered_at DESC LIMIT $3",
            number,
            before.0,
            i64::try_from(NEWEST_CALLS_MAX).unwrap_or(i64::MAX)
        )?;
        for (at, class, sub) in newest {
            facts.newest.push(PastCall { at: Timestamp(at), class: Class::read_some(class.as_deref())?, sub });
        }
        Ok(facts)
    }
}
