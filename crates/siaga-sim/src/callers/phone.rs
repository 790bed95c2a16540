//! The telephone exchange of the simulated callers: one SIP endpoint for all of them, which also takes Siaga's call-backs.

use super::{
    Line, Options, line,
    persona::{Kind, Persona},
    print,
    sound::Sound,
};
use rsipstack::{
    EndpointBuilder,
    dialog::{
        DialogId,
        dialog::{Dialog, DialogStateSender},
        dialog_layer::DialogLayer,
    },
    sip::{Method, StatusCode, Uri},
    transaction::{Endpoint, TransactionReceiver, transaction::Transaction},
    transport::{SipAddr, TransportLayer, udp::UdpConnection},
};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// A person needs a moment to pick up when called back.
const PICK_UP_AFTER: Duration = Duration::from_secs(2);
/// What a called-back person stays: who needs help waits for a person, who does not hangs up after the question.
const HELP_TALK: Duration = Duration::from_secs(60);
const SLIP_TALK: Duration = Duration::from_secs(12);

/// Somebody who may be called back, by what they called for.
#[derive(Clone, Debug)]
pub struct Called {
    pub number: String,
    pub kind: Kind,
    pub sound: Sound,
    pub key: char,
    pub talk: Duration,
    /// Has heard a person to the end of the call.
    pub helped: bool,
}

pub struct Phone {
    pub dialogs: Arc<DialogLayer>,
    pub target: SocketAddr,
    pub human_hz: Vec<f64>,
    /// Digits of a number to who has it.
    people: Mutex<HashMap<String, Called>>,
    /// Our address as the target sees it.
    pub local_ip: IpAddr,
    local_port: u16,
    endpoint: Endpoint,
    incoming: Mutex<Option<TransactionReceiver>>,
    stop: CancellationToken,
}

impl Phone {
    pub async fn open(options: &Options, stop: CancellationToken) -> Result<Self, rsipstack::Error> {
        let target = options.target;
        let local_ip = facing(target)?;
        let stop = stop.child_token();
        // Our own socket, so that its buffer can be made large: a burst must not be lost in the kernel.
        let transport = TransportLayer::new(stop.clone());
        let udp =
            UdpConnection::create_connection(SocketAddr::new(local_ip, options.local_port), None, Some(stop.clone()))
                .await?;
        let local_port = udp.get_addr().get_socketaddr()?.port();
        transport.add_transport(udp.into());
        let endpoint = EndpointBuilder::new()
            .with_user_agent("siaga-sim")
            .with_transport_layer(transport)
            .with_cancel_token(stop.clone())
            .build();
        let incoming = endpoint.incoming_transactions()?;
        let inner = endpoint.inner.clone();
        tokio::spawn(async move { inner.serve().await });
        Ok(Self {
            dialogs: Arc::new(DialogLayer::new(endpoint.inner.clone())),
            target,
            human_hz: options.human_hz.clone(),
            people: Mutex::default(),
            local_ip,
            local_port,
            endpoint,
            incoming: Mutex::new(Some(incoming)),
            stop,
        })
    }

    /// Who called from this number last picks up when it is called back; but who needs help and has spoken with nobody
    /// keeps the telephone at hand, whoever of the household plays with it meanwhile.
    pub fn remember(&self, persona: &Persona) {
        let Some(number) = &persona.number else { return };
        let key = persona.key_when_called_back();
        let talk = if key == '1' { HELP_TALK } else { SLIP_TALK };
        let called =
            Called { number: number.clone(), kind: persona.kind, sound: persona.sound, key, talk, helped: false };
        if let Ok(mut people) = self.people.lock() {
            match people.get(&bare(number)) {
                Some(waiting) if waiting.key == '1' && !waiting.helped && key != '1' => {}
                _ => drop(people.insert(bare(number), called)),
            }
        }
    }

    pub fn was_helped(&self, number: &str) {
        if let Ok(mut people) = self.people.lock()
            && let Some(person) = people.get_mut(&bare(number))
        {
            person.helped = true;
        }
    }

    fn called(&self, number: &str) -> Called {
        let known = self.people.lock().ok().and_then(|people| people.get(&bare(number)).cloned());
        let (kind, number) = (Kind::Mistake, number.to_owned());
        known.unwrap_or(Called { number, kind, sound: Sound::Voice(kind), key: '2', talk: SLIP_TALK, helped: false })
    }

    pub fn contact(&self, user: &str) -> Result<Uri, rsipstack::sip::Error> {
        Uri::try_from(format!("sip:{user}@{}", SocketAddr::new(self.local_ip, self.local_port)).as_str())
    }

    pub fn destination(&self) -> SipAddr {
        SipAddr { r#type: Some(rsipstack::sip::Transport::Udp), addr: self.target.into() }
    }

    pub fn close(&self) {
        self.stop.cancel();
        self.endpoint.shutdown();
    }
}

/// The local address that faces a peer; nothing is sent.
fn facing(peer: SocketAddr) -> std::io::Result<IpAddr> {
    let any: SocketAddr =
        if peer.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (std::net::Ipv6Addr::UNSPECIFIED, 0).into() };
    let socket = std::net::UdpSocket::bind(any)?;
    socket.connect(peer)?;
    Ok(socket.local_addr()?.ip())
}

/// Serves requests that come to us: BYE and re-INVITE inside our calls, INVITE when somebody is called back.
pub async fn answer_callbacks(phone: Arc<Phone>) {
    let incoming = phone.incoming.lock().ok().and_then(|mut slot| slot.take());
    let Some(mut incoming) = incoming else { return };
    while let Some(mut request) = incoming.recv().await {
        let phone = phone.clone();
        tokio::spawn(async move {
            if let Some(dialog) = phone.dialogs.match_dialog(&request) {
                return in_dialog(&phone, dialog, &mut request).await;
            }
            let answer = match request.original.method {
                Method::Invite => return be_called_back(&phone, request).await,
                Method::Options => StatusCode::OK,
                Method::Ack => return,
                _ => StatusCode::CallTransactionDoesNotExist,
            };
            let _ = request.reply(answer).await;
        });
    }
}

async fn in_dialog(phone: &Phone, mut dialog: Dialog, request: &mut Transaction) {
    let bye = request.original.method == Method::Bye;
    if request.original.method == Method::Options {
        let _ = request.reply(StatusCode::OK).await;
        return;
    }
    let _ = dialog.handle(request).await;
    if bye {
        phone.dialogs.remove_dialog(&dialog.id());
    }
}

async fn be_called_back(phone: &Arc<Phone>, mut request: Transaction) {
    let offer = request.original.body.clone();
    let number = request.original.uri.user().unwrap_or_default().to_string();
    let (states, seen): (DialogStateSender, _) = phone.dialogs.new_dialog_state_channel();
    let Ok(contact) = phone.contact(&number) else { return };
    let Ok(dialog) = phone.dialogs.get_or_create_server_invite(&request, states, None, Some(contact)) else {
        let _ = request.reply(StatusCode::BadRequest).await;
        return;
    };
    let mut handler = dialog.clone();
    let served = tokio::spawn(async move { handler.handle(&mut request).await });
    let who = phone.called(&number);
    print(&Line::CalledBack { number: who.number.clone() });
    let _ = dialog.ringing(None, None);
    tokio::time::sleep(PICK_UP_AFTER).await;
    let id: DialogId = dialog.id();
    line::talk_as_called(phone, &dialog, &offer, seen, who).await;
    phone.dialogs.remove_dialog(&id);
    let _ = served.await;
}

/// The digits that all writings of a number share.
pub fn bare(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.strip_prefix("62").or_else(|| digits.strip_prefix('0')).unwrap_or(&digits).to_owned()
}
