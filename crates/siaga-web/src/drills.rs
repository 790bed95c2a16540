//! A running drill: the simulator as a child process that rings this very program, and who ends it. The calls are ended
//! by their simulated callers, who hang up when their input is closed; never by a rule of ours.

use crate::{Problem, Web};
use serde_json::json;
use siaga_core::{
    desk::DeskCommand,
    drill::real_waits,
    ids::{DrillId, UserId},
    time::Timestamp,
    view::{
        desk::Topic,
        drill::{DrillEnd, NewDrill},
    },
};
use siaga_engine::clock;
use siaga_store::{StoreError, incidents::Actor};
use std::{net::SocketAddr, path::PathBuf, process::Stdio, sync::Arc, time::Duration};
use tokio::{
    io::AsyncWriteExt,
    process::{Child, ChildStdin, Command},
    sync::Mutex,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often it is looked at while nothing changes.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// The last callers of a drill talk this long (ms) after its minutes are over; then it ends whatever they do.
const LAST_CALLS_MS: i64 = 300_000;
/// Every caller says CANCEL or BYE and waits for its answer at most 8 s.
const HANG_UP_WITHIN: Duration = Duration::from_secs(20);
/// Bytes of chance in a token: nobody guesses it in the lifetime of a drill.
const TOKEN_BYTES: usize = 16;

#[derive(Debug)]
pub struct Drills {
    program: PathBuf,
    target: SocketAddr,
    running: Mutex<Option<Running>>,
}

#[derive(Clone, Debug)]
struct Running {
    /// Cancelled by a person.
    end: CancellationToken,
    by: Arc<Mutex<Option<(UserId, String)>>>,
}

/// The simulator. Its input is kept apart from it: waiting for a child closes the input that it holds.
#[derive(Debug)]
struct Callers {
    child: Child,
    input: ChildStdin,
}

impl Drills {
    /// `program` is this program's own file, `target` where it answers SIP.
    #[must_use]
    pub fn new(program: PathBuf, target: SocketAddr) -> Self {
        Self { program, target, running: Mutex::new(None) }
    }

    /// Orders a drill and starts its callers.
    ///
    /// # Errors
    /// A [`Problem`] in words: one runs, a real caller waits, or the simulator cannot be started.
    pub async fn start(self: &Arc<Self>, web: &Web, new: NewDrill, by: Actor<'_>) -> Result<(), Problem> {
        let mut running = self.running.lock().await;
        if running.is_some() {
            return Err(
                Problem::conflict("Latihan sedang berjalan").detail("Akhiri dahulu, atau tunggu sampai selesai.")
            );
        }
        if real_waits(&web.engine.desk().borrow(), clock::now()) {
            return Err(Problem::conflict("Ada pemanggil sungguhan yang menunggu")
                .detail("Latihan baru dapat dimulai setelah semuanya dilayani."));
        }
        let (drill, now) = (DrillId(Uuid::now_v7()), clock::now());
        web.store.drill_order(drill, &new, by, now).await.map_err(|error| match error {
            StoreError::Conflict(_) => Problem::conflict("Latihan sedang berjalan"),
            other => other.into(),
        })?;
        let tokens: Vec<String> = (0..new.calls).map(|_| token()).collect();
        let until = now.plus_ms(i64::from(new.minutes) * 60_000 + LAST_CALLS_MS);
        let command = DeskCommand::OrderDrill { drill, tokens: tokens.clone(), until };
        if let Err(refusal) = web.engine.ask(command).await {
            self.close(web, drill, DrillEnd::Broken, None).await;
            return Err(refusal.into());
        }
        let started = self.callers(&new, &tokens).await;
        let callers = match started {
            Ok(callers) => callers,
            Err(error) => {
                self.close(web, drill, DrillEnd::Broken, None).await;
                return Err(Problem::internal(&error));
            }
        };
        let one = Running { end: CancellationToken::new(), by: Arc::default() };
        *running = Some(one.clone());
        drop(running);
        let (drills, web) = (Arc::clone(self), web.clone());
        tokio::spawn(async move { drills.watch(&web, drill, callers, one, until).await });
        Ok(())
    }

    /// A person ends it; the callers hang up at once.
    pub async fn end(&self, by: Actor<'_>) {
        let running = self.running.lock().await;
        if let Some(running) = running.as_ref() {
            *running.by.lock().await = Some((by.user, by.name.to_owned()));
            running.end.cancel();
        }
    }

    async fn callers(&self, new: &NewDrill, tokens: &[String]) -> std::io::Result<Callers> {
        let callers = new.scenario.callers(new.calls);
        let apart_ms = u64::from(new.minutes) * 60_000 / u64::from(new.calls.max(1));
        let calls: Vec<_> = (0_u64..)
            .zip(callers.iter().zip(tokens))
            .map(|(nth, (caller, token))| json!({ "token": token, "kind": caller, "at_ms": nth * apart_ms }))
            .collect();
        let mut command = Command::new(&self.program);
        command.args(["sim", "drill", "--target", &self.target.to_string()]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let plan = format!("{}\n", json!({ "calls": calls }));
        // Over its input, not its arguments: those can be read by everybody on this machine.
        let mut input = child.stdin.take().ok_or(std::io::ErrorKind::BrokenPipe)?;
        input.write_all(plan.as_bytes()).await?;
        input.flush().await?;
        Ok(Callers { child, input })
    }

    /// Until every call is over, a real caller waits, a person ends it, or its time is up.
    async fn watch(&self, web: &Web, drill: DrillId, mut callers: Callers, running: Running, until: Timestamp) {
        let mut desk = web.engine.desk();
        let why = loop {
            tokio::select! {
                _ = callers.child.wait() => break DrillEnd::Done,
                () = running.end.cancelled() => break DrillEnd::Person,
                _ = desk.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            let now = clock::now();
            if real_waits(&desk.borrow(), now) {
                break DrillEnd::RealCall;
            }
            if now >= until {
                break DrillEnd::Done;
            }
        };
        hang_up(callers).await;
        let by = running.by.lock().await.clone();
        self.close(web, drill, why, by).await;
        *self.running.lock().await = None;
    }

    async fn close(&self, web: &Web, drill: DrillId, why: DrillEnd, by: Option<(UserId, String)>) {
        if let Err(refusal) = web.engine.ask(DeskCommand::CloseDrill { drill }).await {
            tracing::warn!(?refusal, "the desk keeps tokens of a drill that is over; they run out");
        }
        let actor = by.as_ref().map(|(user, name)| Actor { user: *user, name });
        if let Err(error) = web.store.drill_end(drill, why, actor, clock::now()).await {
            tracing::error!(%error, "the end of a drill is not written down; the next start does it");
        }
        web.changes.tell(Topic::Drills, None);
    }
}

/// Closes the callers' input: they hang up and go.
async fn hang_up(callers: Callers) {
    let Callers { mut child, input } = callers;
    drop(input);
    if tokio::time::timeout(HANG_UP_WITHIN, child.wait()).await.is_err() {
        tracing::warn!("a drill's callers did not go in time and are killed");
        if let Err(error) = child.kill().await {
            tracing::error!(%error, "a drill's callers cannot be killed");
        }
    }
}

/// Stands as the Call-ID of the simulated call's INVITE.
fn token() -> String {
    format!("latihan-{}", hex::encode(rand::random::<[u8; TOKEN_BYTES]>()))
}
