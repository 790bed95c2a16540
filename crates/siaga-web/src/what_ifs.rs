//! *Bagaimana bila*: a centre's own day with other seats, played by the simulator as a child process. Its arithmetic takes
//! seconds of one processor; beside calls it runs in a process of its own, which the system may put behind them.

use crate::runs::{Broken, Run, Runs};
use serde::Deserialize;
use serde_json::json;
use siaga_core::{
    policy::Policy,
    view::report::{
        Report,
        what_if::{WhatIfFindings, WhatIfView},
    },
};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::Command,
};
use uuid::Uuid;

/// Longest run: it takes about ten seconds of a processor that has nothing else to do.
const RUN_WITHIN: Duration = Duration::from_secs(300);

type WhatIf = Run<(), WhatIfFindings>;

/// The runs of this process.
#[derive(Default)]
pub struct WhatIfs(Runs<(), WhatIfFindings>);

/// A line that the simulator writes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Progress { done: u32, total: u32 },
    Findings { findings: Box<WhatIfFindings> },
}

fn view(run: &WhatIf) -> WhatIfView {
    let progress = run.progress();
    WhatIfView {
        what_if_id: run.id.to_string(),
        state: progress.state,
        done: progress.done,
        total: progress.total,
        findings: progress.findings,
    }
}

impl WhatIfs {
    /// Starts a run of `program`, this program's own file; `None` while another one runs.
    pub fn begin(&self, program: PathBuf, report: Report, seats: &[u16], policy: Arc<Policy>) -> Option<WhatIfView> {
        let seats = seats.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
        let run = self.0.begin((), RUN_WITHIN, |run| async move {
            // Over its input, not its arguments: those can be read by everybody on this machine.
            let asked = json!({ "report": report, "policy": *policy }).to_string();
            play(&program, &run, &asked, &seats).await
        });
        run.map(|run| view(&run))
    }

    #[must_use]
    pub fn view(&self, id: Uuid) -> Option<WhatIfView> {
        self.0.find(id).map(|run| view(&run))
    }

    /// Stops a run; unknown and ended ones are left alone.
    pub fn cancel(&self, id: Uuid) {
        self.0.cancel(id);
    }
}

async fn play(program: &Path, run: &WhatIf, asked: &str, seats: &str) -> Result<WhatIfFindings, Broken> {
    let broken = |error: std::io::Error| Broken(format!("the simulator: {error}"));
    let mut command = Command::new(program);
    command.args(["sim", "staffing", "--json", "--seats", seats]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().map_err(broken)?;
    let input = child.stdin.take();
    let output = child.stdout.take().ok_or_else(|| Broken("the simulator has no output".to_owned()))?;
    if let Some(mut input) = input {
        input.write_all(asked.as_bytes()).await.map_err(broken)?;
        input.shutdown().await.map_err(broken)?;
    }
    let mut lines = BufReader::new(output).lines();
    let mut found = None;
    while let Some(line) = lines.next_line().await.map_err(broken)? {
        match serde_json::from_str(&line) {
            Ok(Line::Progress { done, total }) => run.at(done, total),
            Ok(Line::Findings { findings }) => found = Some(*findings),
            Err(error) => return Err(Broken(format!("the simulator wrote what nobody understands: {error}"))),
        }
    }
    let status = child.wait().await.map_err(broken)?;
    found.ok_or_else(|| Broken(format!("the simulator found nothing and ended with {status}")))
}
