//! Who gets a line while lines are scarce. Pure. A caller who gets none is deferred, not dropped: answered once with
//! 503 and Retry-After, counted, and on the call-back list.
//!
//! Two lanes. Known suspects, and a number that already holds several lines, stand back first, so that a flood of them
//! cannot take the line of somebody who calls for the first time. With the machine at ease both lanes are open. One
//! address and port never takes all lines: a peer gone mad leaves some to the others.

use crate::sip::registry::Standing;
use std::time::Instant;

use super::limit::Bucket;

/// Suspects together take at most one line in this many.
const SUSPECTS_PART: usize = 4;
/// One number takes at most this many lines once half of all are in use. A hospital's exchange shows one number for
/// several callers, so it is more than one.
const LINES_PER_NUMBER: usize = 4;
/// Of this many lines one address and port leaves one to the others. A trunk of a city has 30 channels, so it never
/// comes near; a peer that sends INVITEs without end does.
const OTHERS_PART: usize = 4;
/// New calls of suspects a second; more cannot be heard by anybody anyway, and each is state for half a minute.
const SUSPECTS_PER_S: f64 = 10.0;
/// New calls of suspects at once.
const SUSPECTS_BURST: f64 = 20.0;

/// Decides, and remembers how many suspects it let in lately.
pub struct Admission {
    open_calls_max: usize,
    suspects: Bucket,
    /// Lines that suspects may have together.
    suspects_room: usize,
    /// Lines that one address and port may have.
    source_room: usize,
    suspects_burst: f64,
}

impl Admission {
    pub fn new(open_calls_max: usize, now: Instant) -> Self {
        let suspects_room = (open_calls_max / SUSPECTS_PART).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand lines at most")]
        let suspects_burst = SUSPECTS_BURST.min(suspects_room as f64);
        Self {
            open_calls_max,
            suspects: Bucket::full(suspects_burst, now),
            suspects_room,
            source_room: open_calls_max - open_calls_max / OTHERS_PART,
            suspects_burst,
        }
    }

    /// False: defer.
    pub fn has_line(&mut self, standing: Standing, now: Instant) -> bool {
        if standing.is_known {
            return true;
        }
        if standing.open >= self.open_calls_max || standing.source_open >= self.source_room {
            return false;
        }
        if standing.is_suspect {
            return standing.suspects_open < self.suspects_room
                && self.suspects.take(SUSPECTS_PER_S, self.suspects_burst, now);
        }
        standing.own_open < LINES_PER_NUMBER || standing.open < self.open_calls_max / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const IDLE: Standing =
        Standing { open: 0, suspects_open: 0, own_open: 0, source_open: 0, is_suspect: false, is_known: false };

    #[test]
    fn who_gets_a_line() {
        let now = Instant::now();
        let check = |name: &str, standing: Standing, expected: bool| {
            assert_eq!(Admission::new(100, now).has_line(standing, now), expected, "{name}");
        };
        let suspect = Standing { is_suspect: true, ..IDLE };
        check("at ease", IDLE, true);
        check("last line", Standing { open: 99, ..IDLE }, true);
        check("full", Standing { open: 100, ..IDLE }, false);
        check("full, but its own INVITE again", Standing { open: 100, is_known: true, ..IDLE }, true);
        check("a peer with three lines of four", Standing { open: 75, source_open: 75, ..IDLE }, false);
        check("another peer beside it", Standing { open: 75, ..IDLE }, true);
        check("a suspect at ease", suspect, true);
        check("a suspect beyond their part", Standing { open: 25, suspects_open: 25, ..suspect }, false);
        check("others beside the suspects", Standing { open: 25, suspects_open: 25, ..IDLE }, true);
        check("an exchange at ease", Standing { open: 30, own_open: 30, ..IDLE }, true);
        check("one number with half in use", Standing { open: 50, own_open: 4, ..IDLE }, false);
        check("its fourth line then", Standing { open: 50, own_open: 3, ..IDLE }, true);
    }

    #[test]
    fn suspects_come_slowly_and_others_do_not_wait_for_them() {
        let now = Instant::now();
        let mut admission = Admission::new(1_000, now);
        let suspect = Standing { is_suspect: true, ..IDLE };
        let taken = (0..3_000).filter(|_| admission.has_line(suspect, now)).count();
        assert_eq!(taken, SUSPECTS_BURST as usize);
        assert!(admission.has_line(IDLE, now));
        let later = now + Duration::from_secs(1);
        assert_eq!((0..3_000).filter(|_| admission.has_line(suspect, later)).count(), SUSPECTS_PER_S as usize);
    }
}
