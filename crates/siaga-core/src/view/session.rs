//! Who is signed in, accounts, first start.

use crate::{ids::UserId, role::Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Body of `POST /api/session`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignIn {
    pub user: String,
    pub password: String,
    /// Six digits, when the account has a second factor.
    #[serde(default)]
    pub totp: Option<String>,
}

/// Answer of `GET /api/session`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Me {
    pub user_id: UserId,
    /// Sign-in name.
    pub user: String,
    pub display_name: String,
    pub role: Role,
    /// The account has a second factor.
    pub totp: bool,
    pub city: String,
    /// The program runs with demo data and known passwords: every screen says so.
    pub demo: bool,
}

/// One account as the administrator sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Account {
    pub user_id: UserId,
    pub user: String,
    pub display_name: String,
    pub role: Role,
    pub totp: bool,
    pub disabled: bool,
}

/// Body of `POST /api/users`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewAccount {
    pub user: String,
    pub display_name: String,
    pub role: Role,
    pub password: String,
}

/// Body of `PATCH /api/users/{id}`; what is absent stays. A mistyped name would change nothing and look done: refused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct AccountChange {
    pub display_name: Option<String>,
    pub role: Option<Role>,
    pub password: Option<String>,
    pub disabled: Option<bool>,
    /// Take the second factor away (lost telephone).
    pub remove_totp: Option<bool>,
}

/// Answer of `POST /api/me/totp`: shown once, confirmed by `POST /api/me/totp/confirm {code}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TotpOffer {
    pub secret: String,
    pub otpauth_url: String,
}

/// Body of `POST /api/me/totp/confirm`: the code that the telephone shows for the new secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TotpConfirm {
    pub code: String,
}

/// Body of `DELETE /api/me/totp`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TotpRemove {
    /// The own password once more: an unlocked console is not a person.
    pub password: String,
}

/// Body of `POST /api/me/password`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PasswordChange {
    pub current: String,
    pub new: String,
}

/// Answer of `GET /api/health`, open to all: what the sign-in page must know.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Health {
    pub ok: bool,
    pub version: String,
    pub demo: bool,
    /// No account exists yet: the one-time link must be used.
    pub needs_setup: bool,
    pub city: String,
    /// In the demo: the accounts that can sign in, shown on the sign-in page. Empty elsewhere.
    pub demo_accounts: Vec<DemoAccount>,
}

/// A known account of the demo city.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DemoAccount {
    pub user: String,
    pub password: String,
    pub role: Role,
}

/// Body of `POST /api/setup`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Setup {
    /// From the one-time link `/mulai#TOKEN`.
    pub token: String,
    pub user: String,
    pub display_name: String,
    pub password: String,
    /// The text of a city file (TOML); absent: the built-in Kota Serang.
    #[serde(default)]
    pub city_toml: Option<String>,
}

/// Every error body: RFC 9457 problem details, words in Indonesian that say what to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// A stable key, for example `wrong_password`, `totp_needed`, `forbidden`, `conflict`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong with which field of a form, where the request was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub fields: Option<BTreeMap<String, String>>,
}
