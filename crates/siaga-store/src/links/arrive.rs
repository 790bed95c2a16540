//! What a caller sends: positions, lines, photos. Sent twice it is there once.

use super::{LinkError, LinkToken};
use crate::{
    Store, StoreError, Tx,
    attachments::write_whole,
    events::{self, NewEvent},
    tx::{execute, fetch_one, fetch_optional, row},
    words::Word,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use siaga_core::{
    desk::Position,
    ids::{AttachmentId, CallId, LineId, LinkId},
    link::{self, AML_MATCH_MS, LINES_MAX, LINK_VALID_MS, PHOTOS_MAX, POSITIONS_MAX},
    location::PositionSource,
    photo::PhotoKind,
    time::Timestamp,
};
use std::path::Path;
use tokio::fs;
use uuid::Uuid;

/// A link that lives.
#[derive(Clone, PartialEq, Debug)]
pub struct OpenLink {
    pub link: LinkId,
    pub call: CallId,
    /// E.164.
    pub number: String,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    /// The caller's page asked before.
    pub opened: bool,
}

/// When something was done, and when it came.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub at: Timestamp,
    pub now: Timestamp,
}

row! {
    struct LinkRow {
        link_id: Uuid,
        call_id: Uuid,
        number: String,
        made_at: i64,
        expires_at: i64,
        opened_at: Option<i64>,
    }
}

/// Whose a position is.
pub(super) struct Place<'a> {
    pub call: Option<Uuid>,
    pub number: Option<&'a str>,
    pub source: PositionSource,
}

pub(super) async fn put_position(
    tx: &mut Tx,
    id: Uuid,
    place: Place<'_>,
    position: &Position,
    (at, received_at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    execute!(
        *tx,
        "INSERT INTO caller_position (position_id, call_id, number, source, lat, lng, radius_m, at, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        place.call,
        place.number,
        place.source.word(),
        position.latitude,
        position.longitude,
        position.radius_m,
        at.0,
        received_at.0
    )?;
    Ok(())
}

impl Store {
    /// The link of a token, while it lives; `None`: unknown or over.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn link_open(&self, token: &LinkToken, now: Timestamp) -> Result<Option<OpenLink>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            LinkRow,
            "SELECT link_id, call_id, number, made_at, expires_at, opened_at FROM location_link
             WHERE token_hash = $1 AND expires_at > $2",
            token.hash(),
            now.0
        )?;
        Ok(row.map(|row| OpenLink {
            link: LinkId(row.link_id),
            call: CallId(row.call_id),
            number: row.number,
            made_at: Timestamp(row.made_at),
            expires_at: Timestamp(row.expires_at),
            opened: row.opened_at.is_some(),
        }))
    }

    /// The caller's page asked for the first time: gives whether it is the first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn link_opened(&self, link: &OpenLink, now: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "UPDATE location_link SET opened_at = $2 WHERE link_id = $1 AND opened_at IS NULL";
        if execute!(tx, sql, link.link.0, now.0)? == 0 {
            return Ok(false);
        }
        note(&mut tx, link.call, now, "LocationLinkOpened", json!({ "link_id": link.link })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// A position that the person sent.
    ///
    /// # Errors
    /// [`LinkError::TooMany`].
    pub async fn link_located(&self, link: &OpenLink, position: &Position, told: Told) -> Result<(), LinkError> {
        let mut tx = self.begin().await?;
        let (count,) = fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM caller_position WHERE number = $1 AND received_at > $2",
            &link.number,
            told.now.plus_ms(-LINK_VALID_MS).0
        )?;
        if count >= POSITIONS_MAX {
            return Err(LinkError::TooMany);
        }
        let id = Uuid::now_v7();
        let place = Place { call: Some(link.call.0), number: Some(&link.number), source: PositionSource::Link };
        put_position(&mut tx, id, place, position, (told.at, told.now)).await?;
        let body = json!({ "position_id": id, "source": PositionSource::Link, "radius_m": position.radius_m });
        note(&mut tx, link.call, told.now, "CallerLocated", body).await?;
        Ok(tx.commit().await?)
    }

    /// A position that the telephone of this number (E.164) sent by itself; gives the call it belongs to. Without one
    /// it waits for its call.
    ///
    /// # Errors
    /// [`LinkError::TooMany`].
    pub async fn aml_located(
        &self,
        number: &str,
        position: &Position,
        told: Told,
    ) -> Result<Option<CallId>, LinkError> {
        let mut tx = self.begin().await?;
        let (count,) = fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM caller_position WHERE number = $1 AND received_at > $2",
            number,
            told.now.plus_ms(-LINK_VALID_MS).0
        )?;
        if count >= POSITIONS_MAX {
            return Err(LinkError::TooMany);
        }
        let call = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT call_id FROM call WHERE number = $1 AND direction = 'incoming' AND offered_at BETWEEN $2 AND $3
             ORDER BY offered_at DESC LIMIT 1",
            number,
            told.at.plus_ms(-AML_MATCH_MS).0,
            told.now.0
        )?;
        let (call, id) = (call.map(|(call,)| CallId(call)), Uuid::now_v7());
        let place = Place { call: call.map(|call| call.0), number: Some(number), source: PositionSource::Aml };
        put_position(&mut tx, id, place, position, (told.at, told.now)).await?;
        let event = NewEvent {
            call,
            body: json!({ "position_id": id, "source": PositionSource::Aml, "radius_m": position.radius_m }),
            ..NewEvent::new(Uuid::now_v7(), told.now, "CallerLocated")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(call)
    }

    /// A line that the caller wrote; gives whether it is new.
    ///
    /// # Errors
    /// [`LinkError::Line`], [`LinkError::TooMany`].
    pub async fn link_said(&self, link: &OpenLink, id: LineId, text: &str, told: Told) -> Result<bool, LinkError> {
        let text = link::line(text).ok_or(LinkError::Line)?;
        let mut tx = self.begin().await?;
        if fetch_optional!(tx, (Uuid,), "SELECT call_id FROM caller_line WHERE line_id = $1", id.0)?.is_some() {
            return Ok(false);
        }
        let sql = "SELECT COUNT(*) FROM caller_line WHERE number = $1 AND by_user IS NULL AND at > $2";
        let (count,) = fetch_one!(tx, (i64,), sql, &link.number, told.now.plus_ms(-LINK_VALID_MS).0)?;
        if count >= LINES_MAX {
            return Err(LinkError::TooMany);
        }
        execute!(
            tx,
            "INSERT INTO caller_line (line_id, call_id, number, at, by_name, text) VALUES ($1, $2, $3, $4, '', $5)",
            id.0,
            link.call.0,
            &link.number,
            told.at.0,
            &text
        )?;
        note(&mut tx, link.call, told.now, "CallerWrote", json!({ "line_id": id, "sha256": digest(text.as_bytes()) }))
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// A photo whose kind and size were checked; gives whether it is new. The same bytes twice are one photo.
    ///
    /// # Errors
    /// [`LinkError::TooMany`], [`LinkError::Disk`].
    pub async fn link_photo(
        &self,
        folder: &Path,
        link: &OpenLink,
        kind: PhotoKind,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<bool, LinkError> {
        let id = AttachmentId(Uuid::now_v7());
        let file = format!("{id}.{}", kind.extension());
        let path = folder.join(&file);
        write_whole(folder, &path, bytes).await.map_err(|error| LinkError::Disk(error.to_string()))?;
        let kept = self.link_photo_row(link, id, (kind, &file), bytes, now).await;
        if !matches!(kept, Ok(true))
            && let Err(error) = fs::remove_file(&path).await
        {
            tracing::warn!(%error, "a caller's photo that was not kept stays on the disk");
        }
        kept
    }

    async fn link_photo_row(
        &self,
        link: &OpenLink,
        id: AttachmentId,
        (kind, file): (PhotoKind, &str),
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<bool, LinkError> {
        let hash = Sha256::digest(bytes).to_vec();
        let mut tx = self.begin().await?;
        let same = "SELECT line_id FROM caller_line WHERE call_id = $1 AND photo_hash = $2";
        if fetch_optional!(tx, (Uuid,), same, link.call.0, &hash)?.is_some() {
            return Ok(false);
        }
        let sql = "SELECT COUNT(*) FROM caller_line WHERE call_id = $1 AND photo_id IS NOT NULL";
        if fetch_one!(tx, (i64,), sql, link.call.0)?.0 >= PHOTOS_MAX {
            return Err(LinkError::TooMany);
        }
        execute!(
            tx,
            "INSERT INTO caller_line (line_id, call_id, number, at, by_name, text, photo_id, photo_mime, photo_hash,
                 photo_file)
             VALUES ($1, $2, $3, $4, '', '', $5, $6, $7, $8)",
            Uuid::now_v7(),
            link.call.0,
            &link.number,
            now.0,
            id.0,
            kind.mime(),
            &hash,
            file
        )?;
        let body = json!({ "attachment_id": id, "bytes": bytes.len(), "sha256": hex::encode(&hash) });
        note(&mut tx, link.call, now, "PhotoKept", body).await?;
        tx.commit().await?;
        Ok(true)
    }
}

pub(super) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// An event of the caller's own doing.
async fn note(
    tx: &mut Tx,
    call: CallId,
    now: Timestamp,
    kind: &'static str,
    body: serde_json::Value,
) -> Result<(), StoreError> {
    let event = NewEvent { call: Some(call), body, ..NewEvent::new(Uuid::now_v7(), now, kind) };
    events::append(tx, event).await?;
    Ok(())
}
