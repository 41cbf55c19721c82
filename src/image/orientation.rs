//! Turns a picture the right way up, as EXIF's orientation tag says.

/// How stored rows become the upright picture: an optional swap of rows and columns, after mirroring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Orientation {
    /// Rows become columns.
    transposed: bool,
    /// The upright picture's left column comes from the far end.
    mirrored_x: bool,
    /// The upright picture's top row comes from the far end.
    mirrored_y: bool,
}

impl Orientation {
    /// Reads the tag's value, 1 to 8; any other means upright.
    pub(super) fn from_exif(value: u32) -> Self {
        let of = |transposed, mirrored_x, mirrored_y| Self { transposed, mirrored_x, mirrored_y };
        match value {
            2 => of(false, true, false),
            3 => of(false, true, true),
            4 => of(false, false, true),
            5 => of(true, false, false),
            6 => of(true, true, false),
            7 => of(true, true, true),
            8 => of(true, false, true),
            _ => Self::default(),
        }
    }

    /// The size of the upright picture whose stored size is this.
    pub(super) fn size(self, width_px: u32, height_px: u32) -> (u32, u32) {
        if self.transposed { (height_px, width_px) } else { (width_px, height_px) }
    }

    /// Turns stored RGB rows into upright ones.
    pub(super) fn apply(self, rgb: Vec<u8>, width_px: u32, height_px: u32) -> Vec<u8> {
        if self == Self::default() {
            return rgb;
        }
        let (stored_width, stored_height) = (width_px as usize, height_px as usize);
        let (width, height) = self.size(width_px, height_px);
        let (width, height) = (width as usize, height as usize);
        let (pixels, _) = rgb.as_chunks::<3>(); // [stored_height * stored_width]
        let mut upright = Vec::with_capacity(rgb.len());
        for y in 0..height {
            let y = if self.mirrored_y { height - 1 - y } else { y };
            for x in 0..width {
                let x = if self.mirrored_x { width - 1 - x } else { x };
                let (column, row) = if self.transposed { (y, x) } else { (x, y) };
                debug_assert!(column < stored_width && row < stored_height, "inside the stored picture");
                upright.extend_from_slice(&pixels[row * stored_width + column]);
            }
        }
        upright
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two columns, three rows, a letter a pixel.
    const STORED: [&str; 3] = ["AB", "CD", "EF"];

    fn turned(value: u32) -> Vec<String> {
        let orientation = Orientation::from_exif(value);
        let rgb = STORED.concat().bytes().flat_map(|letter| [letter; 3]).collect();
        let upright = orientation.apply(rgb, 2, 3);
        let (width, _) = orientation.size(2, 3);
        let letters: Vec<u8> = upright.chunks(3).map(|pixel| pixel[0]).collect();
        letters.chunks(width as usize).map(|row| String::from_utf8_lossy(row).into_owned()).collect()
    }

    #[test]
    fn each_of_the_eight_orientations_is_undone() {
        assert_eq!(turned(1), ["AB", "CD", "EF"]);
        assert_eq!(turned(2), ["BA", "DC", "FE"], "mirrored left to right");
        assert_eq!(turned(3), ["FE", "DC", "BA"], "upside down");
        assert_eq!(turned(4), ["EF", "CD", "AB"], "mirrored top to bottom");
        assert_eq!(turned(5), ["ACE", "BDF"], "rows and columns swapped");
        assert_eq!(turned(6), ["ECA", "FDB"], "a quarter turn clockwise");
        assert_eq!(turned(7), ["FDB", "ECA"], "swapped across the other diagonal");
        assert_eq!(turned(8), ["BDF", "ACE"], "a quarter turn counter-clockwise");
    }

    #[test]
    fn a_value_that_does_not_exist_means_upright() {
        assert_eq!(turned(0), turned(1));
        assert_eq!(turned(9), turned(1));
    }
}
