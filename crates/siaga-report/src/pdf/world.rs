//! What the typesetter can see: one template, two faces of one font, the paper's values. Nothing else exists for it.

use std::sync::LazyLock;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

const TEMPLATE: &str = include_str!("paper.typ");
/// SIL Open Font License 1.1; `fonts/OFL.txt`.
const FACES: [&[u8]; 2] =
    [include_bytes!("../../fonts/NotoSans-Regular.ttf"), include_bytes!("../../fonts/NotoSans-Bold.ttf")];

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

static MAIN: LazyLock<Source> = LazyLock::new(|| {
    let path = VirtualPath::new("/paper.typ").expect("because the path is a constant");
    Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), TEMPLATE.to_owned())
});

/// Both faces hold the same letters.
pub(super) fn can_show(c: char) -> bool {
    FONTS.1.iter().all(|font| font.info().coverage.contains(u32::from(c)))
}

/// The room for one paper.
pub(super) struct Room(LazyHash<Library>);

impl Room {
    pub(super) fn with(inputs: Dict) -> Self {
        Self(LazyHash::new(Library::builder().with_inputs(inputs).build()))
    }
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.0
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        MAIN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == MAIN.id() { Ok(MAIN.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
