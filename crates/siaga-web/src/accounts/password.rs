//! Passwords: argon2id, and the two rules that help (length, not your own name). No composition rules: they make
//! people write passwords down (NIST SP 800-63B).

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Shortest password, characters.
pub const PASSWORD_MIN: usize = 10;
/// Longest password, bytes: enough for any sentence, too short to be used as a load.
pub const PASSWORD_MAX: usize = 256;
/// Hashes at the same time: each takes 19 MiB and a core for some 20 ms, and calls go first.
const HASHING_AT_ONCE: usize = 2;

static HASHING: Semaphore = Semaphore::const_new(HASHING_AT_ONCE);

/// Checked where no account is, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now("nobody has this password").expect("because the parameters are argon2's own"));

/// Why a new password is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WeakPassword {
    #[error("Kata sandi paling sedikit {PASSWORD_MIN} huruf")]
    TooShort,
    #[error("Kata sandi paling panjang {PASSWORD_MAX} huruf")]
    TooLong,
    #[error("Kata sandi tidak boleh sama dengan nama")]
    IsTheName,
}

/// A new password against the rules. `names` are the sign-in name and the shown name.
pub fn check_new(password: &str, names: [&str; 2]) -> Result<(), WeakPassword> {
    if password.chars().count() < PASSWORD_MIN {
        return Err(WeakPassword::TooShort);
    }
    if password.len() > PASSWORD_MAX {
        return Err(WeakPassword::TooLong);
    }
    if names.iter().any(|name| name.trim().to_lowercase() == password.trim().to_lowercase()) {
        return Err(WeakPassword::IsTheName);
    }
    Ok(())
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

fn verify_now(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The PHC text to store. Runs beside the async threads.
pub async fn hash(password: String) -> String {
    let _turn = HASHING.acquire().await.expect("because the semaphore is never closed");
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .expect("because hashing does not panic")
        .expect("because the parameters are argon2's own and the length is checked")
}

/// Whether the password fits. `None` (no such account) costs the same time and is always wrong.
pub async fn verify(password: String, stored: Option<String>) -> bool {
    if password.len() > PASSWORD_MAX {
        return false;
    }
    let _turn = HASHING.acquire().await.expect("because the semaphore is never closed");
    tokio::task::spawn_blocking(move || match stored {
        Some(stored) => verify_now(&password, &stored),
        None => {
            verify_now(&password, &NOBODY);
            false
        }
    })
    .await
    .expect("because verifying does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, expected: Result<(), WeakPassword>) {
        assert_eq!(check_new(password, ["petugas.satu", "Siti Aminah Putri"]), expected, "{password}");
    }

    #[test]
    fn rules() {
        check("sembilan9", Err(WeakPassword::TooShort));
        check("sepuluh 10", Ok(()));
        check("éééééééééé", Ok(()));
        check("Petugas.Satu", Err(WeakPassword::IsTheName));
        check(" siti aminah putri", Err(WeakPassword::IsTheName));
        check(&"a".repeat(PASSWORD_MAX), Ok(()));
        check(&"a".repeat(PASSWORD_MAX + 1), Err(WeakPassword::TooLong));
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let stored = hash("padang rumput hijau".to_owned()).await;
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("padang rumput hijau".to_owned(), Some(stored.clone())).await);
        assert!(!verify("padang rumput hijaU".to_owned(), Some(stored.clone())).await);
        assert!(!verify(String::new(), Some(stored)).await);
        assert!(!verify("nobody has this password".to_owned(), None).await);
        assert!(!verify("x".to_owned(), Some("not a hash".to_owned())).await);
    }
}
