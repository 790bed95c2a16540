//! How good is the ear? Labelled sound, made here, goes through the very detector of a line where nobody listens
//! ([`siaga_voice::listen`]), as A-law in frames of 20 ms; what it says is compared with what was played.
//!
//! The same seed gives the same sound and the same figures.

mod measure;
mod noise;
mod person;
mod table;
mod wave;

pub use measure::{Condition, LEVELS_DBFS, Options, measure};
pub use table::{Cell, Figures, Share};

/// What is not the real world here. Printed with every table: the figures say how the ear compares with itself and where
/// it is weak, not how many callers of a city it hears.
pub const ASSUMPTIONS: [&str; 9] = [
    "Speech is espeak-ng's (Indonesian), not people's; men, women and children differ by resampling only.",
    "Whisper is that speech through its own linear prediction with noise in place of the voice.",
    "Crying is a made-up gliding voice with breaths between; laughter is espeak-ng saying ha ha; a shout is higher, clipped speech.",
    "Traffic, wind, rain, taps, bangs, coughs, breath and handling are shaped noise; music is three tones; a far voice is dull, echoing speech.",
    "The level is the active RMS in dBFS; a call over a mobile network usually lies between -35 and -15.",
    "Clean means line hiss at -65 dBFS; SNR means made-up traffic that much below the sound; dropouts mute 40 ms, 5 % of the time.",
    "The network's codec is A-law alone: no AMR, no noise suppression, no echo canceller, no comfort noise.",
    "Each sound begins after 1.5 s of its line alone and is heard for 4 s; steady sounds are heard for 10 s.",
    "Bounds are Wilson's, 95 %, over independent draws of the same generators.",
];
