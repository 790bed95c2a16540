//! `/api/map`: boundaries as they are drawn, and the sources that were imported.

pub mod get;
pub mod remove;
pub mod sources;
pub mod upload;
