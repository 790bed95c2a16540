//! Reports that somebody published: listed, downloaded as they were, compared with the record of today.

pub mod changes;
pub mod document;
pub mod list;
pub mod post;
