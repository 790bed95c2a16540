//! Signs of life of a standing call: our refresh of the session timer, the far end's, and a question when nothing at
//! all has been heard for long. A call is lost only when the far end says so or answers nothing; never for silence.

use crate::{
    media::LegStatus,
    sip::{
        dialog::{Content, Dialog},
        header,
        sdp::{Local, offer},
        session_timer::{Refresher, SessionTimer},
        stack::Stack,
    },
};
use rand::Rng;
use rsipstack::sip::{Method, Response, headers::make_header};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep_until},
};

/// How often a call without session timer is looked at.
const SWEEP: Duration = Duration::from_secs(30);
/// Without RTP for so long the far end is asked whether the call still stands.
const QUIET: Duration = Duration::from_secs(60);
/// Audio as fresh as this proves that the far end is there, whatever its signalling does.
const FRESH: Duration = Duration::from_secs(10);
/// Questions without any answer after which the far end is gone; each waits 32 s.
const UNANSWERED_MAX: u8 = 2;

/// What woke the session.
pub(super) enum Health {
    Due,
    /// The final response to our request; `None`: nothing came.
    Answered(Option<Box<Response>>),
}

/// What we asked and wait for.
struct Asked {
    answer: oneshot::Receiver<Option<Box<Response>>>,
    offers: bool,
}

pub(super) struct Refresh {
    timer: Option<SessionTimer>,
    due: Instant,
    asked: Option<Asked>,
    unanswered: u8,
}

impl Refresh {
    pub fn new(timer: Option<SessionTimer>) -> Self {
        let mut refresh = Self { timer, due: Instant::now(), asked: None, unanswered: 0 };
        refresh.restart(timer);
        refresh
    }

    /// The far end has refreshed; `None` ends the timer.
    pub fn restart(&mut self, timer: Option<SessionTimer>) {
        self.timer = timer;
        self.unanswered = 0;
        self.due = Instant::now() + timer.map_or(SWEEP, |timer| timer.wait());
    }

    /// An offer of ours is unanswered.
    pub fn offers(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.offers)
    }

    pub async fn next(&mut self) -> Health {
        match &mut self.asked {
            Some(asked) => {
                let answer = (&mut asked.answer).await.unwrap_or(None);
                self.asked = None;
                Health::Answered(answer)
            }
            None => {
                sleep_until(self.due).await;
                Health::Due
            }
        }
    }

    /// True when the call is lost.
    pub fn act(&mut self, stack: &Arc<Stack>, dialog: &mut Dialog, local: Local, audio: Option<LegStatus>) -> bool {
        let age = audio.and_then(|status| status.rtp_age);
        let fresh = age.is_some_and(|age| age < FRESH);
        match self.timer {
            Some(timer) if timer.refresher == Refresher::Us => {
                self.due = Instant::now() + timer.wait();
                let content = Content {
                    headers: vec![
                        make_header("Supported", "timer".into()),
                        make_header("Session-Expires", timer.as_uac()),
                        make_header("Min-SE", stack.config.timers.session_min_s.to_string()),
                    ],
                    description: (!dialog.knows_update).then(|| offer(local)),
                };
                let method = if dialog.knows_update { Method::Update } else { Method::Invite };
                self.ask(stack, dialog, method, content);
                false
            }
            Some(_) => {
                // The far end has missed its refresh. While it is heard, the call stands.
                self.due = Instant::now() + SWEEP;
                !fresh
            }
            None => {
                self.due = Instant::now() + SWEEP;
                if age.is_none_or(|age| age > QUIET) {
                    self.ask(stack, dialog, Method::Options, Content::default());
                }
                false
            }
        }
    }

    /// Takes the answer to our question; true when the call is lost. `min_s`: our shortest session.
    pub fn answered(&mut self, answer: Option<Box<Response>>, dialog: &mut Dialog, min_s: u32) -> bool {
        let status = answer.as_ref().map_or(408, |response| response.status_code.code());
        match status {
            // RFC 5057: the far end knows no such call.
            481 => return true,
            408 => {
                self.unanswered += 1;
                return self.unanswered >= UNANSWERED_MAX;
            }
            200..=299 => {
                if let Some(response) = &answer {
                    dialog.move_target(&response.headers);
                    if self.timer.is_some()
                        && let Some(timer) =
                            SessionTimer::of_answer(header::value(&response.headers, "Session-Expires"), min_s)
                    {
                        self.timer = Some(timer);
                        self.due = Instant::now() + timer.wait();
                    }
                }
            }
            422 => {
                let wanted = answer
                    .as_ref()
                    .and_then(|response| header::value(&response.headers, "Min-SE")?.trim().parse().ok());
                if let (Some(timer), Some(wanted)) = (&mut self.timer, wanted) {
                    timer.interval_s = timer.interval_s.max(wanted);
                }
                self.due = Instant::now();
            }
            // Glare: try again after 2.1 to 4 s (RFC 3261 14.1).
            491 => self.due = Instant::now() + Duration::from_millis(rand::rng().random_range(2_100..4_000)),
            // Whatever it does not like, it is there.
            _ => {}
        }
        self.unanswered = 0;
        false
    }

    fn ask(&mut self, stack: &Arc<Stack>, dialog: &mut Dialog, method: Method, content: Content) {
        let offers = content.description.is_some();
        let request = dialog.request(method, &stack.face(&dialog.flow), content);
        let (done, answer) = oneshot::channel();
        let (stack, dialog) = (stack.clone(), dialog.clone());
        tokio::spawn(async move {
            let hop = stack.hop(&dialog).await;
            done.send(stack.exchange(request, hop).await.map(Box::new)).ok();
        });
        self.asked = Some(Asked { answer, offers });
    }
}
