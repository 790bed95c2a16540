//! The demo's callers as a child process, so that the page can start and stop what a stranger would start in a second
//! window. Ends with the server.

use siaga_core::view::demo::DemoCallers as Wanted;
use std::{net::SocketAddr, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    process::{Child, Command},
    sync::Mutex,
};

/// More would only make a small machine's demo stutter.
pub const PER_MINUTE: std::ops::RangeInclusive<f64> = 0.1..=120.0;
/// A call every quarter of a minute: enough to see, few enough to read.
const PER_MINUTE_FIRST: f64 = 4.0;
/// One call in twenty is real: a newcomer meets one within minutes. Published centres see one in a hundred or fewer.
const REAL_SHARE: &str = "0.05";

/// Every caller says CANCEL or BYE and waits for its answer at most 8 s.
const HANG_UP_WITHIN: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub struct DemoCallers {
    program: PathBuf,
    target: SocketAddr,
    running: Mutex<Running>,
}

#[derive(Debug)]
struct Running {
    child: Option<Child>,
    per_minute: f64,
}

impl DemoCallers {
    /// `program` is this program's own file, `target` where it answers SIP.
    #[must_use]
    pub fn new(program: PathBuf, target: SocketAddr) -> Self {
        Self { program, target, running: Mutex::new(Running { child: None, per_minute: PER_MINUTE_FIRST }) }
    }

    pub async fn state(&self) -> Wanted {
        let mut running = self.running.lock().await;
        Wanted { on: running.alive(), per_minute: running.per_minute }
    }

    /// Starts, stops or changes the rate; what was running ends first.
    ///
    /// # Errors
    /// When the process cannot be started.
    pub async fn set(&self, wanted: Wanted) -> std::io::Result<Wanted> {
        let mut running = self.running.lock().await;
        if let Some(child) = running.child.take() {
            tokio::spawn(hang_up(child));
        }
        running.per_minute = wanted.per_minute;
        if wanted.on {
            let mut command = Command::new(&self.program);
            command.args(["sim", "callers", "--target", &self.target.to_string(), "--real", REAL_SHARE]);
            command.args([
                "--per-minute",
                &wanted.per_minute.to_string(),
                "--seed",
                &rand::random::<u32>().to_string(),
            ]);
            command.arg("--until-closed");
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
            running.child = Some(command.spawn()?);
        }
        Ok(wanted)
    }
}

/// Closes the callers' standard input: they hang up and go. They would go with this process too.
async fn hang_up(mut child: Child) {
    drop(child.stdin.take());
    if tokio::time::timeout(HANG_UP_WITHIN, child.wait()).await.is_err() {
        tracing::warn!("the demo's callers did not go in time and are killed");
        if let Err(error) = child.kill().await {
            tracing::error!(%error, "the demo's callers cannot be killed");
        }
    }
}

impl Running {
    fn alive(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn callers_start_once_change_and_stop() {
        // A program that takes any argument, and notes that it went because its input was closed.
        let folder = siaga_store::testing::TestFolder::new();
        let (program, gone) = (folder.path().join("callers"), folder.path().join("gone"));
        std::fs::write(&program, format!("#!/bin/sh\ncat\necho gone >>{}\n", gone.display())).unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let callers = DemoCallers::new(program, ([127, 0, 0, 1], 5060).into());
        assert!(!callers.state().await.on);
        callers.set(Wanted { on: true, per_minute: 6.0 }).await.unwrap();
        let first = callers.running.lock().await.child.as_ref().and_then(Child::id);
        assert!(callers.state().await.on);
        callers.set(Wanted { on: true, per_minute: 8.0 }).await.unwrap();
        let second = callers.running.lock().await.child.as_ref().and_then(Child::id);
        assert_ne!(first, second, "the first process was ended");
        callers.set(Wanted { on: false, per_minute: 8.0 }).await.unwrap();
        assert_eq!(callers.state().await, Wanted { on: false, per_minute: 8.0 });
        let both_went = async {
            while std::fs::read_to_string(&gone).unwrap_or_default().lines().count() < 2 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), both_went).await.expect("both hung up, neither was killed");
    }
}
