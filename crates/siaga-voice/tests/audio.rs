//! Sound over the same call that the signalling set up: the caller's tone is measured in the house, and what the house
//! says is measured at the caller's ear.

mod telephone;

use siaga_voice::{
    Command,
    media::Codec,
    tone::{energy_at, generate, rms_dbfs},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use telephone::{House, SOON, Telephone, standing};
use tokio::{
    net::UdpSocket,
    time::{interval, timeout},
};

const TONE_HZ: f64 = 440.0;
const TONE_DBFS: f32 = -20.0;

/// Plays the tone for this many packets of 20 ms; returns what was heard meanwhile.
async fn talk(socket: &UdpSocket, to: SocketAddr, packets: u16) -> Vec<i16> {
    let mut ticks = interval(Duration::from_millis(20));
    let mut heard = Vec::new();
    let mut bytes = [0; 2_048];
    for nth in 0..packets {
        ticks.tick().await;
        let mut packet = vec![0x80, 8];
        packet.extend(nth.to_be_bytes());
        packet.extend((u32::from(nth) * 160).to_be_bytes());
        packet.extend(0x0102_0304u32.to_be_bytes());
        packet.extend(Codec::Pcma.encode_all(&generate(TONE_HZ, TONE_DBFS, u64::from(nth) * 160, 160)));
        socket.send_to(&packet, to).await.expect("sent");
        while let Ok((length, _)) = socket.try_recv_from(&mut bytes) {
            if length > 12 && bytes[1] & 0x7f == 8 {
                heard.extend(Codec::Pcma.decode_all(&bytes[12..length]));
            }
        }
    }
    heard
}

#[tokio::test]
async fn the_caller_is_heard_and_hears() {
    let mut house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let rtp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    caller.rtp = rtp.local_addr().expect("an address");
    let (call, ok) = standing(&mut house, &mut caller).await;
    let port = ok
        .body()
        .lines()
        .find_map(|line| line.strip_prefix("m=audio ")?.split(' ').next()?.parse().ok())
        .expect("a port");
    // No seat: the caller is asked to wait, in words.
    house.voice.send(Command::Detach { call });
    let heard = talk(&rtp, (Ipv4Addr::LOCALHOST, port).into(), 150).await;
    assert!(heard.len() > 8_000, "the line never goes silent: {} samples", heard.len());
    assert!(rms_dbfs(&heard) > -40.0, "a voice is heard: {}", rms_dbfs(&heard));
    let wav = timeout(SOON, house.voice.recall(call)).await.expect("in time").expect("a recording");
    let samples: Vec<i16> = hound::WavReader::new(wav.as_slice())
        .expect("a WAV")
        .samples::<i16>()
        .map(|sample| sample.expect("a sample"))
        .collect();
    let left: Vec<i16> = samples.iter().step_by(2).copied().collect();
    let middle = &left[left.len() / 2 - 2_000..left.len() / 2 + 2_000];
    assert!((rms_dbfs(middle) - TONE_DBFS).abs() < 1.0, "level {}", rms_dbfs(middle));
    assert!(energy_at(TONE_HZ, middle) > 0.95, "frequency");
}
