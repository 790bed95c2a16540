//! What the screens are told: callers with all that went to and fro, and the caller's own page.

use super::OpenLink;
use crate::{
    Store, StoreError,
    tx::{fetch_all, fetch_optional, row},
    words::Word,
};
use siaga_core::{
    city::City,
    desk::Position,
    ids::{AttachmentId, CallId, LineId, LinkId},
    link::{LINK_VALID_MS, refusal_in},
    location::{Located, PositionSource, best},
    phone::Number,
    time::Timestamp,
    view::{
        link::{CallerLine, LinkPage, LinkThread, LinkView, PageLine, PositionView},
        outbox::DeliveryState,
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one kind that a list looks at: far more than a city's callers send in two hours.
const ROWS_MAX: i64 = 2_000;

/// Which callers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ThreadsOf {
    /// Whoever sent or was sent something while a link lives, and whoever is unread.
    Now,
    /// The caller of this call, in this call.
    Call(CallId),
}

row! {
    struct LinkRow {
        link_id: Uuid,
        call_id: Uuid,
        number: String,
        made_at: i64,
        expires_at: i64,
        opened_at: Option<i64>,
        made_by: Option<Uuid>,
        by_name: Option<String>,
        state: Option<String>,
        channel: Option<String>,
    }
}

row! {
    struct PositionRow {
        call_id: Uuid,
        number: Option<String>,
        source: String,
        lat: f64,
        lng: f64,
        radius_m: f64,
        at: i64,
    }
}

row! {
    struct LineRow {
        line_id: Uuid,
        call_id: Uuid,
        number: String,
        at: i64,
        by_user: Option<Uuid>,
        by_name: String,
        text: String,
        photo_id: Option<Uuid>,
        read_at: Option<i64>,
    }
}

/// One caller while it is gathered.
#[derive(Default)]
struct Gathered {
    calls: Vec<(i64, CallId)>,
    link: Option<LinkView>,
    positions: Vec<Located>,
    lines: Vec<CallerLine>,
    unread: u32,
}

impl Gathered {
    fn call(&mut self, at: i64, call: Uuid) {
        self.calls.push((at, CallId(call)));
    }
}

impl Store {
    /// Callers, those with something unread first, then the newest.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn link_threads(
        &self,
        of: ThreadsOf,
        city: &City,
        now: Timestamp,
    ) -> Result<Vec<LinkThread>, StoreError> {
        let (from, only) = match of {
            ThreadsOf::Now => (now.plus_ms(-LINK_VALID_MS).0, None),
            ThreadsOf::Call(call) => (0, Some(call.0)),
        };
        let mut tx = self.read().await?;
        let links = fetch_all!(
            tx,
            LinkRow,
            "SELECT l.link_id, l.call_id, l.number, l.made_at, l.expires_at, l.opened_at, l.made_by,
                    a.display_name AS by_name, o.state, o.channel
             FROM location_link l LEFT JOIN account a ON a.user_id = l.made_by LEFT JOIN outbox o ON o.link_id = l.link_id
             WHERE l.made_at >= $1 AND (l.call_id = $2 OR $2 IS NULL) ORDER BY l.made_at DESC LIMIT $3",
            from,
            only,
            ROWS_MAX
        )?;
        let positions = fetch_all!(
            tx,
            PositionRow,
            "SELECT call_id, number, source, lat, lng, radius_m, at FROM caller_position
             WHERE received_at >= $1 AND call_id IS NOT NULL AND (call_id = $2 OR $2 IS NULL)
             ORDER BY received_at DESC LIMIT $3",
            from,
            only,
            ROWS_MAX
        )?;
        let lines = fetch_all!(
            tx,
            LineRow,
            "SELECT line_id, call_id, number, at, by_user, by_name, text, photo_id, read_at FROM caller_line
             WHERE (at >= $1 OR (by_user IS NULL AND read_at IS NULL)) AND (call_id = $2 OR $2 IS NULL)
             ORDER BY at DESC, line_id DESC LIMIT $3",
            from,
            only,
            ROWS_MAX
        )?;
        // A caller is a number; without one, a call.
        let mut callers: BTreeMap<(String, Uuid), Gathered> = BTreeMap::new();
        let of_call = |number: Option<String>, call: Uuid| match number {
            Some(number) => (number, Uuid::nil()),
            None => (String::new(), call),
        };
        for row in links {
            let caller = callers.entry(of_call(Some(row.number.clone()), row.call_id)).or_default();
            caller.call(row.made_at, row.call_id);
            if caller.link.is_none() {
                caller.link = Some(link_view(row)?);
            }
        }
        for row in positions {
            let caller = callers.entry(of_call(row.number.clone(), row.call_id)).or_default();
            caller.call(row.at, row.call_id);
            let position = Position { latitude: row.lat, longitude: row.lng, radius_m: row.radius_m };
            caller.positions.push(Located {
                position,
                source: PositionSource::read(&row.source)?,
                at: Timestamp(row.at),
            });
        }
        for row in lines.into_iter().rev() {
            let caller = callers.entry(of_call(Some(row.number.clone()), row.call_id)).or_default();
            caller.call(row.at, row.call_id);
            let unread = row.by_user.is_none() && row.read_at.is_none();
            caller.unread += u32::from(unread);
            caller.lines.push(CallerLine {
                line_id: LineId(row.line_id),
                at: Timestamp(row.at),
                by: row.by_user.map(|_| row.by_name),
                text: row.text,
                photo: row.photo_id.map(AttachmentId),
                read: !unread,
            });
        }
        let mut threads: Vec<LinkThread> =
            callers.into_iter().filter_map(|((number, _), caller)| thread(&number, caller, city)).collect();
        threads.sort_by_key(|one| (one.unread == 0, std::cmp::Reverse(one.call_id)));
        Ok(threads)
    }

    /// The caller's own page.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn link_page(&self, link: &OpenLink, now: Timestamp) -> Result<LinkPage, StoreError> {
        let since = link.made_at.plus_ms(-LINK_VALID_MS).0;
        let mut tx = self.read().await?;
        let lines = fetch_all!(
            tx,
            LineRow,
            "SELECT line_id, call_id, number, at, by_user, by_name, text, photo_id, read_at FROM caller_line
             WHERE number = $1 AND at >= $2 ORDER BY at, line_id LIMIT $3",
            &link.number,
            since,
            ROWS_MAX
        )?;
        let best = fetch_optional!(
            tx,
            (f64,),
            "SELECT radius_m FROM caller_position WHERE number = $1 AND source = 'link' AND received_at >= $2 AND radius_m > 0
             ORDER BY radius_m LIMIT 1",
            &link.number,
            link.made_at.0
        )?;
        let lines = lines.into_iter().map(|row| PageLine {
            line_id: LineId(row.line_id),
            at: Timestamp(row.at),
            mine: row.by_user.is_none(),
            text: row.text,
            photo: row.photo_id.is_some(),
            read: row.read_at.is_some(),
        });
        Ok(LinkPage {
            now,
            expires_at: link.expires_at,
            lines: lines.collect(),
            radius_m: best.map(|(radius,)| radius),
        })
    }
}

fn link_view(row: LinkRow) -> Result<LinkView, StoreError> {
    Ok(LinkView {
        link_id: LinkId(row.link_id),
        sent_at: Timestamp(row.made_at),
        sent_by: row.made_by.map(|_| row.by_name.unwrap_or_default()),
        expires_at: Timestamp(row.expires_at),
        opened_at: row.opened_at.map(Timestamp),
        delivery: row.state.as_deref().map_or(Ok(DeliveryState::Waiting), crate::outbox::state_of)?,
        channel: row.channel.unwrap_or_default(),
    })
}

fn thread(number: &str, mut caller: Gathered, city: &City) -> Option<LinkThread> {
    caller.calls.sort_unstable();
    let newest = caller.calls.last()?.1;
    let mut calls: Vec<CallId> = caller.calls.into_iter().map(|(_, call)| call).collect();
    calls.sort_unstable();
    calls.dedup();
    let number = Number::from_e164(number);
    Some(LinkThread {
        call_id: newest,
        calls,
        no_link: refusal_in(city, number.as_ref()),
        number: number.map(|number| number.show()),
        link: caller.link,
        position: best(caller.positions, city.region().as_ref()).map(PositionView::from),
        lines: caller.lines,
        unread: caller.unread,
    })
}
