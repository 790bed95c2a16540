//! The voice side as the engine needs it: commands out, stations and recalls asked. Tests put a script in its place.

use siaga_core::{
    desk::{Arrival, LineEvent, LineOrder},
    ids::{CallId, StationId},
};
use siaga_voice::{Command, EndReason, Event, RawCaller, Voice, media::StationError};
use std::{future::Future, pin::Pin};

/// A boxed answer, so that the engine holds any voice side.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub trait Lines: Send + Sync + 'static {
    /// Never blocks.
    fn send(&self, command: Command);
    fn station_offer(&self, station: StationId, sdp: String) -> Later<'_, Result<String, StationError>>;
    fn recall(&self, call: CallId) -> Later<'_, Option<Vec<u8>>>;
}

impl Lines for Voice {
    fn send(&self, command: Command) {
        Voice::send(self, command);
    }

    fn station_offer(&self, station: StationId, sdp: String) -> Later<'_, Result<String, StationError>> {
        Box::pin(Voice::station_offer(self, station, sdp))
    }

    fn recall(&self, call: CallId) -> Later<'_, Option<Vec<u8>>> {
        Box::pin(Voice::recall(self, call))
    }
}

/// An order of the desk in the words of the voice side.
#[must_use]
pub fn command(order: LineOrder) -> Command {
    match order {
        LineOrder::Ring { call } => Command::Ring { call },
        LineOrder::Answer { call, station } => Command::Answer { call, station },
        LineOrder::Say { call, prompt } => Command::Say { call, prompt },
        LineOrder::Ask { call, number, prompt } => Command::Ask { call, number, prompt },
        LineOrder::Dial { call, number, station } => Command::Dial { call, number, station },
        LineOrder::RingOutside { leg, number } => Command::RingOutside { call: leg, number },
        LineOrder::Join { call, leg } => Command::Join { call, leg },
        LineOrder::HangUp { call } | LineOrder::Release { leg: call } => Command::HangUp { call },
        LineOrder::Attach { call, station } => Command::Attach { call, station },
        LineOrder::Detach { call } => Command::Detach { call },
        LineOrder::Hold { call, on } => Command::Hold { call, on },
        LineOrder::Mute { call, on } => Command::Mute { call, on },
        LineOrder::Keypad { call, digits } => Command::Keypad { call, digits },
        LineOrder::Supervise { call, station, how } => Command::Supervise { call, station, how },
        LineOrder::EndSupervision { call } => Command::EndSupervision { call },
        LineOrder::CloseStation { station } => Command::CloseStation { station },
    }
}

/// What the desk is told of an event; `None`: nothing (progress and segments are not its concern).
#[must_use]
pub fn line_event(event: Event) -> Option<LineEvent> {
    Some(match event {
        Event::CallArrived { call, caller, .. } => LineEvent::Arrived { call, arrival: arrival(caller) },
        Event::Deferred { call, caller, .. } => LineEvent::Deferred { call, arrival: arrival(caller) },
        Event::Answered { call, .. } => LineEvent::Up { call },
        Event::LineDown { call, reason: EndReason::NotReached { status }, .. } => {
            LineEvent::NotReached { call, status }
        }
        Event::LineDown { call, reason: EndReason::ProtocolError, .. } => LineEvent::Failed { call },
        Event::LineDown { call, by, .. } => LineEvent::Down { call, by },
        Event::Key { call, digit, .. } => LineEvent::Key { call, digit },
        Event::Heard { call, sound, level_dbfs, .. } => {
            // Cannot truncate: clamped to what an i8 holds.
            #[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
            let level_dbfs = level_dbfs.clamp(-127.0, 0.0).round() as i8;
            LineEvent::Heard { call, sound, level_dbfs }
        }
        Event::Said { call, prompt, .. } => LineEvent::Said { call, prompt },
        Event::StationUp { station, .. } => LineEvent::StationUp { station },
        Event::StationDown { station, .. } => LineEvent::StationDown { station },
        Event::RecordingClosed { call, file, duration_ms, segments, hash, .. } => {
            LineEvent::Recorded { call, file, duration_ms, segments, hash }
        }
        Event::RecordingFailed { call, error, .. } => {
            tracing::error!(%call, %error, "a recording cannot be written; the call goes on");
            LineEvent::RecordingFailed { call }
        }
        Event::Watchdog { up, .. } => LineEvent::Watchdog { up },
        Event::Dialling { .. } | Event::RecordingSegment { .. } => return None,
    })
}

fn arrival(caller: RawCaller) -> Arrival {
    let RawCaller { number, display_name, sip_call_id, position, .. } = caller;
    Arrival { number_raw: number, display_name, sip_call_id: Some(sip_call_id), position }
}
