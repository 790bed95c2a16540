//! Reads the sources one after the other.

use super::{Config, ConfigError, FILE, KEYS};
use std::{fmt, io, path::Path};

/// `SIAGA_*` that are not configuration: data folder, log filter, the tests' database.
const OTHER_VARIABLES: [&str; 3] = ["SIAGA_DATA", "SIAGA_LOG", "SIAGA_TEST_PG"];
/// Keys whose values are not repeated in an error.
const SECRETS: [&str; 5] = ["database", "sip.trunk_password", "aml.key", "feed.token", "smtp.password"];
/// How alike a wrong name must be to be suggested, 0 to 1.
const ALIKE: f64 = 0.6;

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    File(String),
    Variable(String),
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) => f.write_str(name),
            Self::Variable(name) => write!(f, "environment variable {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// File, then environment, then flags. `flags` are (flag as typed, key, value).
pub fn load(
    data: &Path,
    variables: impl Iterator<Item = (String, String)>,
    flags: &[(&str, &str, String)],
) -> Result<Config, ConfigError> {
    let mut config = Config::default();
    let file = data.join(FILE);
    let name = file.display().to_string();
    match std::fs::read_to_string(&file) {
        Ok(text) => {
            for (key, value) in pairs(&name, &text)? {
                set(&mut config, Source::File(name.clone()), &key, &value)?;
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(ConfigError::File(name, error.to_string())),
    }
    for (variable, value) in variables {
        if !variable.starts_with("SIAGA_") || OTHER_VARIABLES.contains(&variable.as_str()) {
            continue;
        }
        let Some(key) = KEYS.iter().find(|key| variable_of(key.path) == variable) else {
            let nearest = nearest(&variable, KEYS.iter().map(|key| variable_of(key.path)));
            return Err(ConfigError::Unknown { origin: Source::Variable(variable.clone()), key: variable, nearest });
        };
        set(&mut config, Source::Variable(variable), key.path, &value)?;
    }
    for (flag, key, value) in flags {
        set(&mut config, Source::Flag((*flag).to_owned()), key, value)?;
    }
    if config.https_certificate.is_some() != config.https_key.is_some() {
        return Err(ConfigError::HalfCertificate);
    }
    if config.sip_tls_certificate.is_some() != config.sip_tls_key.is_some() {
        return Err(ConfigError::HalfSipCertificate);
    }
    if config.trunk_user.is_some() != config.trunk_password.is_some() {
        return Err(ConfigError::HalfCredentials);
    }
    if config.smtp_server.is_some() != config.smtp_from.is_some() {
        return Err(ConfigError::HalfMail);
    }
    if config.smtp_user.is_some() != config.smtp_password.is_some() {
        return Err(ConfigError::HalfMailCredentials);
    }
    Ok(config)
}

/// The environment variable of a key: `sip.trunk` is `SIAGA_SIP_TRUNK`.
fn variable_of(key: &str) -> String {
    format!("SIAGA_{}", key.replace('.', "_").to_uppercase())
}

fn set(config: &mut Config, origin: Source, path: &str, value: &str) -> Result<(), ConfigError> {
    let Some(key) = KEYS.iter().find(|key| key.path == path) else {
        let nearest = nearest(path, KEYS.iter().map(|key| key.path.to_owned()));
        return Err(ConfigError::Unknown { origin, key: path.to_owned(), nearest });
    };
    (key.set)(config, value).ok_or_else(|| ConfigError::Value {
        origin,
        key: path.to_owned(),
        // A database address holds a password.
        value: if SECRETS.contains(&path) { "(not shown)".to_owned() } else { value.to_owned() },
        expected: key.expected,
        example: key.example,
    })
}

fn nearest(asked: &str, known: impl Iterator<Item = String>) -> Option<String> {
    known
        .map(|name| (strsim::jaro_winkler(asked, &name), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

/// The file as `section.key` and text; a list becomes one text with commas.
fn pairs(name: &str, text: &str) -> Result<Vec<(String, String)>, ConfigError> {
    let table: toml::Table = toml::from_str(text)
        .map_err(|error| ConfigError::File(name.to_owned(), error.to_string().trim().to_owned()))?;
    let mut found = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(section) => {
                found.extend(section.into_iter().map(|(inner, value)| (format!("{key}.{inner}"), plain(&value))));
            }
            value => found.push((key, plain(&value))),
        }
    }
    Ok(found)
}

fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
