//! The channel `webhook`: a signed POST to an agency's own system. `docs/webhook.md` is its contract.

use super::NotifierError;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use sha2::Sha256;
use siaga_core::{city::Webhook, time::Timestamp};
use siaga_store::outbox::{Attempt, LeasedMessage};
use std::time::Duration;

/// Longest wait for the whole answer: a receiver that works longer should answer first and work then.
pub const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(5);
/// `t=<seconds>,v1=<hex of HMAC-SHA256 over "<seconds>.<body>">`.
pub const SIGNATURE_HEADER: &str = "Siaga-Signature";

#[derive(Clone)]
pub(super) struct Webhooks {
    client: Client,
}

impl Webhooks {
    pub fn new() -> Result<Self, NotifierError> {
        let client = Client::builder()
            .timeout(WEBHOOK_TIMEOUT)
            // a signed message goes where the city said, not where somebody points
            .redirect(Policy::none())
            .user_agent(concat!("siaga/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| NotifierError(error.to_string()))?;
        Ok(Self { client })
    }

    pub async fn send(&self, target: &Webhook, message: &LeasedMessage, now: Timestamp) -> Attempt {
        let Some(body) = body(message) else {
            return Attempt::Refused("isi pesan rusak".to_owned());
        };
        let signature = sign(target.secret.as_bytes(), now, &body);
        let request = self
            .client
            .post(&target.url)
            .header("Content-Type", "application/json")
            .header(SIGNATURE_HEADER, signature)
            .header("Siaga-Delivery", message.outbox_id.to_string())
            .body(body);
        match request.send().await {
            Ok(response) => read(response.status()),
            // the address may carry a token: it stays out of the text
            Err(error) if error.is_timeout() => Attempt::Failed("tidak menjawab dalam 5 detik".to_owned()),
            Err(error) if error.is_connect() => Attempt::Failed("tidak dapat tersambung".to_owned()),
            Err(error) => Attempt::Failed(error.without_url().to_string()),
        }
    }
}

/// The stored payload with the delivery's id and the words for people.
fn body(message: &LeasedMessage) -> Option<String> {
    let mut body: Value = serde_json::from_str(&message.payload).ok()?;
    let map = body.as_object_mut()?;
    map.insert("id".to_owned(), json!(message.outbox_id));
    map.insert("attempt".to_owned(), json!(message.attempts + 1));
    map.insert("text".to_owned(), json!(message.text));
    Some(body.to_string())
}

/// The value of [`SIGNATURE_HEADER`].
#[must_use]
pub fn sign(secret: &[u8], now: Timestamp, body: &str) -> String {
    let seconds = now.0.div_euclid(1_000_000);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("because HMAC takes a key of any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}

fn read(status: StatusCode) -> Attempt {
    use StatusCode as S;
    if status.is_success() {
        return Attempt::Delivered;
    }
    let text = format!("jawaban HTTP {}", status.as_u16());
    match status {
        // the receiver understood us and will say the same tomorrow
        S::BAD_REQUEST | S::GONE | S::PAYLOAD_TOO_LARGE | S::UNSUPPORTED_MEDIA_TYPE | S::UNPROCESSABLE_ENTITY => {
            Attempt::Refused(text)
        }
        _ => Attempt::Failed(text),
    }
}
