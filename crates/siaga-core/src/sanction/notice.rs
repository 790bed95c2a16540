//! What a number is told, in the city's own words, and the code with which it can disagree.
//!
//! The texts are templates that a city's lawyers sign; those shipped name no article of any law. Whatever a template
//! says, a notice of a step that can be appealed ends with the address and the code.

use super::{Addressee, AppealOutcome, Case, Step};
use serde::{Deserialize, Serialize};

/// What begins the line with the code; [`masked`] hides the rest of it.
const CODE_LINE: &str = "Kode keberatan: ";
/// Letters of a code: none that are mistaken for each other on a small screen or in a voice (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Bytes of chance in a code: 75 bits of 5 each are kept, far beyond guessing at a limited rate.
pub const CODE_BYTES: usize = 15;
/// Letters between two hyphens.
const GROUP: usize = 5;
/// Longest template (characters): four messages of a telephone.
pub const TEXT_CHARS_MAX: usize = 640;

/// Templates by step. `{kota}`, `{jumlah}` and `{jam}` are filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeTexts {
    /// Who of the city's lawyers signed these words, and when; empty: nobody yet.
    pub signed_off: String,
    pub educate: String,
    /// To parents, school or kelurahan.
    pub family: String,
    pub warn: String,
    pub block: String,
    pub refer: String,
    /// The answer to an appeal, or a person's second thought.
    pub lifted: String,
    pub upheld: String,
}

impl Default for NoticeTexts {
    fn default() -> Self {
        let text = |words: &str| words.to_owned();
        Self {
            signed_off: String::new(),
            educate: text(
                "Siaga 112 {kota}: dari nomor ini tercatat {jumlah} panggilan ke 112 tanpa keadaan darurat. Saluran ini \
                 dipakai orang yang nyawanya terancam. Bila ada bahaya, telepon 112 kapan saja; kami selalu menerima.",
            ),
            family: text(
                "Siaga 112 {kota}, kepada orang tua, sekolah, atau kelurahan: dari nomor ini tercatat {jumlah} panggilan \
                 anak ke 112 tanpa keadaan darurat. Mohon anak dibimbing kapan 112 dipakai. Bila ada bahaya, 112 selalu \
                 menerima, juga dari anak.",
            ),
            warn: text(
                "Siaga 112 {kota}: peringatan tercatat. Dari nomor ini tercatat {jumlah} panggilan main-main ke 112. \
                 Panggilan seperti itu membuat orang dalam bahaya menunggu. Bila ada bahaya, telepon 112 kapan saja.",
            ),
            block: text(
                "Siaga 112 {kota}: selama {jam} jam panggilan nomor ini ke 112 lebih dahulu mendengar pemberitahuan, \
                 karena tercatat {jumlah} panggilan main-main. Nomor ini tidak ditutup: bicaralah atau tekan angka apa \
                 saja, dan petugas menjawab.",
            ),
            refer: text(
                "Siaga 112 {kota}: catatan {jumlah} panggilan main-main dari nomor ini diajukan kepada kementerian untuk \
                 ditindaklanjuti. Bila ada bahaya, telepon 112 kapan saja; kami selalu menerima.",
            ),
            lifted: text(
                "Siaga 112 {kota}: tindakan terhadap nomor ini sudah dicabut. Terima kasih atas pengertian Anda.",
            ),
            upheld: text(
                "Siaga 112 {kota}: keberatan Anda sudah diperiksa oleh petugas lain, dan tindakan terhadap nomor ini tetap \
                 berlaku sampai akhirnya. Bila ada bahaya, telepon 112 kapan saja; kami selalu menerima.",
            ),
        }
    }
}

impl NoticeTexts {
    /// Every template with its name.
    #[must_use]
    pub fn all(&self) -> [(&'static str, &str); 7] {
        [
            ("educate", &self.educate),
            ("family", &self.family),
            ("warn", &self.warn),
            ("block", &self.block),
            ("refer", &self.refer),
            ("lifted", &self.lifted),
            ("upheld", &self.upheld),
        ]
    }
}

/// Whether who gets this notice can disagree with it. Education asks nothing of anybody.
#[must_use]
pub fn can_be_appealed(step: Step) -> bool {
    step != Step::Educate
}

/// The words that go out.
#[must_use]
pub fn text(texts: &NoticeTexts, case: &Case, city: &str, appeal: Option<(&str, &str)>) -> String {
    let proposal = &case.proposal;
    let template = match (proposal.addressee, proposal.step) {
        (Addressee::Family, _) => &texts.family,
        (Addressee::Caller, Step::Educate) => &texts.educate,
        (Addressee::Caller, Step::Warn) => &texts.warn,
        (Addressee::Caller, Step::BlockTemporarily) => &texts.block,
        (Addressee::Caller, Step::Refer) => &texts.refer,
    };
    let body = template
        .replace("{kota}", city)
        .replace("{jumlah}", &proposal.pranks.len().to_string())
        .replace("{jam}", &proposal.hours.unwrap_or_default().to_string());
    match appeal {
        Some((address, code)) => format!("{body}\nTidak setuju? {address}\n{CODE_LINE}{code}"),
        None => body,
    }
}

/// The answer to an appeal, or the word that a sanction was taken back.
#[must_use]
pub fn answer(texts: &NoticeTexts, outcome: AppealOutcome, city: &str) -> String {
    let template = match outcome {
        AppealOutcome::Lifted => &texts.lifted,
        AppealOutcome::Upheld => &texts.upheld,
    };
    template.replace("{kota}", city)
}

/// The same words without the code.
#[must_use]
pub fn masked(text: &str) -> String {
    let line = |line: &str| {
        if line.starts_with(CODE_LINE) { format!("{CODE_LINE}(disembunyikan)") } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A code out of bytes of chance: `ABCDE-FGHJK-MNPQR`.
#[must_use]
pub fn code(chance: [u8; CODE_BYTES]) -> String {
    let letters = chance.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code as a person typed it, in the one form that is hashed; `None` where it cannot be one.
#[must_use]
pub fn read_code(typed: &str) -> Option<String> {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let letters: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(CODE_BYTES + 1).map(letter).collect();
    let fits = letters.len() == CODE_BYTES && letters.bytes().all(|byte| ALPHABET.contains(&byte));
    fits.then_some(letters)
}
