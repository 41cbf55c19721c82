//! A line through points, as SVG writes it.

use std::fmt::Write;

/// The `d` of a path, in the units of the plot.
pub(super) fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.enumerate().fold(String::new(), |mut path, (at, (x, y))| {
        let letter = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{x:.2} {y:.2}"); // writing to a string never fails
        path
    })
}
