//! Personal data never reaches the logs: a whole call with everything logged that the program would log.

mod telephone;

use siaga_voice::{Command, sip::LOG_FILTER};
use std::{
    io,
    sync::{Arc, Mutex},
};
use telephone::{House, Telephone, standing};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("one writer").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_number_and_no_name_is_logged_over_a_whole_call() {
    let log = Log::default();
    let filter = EnvFilter::new(format!("trace,{LOG_FILTER}"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(log.clone()).with_ansi(false).init();
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "081234567890").await;
    caller.from = caller.from.replace('<', "\"Rahasia Sekali\" <");
    let (call, _) = standing(&mut house, &mut caller).await;
    for (method, extra, body) in [("OPTIONS", "", ""), ("INFO", "Content-Type: application/dtmf\r\n", "7")] {
        let request = caller.request(method, extra, body);
        caller.send(&request).await;
        caller.response(200, method).await;
    }
    // Broken ones too: errors are where careless programs print.
    let broken = caller.request("INVITE", "", "").replace("Content-Length: 0", "Content-Length: -1");
    caller.send(&broken).await;
    caller.response(400, "INVITE").await;
    house.voice.send(Command::Dial {
        call: siaga_core::ids::CallId(uuid::Uuid::now_v7()),
        number: "085711223344".into(),
        station: siaga_core::ids::StationId(uuid::Uuid::now_v7()),
    });
    house.down().await;
    house.voice.send(Command::HangUp { call });
    let bye = caller.asked("BYE").await;
    caller.send(&caller.respond(&bye, "200 OK", "", "", "")).await;
    house.down().await;
    let text = String::from_utf8(log.0.lock().expect("read").clone()).expect("text");
    assert!(!text.is_empty(), "something is logged, else this proves nothing");
    for secret in ["081234567890", "81234567890", "085711223344", "Rahasia"] {
        assert!(!text.contains(secret), "{secret} stands in the log");
    }
}
