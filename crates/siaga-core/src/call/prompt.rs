//! What the machine can say on a line. Each is a sentence of Indonesian speech, committed as A-law with its text under
//! `city/serang/prompts`. None of them ends a call.

use serde::{Deserialize, Serialize};

/// A sentence, and what the caller hears after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// While a person put the call on hold. In a loop.
    Hold,
    /// The call lost its seat and waits for the next. In a loop.
    PleaseWait,
    /// Every seat is taken: one sentence of at most 6 s that asks the caller to speak; then ring-back tone.
    Greeting,
    /// The number is under a block: a short notice, "bicaralah atau tekan angka apa saja"; then ring-back tone.
    Challenge,
    /// Nothing was heard for a while: any key or tap will do; then ring-back tone.
    AnyKey,
    /// For who cannot speak: 1 is yes, 2 is no; then quiet, so that the answer can be heard.
    YesNo,
    /// Before a person ends a line on which nothing was heard: "tekan 1 bila perlu bantuan, 2 bila salah tekan"; then quiet.
    NeedHelp,
    /// Begins an automatic call-back: "tekan 1 bila perlu bantuan, 2 bila salah tekan"; then quiet.
    CallBackMenu,
    /// The called back person said that nothing is the matter: thanks, "silakan tutup telepon"; then quiet.
    Thanks,
    /// A person handed the call off because of abuse: the line stays open, 1 or a word brings a person; then quiet.
    Abuse,
}

impl Prompt {
    pub const ALL: [Prompt; 10] = [
        Prompt::Hold,
        Prompt::PleaseWait,
        Prompt::Greeting,
        Prompt::Challenge,
        Prompt::AnyKey,
        Prompt::YesNo,
        Prompt::NeedHelp,
        Prompt::CallBackMenu,
        Prompt::Thanks,
        Prompt::Abuse,
    ];
}

/// What is heard from a caller. Measured, never judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sound {
    Silence,
    /// Something that is no voice and stands out from the line: a tap, a cough, breath, a bang.
    Noise,
    Voice,
}
