//! A call's line, from INVITE to BYE: one task with one inbox. Its state is where its code is: `incoming` and
//! `outgoing` each own what a line has before it stands, `session` what it has then, and each consumes the one before.
//!
//! A leg ends only because the far end, a person or the network ended it, and it says so exactly once.

mod answering;
pub mod incoming;
pub mod outgoing;
mod refresh;
mod reliable;
pub(super) mod retry;
mod session;

use super::stack::Stack;
use crate::{
    clock,
    command::Command,
    event::{EndReason, Event},
};
use rsipstack::{
    sip::{Header, Method, Request, Response, SipMessage, StatusCode, headers::make_header},
    transaction::transaction::{Transaction, TransactionEvent, TransactionEventSender},
};
use siaga_core::{ids::CallId, view::call::EndedBy};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Inputs waiting for one leg; more means its task hangs.
const INBOX: usize = 64;

/// Everything that can wake a leg.
pub enum Input {
    Command(Command),
    /// A request inside the dialog.
    Request(Box<Transaction>),
    /// The ACK of an INVITE that we answered.
    Ack {
        sequence: u32,
        request: Box<Request>,
    },
    /// The caller took the INVITE back.
    Cancelled,
    /// The transaction of an INVITE that we answered is over, acknowledged or not.
    InviteOver {
        sequence: u32,
    },
    /// A response to our INVITE.
    Response(Box<Response>),
    /// The INVITE of ours with this CSeq could not be sent, was never answered, or its transaction is over.
    Unanswered {
        sequence: u32,
    },
    /// The process ends.
    Drain,
}

/// What every phase of a leg has.
pub struct Leg {
    pub stack: Arc<Stack>,
    pub call: CallId,
    inbox: mpsc::Receiver<Input>,
    inputs: mpsc::Sender<Input>,
    has_media: bool,
    is_down: bool,
    /// The registry knows it; a leg that it refused must not close another one's entry.
    is_registered: bool,
}

impl Leg {
    pub fn new(stack: Arc<Stack>, call: CallId) -> Self {
        let (inputs, inbox) = mpsc::channel(INBOX);
        Self { stack, call, inbox, inputs, has_media: false, is_down: false, is_registered: true }
    }

    pub fn inputs(&self) -> mpsc::Sender<Input> {
        self.inputs.clone()
    }

    /// Never ends by itself: the leg holds a sender of its own inbox.
    async fn next(&mut self) -> Input {
        self.inbox.recv().await.unwrap_or(Input::Drain)
    }

    async fn emit(&self, event: Event) {
        if self.stack.events.send(event).await.is_err() {
            tracing::error!(call = %self.call, "the engine no longer takes events");
        }
    }

    /// Opens the RTP ports; `None` when there are none left.
    async fn open_media(&mut self) -> Option<u16> {
        match self.stack.media.leg_open(self.call).await {
            Ok(address) => {
                self.has_media = true;
                Some(address.rtp_port)
            }
            Err(error) => {
                tracing::error!(call = %self.call, %error, "no audio for a call");
                None
            }
        }
    }

    /// A leg that has never become a call.
    fn forget(mut self) {
        self.is_down = true;
        self.is_registered = false;
    }

    /// The last word of a leg.
    async fn down(mut self, by: EndedBy, reason: EndReason) {
        self.is_down = true;
        self.release();
        self.emit(Event::LineDown { call: self.call, at: clock::now(), by, reason }).await;
    }

    fn release(&mut self) {
        if std::mem::take(&mut self.is_registered) {
            self.stack.registry.close(self.call);
        }
        if std::mem::take(&mut self.has_media) {
            self.stack.media.leg_close(self.call);
        }
    }
}

impl Drop for Leg {
    fn drop(&mut self) {
        self.release();
        if !self.is_down {
            // Only after a panic in the leg's task: the engine must not keep a call that has no line.
            let event = Event::LineDown {
                call: self.call,
                at: clock::now(),
                by: EndedBy::CannotTell,
                reason: EndReason::NetworkLost,
            };
            if self.stack.events.try_send(event).is_err() {
                tracing::error!(call = %self.call, "a line that broke could not be reported");
            }
        }
    }
}

/// Keeps the transaction of an INVITE to us alive to its end and tells the leg what comes in it. Responses go in
/// through the returned sender.
fn drive(mut transaction: Transaction, sequence: u32, inputs: mpsc::Sender<Input>) -> TransactionEventSender {
    let responses = transaction.tu_sender.clone();
    tokio::spawn(async move {
        while let Some(message) = transaction.receive().await {
            let input = match message {
                SipMessage::Request(request) if request.method == Method::Ack => {
                    Input::Ack { sequence, request: Box::new(request) }
                }
                SipMessage::Request(request) if request.method == Method::Cancel => Input::Cancelled,
                _ => continue,
            };
            // A leg that is gone wants nothing more; the transaction must still run to its end.
            inputs.send(input).await.ok();
        }
        inputs.send(Input::InviteOver { sequence }).await.ok();
    });
    responses
}

/// A response to `request`, with its Record-Route (RFC 3261 12.1.1) and our Contact.
fn response(
    stack: &Stack,
    request: &Request,
    status: StatusCode,
    contact: String,
    extra: Vec<Header>,
    description: Option<String>,
) -> Response {
    let mut response = stack.endpoint.make_response(request, status, description.clone().map(String::into_bytes));
    let routes: Vec<Header> =
        request.headers.iter().filter(|header| matches!(header, Header::RecordRoute(_))).cloned().collect();
    response.headers.extend(routes);
    response.headers.push(make_header("Contact", contact));
    response.headers.extend(extra);
    if description.is_some() {
        response.headers.push(make_header("Content-Type", "application/sdp".into()));
    }
    response
}

fn send(responses: &TransactionEventSender, response: Response) {
    // An error means the transaction is over, which the leg hears as `InviteOver`.
    responses.send(TransactionEvent::Respond(response)).ok();
}

/// Answers a request inside the dialog and is done with it.
async fn reply(mut transaction: Box<Transaction>, status: StatusCode, headers: Vec<Header>) {
    if let Err(error) = transaction.reply_with(status, headers, None).await {
        tracing::debug!(%error, "a reply could not be sent");
    }
}

/// Allow and Supported, on every response that opens or describes a session.
fn abilities() -> Vec<Header> {
    vec![make_header("Allow", super::guard::ALLOW.into()), make_header("Supported", "timer".into())]
}
