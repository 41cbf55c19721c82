//! From a file's bytes to the pixels that the backbone sees.
//!
//! ```text
//! bytes ──read──► Upright ──store_copy──► StoredCopy ──prepare──► Pixels
//! ```
//!
//! Decoding is done here and not by the browser: the same pixels everywhere, no canvas whose read-back privacy browsers
//! disturb, and limits that hold before memory is taken. [`read`] tells formats by content and turns the picture upright;
//! [`store_copy`] makes the small copy without EXIF that a project keeps; [`prepare`] makes the network's input from that
//! copy, so that features can be computed again later from the same pixels. A format that only browsers know comes in by
//! [`from_browser`].

mod exif;
mod foreign;
mod format;
mod gif;
mod hide;
mod jpeg;
mod jpeg_restart;
mod limits;
mod orientation;
mod pixels;
mod quality;
mod raster;
mod resample;
mod stored_copy;
mod upright;

pub use foreign::{from_browser, media_type};
pub use hide::{Hidden, hide};
pub use limits::{MAX_FILE_MIB, MAX_MEGAPIXELS, check_file_size};
pub use pixels::{PREPROCESSING_VERSION, Pixels, SIDE_PX, prepare, prepare_frame, prepare_upright};
pub use quality::quality;
pub use stored_copy::{StoredCopy, store_copy};
pub use upright::{Upright, read};
