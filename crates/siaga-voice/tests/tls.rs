//! SIP over TLS: a call with sound, a call-back to a trunk that is reached only so, and what is no TLS at all.

mod telephone;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use siaga_core::ids::{CallId, StationId};
use siaga_voice::{Command, SipTls, Trunk, config::Transport};
use std::{
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    sync::Arc,
};
use telephone::{
    House, Telephone,
    sound::{PLAIN, assert_both_ways, audio_of},
    wire::Line,
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream, UdpSocket},
};
use tokio_rustls::{
    TlsAcceptor, TlsConnector,
    rustls::{
        ClientConfig, RootCertStore, ServerConfig,
        crypto::aws_lc_rs::default_provider,
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    },
};

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A root and a server certificate for 127.0.0.1 in a folder of their own.
struct Authority {
    folder: PathBuf,
}

impl Authority {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("siaga-tls-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let root_key = KeyPair::generate().expect("a key");
        let mut root = CertificateParams::new(Vec::new()).expect("no names");
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root_certificate = root.self_signed(&root_key).expect("signed");
        let key = KeyPair::generate().expect("a key");
        let server = CertificateParams::new(vec!["127.0.0.1".to_string()]).expect("an address");
        let certificate = server.signed_by(&key, &Issuer::new(root, root_key)).expect("signed");
        std::fs::write(folder.join("root.crt"), root_certificate.pem()).expect("written");
        std::fs::write(folder.join("server.crt"), certificate.pem()).expect("written");
        std::fs::write(folder.join("server.key"), key.serialize_pem()).expect("written");
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn sip_tls(&self) -> SipTls {
        SipTls { addr: (LOCAL, 0).into(), certificate: self.file("server.crt"), key: self.file("server.key") }
    }

    fn connector(&self) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(self.file("root.crt")).expect("a root")).expect("added");
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        TlsConnector::from(Arc::new(config))
    }

    fn acceptor(&self) -> TlsAcceptor {
        let certificate = CertificateDer::from_pem_file(self.file("server.crt")).expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(self.file("server.key")).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("fits");
        TlsAcceptor::from(Arc::new(config))
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn tls(text: String) -> String {
    text.replace("SIP/2.0/UDP", "SIP/2.0/TLS").replace("Contact: <sip:caller@", "Contact: <sip:caller;transport=tls@")
}

#[tokio::test]
async fn a_call_over_tls_is_heard_and_hears() {
    let authority = Authority::new();
    let mut house = House::with(|config| config.sip_tls = Some(authority.sip_tls())).await;
    let address = house.voice.bound().sip_tls.expect("a TLS port");
    // Who speaks no TLS there is let go; the next one is served.
    let mut plain = TcpStream::connect(address).await.expect("connected");
    plain.write_all(b"OPTIONS sip:112@a SIP/2.0\r\n\r\n").await.expect("sent");
    let silent = TcpStream::connect(address).await.expect("connected");

    let stream = TcpStream::connect(address).await.expect("connected");
    let name = ServerName::from(LOCAL);
    let stream = authority.connector().connect(name, stream).await.expect("our authority is believed");
    let mut line = Line::over(stream);
    let mut caller = Telephone::new(address, "0812").await;
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    caller.rtp = rtp.local_addr().expect("an address");
    let body = caller.description();
    let invite = tls(caller.request("INVITE", "", &body));
    line.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let ok = line.response(200, "INVITE").await;
    let contact = ok.header("Contact").expect("Contact");
    assert!(contact.contains(&format!("{address};transport=tls")), "{contact}");
    caller.to = ok.header("To").expect("To").to_string();
    let ack = tls(caller.request("ACK", "", ""));
    line.send(&ack).await;
    assert_eq!(house.answered().await, call);
    assert_both_ways("TLS", &house, call, &rtp, audio_of(ok.body(), LOCAL), PLAIN).await;
    house.voice.send(Command::HangUp { call });
    let bye = line.request("BYE").await;
    assert!(bye.header("Via").is_some_and(|via| via.starts_with("SIP/2.0/TLS ")), "{}", bye.0);
    assert_eq!(house.down().await, "CallTaker WeHungUp");
    drop((plain, silent));
}

#[tokio::test]
async fn a_call_back_over_a_tls_trunk() {
    let authority = Authority::new();
    let listener = TcpListener::bind((LOCAL, 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let root = authority.file("root.crt");
    let mut house = House::with(|config| {
        config.trunk = Some(Trunk { transport: Transport::Tls, ..address.into() });
        config.trunk_roots = vec![root, Path::new("/nowhere.pem").into()];
    })
    .await;
    let script = Telephone::new(house.sip(), "trunk").await;
    let dial = |house: &House| {
        let call = CallId(uuid::Uuid::now_v7());
        house.voice.send(Command::Dial { call, number: "0812".into(), station: StationId(uuid::Uuid::now_v7()) });
        call
    };
    let mut call = dial(&house);
    let (stream, _) = listener.accept().await.expect("connected");
    let stream = authority.acceptor().accept(stream).await.expect("the house believes our root");
    // One connection carries one call-back after the other.
    let mut line = Line::over(stream);
    for nth in 0..2 {
        let invite = line.request("INVITE").await;
        assert!(invite.0.starts_with("INVITE sips:0812@127.0.0.1:"), "{}", invite.0);
        assert!(invite.header("Via").is_some_and(|via| via.starts_with("SIP/2.0/TLS ")), "{}", invite.0);
        let body = script.description();
        line.send(&script.respond(&invite, "200 OK", "t1", "", &body)).await;
        line.request("ACK").await;
        assert_eq!(house.answered().await, call);
        house.voice.send(Command::HangUp { call });
        let bye = line.request("BYE").await;
        line.send(&script.respond(&bye, "200 OK", "", "", "")).await;
        assert_eq!(house.down().await, "CallTaker WeHungUp");
        if nth == 0 {
            call = dial(&house);
        }
    }
}

#[tokio::test]
async fn a_trunk_whose_certificate_nobody_vouches_for_is_not_called() {
    let (authority, other) = (Authority::new(), Authority::new());
    let listener = TcpListener::bind((LOCAL, 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let root = other.file("root.crt");
    let mut house = House::with(|config| {
        config.trunk = Some(Trunk { transport: Transport::Tls, ..address.into() });
        config.trunk_roots = vec![root];
    })
    .await;
    let call = CallId(uuid::Uuid::now_v7());
    house.voice.send(Command::Dial { call, number: "0812".into(), station: StationId(uuid::Uuid::now_v7()) });
    let (stream, _) = listener.accept().await.expect("connected");
    assert!(authority.acceptor().accept(stream).await.is_err());
    assert_eq!(house.down().await, "Network NotReached { status: None }");
}
