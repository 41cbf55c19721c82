//! Photos like none of the classes: the relative Mahalanobis distance of Ren, Fort, Liu, Roy, Padhy and Lakshminarayanan, "A
//! Simple Fix to Mahalanobis Distance for Improving Near-OOD Detection" (2021), <https://arxiv.org/abs/2106.09022>.
//!
//! A photo's distance from the nearest class, minus its distance from all photos as one class: how much farther it is from
//! every class than such photos are anyway. Both are Gaussians with a shrunk covariance. The part of the difference that
//! tells classes apart lies in one direction a class; of the rest, what varies little among the photos is alike in
//! all directions, and the few directions that vary much are kept. So the whole distance is
//!
//! ```text
//! min_c (|z|² - 2 z·μ_c + o_c) + s |x|² - |A x|²      x = feature - mean,  z = R x
//! ```
//!
//! with `R` [classes, dim] and `A` [directions, dim]. No number is of a single photo, and a project with a class of fewer
//! than five photos has no such distance.

pub(super) mod file;
mod fit;
#[cfg(test)]
mod tests;

pub use fit::UnknownFit;

/// The distance and its threshold, as a head file carries them.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// Taken away from the wide feature first, [dim]
    pub mean: Vec<f32>,
    /// `R`, [classes, dim]
    pub discriminants: Vec<f32>,
    /// `μ`, [classes, classes]: a row a class
    pub centres: Vec<f32>,
    /// `o`, [classes]
    pub offsets: Vec<f32>,
    /// `A`, [directions, dim]
    pub axes: Vec<f32>,
    /// `s`
    pub spread: f32,
    /// A photo that is farther is unknown.
    pub threshold: f32,
}

impl Unknown {
    /// How much farther a photo is from every class than from all photos together. `feature` is wide, [dim].
    pub fn distance(&self, feature: &[f32]) -> f64 {
        let apart: Vec<f64> =
            feature.iter().zip(&self.mean).map(|(&x, &mean)| f64::from(x) - f64::from(mean)).collect();
        let classes = self.offsets.len();
        let z = project(&self.discriminants, &apart);
        let own = square(&z);
        let nearest = (0..classes)
            .map(|class| {
                let centre = &self.centres[class * classes..(class + 1) * classes];
                let along: f64 = centre.iter().zip(&z).map(|(&centre, z)| f64::from(centre) * z).sum();
                own - 2.0 * along + f64::from(self.offsets[class])
            })
            .fold(f64::INFINITY, f64::min);
        nearest + f64::from(self.spread) * square(&apart) - square(&project(&self.axes, &apart))
    }

    /// Bytes that its tensors take in a head file.
    pub fn file_bytes(&self) -> u64 {
        file::bytes(self)
    }

    /// Whether a photo is like none of the classes.
    pub fn is_unknown(&self, feature: &[f32]) -> bool {
        self.distance(feature) > f64::from(self.threshold)
    }
}

/// The products of some rows with a vector.
fn project(rows: &[f32], vector: &[f64]) -> Vec<f64> {
    let product = |row: &[f32]| row.iter().zip(vector).map(|(&a, b)| f64::from(a) * b).sum();
    rows.chunks_exact(vector.len().max(1)).map(product).collect()
}

fn square(vector: &[f64]) -> f64 {
    vector.iter().map(|value| value * value).sum()
}
