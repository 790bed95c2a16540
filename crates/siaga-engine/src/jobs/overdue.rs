//! Silence is loud: looks every second at who has not acknowledged, writes each new level down, reminds the agency
//! through the outbox and tells the consoles.

use super::JobContext;
use siaga_core::{time::Timestamp, view::desk::Topic};
use siaga_store::{StoreError, incidents::Showing};

/// Gives how many assignments reached a new level.
pub(super) async fn look(context: &JobContext, now: Timestamp) -> Result<usize, StoreError> {
    let city = context.city.now();
    let showing = Showing { city: &city, key: &context.key, base_url: &context.base_url, now };
    let silent = context.store.assignments_silent(&showing).await?;
    let fresh: Vec<_> = silent.into_iter().filter(|one| one.fresh).collect();
    for one in &fresh {
        tracing::warn!(assignment = %one.assignment, level = one.level, "an assignment is not acknowledged");
        context.changes.tell(Topic::Incidents, Some(one.incident.to_string()));
    }
    if !fresh.is_empty() {
        context.changes.tell(Topic::Outbox, None);
    }
    Ok(fresh.len())
}
