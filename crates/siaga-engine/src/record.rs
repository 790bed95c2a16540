//! What the log says about facts: ids of calls, seats and entries, never a number, a name or a key that was pressed.

use siaga_core::call::live::Fact;

/// One line for what an operator follows; the rest is in the database.
pub fn log(fact: &Fact) {
    match fact {
        Fact::Offered { call, direction, lane, suspicion, .. } => {
            tracing::info!(%call, ?direction, ?lane, suspicion, "a call is offered");
        }
        Fact::Answered { call, seat, .. } => tracing::info!(%call, %seat, "a call is answered"),
        Fact::Moved { call, seat, .. } => tracing::info!(%call, %seat, "a call goes on at a seat"),
        Fact::Classed { call, choice, .. } => {
            tracing::info!(%call, class = choice.as_ref().map(|choice| choice.class.key()), "a call is classed");
        }
        Fact::Ended { call, outcome, by } => {
            tracing::info!(%call, outcome = outcome.key(), by = by.key(), "a call ended");
        }
        Fact::CallbackDue { callback, call, reason, .. } => {
            tracing::info!(%callback, %call, ?reason, "somebody must be called back");
        }
        Fact::Greeted { call, .. } => tracing::info!(%call, "the machine took the line and listens"),
        Fact::Judged { call, lane, suspicion, .. } => {
            tracing::info!(%call, ?lane, suspicion, "what was heard changed the verdict");
        }
        Fact::Routed { call, seat, .. } => tracing::info!(%call, %seat, "a call rings at a seat"),
        Fact::RangOutside { call, leg, .. } => tracing::info!(%call, %leg, "a call also rings at a telephone outside"),
        Fact::AnsweredOutside { call, leg, .. } => tracing::info!(%call, %leg, "a telephone outside answered a call"),
        Fact::EndedUnheard { call, asked_ms, .. } => {
            tracing::info!(%call, asked_ms, "a person ends a line on which nothing was heard");
        }
        Fact::Duress { call, on, .. } => tracing::info!(%call, on, "a call is marked: the caller cannot speak freely"),
        Fact::CallbackTried { callback, call, result, .. } => {
            tracing::info!(%callback, %call, result = result.key(), "a call-back was tried");
        }
        Fact::CallbackDropped { callback, .. } => tracing::info!(%callback, "a call-back was crossed off"),
        Fact::SeatTaken { seat, .. } => tracing::info!(%seat, "a seat is taken"),
        Fact::SeatLeft { seat, .. } => tracing::info!(%seat, "a seat is left"),
        Fact::HandedOff { call, seat, .. } => tracing::info!(%call, %seat, "a call is handed off; its line stays open"),
        Fact::CameBack { call, .. } => tracing::info!(%call, "a caller who was handed off wants a person"),
        Fact::Drilled { call, .. } => tracing::info!(%call, "a call is one of a drill"),
        Fact::Located { call, .. } => tracing::info!(%call, "a call says where it is"),
        Fact::Supervised { call, how, .. } => tracing::info!(%call, how = how.key(), "a shift lead is on a call"),
        Fact::SupervisionEnded { call, .. } => tracing::info!(%call, "a shift lead is off a call"),
        Fact::Held { .. }
        | Fact::Said { .. }
        | Fact::KeyPressed { .. }
        | Fact::Recorded { .. }
        | Fact::SeatPaused { .. }
        | Fact::Recalled { .. } => {}
    }
}
