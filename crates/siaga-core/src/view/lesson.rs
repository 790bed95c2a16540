//! *Pelajaran*: the first-run lessons of the console, and how far one person is. What each asks for is the page's.

use serde::{Deserialize, Serialize};

/// The flows that are taught, in the order in which they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Lesson {
    /// Taking a seat, with the microphone check.
    Seat,
    Answer,
    /// Mute and hold.
    Voice,
    /// The last minute once more.
    Recall,
    /// A nuisance closed with one held key, and its undo.
    Nuisance,
    /// A silent caller asked for a key.
    Silent,
    /// Place, type, send.
    Incident,
}

impl Lesson {
    pub const ALL: [Lesson; 7] = [
        Lesson::Seat,
        Lesson::Answer,
        Lesson::Voice,
        Lesson::Recall,
        Lesson::Nuisance,
        Lesson::Silent,
        Lesson::Incident,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Lesson::Seat => "seat",
            Lesson::Answer => "answer",
            Lesson::Voice => "voice",
            Lesson::Recall => "recall",
            Lesson::Nuisance => "nuisance",
            Lesson::Silent => "silent",
            Lesson::Incident => "incident",
        }
    }
}

/// Answer of `GET /api/me/lessons`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LessonsView {
    /// The person said whether they want lessons: they are not offered again.
    pub answered: bool,
    /// In the order of teaching.
    pub done: Vec<Lesson>,
}

/// Body of `POST /api/me/lessons`; told twice, it changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LessonWord {
    /// The offer was taken or declined.
    Answered,
    Done {
        lesson: Lesson,
    },
}
