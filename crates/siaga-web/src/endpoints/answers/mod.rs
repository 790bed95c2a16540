//! `/api/calls/{id}/answers`, `/api/incidents/{id}/answers`: what question cards asked, and what was answered.

pub mod of_call;
pub mod of_incident;
pub mod post;
