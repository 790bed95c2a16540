//! Every limit of the live desk: name, unit, reason. Limits of one module alone stand in that module.

/// Seats of one centre; a city has 3-4, the largest in the country under 40.
pub const SEATS_MAX: u16 = 64;
/// Cards sent to a console (calls): more than anybody can look at; the count of all is sent beside them.
pub const DESK_CARDS_MAX: usize = 60;
/// How long a class can be taken back with one key (ms): long enough to see a slip, short enough to go on.
pub const UNDO_MS: i64 = 5_000;
/// A call rings this long (ms) at one seat before it goes to another free one: four rings.
pub const OFFER_MS_MAX: i64 = 20_000;
/// Without a heartbeat (every 5 s) or a media path for this long (ms) a seat is gone and its caller waits for the next.
pub const SEAT_GONE_MS: i64 = 15_000;
/// A seat that is gone this long (ms) is given up; until then its person finds it again as it was.
pub const SEAT_DROP_MS: i64 = 600_000;
/// Anybody may take a call over this long (ms) after it was answered: repairs a wrong click; later a shift lead.
pub const CLAIM_FREE_MS: i64 = 20_000;
/// Answered by a person, but the line did not come up (ms): the call is offered again. SIP gives up at 32 s.
pub const ANSWERING_MS_MAX: i64 = 10_000;
/// The history of a number later than this (ms) counts as unknown: the call rings plainly. The engine's deadline is
/// shorter; this one holds even if its answer never comes.
pub const VERDICT_MS_MAX: i64 = 200;
/// Lane B waits at most this long (ms) and then joins lane A.
pub const LANE_B_MS_MAX: i64 = 60_000;
/// A classed emergency without an incident keeps its seat in wrap this long (ms): somebody is writing the sheet.
pub const EMERGENCY_WRAP_MS_MAX: i64 = 120_000;
/// A call that ended without a class and without a seat leaves the desk after this long (ms); it stays in the list of
/// calls as unclassed.
pub const UNSEATED_WRAP_MS_MAX: i64 = 1_800_000;
/// Keys of a caller's telephone shown on its card: more is a child playing.
pub const KEYS_SHOWN_MAX: usize = 24;
/// Telephone keys in one command: a conference code is shorter.
pub const KEYPAD_DIGITS_MAX: usize = 32;
