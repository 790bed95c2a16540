//! The one thread that owns all sockets.

use super::{
    LegAddress, MediaConfig, MediaError,
    request::{Line, REQUESTS_MAX, Request},
};
use crate::Event;
use mio::{Events, Poll, Token, Waker};
use std::sync::mpsc::{TryRecvError, sync_channel};
use tokio::sync::mpsc;

pub(super) fn start(config: MediaConfig, _events: mpsc::Sender<Event>) -> Result<(Line, u16), MediaError> {
    let mut poll = Poll::new()?;
    let waker = Waker::new(poll.registry(), Token(0))?;
    let (sender, requests) = sync_channel(REQUESTS_MAX);
    std::thread::Builder::new().name("media".into()).spawn(move || {
        let mut ready = Events::with_capacity(1_024);
        let mut port = *config.rtp_ports.start();
        loop {
            let _ = poll.poll(&mut ready, None);
            loop {
                match requests.try_recv() {
                    Ok(Request::LegOpen { reply, .. }) => {
                        let _ = reply.send(Ok(LegAddress { rtp_port: port }));
                        port += 2;
                    }
                    Ok(_) => {}
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
        }
    })?;
    Ok((Line::new(sender, waker), 0))
}
