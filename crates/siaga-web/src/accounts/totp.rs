//! The second factor: six digits every 30 s (RFC 6238), each code once.

use crate::Problem;
use axum::http::StatusCode;
use siaga_core::time::Timestamp;
use totp_rs::{Builder, Secret, Totp};

/// Steps of 30 s that a telephone's clock may be off, each way.
const SKEW_STEPS: u16 = 1;

/// A new secret for a telephone: what the store keeps and what the person sees once.
pub struct Fresh {
    pub secret: Vec<u8>,
    pub base32: String,
    pub url: String,
}

/// Makes a secret for this sign-in name.
#[must_use]
pub fn fresh(name: &str) -> Fresh {
    let secret = Secret::generate().as_bytes().to_vec();
    let totp = build(&secret, name);
    let url = totp.to_url().expect("because the name was cleaned of colons");
    Fresh { base32: totp.secret().to_base32(), url, secret }
}

/// The step that the code belongs to, if it is right and later than the last one used.
#[must_use]
pub fn check(secret: &[u8], code: &str, last_step: i64, now: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.0 / 1_000_000).ok()?;
    let step = i64::try_from(build(secret, "siaga").check(&code, seconds)?).ok()?;
    (step > last_step).then_some(step)
}

/// The folder's key is not the one that sealed this account's secret (a database moved without its folder).
pub fn unreadable() -> Problem {
    tracing::error!("a second factor cannot be opened: recording.key does not belong to this database");
    Problem::new(StatusCode::CONFLICT, "totp_unreadable", "Verifikasi dua langkah akun ini tidak dapat dibaca")
        .detail("Minta administrator menghapus verifikasi dua langkah akun ini, lalu pasang kembali.")
}

fn build(secret: &[u8], name: &str) -> Totp {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_skew(SKEW_STEPS)
        .with_account_name(name.replace(':', "."))
        .with_issuer(Some("Siaga 112"))
        .build()
        .expect("because a secret of 20 bytes and six digits fit the RFC")
}

#[cfg(test)]
pub(crate) fn code_at(secret: &[u8], now: Timestamp) -> String {
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap();
    build(secret, "siaga").generate(seconds).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_around_its_time_and_once() {
        let secret = fresh("siti").secret;
        let now = Timestamp(1_790_000_000_000_000);
        let code = code_at(&secret, now);
        let step = check(&secret, &code, 0, now).expect("the right code");
        assert_eq!(check(&secret, &code, step, now), None, "used once");
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert!(check(&secret, &spaced, 0, now.plus_ms(29_000)).is_some());
        assert_eq!(check(&secret, &code, 0, now.plus_ms(120_000)), None, "too old");
        assert_eq!(check(&secret, "", 0, now), None);
        assert_eq!(check(&secret, "12345", 0, now), None);
        assert_eq!(check(&fresh("siti").secret, &code, 0, now), None, "another secret");
    }

    #[test]
    fn the_url_names_us_and_the_person() {
        let fresh = fresh("siti:a");
        assert!(fresh.url.starts_with("otpauth://totp/"), "{}", fresh.url);
        assert!(fresh.url.contains("Siaga") && fresh.url.contains("siti.a"), "{}", fresh.url);
        assert_eq!(fresh.secret.len(), 20);
    }
}
