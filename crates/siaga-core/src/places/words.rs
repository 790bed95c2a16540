//! The little language of addresses: which words say what kind of place is meant, which are short for others, which
//! many places share, and which name nothing.

use crate::view::city::PlaceKind;

/// A word of a name or of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, written out.
    pub plain: String,
    pub sound: String,
    /// How much the word tells, in tenths.
    pub weight: u16,
}

impl Word {
    pub fn new(plain: &str) -> Self {
        let weight = match plain.chars().count() {
            _ if GENERIC.contains(&plain) => 5,
            0..=1 => 4,
            2 if plain.bytes().all(|b| b.is_ascii_digit()) => 8,
            2 => 6,
            3 => 8,
            _ => 10,
        };
        Self { plain: plain.to_owned(), sound: super::sound::sound(plain), weight }
    }
}

/// Many places begin with them.
const GENERIC: &[&str] = &[
    "masjid",
    "musala",
    "stasiun",
    "terminal",
    "pasar",
    "rs",
    "rsud",
    "puskesmas",
    "sd",
    "smp",
    "sma",
    "smk",
    "mts",
    "universitas",
    "kampus",
    "kantor",
    "lapangan",
    "simpang",
    "spbu",
    "mal",
    "hotel",
    "pabrik",
    "toko",
    "warung",
    "jenderal",
    "haji",
    "kh",
    "tubagus",
    "raden",
    "dr",
    "raya",
    "kota",
    "kabupaten",
    "provinsi",
    "taman",
    "gedung",
    "pt",
    "gerbang",
];

/// Words that say a kind and are no part of the name: "Jl. Veteran" is the street Veteran.
pub(super) fn kind_of(word: &str) -> Option<PlaceKind> {
    Some(match word {
        "jl" | "jln" | "jlan" | "jalan" | "jalur" | "gg" | "gang" => PlaceKind::Street,
        "kp" | "kpg" | "kmp" | "kampung" | "kampoeng" | "kampong" | "link" | "lingk" | "lk" | "ling" | "lingkungan"
        | "komp" | "kompl" | "komplek" | "kompleks" | "perum" | "perumahan" | "prum" | "perumnas" | "cluster"
        | "dusun" | "dsn" => PlaceKind::Neighbourhood,
        "kel" | "kelurahan" | "klurahan" | "kelrahan" | "ds" | "desa" => PlaceKind::Village,
        "kec" | "kecamatan" | "kcmtn" | "kecamtan" => PlaceKind::District,
        _ => return None,
    })
}

/// Where something is, seen from a place: kept and written before its name.
const RELATIONS: &[(&str, &[&str])] = &[
    ("depan", &["depan", "dpn", "dpan", "depannya"]),
    ("seberang", &["seberang", "sebrang", "sbrg", "seberangnya", "sebrangnya"]),
    ("belakang", &["belakang", "blkg", "blakang", "belakangnya", "blkng"]),
    ("samping", &["samping", "smping", "sampingnya", "smpg"]),
    ("sebelah", &["sebelah", "sblh", "sebelahnya"]),
    ("dekat", &["dekat", "dkt", "deket", "dekatnya"]),
    ("sekitar", &["sekitar", "sekitaran"]),
    ("sebelum", &["sebelum", "sblm"]),
    ("setelah", &["setelah", "stlh", "sesudah", "abis", "lewat"]),
    ("ujung", &["ujung"]),
    ("pinggir", &["pinggir", "pinggiran"]),
];

pub(super) fn relation_of(word: &str) -> Option<&'static str> {
    RELATIONS.iter().find(|(_, spellings)| spellings.contains(&word)).map(|(relation, _)| *relation)
}

/// They stand between the words that count.
const SMALL: &[&str] = &[
    "di",
    "ke",
    "dari",
    "yang",
    "yg",
    "ada",
    "itu",
    "ini",
    "sini",
    "situ",
    "pak",
    "bu",
    "bapak",
    "ibu",
    "tolong",
    "daerah",
    "wilayah",
    "kawasan",
    "lokasi",
    "lokasinya",
    "alamat",
    "alamatnya",
    "tempat",
    "dan",
    "sama",
    "nya",
    "arah",
    "menuju",
    "jurusan",
    "masuk",
    "pas",
    "persis",
    "tepat",
    "posisi",
    "saya",
    "kami",
    "deh",
    "negeri",
    "antara",
    "sana",
];

pub(super) fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// Two words that are one.
const PAIRS: &[(&str, &str, &str)] = &[
    ("rumah", "sakit", "rs"),
    ("sekolah", "dasar", "sd"),
    ("pom", "bensin", "spbu"),
    ("lampu", "merah", "simpang"),
    ("polisi", "daerah", "polda"),
    ("balai", "kota", "walikota"),
    ("wali", "kota", "walikota"),
    ("rs", "umum", "rsu"),
    ("rsu", "daerah", "rsud"),
    ("sekolah", "menengah", "sm"),
];

/// Short for, or another way to write.
const SHORT: &[(&str, &[&str])] = &[
    ("jenderal", &["jend", "jendral", "jenderal", "jen", "jnd", "jdrl", "jendr", "djenderal", "djendral"]),
    ("letnan", &["let", "letn", "lettu", "letda"]),
    ("kapten", &["kapt"]),
    ("mayor", &["may"]),
    ("kolonel", &["kol"]),
    ("brigjen", &["brig", "brigadir"]),
    ("dr", &["dokter", "dktr"]),
    ("haji", &["h", "hj"]),
    ("kh", &["kyai", "kiai", "kiyai"]),
    ("tubagus", &["tb", "tbg", "ratubagus"]),
    ("raden", &["rd"]),
    ("sultan", &["slt", "sltn", "soeltan"]),
    ("muhamad", &["moh", "muh", "mohd", "mhd", "moch", "much", "muhammad", "mochamad", "mohamad", "mohammad"]),
    ("abdul", &["abd", "abdoel"]),
    ("syekh", &["syeh", "syech", "seh", "syaikh", "sheikh", "sykh", "seikh", "shekh"]),
    ("stasiun", &["st", "sta", "stas", "stasion", "setasiun", "station", "stasion"]),
    ("terminal", &["term", "trm", "trmnl", "terminl"]),
    ("pasar", &["ps", "psr", "passar", "pasr"]),
    ("masjid", &["msjd", "mesjid", "mjd", "musjid", "masjit", "mesjit", "msjid", "masid", "mesid"]),
    ("musala", &["mushola", "musholla", "musola", "mushalla", "musolla"]),
    ("puskesmas", &["pkm", "puskes", "pusk"]),
    ("sd", &["sdn"]),
    ("smp", &["smpn", "sltp", "sltpn"]),
    ("sma", &["sman", "smu", "smun", "slta"]),
    ("smk", &["smkn", "stm", "smea"]),
    ("universitas", &["univ", "unip", "univer"]),
    ("kampus", &["kmps", "kampoes"]),
    ("lapangan", &["lap", "lapngan"]),
    ("mal", &["mall", "mol"]),
    ("spbu", &["pom", "pertamina"]),
    (
        "simpang",
        &[
            "perempatan",
            "prapatan",
            "pertigaan",
            "simpangan",
            "bundaran",
            "bunderan",
            "perapatan",
            "prempatan",
            "tugu",
            "lamer",
            "bangjo",
        ],
    ),
    ("kabupaten", &["kab", "kabupatn"]),
    ("provinsi", &["prov", "propinsi", "prop"]),
    ("kantor", &["ktr", "kntr"]),
    ("gedung", &["gd", "gdg"]),
    ("raya", &["ry"]),
    ("pelabuhan", &["plb", "pelab"]),
    ("ahmad yani", &["ayani", "jayani", "ahmadyani"]),
    ("alun alun", &["alun2", "alunalun"]),
    ("rsud", &["rsu"]),
    ("gubernur", &["gub", "gubenur"]),
    ("maulana", &["maul", "mlna"]),
    ("hasanudin", &["hasanuddin"]),
    ("gerbang", &["gerbng", "gt", "gate"]),
];

/// The word written out; some are two.
fn written_out(word: &str) -> &str {
    SHORT.iter().find(|(_, short)| short.contains(&word)).map_or(word, |(long, _)| long)
}

/// Pieces of a text: letters and digits, lower case. A number stands apart from the word before it ("smpn1", "rt03rw05"),
/// not inside a name ("kp3b", "c5").
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for chunk in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '`')) {
        let chunk: String = chunk.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if chunk.is_empty() {
            continue;
        }
        let digit_at = chunk.find(|c: char| c.is_ascii_digit()).filter(|at| *at >= 2);
        match digit_at.map(|at| chunk.split_at(at)) {
            Some((word @ ("rt" | "rw" | "no"), rest)) => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                all.extend([word, &rest[..end]].map(str::to_owned));
                all.extend(pieces(&rest[end..]));
            }
            Some((word, rest))
                if (word.len() >= 3 || word == "sd")
                    && rest.bytes().all(|b| b.is_ascii_digit())
                    && written_out(&chunk) == chunk =>
            {
                all.extend([word, rest].map(str::to_owned));
            }
            _ => all.push(chunk),
        }
    }
    all
}

/// The words of pieces: written out, joined where two are one.
pub(super) fn written(pieces: &[String]) -> Vec<Word> {
    let mut plain: Vec<&str> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut word = written_out(piece);
        // "rumah sakit umum daerah" folds step by step
        while let Some((_, _, joined)) =
            plain.last().and_then(|last| PAIRS.iter().find(|(one, other, _)| one == last && *other == word))
        {
            plain.pop();
            word = joined;
        }
        plain.push(word);
    }
    plain.iter().flat_map(|word| word.split(' ')).map(Word::new).collect()
}
