//! `/api/users`: the administrator's accounts.

pub mod get;
pub mod patch;
pub mod post;

use siaga_core::view::session::Account as View;
use siaga_store::accounts::Account;

/// As the administrator sees it: no secret in it.
fn view(account: &Account) -> View {
    View {
        user_id: account.user_id,
        user: account.name.clone(),
        display_name: account.display_name.clone(),
        role: account.role,
        totp: account.totp_secret.is_some(),
        disabled: account.disabled,
    }
}
