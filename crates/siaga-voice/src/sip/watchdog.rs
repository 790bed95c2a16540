//! Asks our own SIP port whether it still answers. A stack whose receive task has died looks alive from inside.

use crate::{clock, event::Event};
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    net::UdpSocket,
    sync::mpsc,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

/// How often we ask.
const EVERY: Duration = Duration::from_secs(5);
/// How long an answer may take.
const ANSWER_WAIT: Duration = Duration::from_secs(2);

/// Reports the first state and each change until stopped.
pub async fn run(port: SocketAddr, events: mpsc::Sender<Event>, stop: CancellationToken) {
    let mut known = None;
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let up = ask(port).await.unwrap_or(false);
        if known != Some(up) {
            known = Some(up);
            if !up {
                tracing::error!("our own SIP port does not answer");
            }
            if events.send(Event::Watchdog { at: clock::now(), up }).await.is_err() {
                return;
            }
        }
    }
}

async fn ask(port: SocketAddr) -> io::Result<bool> {
    let socket = UdpSocket::bind((if port.is_ipv4() { "0.0.0.0" } else { "::" }, 0)).await?;
    socket.connect(port).await?;
    let own = socket.local_addr()?;
    let token = super::stack::token();
    let text = format!(
        "OPTIONS sip:112@{port} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{token};rport\r\nMax-Forwards: 1\r\n\
         From: <sip:watchdog@{own}>;tag={token}\r\nTo: <sip:112@{port}>\r\nCall-ID: {token}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    );
    socket.send(text.as_bytes()).await?;
    let mut answer = [0; 2_048];
    match timeout(ANSWER_WAIT, socket.recv(&mut answer)).await {
        Ok(length) => Ok(answer[..length?].starts_with(b"SIP/2.0 200")),
        Err(_) => Ok(false),
    }
}
