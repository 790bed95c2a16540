//! Cuts a TCP stream into SIP messages and finds the next one again after a broken one: a trunk's single connection
//! carries every call, so one bad message must not close it.

use super::{MESSAGE_BYTES_MAX, Message, PING};

/// Ends a head.
const END: &[u8] = b"\r\n\r\n";

/// One piece of the stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A whole message, not yet inspected.
    Message(Vec<u8>),
    /// Two CRLF: answer one (RFC 5626).
    Ping,
}

/// Bytes received and not yet cut. Nothing is looked at twice, however small the pieces are that it comes in.
#[derive(Default)]
pub struct Framer {
    held: Vec<u8>,
    /// What stands before this in `held` is cut off already.
    cut: usize,
    /// A start line stands at `cut`.
    begun: bool,
    /// Bytes behind `cut` that hold no end of what is looked for: of the first line, or of the head once it has begun.
    searched: usize,
    /// Bytes that must be held before the message that has begun can be cut.
    wanted: usize,
    /// Bytes of an oversized body that are still to come and to be thrown away.
    unwanted: usize,
}

/// The largest body that is waited out and thrown away. A longer one is taken for a broken length.
const UNWANTED_MAX: usize = 1024 * 1024;

impl Framer {
    pub fn push(&mut self, bytes: &[u8]) {
        self.held.drain(..self.cut);
        self.cut = 0;
        let unwanted = self.unwanted.min(bytes.len());
        self.unwanted -= unwanted;
        self.held.extend_from_slice(&bytes[unwanted..]);
    }

    /// Part of a message waits for the rest. A lone CRLF is none: some telephones keep their line open with it.
    pub fn is_partial(&self) -> bool {
        self.unwanted > 0 || !self.rest().iter().all(u8::is_ascii_whitespace)
    }

    /// The next whole piece, if there is one.
    pub fn next_frame(&mut self) -> Option<Frame> {
        if self.rest().len() < self.wanted {
            return None;
        }
        if self.rest().starts_with(PING) {
            self.take(PING.len());
            return Some(Frame::Ping);
        }
        // A lone CR or CRLF may be the first half of a ping; anything else goes on to the message behind it.
        let blank = self.rest().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank == self.rest().len() && blank < PING.len() {
            return None;
        }
        self.take(blank);
        self.begun = self.begun || self.skip_to_start_line();
        let Some(head) = self.begun.then(|| head_length(self.rest(), self.searched)).flatten() else {
            self.searched = self.rest().len();
            // A head that does not end within the largest message is none.
            if self.searched > MESSAGE_BYTES_MAX {
                self.take(self.searched);
            }
            return None;
        };
        let length = match declared_length(&self.rest()[..head]) {
            Length::Known(length) if length <= MESSAGE_BYTES_MAX.saturating_sub(head) => {
                if self.rest().len() < head + length {
                    self.wanted = head + length;
                    return None;
                }
                length
            }
            // Too large, but honest: its head is answered, its body passed over, and the next message found behind it.
            Length::Known(length) if length <= UNWANTED_MAX => {
                let here = length.min(self.rest().len() - head);
                self.unwanted = length - here;
                let message = self.rest()[..head].to_vec();
                self.take(head + here);
                return Some(Frame::Message(message));
            }
            // Without a usable length the message ends where the next one begins.
            Length::Known(_) | Length::Broken | Length::Missing => {
                next_start_line(&self.rest()[head..]).unwrap_or(self.rest().len() - head)
            }
        };
        Some(Frame::Message(self.take(head + length).to_vec()))
    }

    fn rest(&self) -> &[u8] {
        &self.held[self.cut..]
    }

    /// Cuts off so many bytes; what is behind them is new.
    fn take(&mut self, bytes: usize) -> &[u8] {
        if bytes > 0 {
            (self.begun, self.searched, self.wanted) = (false, 0, 0);
        }
        let from = self.cut;
        self.cut += bytes;
        &self.held[from..self.cut]
    }

    /// Drops what cannot be the beginning of a message. False: its first line is not whole yet.
    fn skip_to_start_line(&mut self) -> bool {
        let rest = self.rest();
        let Some(line) = rest[self.searched..].iter().position(|&byte| byte == b'\n') else { return false };
        if !is_start_line(&rest[..self.searched + line]) {
            // Without one, the last line is kept: it may be the beginning of a start line.
            let last = || rest.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let unwanted = next_start_line(rest).unwrap_or_else(last);
            self.take(unwanted);
            if !self.rest().contains(&b'\n') {
                return false;
            }
        }
        self.searched = 0;
        true
    }
}

enum Length {
    Known(usize),
    Missing,
    Broken,
}

/// Where the head ends; its end does not lie within the bytes `searched`.
fn head_length(bytes: &[u8], searched: usize) -> Option<usize> {
    let from = searched.saturating_sub(END.len() - 1);
    bytes[from..].windows(END.len()).position(|four| four == END).map(|at| from + at + END.len())
}

fn declared_length(head: &[u8]) -> Length {
    let Some(message) = Message::read(head) else { return Length::Broken };
    match message.value("Content-Length") {
        None => Length::Missing,
        Some(value) => value.parse().map_or(Length::Broken, Length::Known),
    }
}

fn is_start_line(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\r").unwrap_or(line).to_ascii_uppercase();
    let words: Vec<&[u8]> = line.split(|&byte| byte == b' ').filter(|word| !word.is_empty()).collect();
    line.starts_with(b"SIP/2.0 ") || (words.len() >= 3 && words.last().is_some_and(|last| last.starts_with(b"SIP/")))
}

/// Where the next line that begins a message stands; the line may still lack its end.
fn next_start_line(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |feed| at + feed);
        if is_start_line(&bytes[at..end]) {
            return Some(at);
        }
        at = end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "OPTIONS sip:112@a SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 3\r\n\r\nabc";
    const TWO: &str = "OPTIONS sip:112@a SIP/2.0\r\nCall-ID: 2\r\nl: 0\r\n\r\n";

    fn check(name: &str, pieces: &[&str], expected: &[&str]) {
        let mut framer = Framer::default();
        let mut found = Vec::new();
        for piece in pieces {
            framer.push(piece.as_bytes());
            while let Some(frame) = framer.next_frame() {
                found.push(match frame {
                    Frame::Message(bytes) => String::from_utf8(bytes).expect("test text"),
                    Frame::Ping => "ping".into(),
                });
            }
        }
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn a_stream_is_cut_into_its_messages() {
        let both = format!("{ONE}{TWO}");
        let (begin, end) = both.split_at(30);
        let single: Vec<String> = both.chars().map(String::from).collect();
        let single: Vec<&str> = single.iter().map(String::as_str).collect();
        check("one", &[ONE], &[ONE]);
        check("pipelined", &[&both], &[ONE, TWO]);
        check("split", &[begin, end], &[ONE, TWO]);
        check("byte by byte", &single, &[ONE, TWO]);
        check("ping", &["\r\n\r\n", TWO], &["ping", TWO]);
        check("half a ping", &["\r\n", "\r\n"], &["ping"]);
        check("blank before", &["\r\n", ONE], &[ONE]);
        let unlimited = "OPTIONS sip:112@a SIP/2.0\r\nCall-ID: 3\r\n\r\nv=0\r\n";
        check("no length, body kept", &[&format!("{unlimited}{TWO}")], &[unlimited, TWO]);
        let huge = "OPTIONS sip:112@a SIP/2.0\r\nContent-Length: 18446744073709551615\r\n\r\n";
        check("length beyond the machine", &[&format!("{huge}{TWO}")], &[huge, TWO]);
        let negative = "OPTIONS sip:112@a SIP/2.0\r\nContent-Length: -999\r\n\r\n";
        check("negative length", &[&format!("{negative}{TWO}")], &[negative, TWO]);
        let garbage: Vec<String> = format!("{ONE}lo\r\nthere\r\n{TWO}").chars().map(String::from).collect();
        let garbage: Vec<&str> = garbage.iter().map(String::as_str).collect();
        check("garbage byte by byte", &garbage, &[ONE, TWO]);
        check("garbage before", &["hello\r\nthere\r\n", TWO], &[TWO]);
    }
}
