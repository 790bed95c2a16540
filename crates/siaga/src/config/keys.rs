//! The table of everything that can be set.

use super::{Config, Secret};
use siaga_engine::notify::{MailSecurity, is_sender};
use std::ops::RangeInclusive;

/// Writes a value into the configuration; `None`: it is not what was expected.
type Set = fn(&mut Config, &str) -> Option<()>;

/// One key.
pub struct Key {
    /// Section and name, as in the file: `sip.trunk`.
    pub path: &'static str,
    pub meaning: &'static str,
    /// What a value must be, for the error's words.
    pub expected: &'static str,
    pub example: &'static str,
    pub set: Set,
}

const ADDRESS: &str = "an address and a port";
const IPS: &str = "a list of IP addresses";

/// Everything, in the order of the handbook.
pub const KEYS: [Key; 27] = [
    Key {
        path: "http.addr",
        meaning: "where browsers connect without TLS; 127.0.0.1 keeps it on this machine",
        expected: ADDRESS,
        example: "\"127.0.0.1:8112\"",
        set: |config, text| text.parse().ok().map(|addr| config.http = addr),
    },
    Key {
        path: "https.addr",
        meaning: "where browsers of other machines connect; needs `siaga cert init` or a bought certificate",
        expected: ADDRESS,
        example: "\"0.0.0.0:8443\"",
        set: |config, text| text.parse().ok().map(|addr| config.https = Some(addr)),
    },
    Key {
        path: "https.certificate",
        meaning: "a bought certificate with its chain, PEM",
        expected: "a path",
        example: "\"/etc/siaga/fullchain.pem\"",
        set: |config, text| (!text.is_empty()).then(|| config.https_certificate = Some(text.into())),
    },
    Key {
        path: "https.key",
        meaning: "the key of the bought certificate, PEM",
        expected: "a path",
        example: "\"/etc/siaga/key.pem\"",
        set: |config, text| (!text.is_empty()).then(|| config.https_key = Some(text.into())),
    },
    Key {
        path: "public_url",
        meaning: "how responders reach this server, written into their links",
        expected: "an address with http:// or https:// and without a path",
        example: "\"https://siaga.kota.go.id\"",
        set: |config, text| url(text).map(|url| config.public_url = Some(url)),
    },
    Key {
        path: "database",
        meaning: "PostgreSQL 15 or later; without it one SQLite file in the data folder",
        expected: "an address that begins with postgres://",
        example: "\"postgres://siaga:secret@10.0.0.9/siaga\"",
        set: |config, text| {
            let ours = text.starts_with("postgres://") || text.starts_with("postgresql://");
            ours.then(|| config.database = Some(text.to_owned()))
        },
    },
    Key {
        path: "sip.addr",
        meaning: "where calls arrive, UDP and TCP; port 0 picks one",
        expected: ADDRESS,
        example: "\"0.0.0.0:5060\"",
        set: |config, text| text.parse().ok().map(|addr| config.sip = addr),
    },
    Key {
        path: "sip.tls",
        meaning: "where calls arrive over TLS; needs `siaga cert init` or the two keys below",
        expected: ADDRESS,
        example: "\"0.0.0.0:5061\"",
        set: |config, text| text.parse().ok().map(|addr| config.sip_tls = Some(addr)),
    },
    Key {
        path: "sip.tls_certificate",
        meaning: "a certificate with its chain for calls over TLS, PEM",
        expected: "a path",
        example: "\"/etc/siaga/sip.pem\"",
        set: |config, text| (!text.is_empty()).then(|| config.sip_tls_certificate = Some(text.into())),
    },
    Key {
        path: "sip.tls_key",
        meaning: "the key of that certificate, PEM",
        expected: "a path",
        example: "\"/etc/siaga/sip.key\"",
        set: |config, text| (!text.is_empty()).then(|| config.sip_tls_key = Some(text.into())),
    },
    Key {
        path: "sip.public_ip",
        meaning: "the address that the telco sees, when this machine is behind NAT",
        expected: "an IP address",
        example: "\"203.0.113.7\"",
        set: |config, text| text.parse().ok().map(|ip| config.public_ip = Some(ip)),
    },
    Key {
        path: "sip.trunk",
        meaning: "where call-backs are sent; with its transport: sips:sip.telco.example:5061",
        expected: "an address, or a SIP address with its transport",
        example: "\"10.20.0.5:5060\"",
        set: |config, text| text.parse().ok().map(|trunk| config.trunk = Some(trunk)),
    },
    Key {
        path: "sip.trunk_user",
        meaning: "who we are when the trunk asks",
        expected: "a name",
        example: "\"112serang\"",
        set: |config, text| (!text.is_empty()).then(|| config.trunk_user = Some(text.to_owned())),
    },
    Key {
        path: "sip.trunk_password",
        meaning: "the password for it; better in SIAGA_SIP_TRUNK_PASSWORD than in a file that others read",
        expected: "a password",
        example: "\"...\"",
        set: |config, text| (!text.is_empty()).then(|| config.trunk_password = Some(Secret(text.to_owned()))),
    },
    Key {
        path: "sip.trunk_roots",
        meaning: "the authority of a TLS trunk's certificate, PEM; the city's own and the system's are known anyway",
        expected: "a path",
        example: "\"/etc/siaga/telco.pem\"",
        set: |config, text| (!text.is_empty()).then(|| config.trunk_roots = Some(text.into())),
    },
    Key {
        path: "sip.trunk_peers",
        meaning: "who may send calls; empty: everyone who reaches the port",
        expected: IPS,
        example: "[\"10.20.0.5\", \"10.20.0.6\"]",
        set: |config, text| list(text).map(|ips| config.trunk_peers = ips),
    },
    Key {
        path: "media.rtp_ports",
        meaning: "UDP ports for the callers' voices, two a call",
        expected: "two ports, the first even and the smaller, with a dash between",
        example: "\"20000-21999\"",
        set: |config, text| ports(text).map(|ports| config.rtp_ports = ports),
    },
    Key {
        path: "media.browser_ips",
        meaning: "addresses at which consoles reach this machine; empty: all it has",
        expected: IPS,
        example: "[\"10.0.0.5\"]",
        set: |config, text| list(text).map(|ips| config.browser_ips = ips),
    },
    Key {
        path: "media.browser_port",
        meaning: "one UDP port for all consoles; 0 picks one",
        expected: "a port",
        example: "8114",
        set: |config, text| text.parse().ok().map(|port| config.browser_port = Some(port)),
    },
    Key {
        path: "aml.key",
        meaning: "what senders of telephones' positions (AML, ELS) give as password at /api/aml; without it nobody may",
        expected: "at least 16 random characters",
        example: "\"only-an-example-make-your-own\"",
        set: |config, text| (text.len() >= 16).then(|| config.aml_key = Some(Secret(text.to_owned()))),
    },
    Key {
        path: "feed.token",
        meaning: "what an office gives that fetches figures at /api/feeds/ministry; without it nobody may",
        expected: "at least 32 random characters",
        example: "\"only-an-example-make-one-of-your-own\"",
        set: |config, text| (text.len() >= 32).then(|| config.feed_token = Some(Secret(text.to_owned()))),
    },
    Key {
        path: "smtp.server",
        meaning: "the mail server that takes reports; without it none leaves by e-mail",
        expected: "a host and a port",
        example: "\"smtp.kota.go.id:587\"",
        set: |config, text| {
            let (host, port) = text.rsplit_once(':')?;
            let port = port.parse().ok()?;
            (!host.is_empty()).then(|| config.smtp_server = Some((host.to_owned(), port)))
        },
    },
    Key {
        path: "smtp.security",
        meaning: "starttls (the usual one, port 587), tls (port 465), or none for a mail server on this machine",
        expected: "starttls, tls or none",
        example: "\"starttls\"",
        set: |config, text| {
            config.smtp_security = match text {
                "starttls" => MailSecurity::StartTls,
                "tls" => MailSecurity::Tls,
                "none" => MailSecurity::Plain,
                _ => return None,
            };
            Some(())
        },
    },
    Key {
        path: "smtp.user",
        meaning: "our name at the mail server, when it asks for one",
        expected: "a name",
        example: "\"siaga\"",
        set: |config, text| (!text.is_empty()).then(|| config.smtp_user = Some(text.to_owned())),
    },
    Key {
        path: "smtp.password",
        meaning: "our password at the mail server",
        expected: "a password",
        example: "\"only-an-example\"",
        set: |config, text| (!text.is_empty()).then(|| config.smtp_password = Some(Secret(text.to_owned()))),
    },
    Key {
        path: "smtp.from",
        meaning: "who reports come from",
        expected: "an e-mail address, with a name before it or without",
        example: "\"Siaga 112 <siaga@kota.go.id>\"",
        set: |config, text| is_sender(text).then(|| config.smtp_from = Some(text.to_owned())),
    },
    Key {
        path: "limits.open_calls",
        meaning: "open calls above which new ones are answered once with 503 and called back",
        expected: "a number from 1 to 5000",
        example: "400",
        set: |config, text| {
            let calls = text.parse().ok().filter(|calls| (1..=5_000).contains(calls));
            calls.map(|calls| config.open_calls_max = calls)
        },
    },
];

fn list<T: std::str::FromStr>(text: &str) -> Option<Vec<T>> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect()
}

fn ports(text: &str) -> Option<RangeInclusive<u16>> {
    let (first, last) = text.split_once('-')?;
    let (first, last): (u16, u16) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first >= 1_024 && first % 2 == 0 && first < last).then_some(first..=last)
}

fn url(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain = !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']);
    plain.then(|| text.to_owned())
}
