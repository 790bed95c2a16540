//! Every limit of the engine: name, unit, reason.

use std::time::Duration;

/// How long the history of a number may take before its call rings without it.
pub const HISTORY_WITHIN: Duration = Duration::from_millis(20);
/// A late history still fills the card within this time.
pub const HISTORY_LATE_WITHIN: Duration = Duration::from_secs(2);
/// Histories read at a time; in a larger burst the rest ring plainly at once.
pub const HISTORIES_AT_ONCE: usize = 256;
/// How long a person's command waits for the desk; it needs microseconds.
pub const ASK_WITHIN: Duration = Duration::from_secs(2);
/// How long a browser's offer waits for the media side.
pub const STATION_WITHIN: Duration = Duration::from_secs(5);
/// How long the last minute of a call may take to be cut out.
pub const RECALL_WITHIN: Duration = Duration::from_secs(5);
/// How often the desk looks at the time: a fifth of the shortest limit a person sees.
pub const TICK: Duration = Duration::from_millis(200);
/// Commands and answers waiting for the loop; all seats pressing keys at once are far fewer.
pub const WAKES_MAX: usize = 1_024;
/// Inputs handled before the consoles are told: one picture for a burst.
pub const BATCH_MAX: usize = 64;
/// Facts waiting for the writer: minutes of a busy night. Beyond, the loop keeps them itself and says so.
pub const FACTS_MAX: usize = 8_192;
/// Facts written in one transaction.
pub const FACTS_AT_ONCE: usize = 256;
/// How long one transaction may take before it counts as failed; its facts are in the spool already.
pub const WRITE_WITHIN: Duration = Duration::from_secs(5);
/// How long facts may stand in the spool unsynced. A database that is well has them by then; a kill loses none of them,
/// a power cut those of this time.
pub const SYNC_AFTER: Duration = Duration::from_millis(100);
/// How often the database is tried again while it is away.
pub const RETRY_EVERY: Duration = Duration::from_secs(1);
/// How often the counts that only the database knows are read.
pub const WORLD_EVERY: Duration = Duration::from_secs(1);
/// Histories read at start for the call-back list; further entries show none.
pub const RECOVERED_HISTORIES_MAX: usize = 50;
/// How often the numbers that the gate takes last are looked up: a block takes hold there within a minute.
pub const SUSPECTS_EVERY: Duration = Duration::from_secs(60);
/// Numbers looked at for it; a city knows some hundred that call again and again.
pub const SUSPECTS_MAX: u32 = 5_000;
/// Fewer pranks than this never lead to lane B.
pub const SUSPECT_PRANKS: u32 = 3;
/// Pranks older than this say nothing any more: four half-lives.
pub const SUSPECT_SINCE: Duration = Duration::from_secs(28 * 86_400);
