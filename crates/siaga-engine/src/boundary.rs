//! The boundary at which a broken call is caught: one input that panics is taken back, and the exchange lives.

use siaga_core::{
    desk::{Desk, Effect, IdSource, Input, LineEvent},
    ids::CallId,
    time::Timestamp,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Handles one input. After a panic the desk is as it was before; a line that went down all the same ends honestly.
pub fn handle(desk: &mut Desk, now: Timestamp, input: Input, ids: &mut dyn IdSource) -> Vec<Effect> {
    let (call, down) = concerns(&input);
    if let Some(effects) = guarded(desk, |desk| desk.handle(now, input, ids)) {
        return effects;
    }
    tracing::error!(call = call.map(tracing::field::display), "an input broke the desk's rules and was taken back");
    match call.filter(|_| down) {
        Some(call) => guarded(desk, |desk| desk.handle(now, Input::Broken { call }, ids)).unwrap_or_default(),
        None => Vec::new(),
    }
}

/// `None`: it panicked, and what it did to the desk is undone.
fn guarded(desk: &mut Desk, work: impl FnOnce(&mut Desk) -> Vec<Effect>) -> Option<Vec<Effect>> {
    let before = desk.clone();
    let done = catch_unwind(AssertUnwindSafe(|| work(desk))).ok();
    if done.is_none() {
        *desk = before;
    }
    done
}

/// The call an input is about, and whether its line is down.
fn concerns(input: &Input) -> (Option<CallId>, bool) {
    match input {
        Input::Line(LineEvent::Down { call, .. } | LineEvent::Failed { call } | LineEvent::NotReached { call, .. }) => {
            (Some(*call), true)
        }
        Input::Line(
            LineEvent::Arrived { call, .. }
            | LineEvent::Deferred { call, .. }
            | LineEvent::Up { call }
            | LineEvent::Key { call, .. }
            | LineEvent::Heard { call, .. }
            | LineEvent::Said { call, .. }
            | LineEvent::Recorded { call, .. }
            | LineEvent::RecordingFailed { call },
        )
        | Input::Known { call, .. }
        | Input::Broken { call } => (Some(*call), false),
        _ => (None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FreshIds, fresh};
    use siaga_core::desk::Arrival;
    use std::sync::Arc;

    #[test]
    fn a_panic_undoes_its_own_input_and_nothing_else() {
        let now = Timestamp(1_790_000_000_000_000);
        let mut desk = Desk::new(now, Arc::default());
        let arrive = || Input::Line(LineEvent::Arrived { call: CallId(fresh()), arrival: Arrival::default() });
        handle(&mut desk, now, arrive(), &mut FreshIds);
        let before = desk.view(now, 1);
        let done = guarded(&mut desk, |desk| {
            desk.handle(now, arrive(), &mut FreshIds);
            panic!("because this test breaks a call on purpose")
        });
        assert!(done.is_none());
        assert_eq!(desk.view(now, 1), before);
        assert!(!handle(&mut desk, now, arrive(), &mut FreshIds).is_empty(), "the desk lives");
        assert_eq!(desk.open_calls(), 2);
    }
}
