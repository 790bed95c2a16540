//! We call somebody back: INVITE, progress, answer, or why not. A station hears the progress from the first moment; without one
//! the machine speaks once the far end answers.

use super::{
    Input, Leg, abilities,
    incoming::say,
    reply,
    retry::{Again, Retries},
    session::Session,
};
use crate::{
    clock,
    command::Command,
    config::Transport,
    event::{EndReason, Event},
    sip::{
        body::session_description,
        dialog::{self, Content, Dialog, Flow},
        header,
        registry::FarEnd,
        sdp::{Agreed, Description, Local, offer},
        session_timer::SessionTimer,
        stack::{Face, Hop, Stack, token},
    },
};
use rsipstack::{
    sip::{Header, Method, Request, Response, SipMessage, StatusCode, Uri, headers::make_header, uri::parse_uri},
    transaction::transaction::Transaction,
};
use siaga_core::{ids::CallId, view::call::EndedBy};
use std::{net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// How long a call-back rings before it counts as not reached.
const NO_ANSWER: Duration = Duration::from_secs(45);
/// After our CANCEL the far end has this long to confirm it; then the line is down for us anyway.
const CANCEL_WAIT: Duration = Duration::from_secs(5);

struct Calling {
    leg: Leg,
    invite: Request,
    flow: Flow,
    retries: Retries,
    local: Local,
    agreed: Option<Agreed>,
    progressed: bool,
    ending: Option<(EndedBy, EndReason)>,
}

/// Begins a call-back; what becomes of it comes as events.
pub fn dial(stack: &Arc<Stack>, command: Command) {
    let (Command::Dial { call, number, .. }
    | Command::Ask { call, number, .. }
    | Command::RingOutside { call, number }) = &command
    else {
        return;
    };
    let (call, number) = (*call, number.clone());
    let leg = Leg::new(stack.clone(), call);
    stack.registry.open_own(call, leg.inputs());
    tokio::spawn(begin(leg, call, number, command));
}

async fn begin(mut leg: Leg, call: CallId, number: String, command: Command) {
    const NOT_REACHED: EndReason = EndReason::NotReached { status: None };
    let stack = leg.stack.clone();
    let Some((uri, flow)) = destination(&stack, &number).await else {
        tracing::info!(%call, "a call-back has no way: no trunk, and the caller has not called here");
        return leg.down(EndedBy::Network, NOT_REACHED).await;
    };
    let Some(port) = leg.open_media().await else { return leg.down(EndedBy::Network, NOT_REACHED).await };
    stack.media.apply(&command);
    let local = stack.local_media(&flow, port);
    let local_tag = token();
    let mut invite = invite(&stack, &stack.face(&flow), uri, &local_tag, local);
    // RFC 7090: the far network must let the call-back of an emergency centre through. A telephone that is asked to help
    // is no call-back (RFC 3261 20.26).
    let outside = matches!(command, Command::RingOutside { .. });
    invite.headers.push(make_header("Priority", if outside { "emergency" } else { "psap-callback" }.into()));
    let sip_call_id = header::value(&invite.headers, "Call-ID").unwrap_or_default().to_string();
    stack.registry.dialog(call, &sip_call_id, &local_tag, FarEnd { tag: None, ip: flow.peer.ip() });
    let retries = Retries::default();
    let calling = Calling { leg, invite, flow, retries, local, agreed: None, progressed: false, ending: None };
    calling.send().await;
    calling.wait().await;
}

/// Request-URI and way: the trunk, or where the caller's own last INVITE came from.
async fn destination(stack: &Stack, number: &str) -> Option<(Uri, Flow)> {
    if let Some(trunk) = &stack.config.trunk {
        let user: String = number
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '*' | '#'))
            .collect();
        let scheme = if trunk.transport == Transport::Tls { "sips" } else { "sip" };
        let uri = parse_uri(&format!("{scheme}:{}@{}", user.replace('#', "%23"), trunk.authority())).ok()?;
        return Some((uri, stack.trunk_flow(trunk).await?));
    }
    let (contact, flow) = stack.callers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).find(number)?;
    let peer = dialog::socket_address(&contact).filter(|address| address.port() != 0).unwrap_or(flow.peer);
    Some((contact, Flow { peer, ..flow }))
}

fn invite(stack: &Stack, face: &Face, uri: Uri, local_tag: &str, local: Local) -> Request {
    let headers = vec![
        make_header("Via", face.via()),
        make_header("From", format!("<sip:112@{}>;tag={local_tag}", face.host())),
        make_header("To", format!("<{uri}>")),
        make_header("Call-ID", format!("{}@{}", token(), face.host())),
        make_header("CSeq", "1 INVITE".into()),
        make_header("Max-Forwards", "70".into()),
        make_header("Contact", face.contact()),
        make_header("Session-Expires", stack.config.timers.session_own_s.to_string()),
        make_header("Min-SE", stack.config.timers.session_min_s.to_string()),
    ];
    dialog::build(Method::Invite, uri, headers, Content { headers: abilities(), description: Some(offer(local)) })
}

/// Runs the client transaction; every response becomes an input, in its order.
fn drive(leg: &Leg, invite: Request, flow: Flow, hop: Hop) {
    let (stack, inputs) = (leg.stack.clone(), leg.inputs());
    let sequence = dialog::sequence(&invite);
    tokio::spawn(async move {
        if let Some(transaction) = stack.client(invite.clone(), hop) {
            run(transaction, &inputs, |fork| {
                let mut dialog = Dialog::of_answer(&invite, fork, flow.clone());
                let bye = dialog.request(Method::Bye, &stack.face(&flow), Content::default());
                say(stack.clone(), bye, dialog);
            })
            .await;
        }
        inputs.send(Input::Unanswered { sequence }).await.ok();
    });
}

/// `other`: what to do with a second telephone that answers the same call (RFC 3261 13.2.2.4); the first has it.
async fn run(mut transaction: Transaction, inputs: &mpsc::Sender<Input>, other: impl Fn(&Response)) {
    if transaction.send().await.is_err() {
        return;
    }
    let mut taken: Option<String> = None;
    let mut turned_away: Vec<String> = Vec::new();
    while let Some(message) = transaction.receive().await {
        let SipMessage::Response(response) = message else { continue };
        if response.status_code.code() / 100 == 2 {
            let tag = header::tag(&response.headers, "To").unwrap_or_default().to_string();
            match &taken {
                None => taken = Some(tag),
                Some(first) if *first == tag || turned_away.contains(&tag) => continue,
                Some(_) => {
                    turned_away.push(tag);
                    other(&response);
                    continue;
                }
            }
        }
        inputs.send(Input::Response(Box::new(response))).await.ok();
    }
}

impl Calling {
    /// Sends the INVITE as it now is.
    async fn send(&self) {
        let mut hop = self.leg.stack.hop(&Dialog::of_invite(&self.invite, self.flow.clone())).await;
        if !hop.connection.is_reliable() {
            hop.destination = self.flow.peer;
        }
        drive(&self.leg, self.invite.clone(), self.flow.clone(), hop);
    }

    /// The far end wants it otherwise, and that can be done: with a password, elsewhere, with a longer session.
    async fn again(&mut self, response: &Response) -> Option<()> {
        if self.ending.is_some() {
            return None;
        }
        let trunk = self.leg.stack.config.trunk.as_ref();
        let credentials = trunk.and_then(|trunk| trunk.credentials.as_ref());
        self.invite = match self.retries.next(&self.invite, response, credentials)? {
            Again::Same(invite) => invite,
            Again::Elsewhere(invite) => {
                // A name is left to the trunk to find; a connection is kept.
                if !self.flow.connection.is_reliable()
                    && let Some(peer) = dialog::socket_address(&invite.uri).filter(|address| address.port() != 0)
                {
                    self.flow.peer = peer;
                }
                invite
            }
        };
        self.send().await;
        Some(())
    }

    async fn wait(mut self) {
        let mut deadline = Instant::now() + NO_ANSWER;
        loop {
            let input = tokio::select! {
                input = self.leg.next() => input,
                () = sleep_until(deadline) => match self.ending {
                    Some((by, reason)) => return self.leg.down(by, reason).await,
                    None => {
                        self.cancel(EndedBy::Network, EndReason::NotReached { status: None });
                        deadline = Instant::now() + CANCEL_WAIT;
                        continue;
                    }
                },
            };
            match input {
                // Of an INVITE before the last: its end is no news.
                Input::Response(response) if dialog::answered_sequence(&response) != dialog::sequence(&self.invite) => {
                }
                Input::Unanswered { sequence } if sequence != dialog::sequence(&self.invite) => {}
                Input::Response(response) => match response.status_code.code() {
                    100 => {}
                    101..=199 => self.progress(&response).await,
                    200..=299 => return self.answered(*response).await,
                    status => {
                        if self.again(&response).await.is_some() {
                            continue;
                        }
                        let (by, reason) =
                            self.ending.unwrap_or((EndedBy::Network, EndReason::NotReached { status: Some(status) }));
                        return self.leg.down(by, reason).await;
                    }
                },
                Input::Unanswered { .. } => {
                    let (by, reason) =
                        self.ending.unwrap_or((EndedBy::Network, EndReason::NotReached { status: None }));
                    return self.leg.down(by, reason).await;
                }
                Input::Command(Command::HangUp { .. }) => {
                    self.cancel(EndedBy::CallTaker, EndReason::WeHungUp);
                    deadline = Instant::now() + CANCEL_WAIT;
                }
                Input::Drain => {
                    self.cancel(EndedBy::Interrupted, EndReason::WeHungUp);
                    deadline = Instant::now() + CANCEL_WAIT;
                }
                Input::Command(command) => self.leg.stack.media.apply(&command),
                Input::Request(request) => {
                    let status = match request.original.method {
                        Method::Bye | Method::Options | Method::Info | Method::Update => StatusCode::OK,
                        _ => StatusCode::MethodNotAllowed,
                    };
                    reply(request, status, abilities()).await;
                }
                Input::Ack { .. } | Input::Cancelled | Input::InviteOver { .. } => {}
            }
        }
    }

    async fn progress(&mut self, response: &Response) {
        if let Some(agreed) = described(response, self.flow.peer.ip()) {
            // Early media: an announcement of the far network is heard by the call-taker.
            self.agreed = Some(agreed);
            self.leg.stack.media.leg_describe(self.leg.call, agreed.remote);
        }
        if !self.progressed {
            self.progressed = true;
            self.leg.emit(Event::Dialling { call: self.leg.call, at: clock::now() }).await;
        }
    }

    async fn answered(mut self, response: Response) {
        let mut dialog = Dialog::of_answer(&self.invite, &response, self.flow.clone());
        // Of all that might have answered, this one did.
        let far_end = FarEnd {
            tag: header::tag(&response.headers, "To").filter(|tag| !tag.is_empty()).map(str::to_string),
            ip: self.flow.peer.ip(),
        };
        self.leg.stack.registry.dialog(
            self.leg.call,
            header::value(&self.invite.headers, "Call-ID").unwrap_or_default(),
            header::tag(&self.invite.headers, "From").unwrap_or_default(),
            far_end,
        );
        let trunk = self.leg.stack.config.trunk.as_ref();
        dialog.stride = if trunk.is_some_and(|trunk| trunk.credentials.is_some()) { 2 } else { 1 };
        let agreed = described(&response, self.flow.peer.ip()).or(self.agreed);
        // The stack has acknowledged the 2xx; a call that nobody wants any more, or without audio, ends with BYE.
        let ending = self.ending.or(agreed.is_none().then_some((EndedBy::Network, EndReason::ProtocolError)));
        let (Some(agreed), None) = (agreed, ending) else {
            let bye = dialog.request(Method::Bye, &self.leg.stack.face(&self.flow), Content::default());
            say(self.leg.stack.clone(), bye, dialog);
            let (by, reason) = ending.unwrap_or((EndedBy::Network, EndReason::ProtocolError));
            return self.leg.down(by, reason).await;
        };
        let timer = SessionTimer::of_answer(
            header::value(&response.headers, "Session-Expires"),
            self.leg.stack.config.timers.session_min_s,
        );
        let leg = self.leg;
        leg.stack.media.leg_describe(leg.call, agreed.remote);
        leg.stack.media.leg_answered(leg.call);
        leg.emit(Event::Answered { call: leg.call, at: clock::now() }).await;
        self.local.version = 1;
        Session::new(leg, dialog, self.local, agreed, timer).run(Vec::new()).await;
    }

    /// Takes the INVITE back. The final response ends the leg; a 2xx that crosses it is ended with BYE.
    fn cancel(&mut self, by: EndedBy, reason: EndReason) {
        if self.ending.is_some() {
            return;
        }
        self.ending = Some((by, reason));
        let copied = |header: &&Header| {
            matches!(header, Header::Via(_) | Header::From(_) | Header::To(_) | Header::CallId(_) | Header::Route(_))
        };
        let mut headers: Vec<Header> = self.invite.headers.iter().filter(copied).cloned().collect();
        headers.push(make_header("CSeq", format!("{} CANCEL", dialog::sequence(&self.invite))));
        headers.push(make_header("Max-Forwards", "70".into()));
        let cancel = dialog::build(Method::Cancel, self.invite.uri.clone(), headers, Content::default());
        let hop = Hop { connection: self.flow.connection.clone(), destination: self.flow.peer };
        let stack = self.leg.stack.clone();
        tokio::spawn(async move {
            stack.exchange(cancel, hop).await;
        });
    }
}

fn described(response: &Response, peer: IpAddr) -> Option<Agreed> {
    let kind = header::value(&response.headers, "Content-Type").unwrap_or_default();
    Description::read(&session_description(kind, &response.body)?)?.agree(peer).ok()
}
