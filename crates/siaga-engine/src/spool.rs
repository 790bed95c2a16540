//! The spool: every fact before the database is tried, one JSON line each; taken out when the database has it. In the
//! file at once, where no kill reaches it; synced (against a power cut) when the database is late. Holds personal data: readable by the program's user only.
//!
//! A line torn by a crash was never acknowledged and is cut off. Replaying a fact twice changes nothing.

use siaga_core::call::live::LiveFact;
use std::{
    collections::VecDeque,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Beside the spool: what the database refused.
const SET_ASIDE: &str = "rejected";

#[derive(Debug)]
pub struct Spool {
    path: PathBuf,
    file: File,
    /// Bytes that hold whole lines.
    length: u64,
    /// Bytes already written down.
    replayed: u64,
    /// Bytes that the process before this one left.
    inherited: u64,
    /// Facts that no disk takes now; behind all of the file.
    unkept: VecDeque<LiveFact>,
    /// How many facts left `unkept` so far: which fact stands first in it.
    unkept_from: u64,
    set_aside: usize,
    unsynced: bool,
}

/// The oldest facts that are not in the database, and how far they reach.
#[derive(Debug)]
pub struct Oldest {
    pub facts: Vec<LiveFact>,
    pub end: End,
}

/// A place in the spool.
#[derive(Clone, Copy, Debug)]
pub enum End {
    File(u64),
    Unkept(u64),
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn lines_of(facts: &VecDeque<LiveFact>) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for fact in facts {
        serde_json::to_writer(&mut text, fact)?;
        text.push(b'\n');
    }
    Ok(text)
}

fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

impl Spool {
    /// Opens or makes it. What a process before this one left is still to be replayed, also what the database refused
    /// then: a newer program may know better.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = private().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let length = bytes(whole);
        file.set_len(length)?;
        let mut spool = Self {
            path: path.to_owned(),
            file,
            length,
            replayed: 0,
            inherited: 0,
            unkept: VecDeque::new(),
            unkept_from: 0,
            set_aside: 0,
            unsynced: false,
        };
        spool.take_back()?;
        spool.inherited = spool.length;
        Ok(spool)
    }

    /// What was set aside stands at the end of the spool again; what is no fact stays where it is.
    fn take_back(&mut self) -> io::Result<()> {
        let aside = self.path.with_extension(SET_ASIDE);
        let text = match fs::read(&aside) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut left = Vec::new();
        let mut facts = Vec::new();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            match serde_json::from_slice(line) {
                Ok(fact) => facts.push(fact),
                Err(_) => {
                    self.set_aside += 1;
                    left.extend_from_slice(line);
                }
            }
        }
        if facts.is_empty() {
            return Ok(());
        }
        // In this order: after a crash in between they are in both, and are written once.
        self.append(facts)?;
        self.file_to_sync()?.sync_data()?;
        let new = self.path.with_extension("rejected.new");
        let mut file = private().write(true).create(true).truncate(true).open(&new)?;
        file.write_all(&left)?;
        file.sync_all()?;
        fs::rename(&new, &aside)
    }

    /// A power cut would lose something.
    #[must_use]
    pub fn is_unsynced(&self) -> bool {
        self.unsynced
    }

    /// The file, to be synced by whom waiting harms nobody.
    pub fn file_to_sync(&mut self) -> io::Result<File> {
        let file = self.file.try_clone()?;
        self.unsynced = false;
        Ok(file)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replayed >= self.length && self.unkept.is_empty()
    }

    /// Nothing of the process before this one is left in it.
    #[must_use]
    pub fn inherited_is_done(&self) -> bool {
        self.replayed >= self.inherited
    }

    /// Facts that would be lost with the process: the disk takes nothing.
    #[must_use]
    pub fn unkept(&self) -> usize {
        self.unkept.len()
    }

    /// Facts that lie beside it because the database refuses them.
    #[must_use]
    pub fn set_aside_count(&self) -> usize {
        self.set_aside
    }

    /// In the file when it returns; with an error they are held here and tried again with the next ones.
    pub fn append(&mut self, facts: Vec<LiveFact>) -> io::Result<()> {
        self.unkept.extend(facts);
        self.flush()
    }

    /// Tries again to bring to the disk what it did not take.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.unkept.is_empty() {
            return Ok(());
        }
        let text = lines_of(&self.unkept)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        let written = self.file.write_all(&text);
        if let Err(error) = written {
            // No half line may stay in front of the next one.
            self.file.set_len(self.length)?;
            return Err(error);
        }
        self.unsynced = true;
        self.length += bytes(text.len());
        self.unkept_from += bytes(self.unkept.len());
        self.unkept.clear();
        Ok(())
    }

    /// The oldest facts not yet written down; what was inherited never together with newer ones. A line that cannot be
    /// read is set aside.
    pub fn oldest(&mut self, max: usize) -> io::Result<Oldest> {
        if self.replayed >= self.length {
            let facts: Vec<_> = self.unkept.iter().take(max).cloned().collect();
            let end = End::Unkept(self.unkept_from + bytes(facts.len()));
            return Ok(Oldest { facts, end });
        }
        let until = if self.inherited_is_done() { self.length } else { self.inherited };
        let mut reader = BufReader::new(self.file.try_clone()?);
        reader.seek(SeekFrom::Start(self.replayed))?;
        let (mut facts, mut end) = (Vec::new(), self.replayed);
        while facts.len() < max && end < until {
            let mut line = Vec::new();
            let read = reader.read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            match serde_json::from_slice(&line) {
                Ok(fact) => facts.push(fact),
                // By itself: what comes again after a failed write is not set aside a second time.
                Err(_) if !facts.is_empty() => break,
                Err(_) => {
                    self.set_aside(&line)?;
                    return Ok(Oldest { facts, end: End::File(end + bytes(read)) });
                }
            }
            end += bytes(read);
        }
        Ok(Oldest { facts, end: End::File(end) })
    }

    /// Everything up to here is in the database. Not synced: what comes back after a crash is written once all the same.
    pub fn done(&mut self, end: End) -> io::Result<()> {
        match end {
            End::Unkept(end) => {
                while self.unkept_from < end && self.unkept.pop_front().is_some() {
                    self.unkept_from += 1;
                }
            }
            End::File(end) => {
                self.replayed = end;
                if self.replayed >= self.length {
                    self.file.set_len(0)?;
                    self.unsynced = false;
                    (self.length, self.replayed, self.inherited) = (0, 0, 0);
                }
            }
        }
        Ok(())
    }

    /// What the database refuses, kept beside the spool: tried again at the next start, and for a person to look at.
    pub fn set_aside(&mut self, line: &[u8]) -> io::Result<()> {
        let mut file = private().append(true).create(true).open(self.path.with_extension(SET_ASIDE))?;
        let mut line = line.to_owned();
        if !line.ends_with(b"\n") {
            line.push(b'\n');
        }
        file.write_all(&line)?;
        file.sync_data()?;
        self.set_aside += 1;
        Ok(())
    }
}

/// How many facts lie beside a spool because the database refuses them.
///
/// # Errors
/// The file is there and cannot be read.
pub fn facts_set_aside(spool: &Path) -> io::Result<usize> {
    match fs::read(spool.with_extension(SET_ASIDE)) {
        Ok(text) => Ok(text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
