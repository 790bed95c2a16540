//! How somebody behaves on a line and with a call-taker. Two people of different truth may behave the same; the line
//! carries only this.

use super::{assume as a, dice::Dice, plan::Intent, truth::Kind};
use siaga_core::{call::Sound, class::Class};

/// A caller as the telephone network and a call-taker meet them. All times in ms.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// As the trunk gives it; absent: no number.
    pub number_raw: Option<String>,
    pub patience_ms: i64,
    /// Heard as soon as the line is up.
    pub background: Sound,
    /// Speaks to a machine after this time and is heard as this.
    pub voice: Option<(i64, Sound)>,
    /// After a prompt that asks for one.
    pub sign: Option<(i64, Sign)>,
    /// Goes when the patience is over also in front of a person: nobody meant to call.
    pub leaves_anyway: bool,
    /// Hangs up this long after a machine spoke.
    pub leaves_machine_ms: Option<i64>,
    pub redials: f64,
    pub redial_after_ms: i64,
    pub called_back: CalledBack,
    pub talk: Talk,
    /// Asked by a call-taker to press 1 for help; absent: nothing comes.
    pub asked: Option<Asked>,
}

/// Who was asked for a key answers so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// After the question.
    pub after_ms: i64,
    pub sign: Sign,
    /// What the call-taker then meets.
    pub talk: Talk,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    Key(char),
    /// A tap or a cough: no voice, but above the line.
    Noise,
}

/// What happens when we call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalledBack {
    /// Takes up after this time; absent: nobody does.
    pub takes_up_ms: Option<i64>,
    pub then: Answer,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    Speaks,
    Key(char),
    /// Says nothing; stays.
    Silent,
    HangsUp,
}

/// What a call-taker meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Talk {
    /// The class that this call-taker gives; seldom a wrong one.
    pub given: (Class, Option<&'static str>),
    /// Until the key that gives it, or until the end of a real report.
    pub ms: i64,
    /// The same by published practice.
    pub old_ms: i64,
}

impl Person {
    #[must_use]
    pub fn new(intent: &Intent, attempt: u8) -> Self {
        let (kind, household) = (intent.kind, intent.household);
        // The telephone stays the same, the temper of each attempt is another.
        let withheld = Dice::new(intent.seed).chance(a::NO_NUMBER_SHARE);
        let dice = &mut Dice::of(intent.seed, u64::from(attempt) + 1);
        let real = kind.is_real();
        let no_number = kind == Kind::RealNoNumber || (!real && withheld);
        let (voice, background) = sound(kind, dice);
        let redials = match kind {
            Kind::RealImpatient => 1.0,
            _ if real => a::REAL_REDIALS,
            Kind::Misdial | Kind::Pocket | Kind::Broken => 0.0,
            _ => a::OTHER_REDIALS,
        };
        Self {
            number_raw: (!no_number).then(|| number(household)),
            patience_ms: patience(kind, dice),
            background,
            voice,
            sign: sign(kind, dice),
            leaves_anyway: kind == Kind::Misdial,
            leaves_machine_ms: leaves(kind, dice),
            redials,
            redial_after_ms: Dice::ms(dice.around(a::REDIAL_AFTER_S, 0.7)),
            called_back: called_back(kind, dice),
            talk: talk(kind, dice),
            asked: asked(kind, &mut Dice::of(intent.seed, 0xa54ed + u64::from(attempt))),
        }
    }

    /// So many times as long as usual.
    pub fn talks(&mut self, times: f64) {
        for talk in [Some(&mut self.talk), self.asked.as_mut().map(|asked| &mut asked.talk)].into_iter().flatten() {
            talk.ms = Dice::ms(talk.ms as f64 * times / 1_000.0);
        }
    }

    /// Nothing that a detector or a person would call a sound comes from this telephone by itself.
    #[must_use]
    pub fn is_inaudible(&self) -> bool {
        self.background == Sound::Silence && self.voice.is_none_or(|(_, sound)| sound == Sound::Silence)
    }
}

/// The block 0899 000 and what follows it is fictional, as in the demo's callers.
fn number(household: u32) -> String {
    format!("0899{household:07}")
}

fn patience(kind: Kind, dice: &mut Dice) -> i64 {
    let (low, high) = a::EARLY_S;
    let seconds = match kind {
        Kind::Misdial | Kind::RealGivesUpEarly => dice.between(low, high),
        Kind::RealImpatient => dice.around(a::REAL_PATIENCE_S / 4.0, a::PATIENCE_SIGMA),
        _ if kind.is_real() => dice.around(a::REAL_PATIENCE_S, a::PATIENCE_SIGMA),
        Kind::PhoneLocked | Kind::Question => dice.around(a::INFORMATION_PATIENCE_S, a::PATIENCE_SIGMA),
        Kind::PrankChild | Kind::PrankAdult | Kind::Curious => dice.around(a::PRANK_PATIENCE_S, a::PATIENCE_SIGMA),
        _ => dice.around(a::GHOST_PATIENCE_S, a::PATIENCE_SIGMA),
    };
    Dice::ms(seconds)
}

/// What the voice side would measure: its errors are part of the city.
fn sound(kind: Kind, dice: &mut Dice) -> (Option<(i64, Sound)>, Sound) {
    let after = Dice::ms(dice.around(a::SPEAKS_AFTER_S, 0.5));
    let error = dice.unit();
    let speech = if error < a::SPEECH_HEARD { Sound::Voice } else { Sound::Noise };
    let (whisper_voice, whisper_noise) = a::WHISPER_HEARD;
    let whisper = if error < whisper_voice {
        Sound::Voice
    } else if error < whisper_voice + whisper_noise {
        Sound::Noise
    } else {
        Sound::Silence
    };
    match kind {
        Kind::RealWhispers => (Some((after, whisper)), Sound::Silence),
        Kind::RealSilentKeys | Kind::RealSilentNoKeys | Kind::OpenSilent | Kind::Broken | Kind::Misdial => {
            (None, Sound::Silence)
        }
        Kind::Pocket if error < a::POCKET_HEARD_AS_VOICE => (None, Sound::Voice),
        Kind::Pocket => (None, Sound::Noise),
        _ => (Some((after, speech)), Sound::Silence),
    }
}

fn sign(kind: Kind, dice: &mut Dice) -> Option<(i64, Sign)> {
    let after = Dice::ms(dice.around(a::SIGN_AFTER_S, 0.4));
    let which = dice.unit();
    match kind {
        Kind::RealSilentKeys if which < 0.6 => Some((after, Sign::Key('1'))),
        Kind::RealSilentKeys => Some((after, Sign::Noise)),
        Kind::Pocket if which < a::POCKET_KEYS => Some((after, Sign::Key('5'))),
        _ => None,
    }
}

fn asked(kind: Kind, dice: &mut Dice) -> Option<Asked> {
    let after_ms = Dice::ms(dice.around(a::SIGN_AFTER_S, 0.4));
    let (median, sigma) = a::TALK_SILENT;
    let ms = Dice::ms(dice.around(median, sigma));
    let answers = match kind {
        Kind::RealSilentKeys => true,
        Kind::RealSilentNoKeys => dice.chance(a::ASKED_ANSWERS),
        _ => false,
    };
    let talk = Talk { given: (Class::Emergency, None), ms, old_ms: ms };
    answers.then_some(Asked { after_ms, sign: Sign::Key('1'), talk })
}

fn leaves(kind: Kind, dice: &mut Dice) -> Option<i64> {
    let after = Dice::ms(dice.between(1.0, 6.0));
    let leaves = dice.chance(a::PRANK_LEAVES_MACHINE);
    let prankster = matches!(kind, Kind::PrankChild | Kind::PrankAdult | Kind::Curious);
    (prankster && leaves).then_some(after)
}

fn called_back(kind: Kind, dice: &mut Dice) -> CalledBack {
    let after = Dice::ms(dice.around(a::TAKES_UP_S, 0.5));
    let chance = if kind.is_real() { a::REAL_ANSWERS_BACK } else { a::OTHER_ANSWERS_BACK };
    let answers = dice.chance(chance) && after < Dice::ms(a::RINGS_S);
    let which = dice.unit();
    let then = match kind {
        Kind::RealSilentKeys => Answer::Key('1'),
        Kind::RealSilentNoKeys | Kind::OpenSilent | Kind::Broken | Kind::Pocket => Answer::Silent,
        _ if kind.is_real() && which < 0.5 => Answer::Speaks,
        _ if kind.is_real() => Answer::Key('1'),
        Kind::PhoneLocked | Kind::Question if which < 0.5 => Answer::Key('1'),
        Kind::Misdial if which < 0.7 => Answer::Key('2'),
        _ if which < 0.4 => Answer::Key('2'),
        _ if which < 0.5 => Answer::Speaks,
        _ => Answer::HangsUp,
    };
    CalledBack { takes_up_ms: answers.then_some(after), then }
}

fn talk(kind: Kind, dice: &mut Dice) -> Talk {
    let around = |dice: &mut Dice, (median, sigma): (f64, f64)| Dice::ms(dice.around(median, sigma));
    let silent = kind.is_ghost() || kind.is_silent_real();
    let (class, sub) = match kind {
        Kind::PrankChild => (Class::Prank, Some("child")),
        Kind::PrankAdult => (Class::Prank, Some("abuse")),
        Kind::Curious | Kind::Question => (Class::Information, Some("question")),
        Kind::PhoneLocked => (Class::Information, Some("phone_locked")),
        Kind::Pocket => (Class::Ghost, Some("noise")),
        Kind::OpenSilent | Kind::Broken | Kind::Misdial => (Class::Ghost, Some("silent")),
        _ => (Class::Emergency, None),
    };
    let ms = match class {
        Class::Emergency if silent => around(dice, a::TALK_SILENT),
        Class::Emergency => around(dice, a::TALK_REAL),
        Class::Information => around(dice, a::TALK_INFORMATION),
        Class::Ghost => around(dice, a::HEAR_SILENT),
        _ => around(dice, a::TALK_PRANK),
    };
    let old_ms = match class {
        Class::Emergency => ms,
        Class::Ghost => around(dice, a::OLD_GHOST),
        _ => around(dice, a::OLD_PRANK),
    };
    let (slip, which) = (dice.unit(), dice.unit());
    // A silent person who gives no sign, or whose sign is not seen, is for a call-taker what a ghost is.
    let unseen = match kind {
        Kind::RealSilentNoKeys => true,
        Kind::RealSilentKeys => slip >= a::SIGN_SEEN,
        _ => false,
    };
    let given = if unseen {
        (Class::Ghost, Some("silent"))
    } else if class == Class::Emergency {
        if slip < a::REAL_ERROR { (Class::Prank, None) } else { (class, sub) }
    } else if slip < a::CLASS_ERROR {
        [(Class::Prank, None), (Class::Ghost, None), (Class::Information, None)][(which * 3.0) as usize % 3]
    } else {
        (class, sub)
    };
    let ms = if unseen { around(dice, a::HEAR_SILENT) } else { ms };
    Talk { given, ms, old_ms }
}
