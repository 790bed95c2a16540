//! Ids: the one place of the engine that makes them. UUID version 7 (RFC 9562), so that rows lie in the order of time.

use siaga_core::desk::IdSource;
use uuid::Uuid;

/// Never the same twice.
#[derive(Clone, Copy, Debug, Default)]
pub struct FreshIds;

impl IdSource for FreshIds {
    fn next_id(&mut self) -> Uuid {
        Uuid::now_v7()
    }
}

/// One id.
#[must_use]
pub fn fresh() -> Uuid {
    FreshIds.next_id()
}
