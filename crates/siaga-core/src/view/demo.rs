//! The demo city's callers: a separate process that rings 112 with voices.

use serde::{Deserialize, Serialize};

/// `GET /api/demo/callers`; body and answer of `POST`. Exists only in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DemoCallers {
    pub on: bool,
    /// New calls a minute, on average; 0.1 to 120.
    pub per_minute: f64,
}
