//! The channel `email`: a report with its attachments to one address, over the city's own mail server (RFC 5321).
//!
//! What leaves here may arrive twice, when the program dies between the server's word and our own note of it. Both copies
//! have the same Message-ID, so that a mailbox can tell.

use super::NotifierError;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use rustls::CertificateError;
use siaga_core::time::Timestamp;
use siaga_report::Edition;
use siaga_store::{
    Store, StoreError,
    outbox::{Attempt, LeasedMessage},
    signed_reports,
};
use std::{
    error::Error,
    fmt, io,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};
use tokio::{sync::Mutex, time::timeout};
use uuid::Uuid;

/// Longest wait for one answer of the mail server.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Longest setting of the attachments, and longest talk with the server: together within the lease.
const SET_WITHIN: Duration = Duration::from_secs(30);
pub(crate) const TALK_WITHIN: Duration = Duration::from_secs(45);

/// How the line to the mail server is kept from others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MailSecurity {
    /// Begins in the clear and must change to TLS before anything is said (RFC 3207).
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// In the clear: for a server on this machine.
    Plain,
}

/// Where mails leave.
#[derive(Clone)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// Name and password.
    pub login: Option<(String, String)>,
    /// `Siaga 112 <siaga@kota.go.id>`.
    pub from: String,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.security)
    }
}

/// Whether this is a sender that a mail can have.
#[must_use]
pub fn is_sender(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

#[derive(Clone)]
pub(super) struct Mails {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    edition: Edition,
    /// The last report that was set: its recipients get it one after the other.
    set: Arc<Mutex<Option<(Uuid, Arc<Files>)>>>,
}

struct Files {
    name: String,
    pdf: Vec<u8>,
    xlsx: Vec<u8>,
    signed: Vec<u8>,
}

impl Mails {
    pub fn new(settings: &MailSettings, edition: Edition) -> Result<Self, NotifierError> {
        let told = |error: &dyn fmt::Display| NotifierError(format!("mail: {error}"));
        let from: Mailbox = settings.from.parse().map_err(|error| told(&error))?;
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|error| told(&error));
        let tls = match settings.security {
            MailSecurity::StartTls => Tls::Required(tls()?),
            MailSecurity::Tls => Tls::Wrapper(tls()?),
            MailSecurity::Plain => Tls::None,
        };
        // "Dangerous" is the builder that leaves TLS to us.
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(ANSWER_WITHIN))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let Some((user, password)) = settings.login.clone() {
            transport = transport.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: transport.build(), from, edition, set: Arc::default() })
    }

    pub async fn send(&self, store: &Store, message: &LeasedMessage, now: Timestamp) -> Attempt {
        let Some((mailing, to, subject)) = read(&message.payload) else {
            return Attempt::Refused("isi pesan rusak".to_owned());
        };
        let files = match timeout(SET_WITHIN, self.files(store, mailing)).await {
            Ok(Ok(files)) => files,
            Ok(Err(attempt)) => return attempt,
            Err(_) => return Attempt::Failed("dokumen belum selesai disusun".to_owned()),
        };
        let Some(mail) = self.mail(message, &to, &subject, &files, now) else {
            return Attempt::Refused("alamat penerima tidak dapat ditulis dalam surat".to_owned());
        };
        match timeout(TALK_WITHIN, self.transport.send(mail)).await {
            Ok(Ok(_)) => Attempt::Delivered,
            Ok(Err(error)) => refused_or_failed(&error),
            Err(_) => Attempt::Failed("server surat terlalu lama".to_owned()),
        }
    }

    async fn files(&self, store: &Store, mailing: Uuid) -> Result<Arc<Files>, Attempt> {
        let mut set = self.set.lock().await;
        if let Some((of, files)) = &*set
            && *of == mailing
        {
            return Ok(Arc::clone(files));
        }
        let signed = store.mailing(mailing).await.map_err(|error| match error {
            StoreError::NotFound => Attempt::Refused("laporan ini tidak lagi tersimpan".to_owned()),
            _ => Attempt::Failed("basis data tidak menjawab".to_owned()),
        })?;
        let edition = self.edition;
        let made = tokio::task::spawn_blocking(move || {
            let paper = siaga_report::period_report(&signed, edition);
            let period = &signed.body.report.figures.period;
            Ok::<_, siaga_report::RenderError>(Files {
                name: edition.file_name(&format!("laporan-{}-{}", period.from, period.to)),
                pdf: siaga_report::pdf(&paper)?,
                xlsx: siaga_report::xlsx(&paper)?,
                signed: signed_reports::file(&signed).into_bytes(),
            })
        });
        let files = match made.await {
            Ok(Ok(files)) => Arc::new(files),
            Ok(Err(error)) => return Err(Attempt::Refused(format!("dokumen tidak dapat disusun: {error}"))),
            Err(_) => return Err(Attempt::Failed("dokumen tidak selesai disusun".to_owned())),
        };
        *set = Some((mailing, Arc::clone(&files)));
        Ok(files)
    }

    fn mail(&self, message: &LeasedMessage, to: &str, subject: &str, files: &Files, now: Timestamp) -> Option<Message> {
        let micros = u64::try_from(now.0).ok()?;
        let attached = |ending: &str, kind: &str, bytes: &[u8]| {
            let kind = ContentType::parse(kind).ok()?;
            Some(Attachment::new(format!("{}.{ending}", files.name)).body(bytes.to_vec(), kind))
        };
        let parts = MultiPart::mixed()
            .singlepart(SinglePart::plain(message.text.clone()))
            .singlepart(attached("pdf", "application/pdf", &files.pdf)?)
            .singlepart(attached("xlsx", SHEET, &files.xlsx)?)
            .singlepart(attached("json", "application/json", &files.signed)?);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse().ok()?))
            .subject(subject)
            .date(UNIX_EPOCH + Duration::from_micros(micros))
            .message_id(Some(format!("<{}@{}>", message.outbox_id, self.from.email.domain())))
            .multipart(parts)
            .ok()
    }
}

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Mailing, recipient, subject.
fn read(payload: &str) -> Option<(Uuid, String, String)> {
    let body: serde_json::Value = serde_json::from_str(payload).ok()?;
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    Some((text("mailing")?.parse().ok()?, text("to")?, text("subject")?))
}

/// The server's own words may hold the address: only its code is told.
fn refused_or_failed(error: &lettre::transport::smtp::Error) -> Attempt {
    let code = error.status().map(u16::from);
    match code {
        // RFC 4954, 6: our name or password. A person mends the configuration, and the mail still goes.
        Some(code @ (530 | 534 | 535 | 538)) => {
            Attempt::Failed(format!("server surat menolak nama atau sandi kita ({code}); periksa [smtp] di siaga.toml"))
        }
        Some(code) if error.is_permanent() => {
            Attempt::Refused(format!("server surat menolak surat atau alamat ini ({code})"))
        }
        Some(code) => Attempt::Failed(format!("server surat meminta menunggu ({code})")),
        None if error.is_timeout() => Attempt::Failed("server surat tidak menjawab".to_owned()),
        // It offers no STARTTLS: nothing was said in the clear but our name, and the rest is not.
        None if error.is_client() => Attempt::Failed(
            "server surat tidak menawarkan STARTTLS, jadi surat tidak dikirim; periksa smtp.security di siaga.toml"
                .to_owned(),
        ),
        None => Attempt::Failed(match tls_error(error) {
            Some(error) => untrusted(error).to_owned(),
            None => {
                "server surat tidak dapat dihubungi; periksa smtp.server dan smtp.security di siaga.toml".to_owned()
            }
        }),
    }
}

/// What TLS itself said, under the layers of who carried it.
fn tls_error(error: &lettre::transport::smtp::Error) -> Option<&rustls::Error> {
    let mut cause = error.source();
    while let Some(error) = cause {
        // An `io::Error` hands out what lies under its content, not the content.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let inner = inner.and_then(|inner| inner.downcast_ref()).or_else(|| error.downcast_ref());
        if inner.is_some() {
            return inner;
        }
        cause = error.source();
    }
    None
}

/// Why the line is not safe, and what a person does about it.
fn untrusted(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "sertifikat server surat bukan dari penerbit yang dipercaya server ini; pasang sertifikat induk penerbitnya, \
             lalu mulai ulang program"
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "sertifikat server surat milik nama lain; tulis di smtp.server nama yang ada dalam sertifikatnya",
        rustls::Error::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        ) => "masa berlaku sertifikat server surat lewat atau belum mulai; periksa juga jam server ini",
        rustls::Error::InvalidCertificate(_) => "sertifikat server surat tidak dapat dipercaya",
        rustls::Error::InvalidMessage(_) => {
            "server surat tidak memakai TLS sejak awal sambungan; periksa smtp.security di siaga.toml"
        }
        _ => "sambungan aman ke server surat gagal; periksa smtp.security di siaga.toml",
    }
}
