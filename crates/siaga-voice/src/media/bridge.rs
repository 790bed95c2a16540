//! Who hears what on one line, decided without any packet in hand.

use super::prompts::Sound;
use crate::Prompt;
use siaga_core::ids::{CallId, StationId};
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
    /// The other line: of the caller to a telephone outside, and of that telephone to the caller.
    Telephone(CallId),
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

/// What the machine says on a line of its own accord ([`crate::Command::Say`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Speech {
    #[default]
    Nothing,
    Saying(Prompt),
    /// Said to its end, and no station came since.
    Said(Prompt),
}

/// How a prompt is played.
pub fn sound_of(prompt: Prompt) -> Sound {
    match prompt {
        Prompt::Hold | Prompt::PleaseWait => Sound::Round(prompt),
        Prompt::Greeting
        | Prompt::Challenge
        | Prompt::AnyKey
        | Prompt::YesNo
        | Prompt::NeedHelp
        | Prompt::CallBackMenu
        | Prompt::Thanks
        | Prompt::Abuse => Sound::Once(prompt),
    }
}

/// What follows a prompt while nobody is there.
fn sound_after(prompt: Prompt) -> Sound {
    match prompt {
        Prompt::Greeting | Prompt::Challenge | Prompt::AnyKey => Sound::Waiting,
        Prompt::YesNo | Prompt::NeedHelp | Prompt::CallBackMenu | Prompt::Thanks | Prompt::Abuse => Sound::Silence,
        Prompt::Hold | Prompt::PleaseWait => Sound::Round(prompt),
    }
}

/// The switches of one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bridge {
    pub partner: Partner,
    pub hold: bool,
    pub mute: bool,
    pub speech: Speech,
    /// We dialled, and nothing is heard from the far end yet.
    pub dialling: bool,
}

impl Bridge {
    pub fn station(&self) -> Option<StationId> {
        match self.partner {
            Partner::Station(station) => Some(station),
            Partner::Nobody | Partner::Detached | Partner::Telephone(_) => None,
        }
    }

    /// The line that this one is joined with.
    pub fn telephone(&self) -> Option<CallId> {
        match self.partner {
            Partner::Telephone(line) => Some(line),
            Partner::Nobody | Partner::Detached | Partner::Station(_) => None,
        }
    }

    /// Somebody speaks with the far end.
    pub fn has_person(&self) -> bool {
        matches!(self.partner, Partner::Station(_) | Partner::Telephone(_))
    }

    pub fn join(&mut self, line: CallId) {
        (self.partner, self.speech) = (Partner::Telephone(line), Speech::Nothing);
    }

    /// A human takes the line: what the machine said is over.
    pub fn attach(&mut self, station: StationId) {
        (self.partner, self.speech) = (Partner::Station(station), Speech::Nothing);
    }

    pub fn detach(&mut self) {
        (self.partner, self.speech) = (Partner::Detached, Speech::Nothing);
    }

    /// The prompt that runs was played to its end.
    pub fn said(&mut self, prompt: Prompt) {
        self.speech = if self.has_person() { Speech::Nothing } else { Speech::Said(prompt) };
    }

    /// `silent_for`: since the station's last packet, or since it was attached. While a prompt runs and the station is
    /// heard, the station's packets carry the prompt too.
    pub fn caller_hears(&self, silent_for: Duration) -> CallerHears {
        let station_speaks = self.has_person() && !self.mute && silent_for < FILL_AFTER;
        let sound = match (self.partner, self.speech) {
            _ if self.hold => sound_of(Prompt::Hold),
            _ if station_speaks => return CallerHears::Station,
            (_, Speech::Saying(prompt)) => sound_of(prompt),
            (Partner::Nobody | Partner::Detached, Speech::Said(prompt)) => sound_after(prompt),
            (Partner::Detached, _) => sound_of(Prompt::PleaseWait),
            (Partner::Station(_), _) if silent_for >= STATION_SILENT => sound_of(Prompt::PleaseWait),
            (Partner::Nobody | Partner::Station(_) | Partner::Telephone(_), _) => Sound::Silence,
        };
        CallerHears::Machine(sound)
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
            Partner::Nobody | Partner::Detached | Partner::Telephone(_) => StationHears::Nothing,
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
        let wait = CallerHears::Machine(Sound::Round(Prompt::PleaseWait));
        let hold = CallerHears::Machine(Sound::Round(Prompt::Hold));
        let greets = CallerHears::Machine(Sound::Once(Prompt::Greeting));
        let rings = CallerHears::Machine(Sound::Waiting);
        let line = siaga_core::ids::CallId(uuid::Uuid::from_u128(3));
        let joined = Bridge { partner: Partner::Telephone(line), ..Bridge::default() };
        let saying = Bridge { speech: Speech::Saying(Prompt::Greeting), ..Bridge::default() };
        let said = Bridge { speech: Speech::Said(Prompt::Greeting), ..Bridge::default() };
        let asked = Bridge { speech: Speech::Said(Prompt::YesNo), ..Bridge::default() };
        let both = Bridge { speech: saying.speech, ..talk };
        let silence = CallerHears::Machine(Sound::Silence);
        let abuse = CallerHears::Machine(Sound::Once(Prompt::Abuse));
        let alone = Bridge { partner: Partner::Detached, ..Bridge::default() };
        let abused = Bridge { speech: Speech::Saying(Prompt::Abuse), ..alone };
        let after_abuse = Bridge { speech: Speech::Said(Prompt::Abuse), ..alone };
        let rows = [
            ("talk", talk, 20, CallerHears::Station, StationHears::Caller, true),
            ("late packet", talk, 150, silence, StationHears::Caller, true),
            ("station gone", talk, 1_000, wait, StationHears::Caller, true),
            ("mute", Bridge { mute: true, ..talk }, 20, silence, StationHears::Caller, false),
            ("hold", Bridge { hold: true, ..talk }, 20, hold, StationHears::Nothing, false),
            ("hold, gone", Bridge { hold: true, ..talk }, 9_000, hold, StationHears::Nothing, false),
            ("dialling", Bridge { dialling: true, ..talk }, 20, CallerHears::Station, StationHears::RingBack, true),
            ("detached", Bridge { partner: Partner::Detached, ..talk }, 20, wait, StationHears::Nothing, false),
            ("joined", joined, 20, CallerHears::Station, StationHears::Nothing, false),
            ("joined, and quiet there", joined, 9_000, silence, StationHears::Nothing, false),
            ("nobody", Bridge::default(), 20, silence, StationHears::Nothing, false),
            ("greeting", saying, 9_000, greets, StationHears::Nothing, false),
            ("greeting, hold", Bridge { hold: true, ..saying }, 20, hold, StationHears::Nothing, false),
            ("after the greeting", said, 9_000, rings, StationHears::Nothing, false),
            ("after, detached", Bridge { partner: Partner::Detached, ..said }, 20, rings, StationHears::Nothing, false),
            ("after a question", asked, 9_000, silence, StationHears::Nothing, false),
            ("handed off", abused, 20, abuse, StationHears::Nothing, false),
            ("handed off, said", after_abuse, 9_000, silence, StationHears::Nothing, false),
            ("prompt in a talk", both, 20, CallerHears::Station, StationHears::Caller, true),
            ("prompt, muted", Bridge { mute: true, ..both }, 20, greets, StationHears::Caller, false),
            ("prompt, station gone", both, 1_000, greets, StationHears::Caller, true),
        ];
        for (name, bridge, silent_ms, caller, station, through) in rows {
            assert_eq!(bridge.caller_hears(Duration::from_millis(silent_ms)), caller, "{name}");
            assert_eq!(bridge.station_hears(), station, "{name}");
            assert_eq!(bridge.lets_through(here), through, "{name}");
            assert!(!bridge.lets_through(other), "{name}: no other station is ever heard");
        }
    }

    #[test]
    fn a_human_ends_what_the_machine_says() {
        let here = StationId(uuid::Uuid::from_u128(1));
        let mut bridge = Bridge { speech: Speech::Saying(Prompt::Challenge), ..Bridge::default() };
        bridge.said(Prompt::Challenge);
        assert_eq!(bridge.speech, Speech::Said(Prompt::Challenge));
        bridge.attach(here);
        assert_eq!((bridge.station(), bridge.speech), (Some(here), Speech::Nothing));
        bridge.speech = Speech::Saying(Prompt::YesNo);
        bridge.said(Prompt::YesNo);
        assert_eq!(bridge.speech, Speech::Nothing, "in a talk nothing follows");
        bridge.speech = Speech::Saying(Prompt::YesNo);
        bridge.detach();
        assert_eq!((bridge.partner, bridge.speech), (Partner::Detached, Speech::Nothing));
    }
}
