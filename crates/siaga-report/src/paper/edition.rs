//! Whose figures these are. A demo's documents look like a city's, letterhead and all: they say on every page, and in
//! their name, that they are none. It is an argument of every writer, so that no caller can forget it.

/// For whom a document is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edition {
    /// A city's own record.
    City,
    /// Made-up calls.
    Demo,
}

impl Edition {
    /// What stands over the document.
    #[must_use]
    pub const fn mark(self) -> Option<&'static str> {
        match self {
            Self::City => None,
            Self::Demo => Some("CONTOH: data demo, bukan laporan resmi"),
        }
    }

    /// The file's name; `plain` is what a city's would be.
    #[must_use]
    pub fn file_name(self, plain: &str) -> String {
        match self {
            Self::City => plain.to_owned(),
            Self::Demo => format!("CONTOH-{plain}"),
        }
    }
}
