//! Small dense matrices in double precision, and the one factorisation they need.

/// Rows of numbers, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// Zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self { columns, values: vec![0.0; rows * columns] }
    }

    /// The number that `value` gives for each row and column.
    pub fn from_fn(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> Self {
        let values = (0..rows * columns).map(|at| value(at / columns, at % columns)).collect();
        Self { columns, values }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// One row, to be written.
    pub fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// All rows, one after the other.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Rows of scores as probabilities: their softmax at a temperature.
    pub fn probabilities(&self, temperature: f64) -> Self {
        let mut probabilities = self.clone();
        for row in probabilities.values.chunks_exact_mut(self.columns.max(1)) {
            let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            row.iter_mut().for_each(|score| *score = ((*score - most) / temperature).exp());
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|weight| *weight /= sum);
        }
        probabilities
    }

    /// Index of the largest number of every row, the first of equals.
    pub fn answers(&self) -> Vec<usize> {
        self.values.chunks_exact(self.columns.max(1)).map(largest).collect()
    }
}

impl std::ops::Index<(usize, usize)> for Matrix {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.values[row * self.columns + column]
    }
}

impl std::ops::IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.values[row * self.columns + column]
    }
}

/// Index of the largest number, the first of equals.
fn largest(row: &[f64]) -> usize {
    (1..row.len()).fold(0, |best, at| if row[at] > row[best] { at } else { best })
}

/// The sum of products, in several sums side by side: one alone would wait for itself.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f64>()
}

/// The Cholesky factor of a symmetric positive definite matrix.
pub(super) struct Cholesky {
    /// Lower triangle; above it are leftovers.
    factor: Matrix,
}

impl Cholesky {
    /// Factors a matrix, of which the lower triangle is read. Where rounding or a photo that decides everything alone
    /// left a direction without weight, that direction gets `floor`, so that the answer is large but finite.
    pub(super) fn new(mut matrix: Matrix, floor: f64) -> Self {
        for row in 0..matrix.columns {
            for column in 0..=row {
                let (before, after) = (matrix.row(row), matrix.row(column));
                let rest = before[column] - dot(&before[..column], &after[..column]);
                matrix[(row, column)] =
                    if row == column { rest.max(floor).sqrt() } else { rest / matrix[(column, column)] };
            }
        }
        Self { factor: matrix }
    }

    /// The factor itself, with zeros above its diagonal.
    pub(super) fn into_factor(self) -> Matrix {
        let size = self.factor.columns;
        Matrix::from_fn(size, size, |i, j| if j <= i { self.factor[(i, j)] } else { 0.0 })
    }

    /// Solves for one right-hand side, in place.
    pub(super) fn solve(&self, side: &mut [f64]) {
        let size = side.len();
        for row in 0..size {
            let known = dot(&self.factor.row(row)[..row], &side[..row]);
            side[row] = (side[row] - known) / self.factor[(row, row)];
        }
        for row in (0..size).rev() {
            side[row] /= self.factor[(row, row)];
            let (before, solved) = side.split_at_mut(row);
            for (value, factor) in before.iter_mut().zip(self.factor.row(row)) {
                *value -= factor * solved[0];
            }
        }
    }

    /// `sideᵀ matrix⁻¹ side`.
    pub(super) fn square(&self, mut side: Vec<f64>) -> f64 {
        for row in 0..side.len() {
            let known = dot(&self.factor.row(row)[..row], &side[..row]);
            side[row] = (side[row] - known) / self.factor[(row, row)];
        }
        dot(&side, &side)
    }

    /// Solves for every column of a matrix.
    pub(super) fn solve_columns(&self, sides: &Matrix) -> Matrix {
        let mut solved = Matrix::zeros(sides.rows(), sides.columns);
        for column in 0..sides.columns {
            let mut side: Vec<f64> = (0..sides.rows()).map(|row| sides[(row, column)]).collect();
            self.solve(&mut side);
            for (row, value) in side.into_iter().enumerate() {
                solved[(row, column)] = value;
            }
        }
        solved
    }
}

/// All eigenvalues of a symmetric matrix with their eigenvectors, the largest first, by Jacobi's rotations (Golub and Van
/// Loan, 8.5): the plain method, for matrices of some dozen rows.
pub(super) fn largest_eigenpairs(mut matrix: Matrix) -> Vec<(f64, Vec<f64>)> {
    const SWEEPS: usize = 30;
    let size = matrix.rows();
    let mut vectors = Matrix::from_fn(size, size, |i, j| f64::from(u8::from(i == j))); // a row each
    for _ in 0..SWEEPS {
        let off: f64 = (0..size).map(|i| dot(&matrix.row(i)[..i], &matrix.row(i)[..i])).sum();
        let all: f64 = (0..size).map(|i| matrix[(i, i)] * matrix[(i, i)]).sum();
        if off <= 1e-26 * all {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let mut pairs: Vec<(f64, Vec<f64>)> = (0..size).map(|i| (matrix[(i, i)], vectors.row(i).to_vec())).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// The rotation that makes number (p, q) of a symmetric matrix 0.
fn rotate(matrix: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    let across = matrix[(p, q)];
    if across == 0.0 {
        return;
    }
    let ratio = (matrix[(q, q)] - matrix[(p, p)]) / (2.0 * across);
    let tangent = ratio.signum() / (ratio.abs() + (1.0 + ratio * ratio).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    for k in 0..matrix.rows() {
        let (a, b) = (matrix[(k, p)], matrix[(k, q)]);
        (matrix[(k, p)], matrix[(k, q)]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
    for target in [matrix, vectors] {
        for k in 0..target.columns() {
            let (a, b) = (target[(p, k)], target[(q, k)]);
            (target[(p, k)], target[(q, k)]) = (cosine * a - sine * b, sine * a + cosine * b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_fits_its_equations() {
        let matrix = Matrix::from_fn(4, 4, |i, j| if i == j { 3.0 } else { 1.0 / (1 + i + j) as f64 });
        let sides = Matrix::from_fn(4, 2, |i, j| (i * 2 + j) as f64 - 3.0);
        let solved = Cholesky::new(matrix.clone(), 0.0).solve_columns(&sides);
        for row in 0..4 {
            for column in 0..2 {
                let product: f64 = (0..4).map(|k| matrix[(row, k)] * solved[(k, column)]).sum();
                assert!((product - sides[(row, column)]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn eigenpairs_multiply_to_the_matrix() {
        let matrix = Matrix::from_fn(5, 5, |i, j| 1.0 / (1 + i + j) as f64 + if i == j { i as f64 } else { 0.0 });
        let pairs = largest_eigenpairs(matrix.clone());
        assert!(pairs.windows(2).all(|pair| pair[0].0 >= pair[1].0));
        for i in 0..5 {
            for j in 0..5 {
                let product: f64 = pairs.iter().map(|(value, vector)| value * vector[i] * vector[j]).sum();
                assert!((product - matrix[(i, j)]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_singular_matrix_gives_numbers_all_the_same() {
        let mut side = [1.0, 1.0];
        Cholesky::new(Matrix::from_fn(2, 2, |_, _| 1.0), 1e-9).solve(&mut side);
        assert!(side.iter().all(|value| value.is_finite()));
    }
}
