//! Answers without state: made from the request alone, for messages that never reach the stack.

use super::{ALLOW, Message, lexis};
use sha2::{Digest, Sha256};

/// What an answer usually needs.
const ANSWER_BYTES: usize = 640;

/// A final response to `request`, or `None` where none may or can be sent: to an ACK, to a response, or without the
/// headers that carry an answer back.
pub fn answer(request: &Message, status: u16, reason: &str, extra: &[(&str, &str)]) -> Option<Vec<u8>> {
    if request.method()? == "ACK" {
        return None;
    }
    let mut text = String::with_capacity(ANSWER_BYTES);
    text.extend(["SIP/2.0 ", &status.to_string(), " ", reason, "\r\n"]);
    let mut line = |name: &str, value: &str| text.extend([name, ": ", value, "\r\n"]);
    request.value("Via").filter(|via| !via.is_empty())?;
    for via in request.values("Via") {
        line("Via", via);
    }
    let call_id = request.value("Call-ID")?;
    line("From", request.value("From")?);
    let to = request.value("To")?;
    if lexis::parameter(to, "tag").is_some() {
        line("To", to);
    } else {
        // The same request gets the same tag, so that a retransmission gets the same answer (RFC 3261 8.2.6.2).
        line("To", &format!("{to};tag={}", tag(call_id)));
    }
    line("Call-ID", call_id);
    line("CSeq", request.value("CSeq")?);
    if matches!(status, 405 | 501) {
        line("Allow", ALLOW);
    }
    for (name, value) in extra {
        line(name, value);
    }
    line("Content-Length", "0");
    text.push_str("\r\n");
    Some(text.into_bytes())
}

/// An ACK of an answer of ours. There is no state that it could end.
pub fn is_acknowledged(message: &Message) -> bool {
    message.method() == Some("ACK")
        && message
            .value("To")
            .and_then(|to| lexis::parameter(to, "tag"))
            .zip(message.value("Call-ID"))
            .is_some_and(|(given, call_id)| given.len() == TAG_LENGTH && given == tag(call_id))
}

const TAG_LENGTH: usize = 13;

fn tag(call_id: &str) -> String {
    format!("s{}", hex::encode(&Sha256::digest(call_id)[..6]))
}
