//! Figures with the state of the record they were counted from, hashed and signed. [`verify`] needs nothing but the
//! file's bytes.

mod unique;

use crate::{
    Store, StoreError, Tx,
    evidence::{EvidenceKey, Verified},
    reports::{Compare, ReportError},
    tx::{fetch_one, fetch_optional},
};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use siaga_core::{
    city::City,
    report::{ReportPeriod, by_district},
    time::Timestamp,
    view::signed_report::{AsOf, CityHead, ReportBody, SIGNED_REPORT_FORMAT, SignedReport},
};
use unique::Unique;

/// Members of the file that the hash is not over, because they are about it.
const SEAL: [&str; 3] = ["sha256", "key", "signature"];

/// Members sorted by name, no spaces: one content, one text, whoever formats the file.
fn canonical(mut body: Value) -> Vec<u8> {
    body.sort_all_objects();
    body.to_string().into_bytes()
}

/// Hashes and signs.
#[must_use]
pub fn sign(body: ReportBody, key: &EvidenceKey) -> SignedReport {
    let canonical = canonical(serde_json::to_value(&body).expect("because numbers and texts become JSON"));
    SignedReport {
        sha256: hex::encode(Sha256::digest(&canonical)),
        key: key.public_hex(),
        signature: key.sign(&canonical),
        body,
    }
}

/// The file: what [`verify`] reads, indented for people.
#[must_use]
pub fn file(report: &SignedReport) -> String {
    let mut text = serde_json::to_string_pretty(report).expect("because numbers and texts become JSON");
    text.push('\n');
    text
}

/// Whether a file says what its signer signed. Its members may stand in any order; members that this program does not
/// know are signed like all others.
#[must_use]
pub fn verify(file: &[u8]) -> Verified {
    let mut found = Verified::default();
    let mut value: Value = match serde_json::from_slice::<Unique>(file).and_then(|_| serde_json::from_slice(file)) {
        Ok(value) => value,
        Err(error) => {
            found.faults.push(format!("line {}, column {}: {error}", error.line(), error.column()));
            return found;
        }
    };
    let mut told = SEAL.map(|_| None);
    if let Some(members) = value.as_object_mut() {
        told = SEAL.map(|name| members.remove(name).and_then(|value| value.as_str().map(str::to_owned)));
    }
    if value["format"] != SIGNED_REPORT_FORMAT {
        found.faults.push(format!(
            "format: is not {SIGNED_REPORT_FORMAT}; give the file of the button \"JSON bertanda tangan\""
        ));
        return found;
    }
    if let Some(mark) = value["mark"].as_str() {
        found.holds.push(format!("mark: {mark}"));
    }
    let canonical = canonical(value);
    let [hash, key, signature] = told;
    let expected = hex::encode(Sha256::digest(&canonical));
    if hash.as_deref() == Some(expected.as_str()) {
        found.holds.push(format!("figures: hold, SHA-256 {expected}"));
    } else {
        found.faults.push(format!("figures: were changed; their SHA-256 is {expected}"));
    }
    let bytes = |text: &Option<String>| text.as_ref().and_then(|text| hex::decode(text).ok());
    let valid = bytes(&key)
        .zip(bytes(&signature))
        .is_some_and(|(key, signature)| UnparsedPublicKey::new(&ED25519, key).verify(&canonical, &signature).is_ok());
    if valid {
        found.holds.push("signature: holds".to_owned());
        found.key = key;
    } else {
        found.faults.push("signature: is not of these figures and this key".to_owned());
    }
    found
}

/// The end of the chain as this snapshot sees it.
pub(crate) async fn as_of(tx: &mut Tx) -> Result<AsOf, StoreError> {
    let (seq, hash) = fetch_one!(*tx, (i64, Option<Vec<u8>>), "SELECT seq, hash FROM chain WHERE id = 1")?;
    let at = fetch_optional!(*tx, (i64,), "SELECT at FROM event WHERE seq = $1", seq)?;
    let chain_hash = hex::encode(hash.unwrap_or_default());
    Ok(AsOf { seq, at: at.map(|(at,)| Timestamp(at)), chain_hash })
}

impl Store {
    /// A period's figures, signed; figures and the end of the chain are of one snapshot.
    ///
    /// # Errors
    /// As [`Store::report`].
    pub async fn signed_report(
        &self,
        period: &ReportPeriod,
        with: Compare,
        city: &City,
        key: &EvidenceKey,
    ) -> Result<SignedReport, ReportError> {
        let mut tx = self.read().await?;
        signed_in(&mut tx, period, with, city, (key, self.mark())).await
    }
}

pub(crate) async fn signed_in(
    tx: &mut Tx,
    period: &ReportPeriod,
    with: Compare,
    city: &City,
    (key, mark): (&EvidenceKey, Option<&str>),
) -> Result<SignedReport, ReportError> {
    let as_of = as_of(tx).await?;
    let report = crate::reports::report_in(tx, period, with, city).await?;
    let body = ReportBody {
        format: SIGNED_REPORT_FORMAT.to_owned(),
        mark: mark.map(str::to_owned),
        city: CityHead {
            name: city.name.clone(),
            zone: city.zone.clone(),
            zone_label: city.zone_label.clone(),
            letterhead: city.letterhead.lines.clone(),
            place: city.letterhead.place.clone(),
        },
        as_of,
        by_district: by_district(&report.figures.by_village, city),
        by_district_before: report.compare.as_ref().map(|before| by_district(&before.figures.by_village, city)),
        report,
    };
    Ok(sign(body, key))
}

#[cfg(test)]
mod tests;
