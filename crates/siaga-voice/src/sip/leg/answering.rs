//! A call that a person or the machine took: from our 200 to the ACK, and to the voice where that is said even later.

use super::{
    Input,
    incoming::{Ringing, say},
    refresh::FRESH,
    reply,
    session::Session,
};
use crate::{
    clock,
    command::Command,
    event::{EndReason, Event},
    sip::{
        body::session_description,
        dialog::{self, Content, Dialog},
        header,
        sdp::{Agreed, Description, Local, offer},
    },
};
use rsipstack::{
    sip::{Headers, Method, Request, Response, StatusCode, headers::make_header},
    transaction::transaction::Transaction,
};
use siaga_core::view::call::EndedBy;
use tokio::{
    sync::oneshot,
    time::{Instant, sleep_until},
};

/// Our own clock for a 200 without ACK, in T1: somewhat more than the transaction's 64 (RFC 3261 13.3.1.4), which does not
/// run where the 200 could not even be given to a socket.
const ACK_WAIT_T1: u32 = 72;
/// Requests that may wait for the ACK.
const HELD_MAX: usize = 8;
/// Where the caller says how they speak.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// In the INVITE.
    Known,
    /// In the ACK.
    InAck,
    /// In the answer to an offer that follows the ACK.
    ToBeAsked,
}

/// A call that we have answered and the caller has not yet acknowledged.
pub(super) struct Answering {
    pub ringing: Ringing,
    pub dialog: Dialog,
    pub local: Local,
    pub agreed: Option<Agreed>,
    pub voice: Voice,
    pub hang_up: bool,
    /// Requests that overtook the ACK on its way through the stack; handled once it is here.
    #[expect(clippy::vec_box, reason = "they come boxed and go boxed")]
    pub held: Vec<Box<Transaction>>,
}

impl Answering {
    pub async fn wait(mut self) {
        let sequence = dialog::sequence(&self.ringing.invite);
        let given_up = Instant::now() + self.ringing.leg.stack.config.timers.t1 * ACK_WAIT_T1;
        let mut asked = None;
        loop {
            let input = tokio::select! {
                input = self.ringing.leg.next() => input,
                () = sleep_until(given_up), if asked.is_none() => Input::InviteOver { sequence },
                answer = answered(&mut asked) => return self.told(answer.as_ref()).await,
            };
            match input {
                Input::Ack { sequence: acknowledged, .. }
                    if acknowledged == sequence && self.voice == Voice::ToBeAsked && !self.hang_up =>
                {
                    asked.get_or_insert_with(|| self.ask());
                }
                Input::Ack { sequence: acknowledged, request } if acknowledged == sequence => {
                    return self.acknowledged(&request).await;
                }
                // The exchange that asks has its own end.
                Input::InviteOver { .. } if asked.is_some() => {}
                // 64*T1 without ACK: the caller's machine is not there (RFC 3261 13.3.1.4), unless it is heard.
                Input::InviteOver { sequence: over } if over == sequence => {
                    return match self.agreed {
                        Some(agreed) if !self.hang_up && self.is_heard().await => self.stands(agreed).await,
                        _ if self.hang_up => self.bye(EndedBy::CallTaker, EndReason::WeHungUp).await,
                        _ => self.bye(EndedBy::Network, EndReason::NetworkLost).await,
                    };
                }
                // A BYE may only follow the ACK (RFC 3261 15).
                Input::Command(Command::HangUp { .. }) | Input::Drain => self.hang_up = true,
                Input::Command(command) => self.ringing.leg.stack.media.apply(&command),
                Input::Request(request) if request.original.method == Method::Bye => {
                    reply(request, StatusCode::OK, Vec::new()).await;
                    let leg = self.ringing.leg;
                    // Who says BYE to our tag has had our 200: the call was up, however short.
                    leg.emit(Event::Answered { call: leg.call, at: clock::now() }).await;
                    return leg.down(EndedBy::Caller, EndReason::CallerHungUp).await;
                }
                Input::Request(request) if request.original.method == Method::PRack => {
                    self.ringing.acknowledge(request).await;
                }
                Input::Request(request) if self.held.len() < HELD_MAX => self.held.push(request),
                Input::Request(request) => {
                    reply(request, StatusCode::ServerInternalError, vec![make_header("Retry-After", "3".into())]).await;
                }
                Input::Ack { .. }
                | Input::Cancelled
                | Input::InviteOver { .. }
                | Input::Response(_)
                | Input::Unanswered { .. } => {}
            }
        }
    }

    async fn acknowledged(mut self, ack: &Request) {
        if self.voice == Voice::InAck {
            self.take(&ack.headers, &ack.body);
        }
        self.settled().await;
    }

    /// Asks for the voice with an offer of ours, which the far end may not send before (RFC 3264 5: "added at a later time").
    fn ask(&mut self) -> oneshot::Receiver<Option<Response>> {
        self.local.version += 1;
        let stack = self.ringing.leg.stack.clone();
        let content = Content { description: Some(offer(self.local)), ..Content::default() };
        let request = self.dialog.request(Method::Invite, &stack.face(&self.dialog.flow), content);
        let (told, answer) = oneshot::channel();
        let dialog = self.dialog.clone();
        tokio::spawn(async move {
            let hop = stack.hop(&dialog).await;
            told.send(stack.exchange(request, hop).await).ok();
        });
        answer
    }

    async fn told(mut self, answer: Option<&Response>) {
        if let Some(answer) = answer.filter(|answer| (200..300).contains(&answer.status_code.code())) {
            self.dialog.move_target(&answer.headers);
            self.take(&answer.headers, &answer.body);
        }
        self.settled().await;
    }

    fn take(&mut self, headers: &Headers, body: &[u8]) {
        let described = session_description(header::value(headers, "Content-Type").unwrap_or_default(), body);
        let peer = self.dialog.flow.peer.ip();
        self.agreed =
            described.and_then(|described| Description::read(&described)).and_then(|answer| answer.agree(peer).ok());
    }

    async fn settled(self) {
        let Some(agreed) = self.agreed else {
            return self.bye(EndedBy::Network, EndReason::ProtocolError).await;
        };
        if self.hang_up {
            return self.bye(EndedBy::CallTaker, EndReason::WeHungUp).await;
        }
        self.stands(agreed).await;
    }

    /// Whether the caller's voice comes in, now that it should for half a minute.
    async fn is_heard(&self) -> bool {
        let leg = &self.ringing.leg;
        leg.stack.media.leg_status(leg.call).await.and_then(|status| status.rtp_age).is_some_and(|age| age < FRESH)
    }

    async fn stands(self, agreed: Agreed) {
        let Ringing { leg, timer, .. } = self.ringing;
        leg.stack.media.leg_describe(leg.call, agreed.remote);
        leg.stack.media.leg_answered(leg.call);
        leg.emit(Event::Answered { call: leg.call, at: clock::now() }).await;
        Session::new(leg, self.dialog, self.local, agreed, timer).run(self.held).await;
    }

    async fn bye(mut self, by: EndedBy, reason: EndReason) {
        let leg = self.ringing.leg;
        let face = leg.stack.face(&self.dialog.flow);
        let bye = self.dialog.request(Method::Bye, &face, Content::default());
        say(leg.stack.clone(), bye, self.dialog);
        leg.down(by, reason).await;
    }
}

/// The final response to the offer that asks; never, while nobody asked.
async fn answered(asked: &mut Option<oneshot::Receiver<Option<Response>>>) -> Option<Response> {
    match asked {
        Some(answer) => answer.await.ok().flatten(),
        None => std::future::pending().await,
    }
}
