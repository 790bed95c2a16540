//! Pages that need no account and no framework: `/` (how to call 112), `/keberatan`, `/sertifikat`; and `/lokasi/TOKEN`,
//! the caller's own page, the only one with a script. Under 50 kB, readable on 2G.

use crate::Web;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

const PUBLIC: &str = include_str!("publik.html");
/// For everyone while nobody has set the server up.
pub const NOT_READY: &str = include_str!("belum-disiapkan.html");
const CERTIFICATE: &str = include_str!("sertifikat.html");
const APPEAL: &str = include_str!("keberatan.html");
const APPEAL_TAKEN: &str = include_str!("keberatan-diterima.html");
/// The style of all, without inline pieces: the content security policy forbids them.
pub const STYLE: &str = include_str!("publik.css");

const LINK: &str = include_str!("lokasi.html");
const LINK_OVER: &str = include_str!("lokasi-berakhir.html");
/// Style and script of the caller's page: together with it under 20 kB, for an old telephone on 2G.
pub const LINK_STYLE: &str = include_str!("lokasi.css");
pub const LINK_SCRIPT: &str = include_str!("lokasi.js");

/// `/lokasi/TOKEN`.
#[must_use]
pub fn link(web: &Web) -> String {
    filled(LINK, web)
}

/// `/lokasi/TOKEN` of a link that is unknown or over.
#[must_use]
pub fn link_over(web: &Web) -> String {
    filled(LINK_OVER, web)
}

/// `/`.
#[must_use]
pub fn public(web: &Web) -> String {
    filled(PUBLIC, web)
}

/// `/sertifikat`; `city` as it is shown, empty while it was not chosen.
#[must_use]
pub fn certificate(web: &Web, city: &str) -> String {
    let download = match web.config.root_certificate.as_deref() {
        Some(pem) => format!(
            "<p><a class=\"call\" href=\"/sertifikat/siaga-root.crt\" download>Unduh siaga-root.crt</a></p>\n\
             <p>Sidik jari SHA-256: <code>{}</code></p>",
            fingerprint(pem)
        ),
        None => "<p class=\"band not\">Server ini belum memakai sertifikat kota sendiri, jadi tidak ada yang perlu dipasang. \
                 Administrator membuatnya dengan <code>siaga cert init</code>.</p>"
            .to_owned(),
    };
    filled_for(CERTIFICATE, web, city).replace("{{download}}", &download)
}

/// `/keberatan`.
#[must_use]
pub fn appeal(web: &Web) -> String {
    filled(APPEAL, web)
}

/// The answer to every appeal.
#[must_use]
pub fn appeal_taken(web: &Web) -> String {
    filled(APPEAL_TAKEN, web)
}

fn filled(page: &str, web: &Web) -> String {
    filled_for(page, web, &web.city_name())
}

fn filled_for(page: &str, web: &Web, city: &str) -> String {
    let demo = if web.is_demo() {
        "<aside class=\"demo\" aria-label=\"Mode demo\">MODE DEMO: bukan layanan darurat sungguhan</aside>"
    } else {
        ""
    };
    // A tap on the demo's page must never ring the real 112.
    let page = if web.is_demo() { without_dialling(page) } else { page.to_owned() };
    page.replace("{{city}}", &escaped(city)).replace("{{demo}}", demo)
}

const DIAL: &str = "<a class=\"call\" href=\"tel:112\">Telepon 112 sekarang</a>";
const NO_DIAL: &str = "<p class=\"band not\">Ini halaman contoh: tombol <b>Telepon 112 sekarang</b> hanya ada di kota sungguhan. \
     Dalam bahaya, tekan 112 di telepon Anda.</p>";

fn without_dialling(page: &str) -> String {
    page.replace(DIAL, NO_DIAL)
}

/// SHA-256 over the certificate's DER, in pairs: `AB:CD:...`, as every browser shows it.
#[must_use]
pub fn fingerprint(pem: &str) -> String {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
    let der = STANDARD.decode(body).unwrap_or_default();
    Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::{
        testing::{House, NOBODY},
        web::WebConfig,
    };

    #[tokio::test]
    async fn the_public_page_is_small_and_needs_nothing() {
        let house = House::new().await;
        let page = house.get("/", NOBODY).await;
        let style = house.get("/publik.css", NOBODY).await;
        assert_eq!((page.status, style.status), (200, 200));
        assert!(page.body.len() + style.body.len() < 50_000);
        let text = page.text();
        for word in ["112", "Kota Serang", "lapor.go.id", "Tidak dapat bicara", "lang=\"id\"", "tel:112"] {
            assert!(text.contains(word), "{word}");
        }
        for word in ["<script", "style=\"", "{{", "Pasal", "UU ", "pidana", "MODE DEMO", "http://"] {
            assert!(!text.contains(word), "{word}");
        }
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    }

    #[tokio::test]
    async fn before_the_first_start_no_page_names_a_city() {
        let house = House::new().await;
        let _link = house.web.setup.open();
        for path in ["/", "/keberatan", "/sertifikat", "/api/health"] {
            let text = house.get(path, NOBODY).await.text();
            assert!(!text.contains("Serang") && !text.contains("tel:"), "{path}");
        }
        let text = house.get("/", NOBODY).await.text();
        assert!(text.contains("belum disiapkan") && !text.contains("{{"), "{text}");
        // An account that was made on the command line ends it, too.
        house.account("siti", siaga_core::role::Role::Administrator).await;
        for path in ["/", "/keberatan", "/sertifikat", "/api/health"] {
            assert!(house.get(path, NOBODY).await.text().contains("Kota Serang"), "{path}");
        }
    }

    #[tokio::test]
    async fn the_demo_says_so() {
        let house = House::with(WebConfig { demo: Some(Vec::new()), ..WebConfig::default() }).await;
        for path in ["/", "/sertifikat"] {
            let text = house.get(path, NOBODY).await.text();
            assert!(text.contains("MODE DEMO") && !text.contains("tel:"), "{path}");
        }
    }

    #[tokio::test]
    async fn the_root_is_offered_where_there_is_one() {
        let bare = House::new().await;
        assert_eq!(bare.get("/sertifikat/siaga-root.crt", NOBODY).await.status, 404);
        assert!(bare.get("/sertifikat", NOBODY).await.text().contains("siaga cert init"));
        let pem = "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n";
        let config = WebConfig { root_certificate: Some(pem.to_owned()), ..WebConfig::default() };
        let house = House::with(config).await;
        let file = house.get("/sertifikat/siaga-root.crt", NOBODY).await;
        assert_eq!((file.text().as_str(), file.header("content-type")), (pem, Some("application/x-x509-ca-cert")));
        let page = house.get("/sertifikat", NOBODY).await.text();
        assert!(page.contains("BA:78:16:BF:8F:01:CF:EA"), "SHA-256 of abc");
    }
}
