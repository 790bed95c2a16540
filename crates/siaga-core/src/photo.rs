//! What a photo is: told by its first bytes, never by what its sender calls it.

/// Bytes of one photo: a telephone's picture at full size.
pub const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The kinds a browser shows and no program can hide in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoKind {
    Jpeg,
    Png,
    Webp,
}

impl PhotoKind {
    /// By the first bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }

    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_bytes() {
        for (bytes, kind) in [
            (b"\xff\xd8\xff\xe0rest".as_slice(), Some(PhotoKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\nrest", Some(PhotoKind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(PhotoKind::Webp)),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"<svg xmlns=", None),
            (b"GIF89a", None),
            (b"\xff\xd8", None),
            (b"", None),
        ] {
            assert_eq!(PhotoKind::of(bytes), kind, "{bytes:?}");
        }
    }
}
