//! Provisional responses that a caller requires to be reliable (`Require: 100rel`, RFC 3262): each is sent again until
//! its PRACK. Only on demand: everybody else gets plain ones.

use crate::sip::{dialog, header};
use rand::Rng;
use rsipstack::sip::{Header, Request, Response, headers::make_header};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// After 64 intervals of the first length nobody will acknowledge any more (RFC 3262 3).
const INTERVALS: u32 = 64;

/// The numbering of one call's reliable responses, and the one that still waits for its PRACK.
pub struct Reliable {
    next: u32,
    invite: u32,
    first_interval: Duration,
    waiting: Option<Waiting>,
    last: Option<u32>,
}

struct Waiting {
    response: Response,
    again: Instant,
    interval: Duration,
    until: Instant,
}

impl Reliable {
    /// `None`: this caller does not require it.
    pub fn for_invite(invite: &Request, first_interval: Duration) -> Option<Self> {
        let required = header::values(&invite.headers, "Require")
            .flat_map(|value| value.split(','))
            .any(|option| option.trim().eq_ignore_ascii_case("100rel"));
        // RFC 3262 3: the first number is between 1 and 2^31 - 1; half of it leaves room to count on.
        let next = rand::rng().random_range(1..1 << 30);
        let invite = dialog::sequence(invite);
        required.then_some(Self { next, invite, first_interval, waiting: None, last: None })
    }

    /// Headers for the next one; `None` while the one before is not acknowledged (RFC 3262 3).
    pub fn headers(&self) -> Option<Vec<Header>> {
        self.waiting
            .is_none()
            .then(|| vec![make_header("Require", "100rel".into()), make_header("RSeq", self.next.to_string())])
    }

    /// It was sent for the first time.
    pub fn sent(&mut self, response: Response) {
        let now = Instant::now();
        self.last = Some(self.next);
        self.next += 1;
        self.waiting = Some(Waiting {
            response,
            again: now + self.first_interval,
            interval: self.first_interval,
            until: now + self.first_interval * INTERVALS,
        });
    }

    /// Whether a PRACK is for the last one; then it need not be sent again.
    pub fn acknowledge(&mut self, prack: &Request) -> bool {
        let rack: Vec<&str> = header::value(&prack.headers, "RAck").unwrap_or_default().split_whitespace().collect();
        let [number, sequence, method] = rack[..] else { return false };
        let ours = self.last.is_some_and(|last| number.parse() == Ok(last))
            && sequence.parse() == Ok(self.invite)
            && method.eq_ignore_ascii_case("INVITE");
        if ours {
            self.waiting = None;
        }
        ours
    }

    /// Waits until it must be sent again; for ever when nothing waits.
    pub async fn again(&mut self) -> Response {
        loop {
            let Some(waiting) = &mut self.waiting else { return std::future::pending().await };
            sleep_until(waiting.again).await;
            if waiting.again >= waiting.until {
                // The RFC would refuse the call now. Nobody is refused here: the 200 will show whether they are there.
                tracing::info!("a caller who requires reliable responses acknowledges none");
                self.waiting = None;
                continue;
            }
            waiting.interval *= 2;
            waiting.again += waiting.interval;
            return waiting.response.clone();
        }
    }
}
