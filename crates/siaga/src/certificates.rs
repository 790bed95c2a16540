//! The city's own certificate authority: one root for ten years, server certificates for a year, all in `tls/` of the
//! data folder, readable by this user only.

use crate::data_folder::write_private;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use std::{
    fs,
    net::IpAddr,
    path::{Path, PathBuf},
};
use x509_parser::{extensions::GeneralName, pem::parse_x509_pem};

/// Browsers refuse server certificates that live longer than 398 days.
const SERVER_DAYS: i64 = 397;
/// The root is installed by hand on every PC: ten years.
const ROOT_DAYS: i64 = 3_650;
/// Clocks of old PCs run behind: certificates begin a day early.
const EARLY_DAYS: i64 = 1;

#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{0} exists already. Every PC that knows it would have to learn a new one: add --force to replace it")]
    RootExists(PathBuf),
    #[error("there is no authority in {0}. Make one with siaga cert init")]
    NoRoot(PathBuf),
    #[error("{0} is no name and no IP address that can stand in a certificate")]
    BadName(String),
    #[error("certificate: {0}")]
    Made(#[from] rcgen::Error),
    #[error("{0} cannot be read as a certificate")]
    Unreadable(PathBuf),
}

/// Where the files are.
pub struct Place(PathBuf);

impl Place {
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self(data.join("tls"))
    }
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.0.join("root.crt")
    }
    fn root_key(&self) -> PathBuf {
        self.0.join("root.key")
    }
    #[must_use]
    pub fn server(&self) -> PathBuf {
        self.0.join("server.crt")
    }
    #[must_use]
    pub fn server_key(&self) -> PathBuf {
        self.0.join("server.key")
    }
}

/// What to do with an authority that is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    Keep,
    Replace,
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> CertificateError + '_ {
    move |source| CertificateError::Io { path: path.to_owned(), source }
}

fn named(common_name: &str, days: i64) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.distinguished_name.push(DnType::OrganizationName, "Siaga 112");
    let now = time::OffsetDateTime::now_utc();
    params.not_before = now - time::Duration::days(EARLY_DAYS);
    params.not_after = now + time::Duration::days(days);
    params
}

/// Makes the authority of a city.
pub fn init(place: &Place, city: &str, existing: Existing) -> Result<(), CertificateError> {
    if existing == Existing::Keep && place.root().exists() {
        return Err(CertificateError::RootExists(place.root()));
    }
    fs::create_dir_all(&place.0).map_err(at(&place.0))?;
    let mut params = named(&format!("Siaga 112 {city}"), ROOT_DAYS);
    // It signs servers, no further authorities.
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate()?;
    let root = params.self_signed(&key)?;
    write_private(&place.root_key(), key.serialize_pem().as_bytes()).map_err(at(&place.root_key()))?;
    write_private(&place.root(), root.pem().as_bytes()).map_err(at(&place.root()))
}

/// Issues a server certificate for these names and addresses.
pub fn issue(place: &Place, names: &[String]) -> Result<(), CertificateError> {
    let read = |path: PathBuf| fs::read_to_string(&path).map_err(|_| CertificateError::NoRoot(place.0.clone()));
    let issuer = Issuer::from_ca_cert_pem(&read(place.root())?, KeyPair::from_pem(&read(place.root_key())?)?)?;
    for name in names {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
        if !plain {
            return Err(CertificateError::BadName(name.clone()));
        }
    }
    let mut params = named(names.first().map_or("siaga", String::as_str), SERVER_DAYS);
    params.subject_alt_names = CertificateParams::new(names)?.subject_alt_names;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let server = params.signed_by(&key, &issuer)?;
    // The key first: who reads between the two writes finds a pair that does not fit and keeps the old one.
    write_private(&place.server_key(), key.serialize_pem().as_bytes()).map_err(at(&place.server_key()))?;
    let chain = format!("{}{}", server.pem(), read(place.root())?);
    write_private(&place.server(), chain.as_bytes()).map_err(at(&place.server()))
}

/// What a certificate says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    pub subject: String,
    pub names: Vec<String>,
    /// Unix seconds.
    pub not_after: i64,
    pub fingerprint: String,
}

impl Shown {
    /// Whole days from `now` (Unix seconds) until it ends; negative: it has ended.
    #[must_use]
    pub fn days_left(&self, now: i64) -> i64 {
        (self.not_after - now).div_euclid(86_400)
    }
}

/// Reads the first certificate of a PEM file.
pub fn show(path: &Path) -> Result<Shown, CertificateError> {
    let text = fs::read_to_string(path).map_err(at(path))?;
    let unreadable = || CertificateError::Unreadable(path.to_owned());
    let (_, pem) = parse_x509_pem(text.as_bytes()).map_err(|_| unreadable())?;
    let certificate = pem.parse_x509().map_err(|_| unreadable())?;
    let names = certificate.subject_alternative_name().ok().flatten();
    let names = names.map(|names| names.value.general_names.iter().filter_map(plain).collect()).unwrap_or_default();
    let first = text.find("-----END CERTIFICATE-----").map_or(text.as_str(), |end| &text[..end]);
    Ok(Shown {
        subject: certificate.subject().to_string(),
        names,
        not_after: certificate.validity().not_after.timestamp(),
        fingerprint: siaga_web::public_page::fingerprint(first),
    })
}

fn plain(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match *bytes {
            [a, b, c, d] => Some(IpAddr::from([*a, *b, *c, *d]).to_string()),
            bytes => <[u8; 16]>::try_from(bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::TestFolder;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_authority_signs_servers_and_is_not_replaced_by_accident() {
        let folder = TestFolder::new();
        let place = Place::new(folder.path());
        assert!(matches!(issue(&place, &["localhost".into()]), Err(CertificateError::NoRoot(_))));
        init(&place, "Kota Uji", Existing::Keep).expect("made");
        let root = show(&place.root()).expect("readable");
        assert!(root.subject.contains("Siaga 112 Kota Uji"), "{}", root.subject);
        assert!(matches!(init(&place, "Kota Uji", Existing::Keep), Err(CertificateError::RootExists(_))));
        assert_eq!(show(&place.root()).expect("readable"), root);

        issue(&place, &["siaga.local".into(), "10.0.0.5".into(), "::1".into()]).expect("issued");
        let server = show(&place.server()).expect("readable");
        assert_eq!(server.names, ["siaga.local", "10.0.0.5", "::1"]);
        let now = time::OffsetDateTime::now_utc().unix_timestamp();
        assert!((395..=397).contains(&server.days_left(now)), "{}", server.days_left(now));
        assert!(root.days_left(now) > 3_600);
        for path in [place.root_key(), place.server_key()] {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
        }
        for bad in ["", "a b", "ümlaut", "x/y"] {
            assert!(matches!(issue(&place, &[bad.to_owned()]), Err(CertificateError::BadName(_))), "{bad}");
        }
        init(&place, "Kota Uji", Existing::Replace).expect("replaced");
        assert_ne!(show(&place.root()).expect("readable").fingerprint, root.fingerprint);
    }
}
