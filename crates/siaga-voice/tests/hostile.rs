//! Hostile traffic while a call goes on: the call's voice is measured throughout, and whoever calls next is answered.

mod telephone;

use rand::{Rng, SeedableRng, rngs::StdRng};
use siaga_core::view::call::EndedBy;
use siaga_voice::{Command, Event};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};
use telephone::{
    House, SOON, Telephone,
    sound::{PLAIN, assert_tone, audio_of, recorded, talk_on},
    standing,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    time::{sleep, timeout},
};

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const MUTANTS: usize = 3_000;

/// A call whose caller speaks while `attack` goes on; both ways are measured, and then the next caller is answered.
async fn during(name: &str, house: &mut House, attack: impl Future<Output = ()>) {
    let mut caller = Telephone::new(house.sip(), "0812").await;
    let rtp = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
    caller.rtp = rtp.local_addr().expect("an address");
    let (call, ok) = standing(house, &mut caller).await;
    house.voice.send(Command::Detach { call });
    let to = audio_of(ok.body(), LOCAL);
    let mut nth = 0;
    tokio::select! {
        _ = talk_on(&rtp, to, PLAIN, &mut nth, 5_000) => panic!("{name}: the attack never ended"),
        () = attack => {}
    }
    // The same stream goes on; its last two seconds are looked at.
    let heard = talk_on(&rtp, to, PLAIN, &mut nth, 100).await;
    assert!(heard.len() > 12_000, "{name}: heard {} samples of 16,000", heard.len());
    let left = recorded(house, call).await;
    assert_tone(name, &left[left.len() - 6_000..left.len() - 2_000]);
    let bye = caller.request("BYE", "", "");
    caller.send(&bye).await;
    caller.response(200, "BYE").await;
    // Mutants may have become calls of their own: only this one's end counts.
    let by = house
        .event(|event| match event {
            Event::LineDown { call: ended, by, .. } if *ended == call => Some(*by),
            _ => None,
        })
        .await;
    assert_eq!(by, EndedBy::Caller, "{name}");
    let mut next = Telephone::new(house.sip(), "0813").await;
    next.invite().await;
    let call = house
        .event(|event| match event {
            Event::CallArrived { call, caller, .. } if caller.number.as_deref() == Some("0813") => Some(*call),
            _ => None,
        })
        .await;
    house.answer(call);
    next.response(200, "INVITE").await;
    next.acknowledge("").await;
    house.voice.send(Command::HangUp { call });
    next.asked("BYE").await;
}

/// One valid message with bytes changed, cut out, doubled or moved.
fn mutant(random: &mut StdRng, house: SocketAddr) -> Vec<u8> {
    let methods = ["INVITE", "OPTIONS", "BYE", "CANCEL", "ACK", "REGISTER", "PRACK", "UPDATE"];
    let method = methods[random.random_range(0..methods.len())];
    let nth: u32 = random.random();
    let body = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n";
    let mut bytes = format!(
        "{method} sip:112@{house} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{nth}\r\nMax-Forwards: 70\r\n\
         From: <sip:0812@127.0.0.1>;tag=m{nth}\r\nTo: <sip:112@{house}>\r\nCall-ID: m{nth}\r\nCSeq: 1 {method}\r\n\
         Contact: <sip:0812@127.0.0.1:9>\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes();
    for _ in 0..random.random_range(1..8) {
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..4) {
            0 => bytes[at] = random.random(),
            1 => drop(bytes.drain(at..(at + random.random_range(1..40)).min(bytes.len()))),
            2 => {
                let copy = bytes[at..(at + random.random_range(1..200)).min(bytes.len())].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => bytes.splice(at..at, (0..random.random_range(1..20)).map(|_| b'\0')).for_each(drop),
        }
        if bytes.is_empty() {
            bytes.push(b'I');
        }
    }
    bytes
}

#[tokio::test]
async fn mutants_over_udp() {
    let mut house = House::with(|config| config.open_calls_max = 20_000).await;
    let target = house.sip();
    during("UDP", &mut house, async move {
        let socket = UdpSocket::bind((LOCAL, 0)).await.expect("a port");
        let mut random = StdRng::seed_from_u64(7);
        for nth in 0..MUTANTS {
            socket.send_to(&mutant(&mut random, target), target).await.expect("sent");
            if nth % 50 == 0 {
                sleep(Duration::from_millis(5)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn mutants_over_tcp() {
    let mut house = House::with(|config| config.open_calls_max = 20_000).await;
    let target = house.voice.bound().sip_tcp;
    during("TCP", &mut house, async move {
        let mut random = StdRng::seed_from_u64(8);
        for _ in 0..30 {
            let stream = TcpStream::connect(target).await.expect("connected");
            let (mut reader, mut writer) = stream.into_split();
            // Nobody may be kept from writing by what nobody reads.
            let reading = tokio::spawn(async move {
                let mut sink = vec![0; 65_536];
                while reader.read(&mut sink).await.is_ok_and(|length| length > 0) {}
            });
            for _ in 0..MUTANTS / 30 {
                if writer.write_all(&mutant(&mut random, target)).await.is_err() {
                    break;
                }
            }
            reading.abort();
        }
    })
    .await;
}

#[tokio::test]
async fn a_stream_of_noise_and_messages_beyond_every_size() {
    let mut house = House::open().await;
    let target = house.voice.bound().sip_tcp;
    let mut other = Telephone::new(house.sip(), "0814").await;
    let mut next = [0; 2].map(|_| other.request("OPTIONS", "", "").replace("SIP/2.0/UDP", "SIP/2.0/TCP")).into_iter();
    let long_body = other.request("MESSAGE", "", &"x".repeat(70_000)).replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    let long_head = other.request("OPTIONS", &format!("Subject: {}\r\n", "y".repeat(70_000)), "");
    during("noise", &mut house, async move {
        let mut random = StdRng::seed_from_u64(9);
        let mut noise = vec![0; 300_000];
        random.fill(noise.as_mut_slice());
        let mut stream = TcpStream::connect(target).await.expect("connected");
        stream.write_all(&noise).await.expect("sent");
        for text in [long_body, long_head] {
            let mut stream = TcpStream::connect(target).await.expect("connected");
            stream.write_all(text.as_bytes()).await.expect("sent");
            let options = next.next().expect("one for each");
            stream.write_all(options.as_bytes()).await.expect("sent");
            let mut answer = Vec::new();
            // The line goes on to the next message, whatever becomes of the large one.
            let served = timeout(SOON, async {
                let mut bytes = [0; 4_096];
                while !String::from_utf8_lossy(&answer).contains("SIP/2.0 200 OK") {
                    let length = stream.read(&mut bytes).await.expect("read");
                    assert!(length > 0, "the connection stays open");
                    answer.extend_from_slice(&bytes[..length]);
                }
            });
            served.await.expect("the next message is answered");
        }
    })
    .await;
}

#[tokio::test]
async fn half_open_and_slow_connections() {
    let mut house = House::open().await;
    let target = house.voice.bound().sip_tcp;
    during("slow", &mut house, async move {
        let mut held = Vec::new();
        for nth in 0..100 {
            let mut stream = TcpStream::connect(target).await.expect("connected");
            // Half say nothing, half begin a message and never end it. Beyond 64 from one address they are closed.
            if nth % 2 == 0 && stream.write_all(b"OPTIONS sip:112@a SIP/2.0\r\nVia: ").await.is_err() {
                continue;
            }
            held.push(stream);
        }
        let mut slow = held.swap_remove(0);
        let closed = timeout(Duration::from_secs(30), async {
            // A byte now and then does not keep it open.
            let mut bytes = [0; 64];
            loop {
                if slow.write_all(b"x").await.is_err() {
                    return;
                }
                if let Ok(Ok(0) | Err(_)) = timeout(Duration::from_millis(300), slow.read(&mut bytes)).await {
                    return;
                }
            }
        });
        closed.await.expect("a message that never ends is given up");
    })
    .await;
    // Their places are free again for the one who has something to say.
    let mut stream = TcpStream::connect(target).await.expect("connected");
    let mut other = Telephone::new(house.sip(), "0814").await;
    let options = other.request("OPTIONS", "", "").replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    stream.write_all(options.as_bytes()).await.expect("sent");
    let mut bytes = [0; 4_096];
    let length = timeout(SOON, stream.read(&mut bytes)).await.expect("in time").expect("read");
    assert!(bytes[..length].starts_with(b"SIP/2.0 200"), "{}", String::from_utf8_lossy(&bytes[..length]));
}

/// A peer that pipelines what is answered at once and never reads the answers is not read on: its answers would fill the
/// memory. It loses its connection, and nobody else's is touched.
#[tokio::test]
async fn a_peer_that_never_reads_is_not_read_on() {
    /// Beyond what the kernel's buffers hold of both directions.
    const BYTES_MAX: usize = 64 * 1024 * 1024;
    let mut house = House::open().await;
    let target = house.voice.bound().sip_tcp;
    let mut other = Telephone::new(house.sip(), "0814").await;
    let knock = other.request("KNOCK", "", "").replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    let many = knock.repeat(100);
    during("deaf", &mut house, async move {
        let mut deaf = TcpStream::connect(target).await.expect("connected");
        let mut sent = 0;
        let closed = timeout(6 * SOON, async {
            while deaf.write_all(many.as_bytes()).await.is_ok() {
                sent += many.len();
                assert!(sent < BYTES_MAX, "it is read without end");
            }
        });
        closed.await.expect("the connection is given up");
    })
    .await;
}

#[tokio::test]
async fn pings_in_heaps_cost_one_pong_and_the_next_message_is_served() {
    let mut house = House::open().await;
    let target = house.voice.bound().sip_tcp;
    let mut other = Telephone::new(house.sip(), "0814").await;
    let options = other.request("OPTIONS", "", "").replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    during("pings", &mut house, async move {
        let mut stream = TcpStream::connect(target).await.expect("connected");
        let mut bytes = b"\r\n\r\n".repeat(250_000);
        bytes.extend_from_slice(options.as_bytes());
        let (mut reader, mut writer) = stream.split();
        let mut heard = Vec::new();
        let reading = async {
            let mut bytes = [0; 4_096];
            while !String::from_utf8_lossy(&heard).contains("SIP/2.0 200 OK") {
                let length = reader.read(&mut bytes).await.expect("read");
                assert!(length > 0, "the connection stays open");
                heard.extend_from_slice(&bytes[..length]);
            }
        };
        let (sent, read) = tokio::join!(writer.write_all(&bytes), timeout(SOON, reading));
        sent.expect("sent");
        read.expect("the message behind them is answered");
        let pongs = heard.iter().take_while(|byte| byte.is_ascii_whitespace()).count() / 2;
        assert!((1..100_000).contains(&pongs), "{pongs} pongs for 250,000 pings");
    })
    .await;
}

#[tokio::test]
async fn requests_to_calls_that_are_not_there() {
    let house = House::open().await;
    let mut caller = Telephone::new(house.sip(), "0812").await;
    caller.to = format!("<sip:112@{}>;tag=gone", house.sip());
    for method in ["BYE", "INFO", "UPDATE", "PRACK", "INVITE", "REFER", "NOTIFY", "OPTIONS", "MESSAGE"] {
        let request = caller.request(method, "", "");
        caller.send(&request).await;
        caller.response(481, method).await;
        if method == "INVITE" {
            caller.acknowledge("").await;
        }
    }
    // An ACK and responses out of nowhere get silence.
    caller.acknowledge("").await;
    caller.send("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n").await;
    assert!(caller.quiet(Duration::from_millis(300)).await);
}
