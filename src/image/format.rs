//! Tells what a file is by its first bytes, never by its name.

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Read by `jpeg-decoder`, which can scale while it decodes.
    Jpeg,
    /// Read by the `image` crate.
    Png,
    /// Read by the `image` crate.
    WebP,
    /// Read by the `image` crate, first frame.
    Gif,
    /// Read by the `image` crate.
    Bmp,
    /// Read by the `image` crate, the largest icon.
    Ico,
    /// A known format that is not read here, by its name.
    Unsupported(&'static str),
}

/// The format of a file, or none if it is no known kind of picture.
pub(super) fn sniff(bytes: &[u8]) -> Option<Format> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let riff_kind = if starts(b"RIFF") { bytes.get(8..12) } else { None };
    Some(match () {
        () if starts(b"\xFF\xD8\xFF") => Format::Jpeg,
        () if starts(b"\x89PNG\r\n\x1A\n") => Format::Png,
        () if riff_kind == Some(b"WEBP") => Format::WebP,
        () if starts(b"GIF87a") || starts(b"GIF89a") => Format::Gif,
        () if is_bmp(bytes) => Format::Bmp,
        () if starts(b"\0\0\x01\0") && bytes.get(4..6).is_some_and(|count| count != [0, 0]) => Format::Ico,
        () if starts(b"II*\0") || starts(b"MM\0*") || starts(b"II+\0") || starts(b"MM\0+") => {
            Format::Unsupported("TIFF")
        }
        () if starts(b"\0\0\0\x0CjP  ") || starts(b"\xFF\x4F\xFF\x51") => Format::Unsupported("JPEG 2000"),
        () if starts(b"\0\0\0\x0CJXL ") || starts(b"\xFF\x0A") => Format::Unsupported("JPEG XL"),
        () if starts(b"8BPS") => Format::Unsupported("PSD"),
        () if starts(b"%PDF-") => Format::Unsupported("PDF"),
        () if riff_kind == Some(b"AVI ") || starts(b"\x1A\x45\xDF\xA3") => Format::Unsupported("video"),
        () if bytes.get(4..8) == Some(b"ftyp") => Format::Unsupported(iso_media(bytes)),
        () if is_svg(bytes) => Format::Unsupported("SVG"),
        () => return None,
    })
}

/// `BM` alone also begins English words: the size of the second header must be one that exists.
fn is_bmp(bytes: &[u8]) -> bool {
    let header_size = bytes.get(14..18).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    bytes.starts_with(b"BM") && matches!(header_size, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// Names a file of boxes (ISO 14496-12) by the brands in its first box. AVIF and HEIC share the brand `mif1`, so the
/// compatible brands decide.
fn iso_media(bytes: &[u8]) -> &'static str {
    let box_size = bytes.get(..4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes);
    let end = usize::try_from(box_size).unwrap_or(usize::MAX).min(bytes.len()).min(256);
    let brands = || bytes.get(8..end).unwrap_or_default().chunks_exact(4);
    let has = |names: &[&[u8; 4]]| brands().any(|brand| names.iter().any(|name| *name == brand));
    if has(&[b"avif", b"avis"]) {
        "AVIF"
    } else if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"]) {
        "HEIC"
    } else if has(&[b"mif1", b"msf1"]) {
        "HEIF"
    } else if has(&[b"crx "]) {
        "CR3"
    } else {
        "video"
    }
}

/// Whether the first element of a text is `svg`, behind a byte order mark, declarations and comments.
fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(head);
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        // A page of HTML may begin with an `svg` element too; its document type tells.
        let is_svg_type = rest.get(..13).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype svg"));
        let closing = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") || is_svg_type => ">",
            _ => return rest.starts_with("<svg"),
        };
        match rest.split_once(closing) {
            Some((_, tail)) => rest = tail.trim_start(),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn avif_is_told_from_heic_although_both_carry_the_same_brand() {
        let avif = b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf";
        let heic = b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic";

        assert_eq!(sniff(avif), Some(Format::Unsupported("AVIF")));
        assert_eq!(sniff(heic), Some(Format::Unsupported("HEIC")));
    }

    #[test]
    fn an_svg_is_found_behind_its_prologue_and_html_is_not_taken_for_one() {
        let svg = b"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a drawing --><!DOCTYPE svg>\n<svg xmlns='x'/>";

        assert_eq!(sniff(svg), Some(Format::Unsupported("SVG")));
        assert_eq!(sniff(b"<!doctype html><svg/>"), None);
        assert_eq!(sniff(b"<!-- never closed"), None);
    }

    #[test]
    fn words_that_begin_like_a_format_are_no_picture() {
        assert_eq!(sniff(b"BMW is a make of cars, and this is a text"), None);
        assert_eq!(sniff(b"GIF is how it is said"), None);
        assert_eq!(sniff(b""), None);
    }
}
