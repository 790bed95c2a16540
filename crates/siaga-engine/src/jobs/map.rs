//! Sees that somebody imported places or boundaries, here or from the command line or at another node, and loads them.

use super::{Complaint, JobContext};
use crate::map;
use siaga_core::view::desk::Topic;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// An import may be seen this late: nobody waits for it in a call.
const LOOK_EVERY: Duration = Duration::from_secs(3);

pub(super) async fn run(context: JobContext, stop: CancellationToken) {
    let mut complaint = Complaint::default();
    // as loaded; the city of the start has none
    let mut held = Vec::new();
    loop {
        if let Some(stamp) = complaint.heard("map", context.store.map_stamp().await)
            && stamp != held
            && complaint.heard("map", map::load(&context.store, &context.city).await).is_some()
        {
            held = stamp;
            context.changes.tell(Topic::City, None);
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => return,
        }
    }
}
