//! Passwords: argon2id, and the two rules that help (length, not your own name). No composition rules: they make
//! people write passwords down (NIST SP 800-63B).

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Shortest password, characters.
pub const PASSWORD_MIN: usize = 10;
/// Longest password, bytes: enough for any sentence, too short to be used as a load.
pub const PASSWORD_MAX: usize = 256;
/// Hashes at the same time: each takes 19 MiB and a core for some 20 ms, and calls go first.
const HASHING_AT_ONCE: usize = 2;

/// Room taken for each hash, of which only the 19 MiB are touched. What is this large glibc takes from the kernel and gives
/// straight back (its threshold for that grows to 32 MiB at most); smaller pieces would stay with the threads that took
/// them, 20 MB for each sign-in.
const ROOM_BYTES: usize = 33 << 20;

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

fn derive(argon2: &Argon2<'_>, password: &str, salt: &[u8], length: usize) -> Result<Output, password_hash::Error> {
    let blocks = argon2.params().block_count();
    let mut memory = Vec::with_capacity(blocks.max(ROOM_BYTES / Block::SIZE));
    memory.resize(blocks, Block::new());
    let mut out = [0; Output::MAX_LENGTH];
    let out = out.get_mut(..length).ok_or(password_hash::Error::OutputSize)?;
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut memory)?;
    Ok(Output::new(out)?)
}

fn hash_now(password: &str) -> Result<String, password_hash::Error> {
    let (argon2, salt) = (Argon2::default(), Salt::generate());
    let hash = derive(&argon2, password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
    let stored = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params())?,
        salt: Some(salt),
        hash: Some(hash),
    };
    Ok(stored.to_string())
}

/// With the parameters of the stored one, which an older version may have chosen.
fn verify_now(password: &str, stored: &str) -> Result<bool, password_hash::Error> {
    let stored = PasswordHash::new(stored)?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str())?;
    let version = stored.version.map(Version::try_from).transpose()?.unwrap_or_default();
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&stored)?);
    let (Some(salt), Some(hash)) = (stored.salt, stored.hash) else { return Ok(false) };
    // `Output` is compared in constant time.
    Ok(derive(&argon2, password, &salt, hash.len())? == hash)
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
        Some(stored) => verify_now(&password, &stored).unwrap_or(false),
        None => {
            // What comes of it does not matter, only its time.
            let _ = verify_now(&password, &NOBODY);
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
    async fn the_texts_are_those_of_argon2_itself() {
        use argon2::{PasswordHasher, PasswordVerifier};
        let (password, argon2) = ("padang rumput hijau", Argon2::default());
        let theirs = argon2.hash_password(password.as_bytes()).expect("hashed").to_string();
        assert!(verify(password.to_owned(), Some(theirs)).await);
        let ours = hash(password.to_owned()).await;
        assert!(argon2.verify_password(password.as_bytes(), ours.as_str()).is_ok());
        let weaker =
            Argon2::new(Algorithm::Argon2d, Version::V0x10, Params::new(64, 1, 1, Some(16)).expect("in range"));
        let old = weaker.hash_password(password.as_bytes()).expect("hashed").to_string();
        assert!(verify(password.to_owned(), Some(old.clone())).await, "of other parameters too");
        assert!(!verify("padang rumput".to_owned(), Some(old)).await);
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
