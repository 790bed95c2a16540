//! What must leave the house, one file per channel. Only the outbox job calls this; never a person's request.

mod mail;
mod page;
mod webhook;

pub(crate) use mail::TALK_WITHIN;
pub use mail::{MailSecurity, MailSettings, is_sender};
pub use webhook::{SIGNATURE_HEADER, WEBHOOK_TIMEOUT, sign};

use siaga_core::{city::City, time::Timestamp};
use siaga_report::Edition;
use siaga_store::{
    Store,
    outbox::{Attempt, LeasedMessage},
};

/// All channels.
#[derive(Clone)]
pub struct Notifier {
    webhook: webhook::Webhooks,
    mail: Option<mail::Mails>,
}

/// A client could not be made: the process has no crypto provider, or the settings do not fit together.
#[derive(Debug, thiserror::Error)]
#[error("cannot send messages: {0}")]
pub struct NotifierError(String);

impl Notifier {
    /// # Errors
    /// [`NotifierError`] when no crypto provider was installed at the start of the process.
    pub fn new() -> Result<Self, NotifierError> {
        Ok(Self { webhook: webhook::Webhooks::new()?, mail: None })
    }

    /// With a mail server; `edition` is what its attachments are.
    ///
    /// # Errors
    /// [`NotifierError`] when the settings are no server's.
    pub fn with_mail(self, settings: &MailSettings, edition: Edition) -> Result<Self, NotifierError> {
        Ok(Self { mail: Some(mail::Mails::new(settings, edition)?), ..self })
    }

    /// One try to send a report.
    pub async fn send_mail(&self, store: &Store, message: &LeasedMessage, now: Timestamp) -> Attempt {
        match &self.mail {
            Some(mail) => mail.send(store, message, now).await,
            None => Attempt::Failed("server surat belum diatur: isi [smtp] di siaga.toml".to_owned()),
        }
    }

    /// One try. Never longer than the channel's own timeout.
    pub async fn send(&self, city: &City, message: &LeasedMessage, now: Timestamp) -> Attempt {
        match message.channel.as_str() {
            // A drill's message never leaves the house, whatever the agency has.
            "page" | "drill" => page::send(),
            "webhook" if message.agency.is_empty() => match &city.message_gateway {
                Some(target) => self.webhook.send(target, message, now).await,
                None => Attempt::Refused("data kota tidak lagi menyebut message_gateway".to_owned()),
            },
            "webhook" => match city.agency(&message.agency).and_then(|agency| agency.webhook.as_ref()) {
                Some(target) => self.webhook.send(target, message, now).await,
                None => Attempt::Refused("instansi ini tidak lagi punya webhook dalam data kota".to_owned()),
            },
            other => Attempt::Refused(format!("saluran '{other}' tidak dikenal program ini")),
        }
    }
}

#[cfg(test)]
mod tests;
