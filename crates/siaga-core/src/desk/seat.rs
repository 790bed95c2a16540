//! A seat: who works there and whether they can be reached. Its call and its state are derived, never stored.

use crate::{
    ids::{StationId, UserId},
    limits::{SEAT_DROP_MS, SEAT_GONE_MS, SOUND_GONE_MS},
    time::Timestamp,
};

/// The sound path of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    /// None, or its media is lost, since then.
    Down {
        id: Option<StationId>,
        since: Timestamp,
    },
    Up(StationId),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub user: UserId,
    pub display_name: String,
    pub station: Station,
    pub heartbeat_at: Timestamp,
    pub paused_since: Option<Timestamp>,
    /// The longest idle is asked first.
    pub idle_since: Timestamp,
}

impl Seat {
    #[must_use]
    pub fn new(user: UserId, display_name: String, now: Timestamp) -> Self {
        Self {
            user,
            display_name,
            station: Station::Down { id: None, since: now },
            heartbeat_at: now,
            paused_since: None,
            idle_since: now,
        }
    }

    #[must_use]
    pub fn station_up(&self) -> Option<StationId> {
        match self.station {
            Station::Up(id) => Some(id),
            Station::Down { .. } => None,
        }
    }

    /// The station bound last, up or not.
    #[must_use]
    pub fn station_bound(&self) -> Option<StationId> {
        match self.station {
            Station::Up(id) => Some(id),
            Station::Down { id, .. } => id,
        }
    }

    #[must_use]
    pub fn page_lives(&self, now: Timestamp) -> bool {
        now.ms_since(self.heartbeat_at) < SEAT_GONE_MS
    }

    /// Its person can hear and be heard.
    #[must_use]
    pub fn is_reachable(&self, now: Timestamp) -> bool {
        self.page_lives(now) && self.station_up().is_some()
    }

    /// Without another heartbeat and without a call it is given up then.
    #[must_use]
    pub fn dropped_at(&self) -> Timestamp {
        self.heartbeat_at.plus_ms(SEAT_DROP_MS)
    }

    /// Its caller must go to another seat: the sound was away for too long. A page that is silent while its sound
    /// goes on keeps the conversation; taking it away would cut a living one.
    #[must_use]
    pub fn has_lost_its_caller(&self, now: Timestamp) -> bool {
        matches!(self.station, Station::Down { since, .. } if now.ms_since(since) >= SOUND_GONE_MS)
    }
}
