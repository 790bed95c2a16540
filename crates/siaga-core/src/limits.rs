//! Every limit of the live desk: name, unit, reason. Limits of one module alone stand in that module.

/// Seats of one centre; a city has 3-4, the largest in the country under 40.
pub const SEATS_MAX: u16 = 64;
/// Cards sent to a console (calls): more than anybody can look at; the count of all is sent beside them.
pub const DESK_CARDS_MAX: usize = 60;
/// How long a class can be taken back with one key (ms): long enough to see a slip, short enough to go on.
pub const UNDO_MS: i64 = 5_000;
/// A call rings this long (ms) at one seat before it goes to another free one: four rings.
pub const OFFER_MS_MAX: i64 = 20_000;
/// Without a heartbeat (every 5 s) for this long (ms) a seat is offered nothing; a living conversation goes on.
pub const SEAT_GONE_MS: i64 = 15_000;
/// The media side is told of a lost sound after 1 s; this long (ms) later the caller waits for the next seat: 2 s in all.
pub const SOUND_GONE_MS: i64 = 1_000;
/// A seat that is gone this long (ms) is given up; until then its person finds it again as it was.
pub const SEAT_DROP_MS: i64 = 600_000;
/// Anybody may take a call over this long (ms) after it was answered: repairs a wrong click; later a shift lead.
pub const CLAIM_FREE_MS: i64 = 20_000;
/// Answered by a person, but the line did not come up (ms): the call is offered again. SIP gives up at 32 s.
pub const ANSWERING_MS_MAX: i64 = 10_000;
/// The history of a number later than this (ms) counts as unknown: the call rings plainly. The engine's deadline is
/// shorter; this one holds even if its answer never comes.
pub const VERDICT_MS_MAX: i64 = 200;
/// A classed emergency without an incident keeps its seat in wrap this long (ms): somebody is writing the sheet.
pub const EMERGENCY_WRAP_MS_MAX: i64 = 120_000;
/// A call that ended without a class and without a seat leaves the desk after this long (ms); it stays in the list of
/// calls as unclassed.
pub const UNSEATED_WRAP_MS_MAX: i64 = 1_800_000;
/// A position that a telephone sent by itself waits this long (ms) for its call.
pub const EARLY_POSITION_MS: i64 = 120_000;
/// Keys of a caller's telephone shown on its card: more is a child playing.
pub const KEYS_SHOWN_MAX: usize = 24;
/// Telephone keys in one command: a conference code is shorter.
pub const KEYPAD_DIGITS_MAX: usize = 32;
/// A prompt of the machine is over after this long (ms), whether or not its end was told; the longest has 6 s.
pub const SAYING_MS_MAX: i64 = 9_000;
/// Nothing heard for this long (ms) after the machine spoke: the caller counts as silent for now.
pub const SILENT_FROM_MS: i64 = 5_000;
/// Who was asked to press a key has this long (ms) to do it: the question takes 4 s, finding a key in the dark the rest.
pub const ANSWER_MS: i64 = 12_000;
/// Who was handed off and still speaks this long (ms) after the sentence is heard by a person: no voice goes unheard.
pub const WORDS_MS_MAX: i64 = 15_000;
/// Who was handed off and wants a person again waits this long (ms) for another than before, where another is there;
/// with the sentence and the time above under the 45 s in which a blocked caller who speaks has a human.
pub const ANOTHER_SEAT_MS: i64 = 20_000;
/// With no seat staffed a caller rings outside after this long (ms): a page that is loaded anew is back by then.
pub const UNSTAFFED_MS: i64 = 5_000;
/// Called back by the machine at the same time: a third of a trunk of 30 channels, so that callers always find one.
pub const CALL_BACKS_AT_ONCE: usize = 10;
/// Whose call our own stop cut is called back this long (ms) after the start: the consoles come back in that time.
pub const INTERRUPTED_AFTER_MS: i64 = 5_000;
/// An entry older than this (ms) at a start is a person's to judge: nobody is woken at night for the morning's call.
pub const CALL_BACK_STALE_MS: i64 = 3_600_000;
/// A number whose caller could not speak freely is not rung by the machine for this long (ms): who threatens them may stay beside them.
pub const THREATENED_MS: i64 = 86_400_000;
/// Two calls of the machine to one number are at least this far apart (ms).
pub const CALL_BACK_GAP_MS: i64 = 30_000;
/// Characters of a reason that a person gives.
pub const REASON_CHARS_MAX: usize = 300;
