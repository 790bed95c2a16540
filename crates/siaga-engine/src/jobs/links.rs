//! Sends a location link to who was called back twice in vain: whoever cannot talk or answer may still press or write.

use super::JobContext;
use siaga_core::{time::Timestamp, view::desk::Topic};
use siaga_store::{
    StoreError,
    incidents::Showing,
    links::{LinkError, NewLink},
};

/// Gives how many links went out.
pub(super) async fn look(context: &JobContext, now: Timestamp) -> Result<usize, StoreError> {
    let city = context.city.now();
    let showing = Showing { city: &city, key: &context.key, base_url: &context.base_url, now };
    let mut made = 0;
    for (call, _) in context.store.links_due(now).await? {
        let new = NewLink { call, chance: rand::random(), by: None };
        match context.store.link_make(new, &showing).await {
            Ok(_) => {
                made += 1;
                context.changes.tell(Topic::Outbox, None);
                context.changes.tell(Topic::Links, Some(call.to_string()));
            }
            Err(LinkError::Store(error)) => return Err(error),
            // Somebody sent one between the look and now, or this number takes none.
            Err(_) => {}
        }
    }
    Ok(made)
}
