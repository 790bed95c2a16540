//! Photos of responders and callers: the bytes as a file named by the id, the row and its event in one transaction.
//!
//! The file is on the disk before the row says so; a file without a row (a crash between the two) is never shown.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    tx::{execute, fetch_one, fetch_optional},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use siaga_core::{
    ids::{AssignmentId, AttachmentId, IncidentId},
    photo::PhotoKind,
    time::Timestamp,
};
use std::path::{Path, PathBuf};
use tokio::{fs, io::AsyncWriteExt};
use uuid::Uuid;

/// Photos of one assignment: a link in wrong hands must not fill the disk.
pub const PHOTOS_MAX: i64 = 20;
/// A photo shows people and places, and its bytes are not encrypted: only the program's user reads the file.
const OWNER_ONLY: u32 = 0o600;

/// Why a photo was not kept.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PhotoError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the incident is closed")]
    Closed,
    #[error("there are as many photos as one assignment may have")]
    TooMany,
    /// The disk, not the database.
    #[error("the file was not written: {0}")]
    Disk(String),
}

/// A photo as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub mime: String,
    pub file: PathBuf,
}

impl Store {
    /// Keeps a photo whose kind and size were checked; gives its incident. The same bytes twice on one assignment are
    /// one photo: telephones send again after a lost answer.
    ///
    /// # Errors
    /// [`PhotoError`].
    pub async fn photo_keep(
        &self,
        folder: &Path,
        assignment: AssignmentId,
        kind: PhotoKind,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<(AttachmentId, IncidentId), PhotoError> {
        let hash = Sha256::digest(bytes).to_vec();
        let id = AttachmentId(Uuid::now_v7());
        let file = format!("{id}.{}", kind.extension());
        let path = folder.join(&file);
        write_whole(folder, &path, bytes).await.map_err(|error| PhotoError::Disk(error.to_string()))?;
        let kept = self.photo_row(assignment, id, kind, (&file, bytes.len(), &hash), now).await;
        if !matches!(kept, Ok((kept, _)) if kept == id) {
            // a file without a row harms nobody; what counts is the row
            if let Err(error) = fs::remove_file(&path).await {
                tracing::warn!(%error, "a photo that was not kept stays on the disk");
            }
        }
        kept
    }

    async fn photo_row(
        &self,
        assignment: AssignmentId,
        id: AttachmentId,
        kind: PhotoKind,
        (file, bytes, hash): (&str, usize, &Vec<u8>),
        now: Timestamp,
    ) -> Result<(AttachmentId, IncidentId), PhotoError> {
        let mut tx = self.begin().await?;
        let (incident, closed_at) = fetch_one!(
            tx,
            (Uuid, Option<i64>),
            "SELECT a.incident_id, i.closed_at FROM assignment a JOIN incident own ON own.incident_id = a.incident_id
                  JOIN incident i ON i.incident_id = COALESCE(own.root, own.incident_id)
             WHERE a.assignment_id = $1",
            assignment.0
        )?;
        let same = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT attachment_id FROM attachment WHERE assignment_id = $1 AND hash = $2",
            assignment.0,
            hash
        )?;
        if let Some((same,)) = same {
            return Ok((AttachmentId(same), IncidentId(incident)));
        }
        if closed_at.is_some() {
            return Err(PhotoError::Closed);
        }
        let (count,) =
            fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM attachment WHERE assignment_id = $1", assignment.0)?;
        if count >= PHOTOS_MAX {
            return Err(PhotoError::TooMany);
        }
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        execute!(
            tx,
            "INSERT INTO attachment (attachment_id, assignment_id, incident_id, at, mime, bytes, hash, file)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id.0,
            assignment.0,
            incident,
            now.0,
            kind.mime(),
            bytes,
            hash,
            file
        )?;
        execute!(tx, "UPDATE incident SET revision = revision + 1 WHERE incident_id = $1", incident)?;
        let event = NewEvent {
            incident: Some(IncidentId(incident)),
            body: json!({ "attachment_id": id, "assignment_id": assignment, "bytes": bytes, "sha256": hex::encode(hash) }),
            ..NewEvent::new(Uuid::now_v7(), now, "PhotoKept")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok((id, IncidentId(incident)))
    }

    /// Where a photo lies.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn photo(&self, folder: &Path, id: AttachmentId) -> Result<Photo, StoreError> {
        let mut tx = self.read().await?;
        let (mime, file) = fetch_one!(
            tx,
            (String, String),
            "SELECT mime, file FROM attachment WHERE attachment_id = $1
             UNION ALL SELECT photo_mime, photo_file FROM caller_line WHERE photo_id = $1",
            id.0
        )?;
        Ok(Photo { mime, file: folder.join(file) })
    }
}

/// The whole file or none: written beside, synced, renamed, and the folder synced.
pub(crate) async fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder).await?;
    let beside = path.with_extension("part");
    let mut private = fs::OpenOptions::new();
    private.write(true).create(true).truncate(true).mode(OWNER_ONLY);
    let mut file = private.open(&beside).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    fs::rename(&beside, path).await?;
    fs::File::open(folder).await?.sync_all().await
}
