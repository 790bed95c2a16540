//! Digest authentication towards a trunk (RFC 7616, 8760): who we are, when it asks. Pure.

use super::guard::lexis;
use crate::config::Credentials;
use md5::Md5;
use sha2::{Digest, Sha256, digest::Output};

/// What the far end wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    /// As it was written, to be written back.
    algorithm: Option<String>,
    hash: Hash,
    /// `auth` is offered; without any `qop` the old form of RFC 2069 is asked for.
    has_qop: bool,
    /// The last answer was right but its nonce too old.
    pub is_stale: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hash {
    Md5,
    Sha256,
}

impl Challenge {
    /// The first challenge that we can answer: the far end names them in its order of preference (RFC 8760 2.4).
    pub fn choose<'a>(values: impl Iterator<Item = &'a str>) -> Option<Self> {
        values.filter_map(Self::read).next()
    }

    fn read(value: &str) -> Option<Self> {
        let (scheme, rest) = value.trim().split_once(char::is_whitespace)?;
        if !scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let fields: Vec<(String, String)> = lexis::split(rest, ',')
            .filter_map(|part| {
                let (name, value) = part.split_once('=')?;
                Some((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
            })
            .collect();
        let field = |name: &str| fields.iter().find(|(has, _)| has == name).map(|(_, value)| value.clone());
        let algorithm = field("algorithm");
        let hash = match algorithm.as_deref().map(str::to_ascii_uppercase).as_deref() {
            None | Some("MD5") => Hash::Md5,
            Some("SHA-256") => Hash::Sha256,
            Some(_) => return None,
        };
        let qop = field("qop");
        let has_qop = qop.is_some();
        if qop.is_some_and(|list| !list.split(',').any(|one| one.trim().eq_ignore_ascii_case("auth"))) {
            return None;
        }
        Some(Self {
            realm: field("realm")?,
            nonce: field("nonce")?,
            opaque: field("opaque"),
            algorithm,
            hash,
            has_qop,
            is_stale: field("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }

    /// The value of Authorization or Proxy-Authorization. `cnonce`: fresh for each answer.
    pub fn answer(&self, credentials: &Credentials, method: &str, uri: &str, cnonce: &str) -> String {
        const COUNT: &str = "00000001";
        let hash = |text: &str| match self.hash {
            Hash::Md5 => hex::encode::<Output<Md5>>(Md5::digest(text)),
            Hash::Sha256 => hex::encode::<Output<Sha256>>(Sha256::digest(text)),
        };
        let secret = hash(&format!("{}:{}:{}", credentials.user, self.realm, credentials.password));
        let request = hash(&format!("{method}:{uri}"));
        let response = if self.has_qop {
            hash(&format!("{secret}:{}:{COUNT}:{cnonce}:auth:{request}", self.nonce))
        } else {
            hash(&format!("{secret}:{}:{request}", self.nonce))
        };
        let mut text = format!(
            "Digest username={}, realm={}, nonce={}, uri=\"{uri}\", response=\"{response}\"",
            quoted(&credentials.user),
            quoted(&self.realm),
            quoted(&self.nonce)
        );
        if let Some(algorithm) = &self.algorithm {
            text.push_str(&format!(", algorithm={algorithm}"));
        }
        if let Some(opaque) = &self.opaque {
            text.push_str(&format!(", opaque={}", quoted(opaque)));
        }
        if self.has_qop {
            // Bare, as RFC 7616 3.4 has it: some far ends refuse quotes here.
            text.push_str(&format!(", qop=auth, nc={COUNT}, cnonce=\"{cnonce}\""));
        }
        text
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return text.to_string() };
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        out.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const CNONCE: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    fn answer(challenge: &str) -> String {
        let credentials = Credentials { user: "Mufasa".into(), password: "Circle of Life".into() };
        Challenge::choose([challenge].into_iter()).expect("readable").answer(
            &credentials,
            "GET",
            "/dir/index.html",
            CNONCE,
        )
    }

    /// The examples of RFC 7616 3.9.1.
    #[test]
    fn the_rfcs_own_examples() {
        let rest = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", \
                    nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        let sha = answer(&format!("Digest {rest}, algorithm=SHA-256"));
        assert!(sha.contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""), "{sha}");
        assert!(sha.contains(", algorithm=SHA-256,") && sha.contains(", qop=auth, nc=00000001, cnonce=\""), "{sha}");
        let md5 = answer(&format!("Digest {rest}, algorithm=MD5"));
        assert!(md5.contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""), "{md5}");
    }

    #[test]
    fn the_first_challenge_we_know_is_answered() {
        let challenge = |values: &[&str]| Challenge::choose(values.iter().copied());
        let [sha512, sha256, md5, int] = [
            "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-512-256",
            "Digest realm=\"a, b\", nonce=\"2\", algorithm=sha-256",
            "Digest realm=\"a\", nonce=\"3\"",
            "Digest realm=\"a\", nonce=\"4\", qop=\"auth-int\"",
        ];
        let nonce = |values: &[&str]| challenge(values).map(|challenge| challenge.nonce);
        assert_eq!(nonce(&[sha512, sha256, md5]).as_deref(), Some("2"));
        assert_eq!(nonce(&[md5, sha256]).as_deref(), Some("3"));
        assert_eq!(nonce(&[int, sha512]), None);
        assert_eq!(nonce(&["Basic realm=\"a\"", "Digest", "", "Digest nonce=5"]), None);
        assert_eq!(challenge(&[sha256]).map(|challenge| challenge.realm).as_deref(), Some("a, b"));
        let quoted = challenge(&["Digest realm=\"a \\\"b\\\"\", nonce=n"]).expect("readable");
        assert_eq!(quoted.realm, "a \"b\"");
        let stale = challenge(&["Digest realm=a, nonce=n, stale=TRUE"]).expect("readable");
        assert!(stale.is_stale);
    }

    #[test]
    fn without_qop_the_old_form_is_used() {
        let text = answer("Digest realm=\"a\", nonce=\"n\"");
        assert!(!text.contains("qop") && !text.contains("cnonce") && !text.contains("algorithm"), "{text}");
    }
}
