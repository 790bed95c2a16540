//! Mails leave over a line that nobody else reads: STARTTLS and TLS with a certificate that is trusted, and over no other. What is
//! wrong is told in words that a person can act on, and no address and no mail went over a wrong line.

use super::{DEADLINE, Door, Folder, Server, Sink, sent, trial, until};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivatePkcs8KeyDer};
use siaga_core::view::{mailing::SentMail, outbox::DeliveryState};
use std::{path::PathBuf, sync::Arc};

const TO: &str = "kepala@serang.example";
/// As `smtp.server` names it.
const HOST: &str = "127.0.0.1";

/// An authority that the city runs itself.
struct Authority {
    root: PathBuf,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(folder: &Folder, name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let root = folder.0.join(format!("{name}.pem"));
        std::fs::write(&root, params.self_signed(&key).unwrap().pem()).unwrap();
        Self { root, issuer: Issuer::new(params, key) }
    }

    /// A mail server's side with a certificate for this name.
    fn server(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &self.issuer).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.into()], PrivatePkcs8KeyDer::from(key.serialize_der()).into());
        Arc::new(config.unwrap())
    }
}

/// Sends one report with this setting through that door, trusting one authority: what the page shows of it, and the mail server.
fn posted(name: &str, security: &str, door: impl FnOnce(&Authority, &Authority) -> Door) -> (SentMail, Sink) {
    let folder = Folder::new(&format!("mail-{name}"));
    let (ours, other) = (Authority::new(&folder, "kota"), Authority::new(&folder, "lain"));
    let data = folder.0.join("data");
    let sink = Sink::start(door(&ours, &other));
    let _server = Server::start(&data, &sink, security, Some(&ours.root));
    trial(&data, TO);
    let mail = until("it was tried", || {
        sent(&data).into_iter().find(|one| one.state == DeliveryState::Delivered || one.error.is_some())
    });
    (mail, sink)
}

#[track_caller]
fn arrives((mail, sink): (SentMail, Sink)) {
    assert_eq!((mail.state, mail.attempts, mail.error), (DeliveryState::Delivered, 1, None));
    let (to, text) = sink.taken.recv_timeout(DEADLINE).unwrap();
    assert!(to == TO && text.contains("application/pdf"), "{to}");
    let clear = sink.clear.lock().unwrap();
    assert!(clear.iter().all(|verb| verb.starts_with("EHLO") || verb == "STARTTLS"), "in the clear: {clear:?}");
}

/// Not sent, told why, tried again later; nobody on the line learnt to whom.
#[track_caller]
fn waits((mail, sink): (SentMail, Sink), words: &str) {
    assert_eq!(mail.state, DeliveryState::Waiting, "it can be mended: {mail:?}");
    let error = mail.error.unwrap_or_default();
    assert!(error.contains(words), "{error}");
    assert!(sink.asked.try_recv().is_err() && sink.taken.try_recv().is_err(), "it went over that line");
    let clear = sink.clear.lock().unwrap();
    assert!(clear.iter().all(|verb| !verb.contains("MAIL") && !verb.contains("KEPALA")), "in the clear: {clear:?}");
}

#[test]
fn a_mail_goes_over_starttls_and_over_tls() {
    arrives(posted("starttls", "starttls", |ours, _| Door::StartTls(ours.server(HOST))));
    arrives(posted("tls", "tls", |ours, _| Door::Tls(ours.server(HOST))));
}

#[test]
fn a_certificate_that_is_not_trusted_is_refused() {
    let words = "bukan dari penerbit yang dipercaya";
    waits(posted("starttls-other", "starttls", |_, other| Door::StartTls(other.server(HOST))), words);
    waits(posted("tls-other", "tls", |_, other| Door::Tls(other.server(HOST))), words);
    let named = posted("tls-name", "tls", |ours, _| Door::Tls(ours.server("lain.serang.example")));
    waits(named, "milik nama lain");
}

#[test]
fn a_server_without_tls_is_refused_where_tls_is_asked() {
    waits(posted("no-starttls", "starttls", |_, _| Door::Plain), "tidak menawarkan STARTTLS");
    waits(posted("no-tls", "tls", |_, _| Door::Plain), "tidak memakai TLS sejak awal");
}
