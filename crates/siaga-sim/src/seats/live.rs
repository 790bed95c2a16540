//! Server-sent events (WHATWG HTML, section 9.2): only the `desk` snapshots matter to a simulated seat.

use futures_util::StreamExt;
use siaga_core::view::desk::DeskView;
use tokio::sync::watch;

/// A snapshot with every card full is some 100 kB; a longer line is not ours.
const LINE_BYTES_MAX: usize = 4 << 20;

/// Publishes each snapshot until the stream ends.
pub async fn follow(response: reqwest::Response, desk: watch::Sender<Option<DeskView>>) {
    let mut stream = response.bytes_stream();
    let (mut pending, mut event) = (Vec::new(), String::new());
    while let Some(Ok(chunk)) = stream.next().await {
        pending.extend_from_slice(&chunk);
        while let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = pending.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            if let Some(name) = line.strip_prefix("event:") {
                event = name.trim().to_owned();
            } else if let (Some(data), "desk") = (line.strip_prefix("data:"), event.as_str())
                && let Ok(view) = serde_json::from_str(data.trim())
            {
                desk.send_replace(Some(view));
            }
        }
        if pending.len() > LINE_BYTES_MAX {
            return;
        }
    }
}
