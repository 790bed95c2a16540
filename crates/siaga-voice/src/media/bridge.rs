//! Who hears what on one line, decided without any packet in hand.

use super::prompts::Sound;
use crate::Prompt;
use siaga_core::ids::StationId;
use std::time::Duration;

/// A station's packets come every 20 ms; after this pause we fill the caller's line with silence ourselves.
const FILL_AFTER: Duration = Duration::from_millis(100);
/// A station that was not heard for this long in a call is gone for the caller: the prompt begins, the engine is told.
pub(super) const STATION_SILENT: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Partner {
    /// Answered before any station was named.
    #[default]
    Nobody,
    Station(StationId),
    /// Its seat is gone: the call waits for another.
    Detached,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallerHears {
    Station,
    Machine(Sound),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StationHears {
    Caller,
    RingBack,
    Nothing,
}

/// The switches of one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bridge {
    pub partner: Partner,
    pub hold: bool,
    pub mute: bool,
    /// We dialled, and nothing is heard from the far end yet.
    pub dialling: bool,
}

impl Bridge {
    pub fn station(&self) -> Option<StationId> {
        match self.partner {
            Partner::Station(station) => Some(station),
            Partner::Nobody | Partner::Detached => None,
        }
    }

    /// `silent_for`: since the station's last packet, or since it was attached.
    pub fn caller_hears(&self, silent_for: Duration) -> CallerHears {
        if self.hold {
            return CallerHears::Machine(Sound::Prompt(Prompt::Hold));
        }
        match self.partner {
            Partner::Detached => CallerHears::Machine(Sound::Prompt(Prompt::PleaseWait)),
            Partner::Nobody => CallerHears::Machine(Sound::Silence),
            Partner::Station(_) if silent_for >= STATION_SILENT => {
                CallerHears::Machine(Sound::Prompt(Prompt::PleaseWait))
            }
            Partner::Station(_) if self.mute || silent_for >= FILL_AFTER => CallerHears::Machine(Sound::Silence),
            Partner::Station(_) => CallerHears::Station,
        }
    }

    /// Whether a packet of this station goes to the caller.
    pub fn lets_through(&self, station: StationId) -> bool {
        self.partner == Partner::Station(station) && !self.hold && !self.mute
    }

    pub fn station_hears(&self) -> StationHears {
        match self.partner {
            Partner::Station(_) if self.hold => StationHears::Nothing,
            Partner::Station(_) if self.dialling => StationHears::RingBack,
            Partner::Station(_) => StationHears::Caller,
            Partner::Nobody | Partner::Detached => StationHears::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_hears_what() {
        let here = StationId(uuid::Uuid::from_u128(1));
        let other = StationId(uuid::Uuid::from_u128(2));
        let talk = Bridge { partner: Partner::Station(here), ..Bridge::default() };
        let wait = CallerHears::Machine(Sound::Prompt(Prompt::PleaseWait));
        let hold = CallerHears::Machine(Sound::Prompt(Prompt::Hold));
        let silence = CallerHears::Machine(Sound::Silence);
        let rows = [
            ("talk", talk, 20, CallerHears::Station, StationHears::Caller, true),
            ("late packet", talk, 150, silence, StationHears::Caller, true),
            ("station gone", talk, 1_000, wait, StationHears::Caller, true),
            ("mute", Bridge { mute: true, ..talk }, 20, silence, StationHears::Caller, false),
            ("hold", Bridge { hold: true, ..talk }, 20, hold, StationHears::Nothing, false),
            ("hold, gone", Bridge { hold: true, ..talk }, 9_000, hold, StationHears::Nothing, false),
            ("dialling", Bridge { dialling: true, ..talk }, 20, CallerHears::Station, StationHears::RingBack, true),
            ("detached", Bridge { partner: Partner::Detached, ..talk }, 20, wait, StationHears::Nothing, false),
            ("nobody", Bridge::default(), 20, silence, StationHears::Nothing, false),
        ];
        for (name, bridge, silent_ms, caller, station, through) in rows {
            assert_eq!(bridge.caller_hears(Duration::from_millis(silent_ms)), caller, "{name}");
            assert_eq!(bridge.station_hears(), station, "{name}");
            assert_eq!(bridge.lets_through(here), through, "{name}");
            assert!(!bridge.lets_through(other), "{name}: no other station is ever heard");
        }
    }
}
