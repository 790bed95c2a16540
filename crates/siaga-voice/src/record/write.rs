//! The writer thread: one for all calls, so that no disk ever holds up the media thread. A segment counts as written when
//! fdatasync has returned. A disk that fails is reported once, the segments wait in memory, and the next one tries again.

use super::{
    SEGMENT_MS, Segment,
    format::{Header, Sealer, file_name},
};
use crate::{Event, clock, media::Codec, outbox::Outbox};
use siaga_core::{ids::CallId, time::Timestamp};
use std::{
    collections::{HashMap, VecDeque},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    iter,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    time::Duration,
};
use tokio::sync::{mpsc::Sender, oneshot};

/// Encrypted, but its head names call and time: only the program's user reads the file.
const OWNER_ONLY: u32 = 0o600;
/// Jobs that may wait: a minute of 60 calls while the disk stalls.
const JOBS_MAX: usize = 8_192;
/// Jobs worked off in one round, so that the first of them is not told too late.
const ROUND_MAX: usize = 1_024;
/// Segments of one call kept in memory while its file cannot be written (two minutes); 8 kB each. Older ones are lost, as a gap.
const WAITING_SEGMENTS_MAX: usize = 240;
/// How often a failed write is tried again when nothing else wakes the thread.
const RETRY: Duration = Duration::from_secs(1);
/// Tries to complete a file after its call is over (about a minute); then it is given up.
const CLOSE_TRIES_MAX: u32 = 60;

pub enum Job {
    Open {
        call: CallId,
        codec: Codec,
        started_at: Timestamp,
    },
    Segment {
        call: CallId,
        segment: Arc<Segment>,
    },
    Close {
        call: CallId,
    },
    /// The program ends: answered once all that was put before is on disk, or could not be brought there.
    Finish {
        done: oneshot::Sender<()>,
    },
}

/// The media thread's end. Dropping it ends the writer after its last job.
pub struct Writer {
    jobs: SyncSender<Job>,
}

impl Writer {
    pub fn start(folder: PathBuf, key: [u8; 32], events: Sender<Event>) -> io::Result<Self> {
        let (jobs, line) = sync_channel(JOBS_MAX);
        let shelf = Shelf { folder, key, events: Outbox::new(events), files: HashMap::new() };
        std::thread::Builder::new().name("recording".into()).spawn(move || shelf.run(&line))?;
        Ok(Self { jobs })
    }

    /// Never blocks. `false`: the writer does not keep up and the job is lost.
    pub fn put(&self, job: Job) -> bool {
        match self.jobs.try_send(job) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }
}

struct Open {
    header: Header,
    sealer: Sealer,
    chain: [u8; 32],
    /// Absent until the folder takes it.
    file: Option<File>,
    /// Length up to which everything is synced.
    good_bytes: u64,
    waiting: VecDeque<Arc<Segment>>,
    written: u32,
    duration_ms: u32,
    failing: bool,
    /// The call is over; tries so far to complete the file.
    closing: Option<u32>,
}

struct Shelf {
    folder: PathBuf,
    key: [u8; 32],
    events: Outbox,
    files: HashMap<CallId, Open>,
}

impl Shelf {
    fn run(mut self, line: &Receiver<Job>) {
        loop {
            let job = if self.events.is_empty() && self.files.values().all(|open| open.waiting.is_empty()) {
                line.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                line.recv_timeout(RETRY)
            };
            match job {
                Ok(job) => self.work_off(job, line),
                Err(RecvTimeoutError::Timeout) => self.retry(),
                Err(RecvTimeoutError::Disconnected) => return self.retry(),
            }
            self.events.flush();
        }
    }

    /// A round: the job and those that have piled up behind it. Each file is written and synced once for all of them, so
    /// a disk that is slow for the number of open calls catches up; all is written before the first sync is awaited, so
    /// a kill finds it in the files.
    fn work_off(&mut self, first: Job, line: &Receiver<Job>) {
        let (mut touched, mut finished) = (Vec::new(), Vec::new());
        for job in iter::once(first).chain(line.try_iter()).take(ROUND_MAX) {
            match job {
                Job::Finish { done } => finished.push(done),
                job => touched.extend(self.take(job)),
            }
        }
        self.write(touched);
        if !finished.is_empty() {
            self.retry();
            self.events.flush();
        }
        for done in finished {
            // Whoever asked may have given up waiting.
            done.send(()).ok();
        }
    }

    /// The call whose file is to be written now.
    fn take(&mut self, job: Job) -> Option<CallId> {
        match job {
            Job::Open { call, codec, started_at } => {
                let mut salt = [0; 8];
                if aws_lc_rs::rand::fill(&mut salt).is_err() {
                    self.fail(call, "no random numbers");
                    return None;
                }
                let header = Header::new(call, codec, started_at, salt);
                let (sealer, chain) = (Sealer::new(&header, &self.key), header.hash());
                self.files.entry(call).or_insert(Open {
                    header,
                    sealer,
                    chain,
                    file: None,
                    good_bytes: 0,
                    waiting: VecDeque::new(),
                    written: 0,
                    duration_ms: 0,
                    failing: false,
                    closing: None,
                });
                None
            }
            Job::Segment { call, segment } => {
                // After a long stall more than may wait stands in line: only a disk that still fails loses the oldest.
                if self.files.get(&call)?.waiting.len() == WAITING_SEGMENTS_MAX {
                    self.write(vec![call]);
                }
                let open = self.files.get_mut(&call)?;
                if open.waiting.len() == WAITING_SEGMENTS_MAX {
                    open.waiting.pop_front();
                }
                open.waiting.push_back(segment);
                Some(call)
            }
            Job::Close { call } => {
                self.files.get_mut(&call)?.closing = Some(0);
                Some(call)
            }
            Job::Finish { .. } => None,
        }
    }

    fn retry(&mut self) {
        let waiting = self.files.iter().filter(|(_, open)| !open.waiting.is_empty()).map(|(call, _)| *call).collect();
        self.write(waiting);
    }

    fn write(&mut self, mut calls: Vec<CallId>) {
        calls.sort_unstable();
        calls.dedup();
        let appended: Vec<_> = calls
            .into_iter()
            .filter_map(|call| {
                let mut open = self.files.remove(&call)?;
                let appended = open.append(&self.folder);
                Some((call, open, appended))
            })
            .collect();
        for (call, mut open, appended) in appended {
            match appended.and_then(|appended| open.sync(appended)) {
                Ok(written) => {
                    open.failing = false;
                    for (index, hash) in written {
                        self.events.send(Event::RecordingSegment { call, at: clock::now(), index, hash });
                    }
                }
                Err(error) => {
                    if !open.failing {
                        open.failing = true;
                        self.fail(call, &error.to_string());
                    }
                }
            }
            self.put_back(call, open);
        }
    }

    fn put_back(&mut self, call: CallId, mut open: Open) {
        match &mut open.closing {
            Some(_) if open.waiting.is_empty() => self.closed(call, &open),
            Some(tries) if *tries >= CLOSE_TRIES_MAX => {
                self.fail(call, "the end of the recording could not be written");
                self.closed(call, &open);
            }
            Some(tries) => {
                *tries += 1;
                self.files.insert(call, open);
            }
            None => {
                self.files.insert(call, open);
            }
        }
    }

    fn closed(&mut self, call: CallId, open: &Open) {
        if open.written == 0 {
            return;
        }
        self.events.send(Event::RecordingClosed {
            call,
            at: clock::now(),
            file: file_name(call, open.header.started_at),
            duration_ms: open.duration_ms,
            segments: open.written,
            hash: open.chain,
        });
    }

    fn fail(&mut self, call: CallId, error: &str) {
        tracing::error!(%call, error, "the recording is not written");
        self.events.send(Event::RecordingFailed { call, at: clock::now(), error: error.to_owned() });
    }
}

/// What stands in the file and is not yet known to be on the disk.
#[derive(Default)]
struct Appended {
    bytes: u64,
    chain: Option<[u8; 32]>,
    /// Index and hash of each segment.
    segments: Vec<(u32, [u8; 32])>,
}

impl Open {
    /// Writes what waits behind what is good, without waiting for the disk.
    fn append(&mut self, folder: &Path) -> io::Result<Appended> {
        if self.waiting.is_empty() {
            return Ok(Appended::default());
        }
        let file = match self.file.take() {
            Some(file) => file,
            None => self.create(folder)?,
        };
        let (mut bytes, mut chain, mut segments) = (Vec::new(), self.chain, Vec::new());
        for segment in &self.waiting {
            let (sealed, hash) = self.sealer.seal(segment, &chain);
            bytes.extend(sealed);
            chain = hash;
            segments.push((segment.index, hash));
        }
        let result = file.write_all_at(&bytes, self.good_bytes);
        self.file = Some(file);
        result.map_err(|error| self.cut_back(error))?;
        Ok(Appended { bytes: bytes.len() as u64, chain: Some(chain), segments })
    }

    /// Waits for the disk; what was appended is then good. Index and hash of each segment.
    fn sync(&mut self, appended: Appended) -> io::Result<Vec<(u32, [u8; 32])>> {
        let (Some(file), Some(chain)) = (&self.file, appended.chain) else { return Ok(Vec::new()) };
        file.sync_data().map_err(|error| self.cut_back(error))?;
        self.good_bytes += appended.bytes;
        self.chain = chain;
        self.written += appended.segments.len() as u32;
        if let Some(last) = self.waiting.back() {
            self.duration_ms = last.index * SEGMENT_MS as u32 + u32::from(last.samples) / 8;
        }
        self.waiting.clear();
        Ok(appended.segments)
    }

    /// The file ends again where it was good; the segments still wait. If that fails too, the next try writes over it.
    fn cut_back(&self, error: io::Error) -> io::Error {
        if let Some(file) = &self.file {
            file.set_len(self.good_bytes).ok();
        }
        error
    }

    fn create(&mut self, folder: &Path) -> io::Result<File> {
        let path = folder.join(file_name(self.header.call, self.header.started_at));
        let parent = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(parent)?;
        // Ours alone by its name; a shorter one is left of an earlier try.
        let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(OWNER_ONLY).open(&path)?;
        file.write_all(&self.header.to_bytes())?;
        file.sync_all()?;
        File::open(parent)?.sync_all()?;
        self.good_bytes = super::format::HEADER_BYTES as u64;
        Ok(file)
    }
}
