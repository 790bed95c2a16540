//! `/api/attachments`: photos of crews.

pub mod get;
