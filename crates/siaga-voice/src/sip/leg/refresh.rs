//! Signs of life of a standing call: our refresh of the session timer, the far end's, and a question when nothing at
//! all has been heard for long. RFC 4028 10 lets a call end whose refresh fails; here a refresh that fails is only a
//! reason to ask again. A call is lost when nobody is there to be dropped: no voice, and the far end says that it knows
//! no such call, or gives no sign at all for as long as the session was agreed to stand without one.

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

/// How often a call is looked at that has no session timer, or whose refresh failed.
const SWEEP: Duration = Duration::from_secs(30);
/// Without RTP for so long the far end is asked whether the call still stands.
const QUIET: Duration = Duration::from_secs(60);
/// Audio as fresh as this proves that the far end is there, whatever its signalling does.
pub(super) const FRESH: Duration = Duration::from_secs(10);
/// Questions that must have gone unanswered before the far end may be thought gone; each waits 32 s.
const UNANSWERED_MIN: u8 = 2;

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
    /// When the far end last gave a sign in SIP: a request, or any answer.
    sign: Instant,
    /// It answered 481: only its voice still says that there is a call.
    is_disowned: bool,
    /// Least time without voice and sign after which it is gone, whatever the session's interval.
    gone_min: Duration,
}

/// Whether there is still anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FarEnd {
    Stands,
    /// It knows no such call: there is nobody to say BYE to (RFC 5057 5.1).
    Disowned,
    /// Neither voice nor sign: a BYE ends what may be left in the network (RFC 4028 10).
    Gone,
}

impl Refresh {
    /// `gone_min`: see [`crate::config::SipTimers::gone_min`].
    pub fn new(timer: Option<SessionTimer>, gone_min: Duration) -> Self {
        let now = Instant::now();
        let mut refresh = Self { timer, due: now, asked: None, unanswered: 0, sign: now, is_disowned: false, gone_min };
        refresh.restart(timer);
        refresh
    }

    /// The far end has refreshed; `None` ends the timer.
    pub fn restart(&mut self, timer: Option<SessionTimer>) {
        self.timer = timer;
        self.seen();
        self.due = Instant::now() + timer.map_or(SWEEP, |timer| timer.wait());
    }

    /// The far end said something inside the dialog.
    pub fn seen(&mut self) {
        (self.unanswered, self.is_disowned, self.sign) = (0, false, Instant::now());
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

    /// Asks for a sign of life where one is due.
    pub fn act(&mut self, stack: &Arc<Stack>, dialog: &mut Dialog, local: Local, audio: Option<LegStatus>) {
        let age = audio.and_then(|status| status.rtp_age);
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
            }
            // The far end has missed its refresh, or refreshes nothing: asked, unless it is heard.
            timer => {
                self.due = Instant::now() + self.pace();
                let enough = if timer.is_some() { FRESH } else { QUIET };
                if age.is_none_or(|age| age > enough) {
                    self.ask(stack, dialog, Method::Options, Content::default());
                }
            }
        }
    }

    /// Takes the answer to our question. `min_s`: our shortest session.
    pub fn answered(&mut self, answer: Option<Box<Response>>, dialog: &mut Dialog, min_s: u32) {
        let status = answer.as_ref().map_or(408, |response| response.status_code.code());
        match status {
            481 => {
                self.is_disowned = true;
                self.due = Instant::now() + self.pace();
                return;
            }
            408 => {
                self.unanswered = self.unanswered.saturating_add(1);
                self.due = Instant::now() + self.pace();
                return;
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
        self.seen();
    }

    /// What voice and signs together say.
    pub fn far_end(&self, audio: Option<LegStatus>) -> FarEnd {
        // Audio whose state cannot be learnt proves nothing.
        let Some(audio) = audio else { return FarEnd::Stands };
        let mute_for = |limit: Duration| audio.rtp_age.is_none_or(|age| age >= limit);
        let agreed = self.timer.map_or(Duration::ZERO, |timer| Duration::from_secs(timer.interval_s.into()));
        let limit = agreed.max(self.gone_min);
        if self.is_disowned && mute_for(QUIET) {
            FarEnd::Disowned
        } else if self.unanswered >= UNANSWERED_MIN && self.sign.elapsed() >= limit && mute_for(limit) {
            FarEnd::Gone
        } else {
            FarEnd::Stands
        }
    }

    /// When to look again after a refresh that failed.
    fn pace(&self) -> Duration {
        self.timer.map_or(SWEEP, |timer| timer.wait().min(SWEEP))
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
