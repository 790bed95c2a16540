//! Draws the calls that are heard again: by chance, with the house's key, never by a person.

use super::JobContext;
use siaga_core::{time::Timestamp, view::desk::Topic};
use siaga_store::StoreError;
use std::time::Duration;

/// Nobody waits for a draw: a look reads the calls of a month.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(20);

/// Gives how many calls were drawn.
pub(super) async fn look(context: &JobContext, now: Timestamp) -> Result<usize, StoreError> {
    let seed = &context.review_seed;
    let drawn = context.store.codings_draw(seed, now).await?
        + context.store.reviews_draw(seed, &context.city.now().review_form, now).await?;
    if drawn > 0 {
        context.changes.tell(Topic::Reviews, None);
    }
    Ok(drawn)
}
