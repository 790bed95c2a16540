//! `/api/outbox`: *pesan keluar*.

pub mod list;
pub mod retry;
