//! The voices of ended calls, decoded for an ear: from the encrypted files into memory, never to another file.

use crate::{Answer, Problem, Web};
use siaga_core::{ids::CallId, timeline::Piece};
use siaga_voice::record::{self, RecordError};
use std::path::PathBuf;
use tokio::sync::Semaphore;

/// Recordings decoded at once: an hour of call is 120 MB of sound, and the machine must answer calls meanwhile.
const DECODED_AT_ONCE_MAX: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(DECODED_AT_ONCE_MAX);

/// Samples of one millisecond.
const SAMPLES_PER_MS: usize = 8;

/// What was recorded of a call.
pub struct Voices {
    /// All of it in one piece.
    pub sound: record::Recording,
    /// The pieces it was put together from.
    pub pieces: Vec<Piece>,
}

/// How long a recording is, ms.
#[must_use]
pub fn duration_ms(recording: &record::Recording) -> u32 {
    u32::try_from(recording.caller.len() / SAMPLES_PER_MS).unwrap_or(u32::MAX)
}

/// All of a call that was recorded.
///
/// # Errors
/// 404 where nothing was recorded or the file is gone.
pub async fn of_call(web: &Web, call: CallId) -> Answer<Voices> {
    let files = web.store.recordings_of(call).await?;
    let paths: Vec<PathBuf> = files.iter().map(|file| web.recordings.folder.join(&file.file)).collect();
    let _turn = TURNS.acquire().await.map_err(|error| Problem::internal(&error))?;
    let key = web.recordings.key;
    let read = move || paths.iter().map(|path| record::read(path, &key)).collect::<Result<Vec<_>, RecordError>>();
    let parts = match tokio::task::spawn_blocking(read).await {
        Ok(Ok(parts)) => parts,
        Ok(Err(RecordError::File { error, .. })) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(missing("Berkas rekaman hilang dari folder data. Sampaikan kepada administrator."));
        }
        Ok(Err(error)) => return Err(Problem::internal(&error)),
        Err(error) => return Err(Problem::internal(&error)),
    };
    let piece = |one: &record::Recording| Piece { started_at: one.started_at, duration_ms: duration_ms(one) };
    let pieces = parts.iter().map(piece).collect();
    let joined = parts.into_iter().reduce(|mut all, part| {
        all.caller.extend(part.caller);
        all.desk.extend(part.desk);
        all.segments += part.segments;
        all.intact &= part.intact;
        all
    });
    let sound = joined.ok_or_else(|| missing("Panggilan ini tidak direkam, atau belum selesai."))?;
    Ok(Voices { sound, pieces })
}

fn missing(detail: &str) -> Problem {
    Problem::not_found("Rekaman").detail(detail)
}
