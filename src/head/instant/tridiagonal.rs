//! From the Gram matrix to the form in which every regularisation costs next to nothing.
//!
//! The centred Gram matrix `K` becomes `Z T Zᵀ`, with `Z` orthogonal and `T` tridiagonal, by Householder reflections (Golub
//! and Van Loan, "Matrix Computations", 8.3.1). That is the first half of an eigendecomposition, and all of it that is
//! needed: `(T + λ)⁻¹` takes a few operations a photo for any λ (Eldén, "A note on the computation of the generalized
//! cross-validation function for ill-conditioned least squares problems", BIT 24, 1984). Unlike the second half it does
//! not iterate, and it can be cut into steps as short as a row.

use super::{
    Decomposition, InstantError,
    gram::{Gram, means, rows, triangle},
    matrix::dot,
    reflect::{COLUMNS, reflect, reflect_columns, subtract, update},
};
use fearless_simd::{Level, Simd, dispatch};
use std::time::Duration;

/// The way to a [`Decomposition`], a bounded step at a time.
pub struct Reduction {
    photos: usize,
    means: Vec<f64>,
    mean: f64,
    /// Lower triangle of the part that is not reduced yet; behind it, in the row that each one removed, the reflectors.
    lower: Vec<f64>,
    /// For every row half the square of its reflector's length; 0 where there is none.
    halves: Vec<f64>,
    diagonal: Vec<f64>,
    /// Number `i` stands beside diagonal numbers `i - 1` and `i`.
    beside: Vec<f64>,
    /// With the latest reflector `u` this is the update `u qᵀ + q uᵀ` that the triangle still lacks.
    q: Vec<f64>,
    /// Rows that are left to reduce.
    rows_left: usize,
    /// [photos, photos]: row `i` has the coordinates of photo `i`.
    basis: Vec<f32>,
    columns_done: usize,
}

impl Reduction {
    /// Begins with the photos that are there now.
    ///
    /// # Errors
    /// [`InstantError::NoPhotos`].
    pub fn new(gram: &Gram) -> Result<Self, InstantError> {
        Self::of(gram.products().to_vec())
    }

    /// Begins with some of the photos; theirs are the rows and columns 0, 1, … in the order given.
    ///
    /// # Errors
    /// [`InstantError::NoPhotos`].
    pub fn subset(gram: &Gram, photos: &[usize]) -> Result<Self, InstantError> {
        let pairs =
            photos.iter().enumerate().flat_map(|(at, &photo)| photos[..=at].iter().map(move |&other| (photo, other)));
        Self::of(pairs.map(|(photo, other)| gram.product(photo, other)).collect())
    }

    /// `lower` is the lower triangle of the matrix, row by row.
    fn of(mut lower: Vec<f64>) -> Result<Self, InstantError> {
        let photos = rows(&lower);
        if photos == 0 {
            return Err(InstantError::NoPhotos);
        }
        let (means, mean) = means(&lower, photos);
        for row in 0..photos {
            for (value, other) in lower[triangle(row)..=triangle(row) + row].iter_mut().zip(&means) {
                *value += mean - means[row] - other;
            }
        }
        Ok(Self {
            photos,
            means,
            mean,
            lower,
            halves: vec![0.0; photos],
            diagonal: vec![0.0; photos],
            beside: vec![0.0; photos],
            q: vec![0.0; photos],
            rows_left: photos,
            basis: Vec::new(),
            columns_done: 0,
        })
    }

    /// Works for about as long as told, by a clock in milliseconds, and says whether the work is done. One step of the
    /// loop takes some 10 ms for 2,000 photos.
    pub fn step(&mut self, budget: Duration, clock: impl Fn() -> f64) -> bool {
        let (level, end) = (Level::new(), clock() + budget.as_secs_f64() * 1000.0);
        while !self.is_done() {
            dispatch!(level, simd => if self.rows_left > 0 {
                self.reduce_row(simd);
            } else {
                self.make_columns(simd);
            });
            if clock() >= end {
                break;
            }
        }
        self.is_done()
    }

    fn is_done(&self) -> bool {
        self.columns_done == self.photos
    }

    /// Removes the last row that is left: all but its last two numbers become 0.
    #[inline(always)]
    fn reduce_row<S: Simd>(&mut self, simd: S) {
        let row = self.rows_left - 1;
        let (left, rest) = self.lower.split_at_mut(triangle(row));
        let (target, rest) = rest.split_at_mut(row + 1);
        // The reflector of the row before this one, which the triangle still lacks; none yet for the first row.
        let zeros;
        let u = if row + 1 < self.photos {
            &rest[..=row]
        } else {
            zeros = vec![0.0; row + 1];
            &zeros
        };
        let q = &self.q[..=row];
        subtract(target, u, u[row], q, q[row]);
        self.diagonal[row] = target[row];
        self.rows_left = row;
        if row == 0 {
            return;
        }
        let reflector = &mut target[..row];
        (self.beside[row], self.halves[row]) = reflect(reflector);
        // One pass over the triangle brings it up to date and multiplies it with the new reflector.
        let mut product = vec![0.0; row];
        for at in 0..row {
            let line = &mut left[triangle(at)..=triangle(at) + at];
            let (before, own) = line.split_at_mut(at);
            own[0] -= 2.0 * u[at] * q[at];
            let (before_product, own_product) = product.split_at_mut(at);
            own_product[0] = own[0] * reflector[at]
                + update(simd, before, [u, q, reflector], [u[at], q[at], reflector[at]], before_product);
        }
        let half = self.halves[row];
        if half > 0.0 {
            let along = dot(reflector, &product) / (2.0 * half * half);
            for (value, u) in product.iter_mut().zip(reflector.iter()) {
                *value = *value / half - along * u;
            }
        } else {
            product.fill(0.0);
        }
        self.q = product;
    }

    /// Makes the next columns of the basis: each is a unit vector that went through all reflectors behind it.
    #[inline(always)]
    fn make_columns<S: Simd>(&mut self, simd: S) {
        let photos = self.photos;
        if self.basis.is_empty() {
            self.basis = vec![0.0; photos * photos];
        }
        let first = self.columns_done;
        let count = COLUMNS.min(photos - first);
        let mut columns: [Vec<f64>; COLUMNS] = std::array::from_fn(|at| {
            let mut column = vec![0.0; photos];
            if at < count {
                column[first + at] = 1.0;
            }
            column
        });
        for row in first + 1..photos {
            let half = self.halves[row];
            if half > 0.0 {
                // A reflector that is shorter than a column's own place finds zeros there, and leaves it alone.
                let [a, b, c, d] = &mut columns;
                let columns = [&mut a[..row], &mut b[..row], &mut c[..row], &mut d[..row]];
                reflect_columns(simd, columns, row_of(&self.lower, row), half);
            }
        }
        for photo in 0..photos {
            for (at, column) in columns[..count].iter().enumerate() {
                #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
                let value = column[photo] as f32;
                self.basis[photo * photos + first + at] = value;
            }
        }
        self.columns_done = first + count;
    }

    /// The finished decomposition; none while [`Self::step`] says that there is more to do.
    pub fn finish(self) -> Option<Decomposition> {
        self.is_done().then_some(Decomposition {
            photos: self.photos,
            means: self.means,
            mean: self.mean,
            diagonal: self.diagonal,
            beside: self.beside,
            basis: self.basis,
        })
    }
}

/// The reflector of a row, without the row's last number.
fn row_of(lower: &[f64], row: usize) -> &[f64] {
    &lower[triangle(row)..][..row]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gram(photos: usize, dim: usize) -> Gram {
        let mut gram = Gram::new(dim);
        let features: Vec<f32> = (0..photos * dim).map(|at| ((at * at * 31 + 7 * at) % 97) as f32 / 97.0).collect();
        gram.push(&features).unwrap();
        gram
    }

    #[test]
    fn the_parts_multiply_to_the_centred_matrix() {
        for (photos, dim) in [(1, 3), (2, 3), (3, 5), (9, 4), (30, 50), (41, 7)] {
            let gram = gram(photos, dim);
            let found = Decomposition::new(&gram).unwrap();
            let row = |photo: usize| &found.basis[photo * photos..(photo + 1) * photos];
            for i in 0..photos {
                for j in 0..photos {
                    let mut product = 0.0;
                    for k in 0..photos {
                        let (a, b) = (f64::from(row(i)[k]), row(j));
                        product += a * found.diagonal[k] * f64::from(b[k]);
                        if k > 0 {
                            product += found.beside[k]
                                * (a * f64::from(b[k - 1]) + f64::from(row(i)[k - 1]) * f64::from(b[k]));
                        }
                    }
                    let wanted = gram.product(i, j) + found.mean - found.means[i] - found.means[j];
                    assert!((product - wanted).abs() < 1e-5, "{photos} {dim}: {i} {j} {product} {wanted}");
                    let length: f64 = row(i).iter().zip(row(j)).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
                    assert!((length - f64::from(u8::from(i == j))).abs() < 1e-6, "{length}");
                }
            }
        }
    }

    #[test]
    fn it_stops_between_rows_and_goes_on_to_the_same_end() {
        let gram = gram(20, 9);
        let whole = Decomposition::new(&gram).unwrap();
        let mut reduction = Reduction::new(&gram).unwrap();
        let mut steps = 0;
        while !reduction.step(Duration::ZERO, || 0.0) {
            steps += 1;
        }
        assert!(steps > 20);
        let parts = reduction.finish().unwrap();
        assert_eq!((parts.basis, parts.diagonal, parts.beside), (whole.basis, whole.diagonal, whole.beside));
    }

    #[test]
    fn without_photos_there_is_nothing_to_decompose() {
        assert!(matches!(Reduction::new(&Gram::new(4)), Err(InstantError::NoPhotos)));
    }

    #[test]
    fn photos_that_are_all_the_same_have_no_reflections() {
        let mut gram = Gram::new(2);
        gram.push(&[1.0; 10]).unwrap();
        let found = Decomposition::new(&gram).unwrap();
        assert!(found.diagonal.iter().all(|value| value.abs() < 1e-12));
    }
}
