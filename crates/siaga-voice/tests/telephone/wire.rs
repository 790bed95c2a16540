//! A telephone's line over a stream: messages cut out of whatever arrives.

use super::{Heard, SOON};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

pub struct Line<S> {
    stream: S,
    held: String,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    pub fn over(stream: S) -> Self {
        Self { stream, held: String::new() }
    }

    pub async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.expect("sent");
        self.stream.flush().await.expect("sent");
    }

    pub async fn next(&mut self) -> Heard {
        timeout(SOON, async {
            loop {
                if let Some(head) = self.held.find("\r\n\r\n") {
                    let length: usize = Heard(self.held.clone())
                        .header("Content-Length")
                        .map_or(0, |value| value.parse().expect("a number"));
                    if self.held.len() >= head + 4 + length {
                        let rest = self.held.split_off(head + 4 + length);
                        return Heard(std::mem::replace(&mut self.held, rest));
                    }
                }
                let mut bytes = [0; 4_096];
                let length = self.stream.read(&mut bytes).await.expect("read");
                assert!(length > 0, "the connection stays open");
                self.held.push_str(std::str::from_utf8(&bytes[..length]).expect("text"));
            }
        })
        .await
        .expect("something comes")
    }

    pub async fn response(&mut self, status: u16, method: &str) -> Heard {
        loop {
            let heard = self.next().await;
            if heard.status() == Some(status) && heard.header("CSeq").is_some_and(|value| value.ends_with(method)) {
                return heard;
            }
        }
    }

    pub async fn request(&mut self, method: &str) -> Heard {
        loop {
            let heard = self.next().await;
            if heard.method() == method {
                return heard;
            }
        }
    }
}
