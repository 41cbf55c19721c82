//! What is refused before any memory is taken for it.

use crate::protocol::Failure;

/// The largest file that is read, in MiB.
pub const MAX_FILE_MIB: u32 = 64;

/// The largest picture that is decoded, in megapixels: more than any phone takes, and at four bytes a pixel a tenth of
/// what a 32-bit worker can address.
pub const MAX_MEGAPIXELS: u32 = 100;

/// The most memory that a decoder may ask for, in bytes: the largest allowed picture at 16 bits in four channels, with
/// room for the decoder's own buffers.
pub(super) const MAX_DECODER_BYTES: u64 = MAX_MEGAPIXELS as u64 * 1_000_000 * 8 + (64 << 20);

const BYTES_PER_MIB: u64 = 1 << 20;
const PIXELS_PER_MEGAPIXEL: u64 = 1_000_000;

/// Checks a file's size, which is known before its bytes are read.
///
/// # Errors
/// `EmptyFile` for no bytes, `FileTooLarge` above [`MAX_FILE_MIB`].
pub fn check_file_size(size_bytes: u64) -> Result<(), Failure> {
    if size_bytes == 0 {
        return Err(Failure::EmptyFile);
    }
    if size_bytes > u64::from(MAX_FILE_MIB) * BYTES_PER_MIB {
        let mib = u32::try_from(size_bytes.div_ceil(BYTES_PER_MIB)).unwrap_or(u32::MAX);
        return Err(Failure::FileTooLarge { mib, limit_mib: MAX_FILE_MIB });
    }
    Ok(())
}

/// Checks a picture's size, as its header tells it.
///
/// # Errors
/// `DamagedPicture` without any pixels, `TooManyPixels` above [`MAX_MEGAPIXELS`].
pub(super) fn check_dimensions(width_px: u32, height_px: u32) -> Result<(), Failure> {
    let pixels = u64::from(width_px) * u64::from(height_px);
    if pixels == 0 {
        return Err(Failure::DamagedPicture);
    }
    if pixels > u64::from(MAX_MEGAPIXELS) * PIXELS_PER_MEGAPIXEL {
        let megapixels = u32::try_from(pixels.div_ceil(PIXELS_PER_MEGAPIXEL)).unwrap_or(u32::MAX);
        return Err(Failure::TooManyPixels { megapixels, limit_megapixels: MAX_MEGAPIXELS });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_at_the_limit_passes_and_one_byte_more_is_refused() {
        let limit = u64::from(MAX_FILE_MIB) << 20;

        assert_eq!(check_file_size(limit), Ok(()));
        assert_eq!(check_file_size(limit + 1), Err(Failure::FileTooLarge { mib: 65, limit_mib: 64 }));
        assert_eq!(check_file_size(0), Err(Failure::EmptyFile));
    }

    #[test]
    fn a_picture_at_the_limit_passes_and_one_row_more_is_refused() {
        assert_eq!(check_dimensions(10_000, 10_000), Ok(()));
        let refused = Err(Failure::TooManyPixels { megapixels: 101, limit_megapixels: 100 });
        assert_eq!(check_dimensions(10_000, 10_001), refused);
        assert!(check_dimensions(u32::MAX, u32::MAX).is_err());
        assert_eq!(check_dimensions(0, 7), Err(Failure::DamagedPicture));
    }
}
