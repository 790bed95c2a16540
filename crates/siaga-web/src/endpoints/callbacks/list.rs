//! `GET /api/callbacks`: who had to be called back in the last days, each try and what it led to.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::callback::CallbackRow;
use siaga_engine::clock;

/// Closed entries go back this far (ms): the last seven days.
const BACK_MS: i64 = 7 * 86_400_000;

pub async fn list(State(web): State<Web>) -> Answer<Json<Vec<CallbackRow>>> {
    let mut rows = web.store.callbacks_since(clock::now().plus_ms(-BACK_MS)).await?;
    let desk = web.engine.desk();
    let live = desk.borrow();
    for row in &mut rows {
        let entry = live.callbacks.iter().find(|entry| entry.callback_id == row.callback_id);
        row.next_attempt_at = entry.and_then(|entry| entry.next_attempt_at);
    }
    drop(live);
    Ok(Json(rows))
}
