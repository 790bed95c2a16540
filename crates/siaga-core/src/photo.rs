//! What a photo is: told by its first bytes, never by what its sender calls it.

/// Bytes of one photo: a telephone's picture at full size.
pub const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Pixels of one photo: the largest that telephones take. A small file can unfold to billions of them in the call-taker's
/// browser and take the console with it.
pub const PHOTO_PIXELS_MAX: usize = 120_000_000;

/// Width times height, by the file's header; `None` where it does not say.
#[must_use]
pub fn pixels(bytes: &[u8]) -> Option<usize> {
    // Where a PNG's header should stand, anything else is no size (PNG, third edition, 5.6).
    if PhotoKind::of(bytes) == Some(PhotoKind::Png) && bytes.get(12..16) != Some(b"IHDR") {
        return None;
    }
    imagesize::blob_size(bytes).ok().map(|size| size.width.saturating_mul(size.height))
}

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
    fn pixels_are_told_by_the_header() {
        let png = |width: u32, height: u32| {
            let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
            bytes.extend(width.to_be_bytes().into_iter().chain(height.to_be_bytes()));
            bytes.extend(*b"\x08\x02\0\0\0");
            bytes
        };
        assert_eq!(pixels(&png(4_000, 3_000)), Some(12_000_000));
        assert!(pixels(&png(60_000, 60_000)).is_some_and(|pixels| pixels > PHOTO_PIXELS_MAX));
        assert_eq!(pixels(b"\x89PNG\r\n\x1a\nnot much of a picture"), None);
    }

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
