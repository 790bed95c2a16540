//! `/api/assignments`: one agency on one incident.

pub mod steps;
