//! One call from dialling to silence: INVITE, wait with patience, talk, hang up.

use super::{
    EndedBy, Line,
    measure::Ear,
    persona::Persona,
    phone::{Called, Phone},
    print, rtp, sdp,
    sound::{Frames, Sound},
};
use rsipstack::{
    dialog::{
        dialog::{DialogState, DialogStateReceiver, TransactionHandle},
        invitation::InviteOption,
        invite_dialog::InviteDialog,
    },
    sip::{Header, Method, Request, StatusCode, StatusCodeKind},
};
use std::{sync::Arc, time::Duration};
use tokio::{net::UdpSocket, sync::Mutex, task::AbortHandle, time::Instant};
use tokio_util::sync::CancellationToken;

/// A server that answers neither yes nor no after a CANCEL or BYE is left alone.
const GOODBYE_WITHIN: Duration = Duration::from_secs(8);
const METER_EVERY: Duration = Duration::from_millis(500);
/// Who hears nothing at all for this long, not even the line's own silence, hangs up.
const DEAD_AFTER: Duration = Duration::from_secs(8);
/// Who is called back lets the question begin before pressing a key.
const KEY_AFTER: Duration = Duration::from_secs(4);

/// Sound in both directions, ended when dropped.
struct Stream {
    ear: Arc<Mutex<Ear>>,
    tasks: Vec<AbortHandle>,
}

impl Stream {
    fn start(
        socket: Arc<UdpSocket>,
        answer: &[u8],
        (sound, key): (Sound, rtp::Later),
        human_hz: &[f64],
        meter: Option<u32>,
    ) -> Option<Self> {
        let (to, payload_type) = sdp::read(answer)?;
        let ear = Arc::new(Mutex::new(Ear::for_humans(human_hz.to_vec())));
        let out = rtp::Out { to, payload_type, frames: Frames::new(sound), key };
        let mut tasks = vec![tokio::spawn(rtp::run(socket, out, ear.clone())).abort_handle()];
        if let Some(call) = meter {
            tasks.push(tokio::spawn(show(call, ear.clone())).abort_handle());
        }
        Some(Self { ear, tasks })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

async fn show(call: u32, ear: Arc<Mutex<Ear>>) {
    let mut beat = tokio::time::interval(METER_EVERY);
    loop {
        beat.tick().await;
        let (rms_dbfs, hz) = ear.lock().await.take_latest();
        print(&Line::Heard { call, rms_dbfs, hz });
    }
}

/// Places the call and prints its lines; the last one is always `Ended`.
/// `stop` makes the caller hang up at once.
pub async fn place(phone: &Phone, call: u32, persona: Persona, meter: bool, stop: &CancellationToken) {
    let mut end = Line::Ended {
        call,
        number: persona.number.clone(),
        kind: persona.kind,
        truth: persona.truth,
        status: None,
        answered: false,
        talk_ms: 0,
        human_ms: None,
        ended_by: EndedBy::Failed,
        heard: Ear::default().total(),
    };
    match converse(phone, call, &persona, meter, stop).await {
        Ok(outcome) => {
            if let Line::Ended { status, answered, talk_ms, human_ms, ended_by, heard, .. } = &mut end {
                (*status, *answered, *talk_ms) = (outcome.status, outcome.answered, outcome.talk_ms);
                (*human_ms, *ended_by, *heard) = (outcome.human_ms, outcome.ended_by, outcome.heard);
                if let Some(number) = persona.number.as_ref().filter(|_| helped(*human_ms, *ended_by)) {
                    phone.was_helped(number);
                }
            }
        }
        Err(error) => tracing::warn!(call, %error, "the call could not be placed"),
    }
    print(&end);
}

struct Outcome {
    status: Option<u16>,
    answered: bool,
    talk_ms: u64,
    human_ms: Option<u64>,
    ended_by: EndedBy,
    heard: super::measure::Heard,
}

impl Outcome {
    fn unanswered(status: Option<u16>, ended_by: EndedBy) -> Self {
        Self { status, answered: false, talk_ms: 0, human_ms: None, ended_by, heard: Ear::default().total() }
    }
}

async fn converse(
    phone: &Phone,
    call: u32,
    persona: &Persona,
    meter: bool,
    stop: &CancellationToken,
) -> Result<Outcome, Box<dyn std::error::Error + Send + Sync>> {
    let socket = Arc::new(UdpSocket::bind((phone.local_ip, 0)).await?);
    let started = Instant::now();
    let (states, mut seen) = phone.dialogs.new_dialog_state_channel();
    let (dialog, finished) =
        phone.dialogs.do_invite_async(invite(phone, persona, socket.local_addr()?.port())?, states)?;
    let patience = tokio::time::sleep(persona.patience);
    tokio::pin!(patience, finished);
    let response = loop {
        tokio::select! {
            result = &mut finished => break result??.1,
            () = async { tokio::select! { () = &mut patience => {}, () = stop.cancelled() => {} } } => {
                let _ = tokio::time::timeout(GOODBYE_WITHIN, dialog.cancel()).await;
                let _ = tokio::time::timeout(GOODBYE_WITHIN, &mut finished).await;
                return Ok(Outcome::unanswered(None, EndedBy::NotAnswered));
            }
            Some(state) = seen.recv() => if let DialogState::Early(..) = state {
                print(&Line::Ringing { call, ms: since(started) });
            }
        }
    };
    let Some(response) = response else { return Ok(Outcome::unanswered(None, EndedBy::Failed)) };
    let status = Some(response.status_code.code());
    if response.status_code.kind() != StatusCodeKind::Successful {
        return Ok(Outcome::unanswered(status, EndedBy::Refused));
    }
    print(&Line::Answered { call, ms: since(started) });
    let answered_at = Instant::now();
    let sound = (persona.sound, None);
    let stream = Stream::start(socket, &response.body, sound, &phone.human_hz, meter.then_some(call));
    let ended_by = until_goodbye(&dialog, &mut seen, stream.as_ref(), persona.talk, stop).await;
    phone.dialogs.remove_dialog(&dialog.id());
    let (heard, human_ms) = heard(stream.as_ref(), started).await;
    Ok(Outcome { status, answered: true, talk_ms: since(answered_at), human_ms, ended_by, heard })
}

async fn heard(stream: Option<&Stream>, started: Instant) -> (super::measure::Heard, Option<u64>) {
    let Some(stream) = stream else { return (Ear::default().total(), None) };
    let ear = stream.ear.lock().await;
    let human = ear.human_at().map(|at| at.saturating_duration_since(started.into_std()));
    (ear.total(), human.map(|after| u64::try_from(after.as_millis()).unwrap_or(u64::MAX)))
}

fn invite(
    phone: &Phone,
    persona: &Persona,
    rtp_port: u16,
) -> Result<InviteOption, Box<dyn std::error::Error + Send + Sync>> {
    let user = persona.number.as_deref().unwrap_or("anonymous");
    let caller = match &persona.number {
        Some(_) => phone.contact(user)?,
        None => "sip:anonymous@anonymous.invalid".try_into()?,
    };
    Ok(InviteOption {
        caller,
        callee: format!("sip:112@{}", phone.target).as_str().try_into()?,
        destination: Some(phone.destination()),
        content_type: Some("application/sdp".to_string()),
        offer: Some(sdp::write(phone.local_ip, rtp_port).into_bytes()),
        contact: phone.contact(user)?,
        call_id: persona.call_id.clone(),
        headers: persona.number.is_none().then(|| vec![Header::Other("Privacy".into(), "id".into())]),
        ..Default::default()
    })
}

/// Talks until the caller has had enough or Siaga ends the call; answers what comes meanwhile.
async fn until_goodbye(
    dialog: &InviteDialog,
    seen: &mut DialogStateReceiver,
    stream: Option<&Stream>,
    talk: Duration,
    stop: &CancellationToken,
) -> EndedBy {
    let mut listen = tokio::time::interval(METER_EVERY);
    let enough = tokio::time::sleep(talk);
    tokio::pin!(enough);
    loop {
        tokio::select! {
            () = async { tokio::select! { () = &mut enough => {}, () = stop.cancelled() => {} } } => {
                let _ = tokio::time::timeout(GOODBYE_WITHIN, dialog.bye()).await;
                return EndedBy::Caller;
            }
            _ = listen.tick() => {
                let Some(stream) = stream else { continue };
                if stream.ear.lock().await.dead_for() >= DEAD_AFTER {
                    let _ = tokio::time::timeout(GOODBYE_WITHIN, dialog.bye()).await;
                    return EndedBy::DeadLine;
                }
            }
            state = seen.recv() => match state {
                Some(DialogState::Terminated(..)) | None => return EndedBy::Siaga,
                Some(DialogState::Updated(_, request, handle)) => accept_update(&request, &handle).await,
                Some(DialogState::Info(_, _, handle) | DialogState::Options(_, _, handle)) => {
                    let _ = handle.reply(StatusCode::OK).await;
                }
                Some(_) => {}
            }
        }
    }
}

/// A session refresh: nothing changes on our side.
async fn accept_update(request: &Request, handle: &TransactionHandle) {
    let body = (request.method == Method::Invite && !request.body.is_empty()).then(|| request.body.clone());
    let headers = body.is_some().then(|| vec![Header::ContentType("application/sdp".into())]);
    let _ = handle.respond(StatusCode::OK, headers, body).await;
}

/// The person whom Siaga calls back: picks up, answers as what they called for says, and hangs up after a while.
pub async fn talk_as_called(
    phone: &Phone,
    dialog: &InviteDialog,
    offer: &[u8],
    mut seen: DialogStateReceiver,
    who: Called,
) {
    let Ok(socket) = UdpSocket::bind((phone.local_ip, 0)).await else { return };
    let Ok(local) = socket.local_addr() else { return };
    let answer = sdp::write(phone.local_ip, local.port()).into_bytes();
    if dialog.accept(Some(vec![Header::ContentType("application/sdp".into())]), Some(answer)).is_err() {
        return;
    }
    let started = Instant::now();
    let key = Some((KEY_AFTER, who.key));
    let stream = Stream::start(Arc::new(socket), offer, (who.sound, key), &phone.human_hz, None);
    let ended_by = until_goodbye(dialog, &mut seen, stream.as_ref(), who.talk, &CancellationToken::new()).await;
    let (heard, human_ms) = heard(stream.as_ref(), started).await;
    if helped(human_ms, ended_by) {
        phone.was_helped(&who.number);
    }
    print(&Line::CallBackEnded {
        number: who.number,
        kind: who.kind,
        truth: who.kind.truth(),
        human_ms,
        ended_by,
        heard,
    });
}

/// Heard a person, and the line did not break under them.
fn helped(human_ms: Option<u64>, ended_by: EndedBy) -> bool {
    human_ms.is_some() && matches!(ended_by, EndedBy::Caller | EndedBy::Siaga)
}

fn since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}
