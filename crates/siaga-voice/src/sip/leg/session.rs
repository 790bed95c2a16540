//! A call that stands: until the caller, a person or the network ends it. Silence does not.

use super::{
    Input, Leg, abilities, drive,
    incoming::say,
    refresh::{FarEnd, Health, Refresh},
    reply, response, send,
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
        session_timer::{SessionTimer, Support, lists},
    },
};
use rsipstack::{
    sip::{Header, Method, Request, StatusCode, headers::make_header},
    transaction::transaction::Transaction,
};
use siaga_core::view::call::EndedBy;

/// What a standing call has.
pub(super) struct Session {
    pub leg: Leg,
    pub dialog: Dialog,
    local: Local,
    agreed: Agreed,
    refresh: Refresh,
    /// CSeq of a re-INVITE without offer that we answered with ours; its answer comes in the ACK.
    awaits_answer: Option<u32>,
    /// CSeq of a re-INVITE whose ACK is still to come: the next one must wait (RFC 3261 14.2).
    open_invite: Option<u32>,
}

impl Session {
    pub fn new(leg: Leg, dialog: Dialog, local: Local, agreed: Agreed, timer: Option<SessionTimer>) -> Self {
        let refresh = Refresh::new(timer, leg.stack.config.timers.gone_min);
        Self { leg, dialog, local, agreed, refresh, awaits_answer: None, open_invite: None }
    }

    /// `held`: requests that came before the line stood.
    #[expect(clippy::vec_box, reason = "they come boxed and are handled boxed")]
    pub async fn run(mut self, held: Vec<Box<Transaction>>) {
        for request in held {
            self.request(request).await;
        }
        loop {
            let input = tokio::select! {
                input = self.leg.next() => input,
                health = self.refresh.next() => {
                    match self.judge(health).await {
                        FarEnd::Stands => continue,
                        FarEnd::Disowned => return self.leg.down(EndedBy::Network, EndReason::NetworkLost).await,
                        FarEnd::Gone => return self.hang_up(EndedBy::Network, EndReason::NetworkLost).await,
                    }
                }
            };
            match input {
                Input::Command(Command::HangUp { .. }) => {
                    return self.hang_up(EndedBy::CallTaker, EndReason::WeHungUp).await;
                }
                Input::Drain => return self.hang_up(EndedBy::Interrupted, EndReason::WeHungUp).await,
                Input::Command(command) => self.leg.stack.media.apply(&command),
                Input::Request(request) if request.original.method == Method::Bye => {
                    reply(request, StatusCode::OK, Vec::new()).await;
                    return self.leg.down(EndedBy::Caller, EndReason::CallerHungUp).await;
                }
                Input::Request(request) => self.request(request).await,
                Input::Ack { sequence, request } => self.acknowledged(sequence, &request),
                Input::InviteOver { sequence } if self.open_invite == Some(sequence) => {
                    // Whose ACK never came, and with it its answer: the next offer is a new one (RFC 3261 13.3.1.4).
                    self.open_invite = None;
                    self.awaits_answer = None;
                }
                Input::Response(_) | Input::Cancelled | Input::InviteOver { .. } | Input::Unanswered { .. } => {}
            }
        }
    }

    async fn hang_up(mut self, by: EndedBy, reason: EndReason) {
        let face = self.leg.stack.face(&self.dialog.flow);
        let bye = self.dialog.request(Method::Bye, &face, Content::default());
        say(self.leg.stack.clone(), bye, self.dialog);
        self.leg.down(by, reason).await;
    }

    async fn judge(&mut self, health: Health) -> FarEnd {
        let audio = self.leg.stack.media.leg_status(self.leg.call).await;
        match health {
            Health::Due => match self.refresh.far_end(audio) {
                FarEnd::Stands => self.refresh.act(&self.leg.stack, &mut self.dialog, self.local, audio),
                lost => return lost,
            },
            Health::Answered(answer) => {
                self.refresh.answered(answer, &mut self.dialog, self.leg.stack.config.timers.session_min_s);
            }
        }
        self.refresh.far_end(audio)
    }

    async fn request(&mut self, request: Box<Transaction>) {
        self.refresh.seen();
        if !self.dialog.take_sequence(&request.original) {
            return reply(request, StatusCode::ServerInternalError, Vec::new()).await;
        }
        match request.original.method {
            Method::Invite => self.invite(request).await,
            Method::Update => self.update(request).await,
            Method::Info => self.info(request).await,
            Method::Options => reply(request, StatusCode::OK, abilities()).await,
            Method::PRack => reply(request, StatusCode::CallTransactionDoesNotExist, Vec::new()).await,
            _ => reply(request, StatusCode::MethodNotAllowed, abilities()).await,
        }
    }

    /// Status for an offer that cannot be taken now (RFC 3261 14.2), if any.
    fn glare(&self) -> Option<(StatusCode, Vec<Header>)> {
        if self.refresh.offers() || self.awaits_answer.is_some() {
            return Some((StatusCode::RequestPending, Vec::new()));
        }
        self.open_invite
            .is_some()
            .then(|| (StatusCode::ServerInternalError, vec![make_header("Retry-After", "3".into())]))
    }

    async fn invite(&mut self, mut request: Box<Transaction>) {
        if let Some((status, headers)) = self.glare() {
            return reply_invite(request, status, headers, self.leg.inputs());
        }
        let original = request.original.clone();
        let sequence = dialog::sequence(&original);
        let Ok(extra) = self.timed(&original) else {
            return reply_invite(request, StatusCode::SessionIntervalTooSmall, self.min_se(), self.leg.inputs());
        };
        let description = match self.describe(&original) {
            Ok(Some(answer)) => answer,
            Ok(None) => {
                self.awaits_answer = Some(sequence);
                offer(self.local)
            }
            Err(()) => return reply_invite(request, StatusCode::NotAcceptableHere, Vec::new(), self.leg.inputs()),
        };
        self.dialog.move_target(&original.headers);
        self.open_invite = Some(sequence);
        if let Err(error) = request.send_trying().await {
            tracing::debug!(call = %self.leg.call, %error, "100 Trying could not be sent");
        }
        let responses = drive(*request, sequence, self.leg.inputs());
        let contact = self.leg.stack.face(&self.dialog.flow).contact();
        send(&responses, response(&self.leg.stack, &original, StatusCode::OK, contact, extra, Some(description)));
    }

    async fn update(&mut self, mut request: Box<Transaction>) {
        let original = request.original.clone();
        let Ok(extra) = self.timed(&original) else {
            return reply(request, StatusCode::SessionIntervalTooSmall, self.min_se()).await;
        };
        if !original.body.is_empty()
            && let Some((status, headers)) = self.glare()
        {
            return reply(request, status, headers).await;
        }
        let description = match self.describe(&original) {
            Ok(description) => description,
            Err(()) => return reply(request, StatusCode::NotAcceptableHere, Vec::new()).await,
        };
        self.dialog.move_target(&original.headers);
        let contact = self.leg.stack.face(&self.dialog.flow).contact();
        let response = response(&self.leg.stack, &original, StatusCode::OK, contact, extra, description);
        if let Err(error) = request.respond(response).await {
            tracing::debug!(call = %self.leg.call, %error, "the answer to an UPDATE could not be sent");
        }
    }

    /// Keys by INFO (`application/dtmf-relay` or `application/dtmf`), for trunks that know no RFC 4733.
    async fn info(&mut self, request: Box<Transaction>) {
        let kind = header::value(&request.original.headers, "Content-Type").unwrap_or_default().to_ascii_lowercase();
        let digit = relayed_digit(&kind, &request.original.body);
        reply(request, StatusCode::OK, Vec::new()).await;
        if let Some(digit) = digit {
            self.leg.emit(Event::Key { call: self.leg.call, at: clock::now(), digit }).await;
        }
    }

    /// The answer to an offer in `request`; `None` without one. An offer that cannot be served changes nothing.
    fn describe(&mut self, request: &Request) -> Result<Option<String>, ()> {
        let kind = header::value(&request.headers, "Content-Type").unwrap_or_default();
        let Some(described) = session_description(kind, &request.body) else { return Ok(None) };
        let description = Description::read(&described).ok_or(())?;
        let agreed = description.agree(self.dialog.flow.peer.ip()).map_err(|_| ())?;
        self.settle(agreed);
        Ok(Some(description.answer(&agreed, self.local)))
    }

    /// Hold, a new address, a new codec: the media side is told anew.
    fn settle(&mut self, agreed: Agreed) {
        if agreed != self.agreed {
            self.local.version += 1;
        }
        self.agreed = agreed;
        self.leg.stack.media.leg_describe(self.leg.call, agreed.remote);
    }

    fn acknowledged(&mut self, sequence: u32, ack: &Request) {
        if self.open_invite == Some(sequence) {
            self.open_invite = None;
        }
        if self.awaits_answer == Some(sequence) {
            self.awaits_answer = None;
            let described =
                session_description(header::value(&ack.headers, "Content-Type").unwrap_or_default(), &ack.body);
            // An unreadable answer leaves the audio as it was: better than none.
            if let Some(agreed) = described
                .and_then(|bytes| Description::read(&bytes))
                .and_then(|answer| answer.agree(self.dialog.flow.peer.ip()).ok())
            {
                self.settle(agreed);
            }
        }
    }

    fn min_s(&self) -> u32 {
        self.leg.stack.config.timers.session_min_s
    }

    fn min_se(&self) -> Vec<Header> {
        vec![make_header("Min-SE", self.min_s().to_string())]
    }

    /// The session timer of a refresh by the far end, and the headers of our answer.
    fn timed(&mut self, request: &Request) -> Result<Vec<Header>, ()> {
        let supported: Vec<&str> = header::values(&request.headers, "Supported").collect();
        let support = if lists(&supported, "timer") { Support::Yes } else { Support::No };
        let timer = SessionTimer::of_request(header::value(&request.headers, "Session-Expires"), support, self.min_s())
            .map_err(|_| ())?;
        self.refresh.restart(timer);
        let mut headers = abilities();
        headers.extend(timer.map(|timer| make_header("Session-Expires", timer.as_uas())));
        Ok(headers)
    }
}

/// A refusal of a re-INVITE waits for its ACK like every INVITE's.
fn reply_invite(
    mut request: Box<Transaction>,
    status: StatusCode,
    headers: Vec<Header>,
    inputs: tokio::sync::mpsc::Sender<Input>,
) {
    let sequence = dialog::sequence(&request.original);
    tokio::spawn(async move {
        if request.reply_with(status, headers, None).await.is_ok() {
            drive(*request, sequence, inputs);
        }
    });
}

fn relayed_digit(kind: &str, body: &[u8]) -> Option<char> {
    let text = String::from_utf8_lossy(body);
    let signal = if kind.starts_with("application/dtmf-relay") {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            name.trim().eq_ignore_ascii_case("signal").then(|| value.trim().to_string())
        })?
    } else if kind.starts_with("application/dtmf") {
        text.trim().to_string()
    } else {
        return None;
    };
    match signal.as_str() {
        "10" => Some('*'),
        "11" => Some('#'),
        _ => signal.chars().next().filter(|digit| digit.is_ascii_digit() || matches!(digit, '*' | '#')),
    }
}

#[cfg(test)]
mod tests {
    use super::relayed_digit;

    #[test]
    fn keys_in_info_are_read() {
        let rows = [
            ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", Some('5')),
            ("application/dtmf-relay", "Signal= *\r\n", Some('*')),
            ("application/dtmf-relay", "Signal=11\r\n", Some('#')),
            ("application/dtmf", "3", Some('3')),
            ("application/dtmf-relay", "Duration=160\r\n", None),
            ("text/plain", "5", None),
        ];
        for (kind, body, expected) in rows {
            assert_eq!(relayed_digit(kind, body.as_bytes()), expected, "{kind} {body}");
        }
    }
}
