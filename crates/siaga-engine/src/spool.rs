//! The spool: facts that the database could not take, one JSON line each, appended and synced, written down later in
//! order. Holds personal data: readable by the program's user only.
//!
//! A line torn by a crash was never acknowledged and is cut off. Replaying a fact twice changes nothing.

use siaga_core::call::live::LiveFact;
use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

#[derive(Debug)]
pub struct Spool {
    path: PathBuf,
    file: File,
    /// Bytes that hold whole lines.
    length: u64,
    /// Bytes already written down.
    replayed: u64,
}

impl Spool {
    /// Opens or makes it. What a process before this one left is still to be replayed.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let length = u64::try_from(whole).unwrap_or(u64::MAX);
        file.set_len(length)?;
        Ok(Self { path: path.to_owned(), file, length, replayed: 0 })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replayed >= self.length
    }

    /// On the disk when it returns.
    pub fn append(&mut self, facts: &[LiveFact]) -> io::Result<()> {
        let mut text = Vec::new();
        for fact in facts {
            serde_json::to_writer(&mut text, fact)?;
            text.push(b'\n');
        }
        self.file.seek(SeekFrom::Start(self.length))?;
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // No half line may stay in front of the next one.
            self.file.set_len(self.length)?;
            return Err(error);
        }
        self.length += u64::try_from(text.len()).unwrap_or(0);
        Ok(())
    }

    /// The oldest facts not yet written down, and where they end. A line that cannot be read is set aside.
    pub fn next(&mut self, max: usize) -> io::Result<(Vec<LiveFact>, u64)> {
        let mut reader = BufReader::new(self.file.try_clone()?);
        reader.seek(SeekFrom::Start(self.replayed))?;
        let (mut facts, mut end) = (Vec::new(), self.replayed);
        while facts.len() < max && end < self.length {
            let mut line = Vec::new();
            let read = reader.read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            end += u64::try_from(read).unwrap_or(0);
            match serde_json::from_slice(&line) {
                Ok(fact) => facts.push(fact),
                Err(_) => self.set_aside(&line)?,
            }
        }
        Ok((facts, end))
    }

    /// Everything up to `end` is in the database.
    pub fn done(&mut self, end: u64) -> io::Result<()> {
        self.replayed = end;
        if self.is_empty() {
            self.file.set_len(0)?;
            self.file.sync_data()?;
            (self.length, self.replayed) = (0, 0);
        }
        Ok(())
    }

    /// What the database will never take, kept beside the spool for a person to look at.
    pub fn set_aside(&self, line: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(self.path.with_extension("rejected"))?;
        file.write_all(line)?;
        if !line.ends_with(b"\n") {
            file.write_all(b"\n")?;
        }
        file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::fresh;
    use siaga_core::{
        call::live::Fact,
        ids::{SeatId, UserId},
        time::Timestamp,
    };
    use siaga_store::testing::TestFolder;

    fn fact(seat: u16) -> LiveFact {
        let fact = Fact::SeatTaken { seat: SeatId(seat), user: UserId(fresh()) };
        LiveFact { id: fresh(), at: Timestamp(i64::from(seat)), fact }
    }

    #[test]
    fn facts_come_back_in_order_and_once_also_after_a_crash() {
        let folder = TestFolder::new();
        let path = folder.path().join("spool.jsonl");
        let facts: Vec<_> = (1..=5).map(fact).collect();
        let mut spool = Spool::open(&path).unwrap();
        assert!(spool.is_empty());
        spool.append(&facts[..2]).unwrap();
        spool.append(&facts[2..]).unwrap();
        drop(spool);
        // The process died in the middle of a line.
        let mut text = std::fs::read(&path).unwrap();
        text.extend_from_slice(b"{\"id\":\"0189");
        std::fs::write(&path, text).unwrap();

        let mut spool = Spool::open(&path).unwrap();
        let (first, end) = spool.next(3).unwrap();
        assert_eq!(first, facts[..3]);
        spool.done(end).unwrap();
        assert!(!spool.is_empty());
        spool.append(&[fact(6)]).unwrap();
        let (rest, end) = spool.next(10).unwrap();
        assert_eq!((&rest[..2], rest.len()), (&facts[3..], 3));
        spool.done(end).unwrap();
        assert!(spool.is_empty());
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
        assert!(!path.with_extension("rejected").exists(), "nothing was unreadable");
    }

    #[test]
    fn an_unreadable_line_is_set_aside_and_holds_nobody_up() {
        let folder = TestFolder::new();
        let path = folder.path().join("spool.jsonl");
        std::fs::write(&path, b"not a fact\n").unwrap();
        let mut spool = Spool::open(&path).unwrap();
        let good = fact(1);
        spool.append(std::slice::from_ref(&good)).unwrap();
        let (facts, _) = spool.next(10).unwrap();
        assert_eq!(facts, [good]);
        assert_eq!(std::fs::read(path.with_extension("rejected")).unwrap(), b"not a fact\n");
    }
}
