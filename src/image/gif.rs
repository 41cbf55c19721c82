//! Looks at the frames of a GIF without decoding them.

use super::limits::check_dimensions;
use crate::protocol::Failure;

/// Checks that no frame reaches further than a picture may. Only the first is decoded, but a file whose later frames
/// claim gigabytes was made to do harm.
///
/// # Errors
/// `TooManyPixels` for such a frame, `DamagedPicture` for a file that stops before its first frame does.
pub(super) fn check_frames(bytes: &[u8]) -> Result<(), Failure> {
    let mut frames = 0;
    match walk(bytes, &mut frames) {
        Ok(Some(())) => Ok(()),
        // Cut off behind a whole first frame: the rest is not needed.
        Ok(None) if frames > 1 => Ok(()),
        Ok(None) => Err(Failure::DamagedPicture),
        Err(failure) => Err(failure),
    }
}

/// Walks over the blocks to the trailer, counting frames as they begin; none where the bytes end earlier.
fn walk(bytes: &[u8], frames: &mut u32) -> Result<Option<()>, Failure> {
    let mut rest = Blocks { bytes };
    let Some(header) = rest.take(13) else { return Ok(None) };
    let Some(()) = rest.skip_table(header[10]) else { return Ok(None) };
    loop {
        match rest.take(1) {
            Some([0x21]) => {
                let Some(()) = rest.take(1).and_then(|_| rest.skip_blocks()) else { return Ok(None) };
            }
            Some([0x2C]) => {
                *frames += 1;
                let Some(frame) = rest.take(9) else { return Ok(None) };
                let edge = |offset: usize, length: usize| {
                    let at = |at: usize| u32::from(u16::from_le_bytes([frame[at], frame[at + 1]]));
                    at(offset) + at(length)
                };
                check_dimensions(edge(0, 4), edge(2, 6))?;
                let data = rest.skip_table(frame[8]).and_then(|()| rest.take(1)).and_then(|_| rest.skip_blocks());
                let Some(()) = data else { return Ok(None) };
            }
            // The trailer; what is neither a block nor the trailer ends the file for the decoder too.
            Some(_) => return Ok(Some(())),
            None => return Ok(None),
        }
    }
}

struct Blocks<'a> {
    bytes: &'a [u8],
}

impl<'a> Blocks<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// Skips a table of colours, where the flags say that there is one.
    fn skip_table(&mut self, flags: u8) -> Option<()> {
        if flags & 0x80 != 0 {
            self.take(3 << ((flags & 7) + 1))?;
        }
        Some(())
    }

    /// Skips blocks, each behind its length, to the empty one.
    fn skip_blocks(&mut self) -> Option<()> {
        loop {
            match *self.take(1)? {
                [length] if length > 0 => self.take(length.into())?,
                _ => return Some(()),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gif(frames: &[[u8; 9]]) -> Vec<u8> {
        let mut bytes = b"GIF89a\x01\0\x01\0\0\0\0".to_vec();
        for frame in frames {
            bytes.push(0x2C);
            bytes.extend(frame);
            bytes.extend([2, 1, 0x44, 0]);
        }
        bytes.push(0x3B);
        bytes
    }

    const SMALL: [u8; 9] = [0, 0, 0, 0, 1, 0, 1, 0, 0];

    #[test]
    fn a_later_frame_that_claims_gigabytes_is_refused() {
        let huge = [0xFF; 8].into_iter().chain([0]).collect::<Vec<_>>().try_into().expect("nine bytes");

        assert_eq!(check_frames(&gif(&[SMALL, SMALL])), Ok(()));
        assert!(matches!(check_frames(&gif(&[SMALL, huge])), Err(Failure::TooManyPixels { .. })));
    }

    #[test]
    fn a_file_may_stop_behind_its_first_frame_and_not_before() {
        let whole = gif(&[SMALL, SMALL]);

        assert_eq!(check_frames(&whole[..whole.len() - 4]), Ok(()));
        assert_eq!(check_frames(&whole[..20]), Err(Failure::DamagedPicture));
    }
}
