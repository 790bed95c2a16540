//! Callers of a drill: who calls when stands in the plan of the program that ordered it. Each names its token as the
//! Call-ID of its INVITE, so that it is known as simulated; nothing else tells it from a caller.

use super::{
    CallersError, Kind, Options, line,
    persona::Persona,
    phone::{self, Phone},
};
use rand::{SeedableRng, rngs::StdRng};
use serde::Deserialize;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The first line of the input.
#[derive(Clone, Debug, Deserialize)]
pub struct Plan {
    pub calls: Vec<Planned>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Planned {
    pub token: String,
    pub kind: Kind,
    /// After the start.
    pub at_ms: u64,
}

/// Places the calls of the plan. Cancelled, every caller hangs up and no other calls.
///
/// # Errors
/// When no SIP socket can be opened.
pub async fn run(plan: Plan, target: SocketAddr, stop: CancellationToken) -> Result<(), CallersError> {
    let options = Options::plain(target);
    let phone = Phone::open(&options, CancellationToken::new()).await;
    let phone = Arc::new(phone.map_err(|error| CallersError::Socket(error.to_string()))?);
    let answering = tokio::spawn(phone::answer_callbacks(phone.clone()));
    let calls = TaskTracker::new();
    let start = tokio::time::Instant::now();
    for (nth, planned) in (1_u32..).zip(plan.calls) {
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep_until(start + Duration::from_millis(planned.at_ms)) => {}
        }
        let one = Options { kind: Some(planned.kind), number: Some(number(nth)), ..options.clone() };
        let mut dice = StdRng::seed_from_u64(u64::from(nth));
        let persona = Persona { call_id: Some(planned.token), ..Persona::roll(&mut dice, &one) };
        let (phone, stop) = (phone.clone(), stop.clone());
        calls.spawn(async move { line::place(&phone, nth, persona, false, &stop).await });
    }
    calls.close();
    calls.wait().await;
    phone.close();
    answering.abort();
    Ok(())
}

/// Of the block that belongs to nobody.
fn number(nth: u32) -> String {
    format!("0899000{:04}", nth % 1_000)
}
