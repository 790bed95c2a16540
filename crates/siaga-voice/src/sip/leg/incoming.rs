//! Somebody calls 112: from the INVITE to our 200. No rule refuses here; only the engine's people answer
//! or end it, or the caller gives up.

use super::{
    Input, Leg, abilities,
    answering::{Answering, Voice},
    drive,
    reliable::Reliable,
    reply, response, send,
};
use crate::{
    clock,
    command::Command,
    event::{EndReason, Event, RawCaller},
    sip::{
        body::session_description,
        dialog::{self, Dialog, Flow},
        header,
        registry::{FarEnd, Origin},
        sdp::{Agreed, Description, offer},
        session_timer::{SessionTimer, Support, lists},
        stack::{Stack, token},
    },
    suspects,
};
use rsipstack::{
    sip::{Header, Method, Request, Response, StatusCode, headers::make_header},
    transaction::transaction::{Transaction, TransactionEventSender},
};
use siaga_core::{ids::CallId, view::call::EndedBy};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// A proxy on the way gives up three minutes after the last 1xx (Timer C), so it is said again each minute.
const RING_AGAIN: Duration = Duration::from_secs(60);
/// Options without which a caller who requires them could not speak with us: 420. Any other we do without, although
/// RFC 3261 8.2.2.3 would have us refuse (docs/deviations.md).
const IMPOSSIBLE_OPTIONS: [&str; 2] = ["sec-agree", "recipient-list-invite"];

/// An INVITE that has become a call.
pub(super) struct Ringing {
    pub leg: Leg,
    pub invite: Request,
    responses: TransactionEventSender,
    flow: Flow,
    pub timer: Option<SessionTimer>,
    offered: Offered,
    rings: bool,
    reliable: Option<Reliable>,
}

/// What the INVITE says of the caller's voice.
enum Offered {
    /// Nothing: our 200 offers, the ACK answers.
    Nothing,
    Voice(Description, Agreed),
    /// A session whose media come later (RFC 3264 5): answered as it is, and then asked for.
    Later(Description),
}

/// Takes a new INVITE: answers at once what can be no call (and says why), else makes one of it.
pub fn take(stack: &Arc<Stack>, mut transaction: Transaction, caller: RawCaller, flow: Flow) {
    let stack = stack.clone();
    tokio::spawn(async move {
        match refusal(&transaction.original, stack.config.timers.session_min_s) {
            Some((status, headers)) => reply(Box::new(transaction), status, headers).await,
            None => {
                let call = CallId(uuid::Uuid::now_v7());
                let leg = Leg::new(stack.clone(), call);
                let origin = Origin {
                    sip_call_id: caller.sip_call_id.clone(),
                    from_tag: header::tag(&transaction.original.headers, "From").unwrap_or_default().to_string(),
                    number: caller.number.as_deref().map(suspects::key),
                };
                if stack.registry.open(call, leg.inputs(), origin, flow.peer) {
                    if let Err(error) = transaction.send_trying().await {
                        tracing::debug!(%call, %error, "100 Trying could not be sent");
                    }
                    ring(leg, transaction, caller, flow).await;
                } else {
                    // The same INVITE by another way (RFC 3261 8.2.2.2): the first one rings already.
                    leg.forget();
                    reply(Box::new(transaction), StatusCode::LoopDetected, Vec::new()).await;
                }
            }
        }
    });
}

/// What the caller's own machine must change before it can be a call; it tries again by itself, so this is no call.
fn refusal(invite: &Request, min_s: u32) -> Option<(StatusCode, Vec<Header>)> {
    let impossible: Vec<&str> = header::values(&invite.headers, "Require")
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|option| IMPOSSIBLE_OPTIONS.iter().any(|impossible| impossible.eq_ignore_ascii_case(option)))
        .collect();
    if !impossible.is_empty() {
        tracing::warn!(options = impossible.join(", "), "an INVITE for 112 requires what we cannot do: 420");
        return Some((StatusCode::BadExtension, vec![make_header("Unsupported", impossible.join(", "))]));
    }
    session_timer(invite, min_s)
        .is_err()
        .then(|| (StatusCode::SessionIntervalTooSmall, vec![make_header("Min-SE", min_s.to_string())]))
}

fn session_timer(invite: &Request, min_s: u32) -> Result<Option<SessionTimer>, crate::sip::session_timer::TooSmall> {
    let supported: Vec<&str> = header::values(&invite.headers, "Supported").collect();
    let support = if lists(&supported, "timer") { Support::Yes } else { Support::No };
    SessionTimer::of_request(header::value(&invite.headers, "Session-Expires"), support, min_s)
}

async fn ring(leg: Leg, transaction: Transaction, caller: RawCaller, flow: Flow) {
    let mut invite = transaction.original.clone();
    let local_tag = token();
    header::set_to_tag(&mut invite, &local_tag);
    let far_end = FarEnd { tag: header::tag(&invite.headers, "From").map(str::to_string), ip: flow.peer.ip() };
    leg.stack.registry.dialog(leg.call, &caller.sip_call_id, &local_tag, far_end);
    if let Some(number) = &caller.number {
        let contact = dialog::contact(&invite.headers).unwrap_or_else(|| dialog::address_uri(flow.peer));
        let mut callers = leg.stack.callers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        callers.remember(number, contact, flow.clone());
    }
    let responses = drive(transaction, dialog::sequence(&invite), leg.inputs());
    leg.emit(Event::CallArrived { call: leg.call, at: clock::now(), caller }).await;
    let described =
        session_description(header::value(&invite.headers, "Content-Type").unwrap_or_default(), &invite.body);
    let timer = session_timer(&invite, leg.stack.config.timers.session_min_s).unwrap_or_default();
    let reliable = Reliable::for_invite(&invite, leg.stack.config.timers.t1);
    let mut ringing =
        Ringing { leg, invite, responses, flow, timer, offered: Offered::Nothing, rings: false, reliable };
    let peer = ringing.flow.peer.ip();
    if let Some(described) = described {
        let Some(offered) = Description::read(&described).and_then(|description| Offered::of(description, peer)) else {
            // Nothing in common to talk with: a second offer is not possible inside a 200 to an offer. The call has
            // arrived and is counted as failed, so that the number stands on the call-back list.
            ringing.respond(StatusCode::NotAcceptableHere, Vec::new(), None);
            return ringing.leg.down(EndedBy::Network, EndReason::ProtocolError).await;
        };
        ringing.offered = offered;
    }
    ringing.wait().await;
}

impl Offered {
    /// `None`: nothing in common.
    fn of(description: Description, peer: IpAddr) -> Option<Self> {
        if description.is_without_media() {
            return Some(Self::Later(description));
        }
        description.agree(peer).ok().map(|agreed| Self::Voice(description, agreed))
    }
}

impl Ringing {
    fn respond(&self, status: StatusCode, mut extra: Vec<Header>, description: Option<String>) {
        extra.extend(abilities());
        let contact = self.leg.stack.face(&self.flow).contact();
        send(&self.responses, response(&self.leg.stack, &self.invite, status, contact, extra, description));
    }

    /// 180 Ringing. To a caller who requires it, reliably: then only after the PRACK of the one before, and not before
    /// an offer is known, which it would have to carry (RFC 3262 5).
    fn alert(&mut self) {
        let Some(reliable) = &mut self.reliable else {
            return self.respond(StatusCode::Ringing, Vec::new(), None);
        };
        if matches!(self.offered, Offered::Nothing) {
            return;
        }
        let Some(mut headers) = reliable.headers() else { return };
        headers.extend(abilities());
        let contact = self.leg.stack.face(&self.flow).contact();
        let ringing = response(&self.leg.stack, &self.invite, StatusCode::Ringing, contact, headers, None);
        reliable.sent(ringing.clone());
        send(&self.responses, ringing);
    }

    /// A PRACK: for our last reliable response, or for none of ours.
    pub async fn acknowledge(&mut self, request: Box<Transaction>) {
        let ours = self.reliable.as_mut().is_some_and(|reliable| reliable.acknowledge(&request.original));
        let status = if ours { StatusCode::OK } else { StatusCode::CallTransactionDoesNotExist };
        reply(request, status, Vec::new()).await;
    }

    async fn wait(mut self) {
        let mut again = Instant::now() + RING_AGAIN;
        loop {
            let input = tokio::select! {
                input = self.leg.next() => input,
                response = again_reliably(&mut self.reliable) => {
                    send(&self.responses, response);
                    continue;
                }
                () = sleep_until(again) => {
                    if self.rings { self.alert() } else { self.respond(StatusCode::Trying, Vec::new(), None) }
                    again = Instant::now() + RING_AGAIN;
                    continue;
                }
            };
            match input {
                Input::Command(Command::Ring { .. }) => {
                    self.rings = true;
                    self.alert();
                }
                Input::Command(command @ (Command::Answer { .. } | Command::Say { .. })) => {
                    match (self.leg.open_media().await, &command) {
                        (Some(port), _) => return self.answer(command, port).await,
                        // A machine that cannot speak is no reason to end a call that rings.
                        (None, Command::Say { .. }) => {}
                        (None, _) => {
                            // Without a port there is no audio: say so to the caller's machine, count it as ours.
                            let later = vec![make_header("Retry-After", "5".into())];
                            self.respond(StatusCode::ServiceUnavailable, later, None);
                            return self.leg.down(EndedBy::Network, EndReason::ProtocolError).await;
                        }
                    }
                }
                Input::Command(Command::HangUp { .. }) => {
                    self.respond(StatusCode::Decline, Vec::new(), None);
                    return self.leg.down(EndedBy::CallTaker, EndReason::WeHungUp).await;
                }
                Input::Drain => {
                    self.respond(StatusCode::ServiceUnavailable, vec![make_header("Retry-After", "5".into())], None);
                    return self.leg.down(EndedBy::Interrupted, EndReason::WeHungUp).await;
                }
                Input::Cancelled => {
                    self.respond(StatusCode::RequestTerminated, Vec::new(), None);
                    return self.leg.down(EndedBy::Caller, EndReason::CallerHungUp).await;
                }
                Input::InviteOver { .. } => return self.leg.down(EndedBy::Network, EndReason::NetworkLost).await,
                Input::Request(request) if request.original.method == Method::Bye => {
                    reply(request, StatusCode::OK, Vec::new()).await;
                    self.respond(StatusCode::RequestTerminated, Vec::new(), None);
                    return self.leg.down(EndedBy::Caller, EndReason::CallerHungUp).await;
                }
                Input::Request(request) if request.original.method == Method::PRack => self.acknowledge(request).await,
                Input::Request(request) => early_request(request).await,
                Input::Command(_) | Input::Ack { .. } | Input::Response(_) | Input::Unanswered { .. } => {}
            }
        }
    }

    async fn answer(self, command: Command, port: u16) {
        let local = self.leg.stack.local_media(&self.flow, port);
        let (description, agreed, voice) = match &self.offered {
            Offered::Voice(offered, agreed) => {
                self.leg.stack.media.leg_describe(self.leg.call, agreed.remote);
                (offered.answer(agreed, local), Some(*agreed), Voice::Known)
            }
            Offered::Nothing => (offer(local), None, Voice::InAck),
            Offered::Later(offered) => (offered.without_media(local), None, Voice::ToBeAsked),
        };
        self.leg.stack.media.apply(&command);
        let mut extra = Vec::new();
        if let Some(timer) = &self.timer {
            extra.push(make_header("Session-Expires", timer.as_uas()));
            if timer.refresher == crate::sip::session_timer::Refresher::Them {
                extra.push(make_header("Require", "timer".into()));
            }
        }
        self.respond(StatusCode::OK, extra, Some(description));
        if agreed.is_some() {
            // From here the caller may speak: the ACK may come after the first word, the recording must not.
            self.leg.stack.media.leg_answered(self.leg.call);
        }
        let dialog = Dialog::of_invite(&self.invite, self.flow.clone());
        Answering { ringing: self, dialog, local, agreed, voice, hang_up: false, held: Vec::new() }.wait().await;
    }
}

/// Sends a BYE in the background: the line is down for us whatever the answer is.
pub(super) fn say(stack: Arc<Stack>, bye: Request, dialog: Dialog) {
    tokio::spawn(async move {
        let hop = stack.hop(&dialog).await;
        let _answer: Option<Response> = stack.exchange(bye, hop).await;
    });
}

/// A request before the call stands: nothing can change yet.
async fn early_request(request: Box<Transaction>) {
    let status = match request.original.method {
        Method::Options | Method::Info => StatusCode::OK,
        // A new offer cannot be answered before the first one is (RFC 3311 5.2, RFC 3261 14.2).
        Method::Invite | Method::Update if !request.original.body.is_empty() => {
            return reply(request, StatusCode::ServerInternalError, vec![make_header("Retry-After", "3".into())]).await;
        }
        Method::Update => StatusCode::OK,
        _ => StatusCode::MethodNotAllowed,
    };
    reply(request, status, abilities()).await;
}

/// Where a transaction's peer is.
pub fn flow_of(transaction: &Transaction) -> Option<Flow> {
    let connection = transaction.connection.clone()?;
    let peer: SocketAddr = connection.get_remote_addr()?.get_socketaddr().ok()?;
    Some(Flow { connection, peer })
}

/// The reliable response that nobody has acknowledged yet.
async fn again_reliably(reliable: &mut Option<Reliable>) -> Response {
    match reliable {
        Some(reliable) => reliable.again().await,
        None => std::future::pending().await,
    }
}
