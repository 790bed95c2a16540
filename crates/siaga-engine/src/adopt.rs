//! Recordings without a row: the program stopped before it could say that a recording was complete. Looks at the
//! folder and at the store and writes down the difference; takes no other input. Run it before the telephone side
//! starts, while no recording is being written.

use crate::clock;
use siaga_core::call::live::{Fact, LiveFact};
use siaga_store::{Store, StoreError};
use siaga_voice::record::{self, RecordError};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The ending of a recording's file name.
const ENDING: &str = "siarec";
/// Samples of one millisecond.
const SAMPLES_PER_MS: usize = 8;

/// Writes down each recording in the folder that the store does not know; gives how many.
///
/// # Errors
/// [`StoreError::Gone`]. A file that cannot be read is left, and named in the log.
pub async fn adopt_recordings(store: &Store, folder: &Path, key: [u8; 32]) -> Result<usize, StoreError> {
    let root = folder.to_owned();
    let files = tokio::task::spawn_blocking(move || files_of(&root)).await.unwrap_or_default();
    let mut facts = Vec::new();
    for file in files {
        if store.recording_is_known(&file).await? {
            continue;
        }
        let (path, name) = (folder.join(&file), file.clone());
        match tokio::task::spawn_blocking(move || fact(&path, name, &key)).await {
            Ok(Ok(Some(fact))) => facts.push(LiveFact { id: Uuid::now_v7(), at: clock::now(), fact }),
            Ok(Ok(None)) => {}
            Ok(Err(error)) => tracing::warn!(file, %error, "a recording without a row cannot be read"),
            Err(error) => tracing::error!(file, %error, "reading a recording without a row failed"),
        }
    }
    if !facts.is_empty() {
        store.write_live(&facts).await?;
    }
    Ok(facts.len())
}

/// The recording as far as it holds; nothing where not one second was written.
fn fact(path: &Path, file: String, key: &[u8; 32]) -> Result<Option<Fact>, RecordError> {
    let proof = record::verify(path, key)?;
    let sound = record::read(path, key)?;
    let duration_ms = u32::try_from(sound.caller.len() / SAMPLES_PER_MS).unwrap_or(u32::MAX);
    let recorded = Fact::Recorded { call: sound.call, file, duration_ms, segments: proof.segments, hash: proof.hash };
    Ok((proof.segments > 0).then_some(recorded))
}

/// Recordings under a folder, as paths inside it, sorted.
fn files_of(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
    while let Some((path, inside)) = folders.pop() {
        // A folder that is not there yet holds nothing.
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push((entry.path(), name)),
                Ok(kind) if kind.is_file() && Path::new(&name).extension().is_some_and(|e| e == ENDING) => {
                    found.push(name);
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests;
