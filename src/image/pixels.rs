//! The pixels that the backbone sees.

use super::{
    Upright, jpeg,
    resample::{Area, crop, resample, scaled},
};
use crate::protocol::Failure;

/// Side of the network's input, in pixels.
pub const SIDE_PX: usize = 224;

/// Counted up whenever [`prepare`] or [`super::store_copy`] give other pixels than before; cached features depend on it.
pub const PREPROCESSING_VERSION: u32 = 1;

/// The shorter side that the input is cut from, in pixels: the evaluation protocol the network was published with keeps
/// 7/8 of it.
const RESIZED_PX: u32 = 256;
const SIDE: u32 = 224;

/// The network's input: rows of RGB, `[224 * 224 * 3]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels(pub Vec<u8>);

/// Makes the network's input from a stored copy: shorter side to 256 by antialiased bicubic, the middle 224 × 224.
///
/// # Errors
/// `DamagedPicture` if the copy cannot be decoded.
pub fn prepare(copy_jpeg: &[u8]) -> Result<Pixels, Failure> {
    let copy = jpeg::decode(copy_jpeg)?;
    Ok(middle(&copy.rgb, copy.width_px, copy.height_px))
}

/// Makes the network's input without the way through a stored copy; the golden tests compare it with the reference.
///
/// # Errors
/// `DamagedPicture` for a picture whose rows do not fit its size.
pub fn prepare_upright(upright: &Upright) -> Result<Pixels, Failure> {
    let (width, height) = (upright.width_px, upright.height_px);
    if width == 0 || height == 0 || upright.rgb.len() != width as usize * height as usize * 3 {
        return Err(Failure::DamagedPicture);
    }
    Ok(middle(&upright.rgb, width, height))
}

/// Makes the network's input from a frame of a camera: rows of RGBA, nothing of it see-through.
///
/// # Errors
/// `DamagedPicture` for a frame whose rows do not fit its size.
pub fn prepare_frame(rgba: &[u8], width: u32, height: u32) -> Result<Pixels, Failure> {
    if width == 0 || height == 0 || rgba.len() != width as usize * height as usize * 4 {
        return Err(Failure::DamagedPicture);
    }
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
    Ok(middle(&rgb, width, height))
}

fn middle(rgb: &[u8], width: u32, height: u32) -> Pixels {
    let (to_width, to_height) = scaled(width, height, f64::from(RESIZED_PX) / f64::from(width.min(height)));
    let whole = Area { left: 0, top: 0, width, height };
    let resized = resample(rgb, width, height, whole, to_width, to_height);
    Pixels(crop(&resized, to_width, Area::centred(SIDE, SIDE, to_width, to_height)))
}
