//! Linear dynamics in two dimensions.

use super::Exponential;
use crate::Result;
use crate::model::Model;
use crate::validate::finite;
use num_complex::Complex64;
use std::fmt;

/// Two variables that drive each other in proportion: `dx/dt = A x`, with `x = (x1, x2)`.
///
/// The solution is `x(t) = exp(A t) x0`. Along each eigenvector of `A` it is an [`Exponential`] with the
/// eigenvalue as its rate: real parts are growth, imaginary parts rotation. The entries are in 1/s when
/// time is in s; `x` may have any unit.
///
/// Source: S. H. Strogatz, *Nonlinear Dynamics and Chaos*, chapter 5; the value of `Default` is the
/// centre of the workshop's examples.
///
/// ```
/// use neurobook::prelude::*;
///
/// let saddle = Linear2d::saddle();
/// assert_eq!(saddle.eigenvalues().map(|value| value.re), [2.0, -1.0]);
/// assert_eq!(saddle.class()?.to_string(), "saddle");
/// let run = saddle.simulate([-0.1, 0.2], Rk4::new(0.001), 1.0)?;
/// let exact = saddle.exact([-0.1, 0.2], 1.0);
/// assert!((run.last_state()[0] - exact[0]).abs() < 1e-9);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear2d {
    /// The matrix `A`: `matrix[row][column]`.
    pub matrix: [[f64; 2]; 2],
}

/// What the solutions around the origin look like, and whether they stay near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// The look.
    pub kind: Kind,
    /// Whether solutions stay near the origin.
    pub stability: Stability,
}

/// What the solutions of a linear system look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Two real eigenvalues of one sign: curves without rotation, tangent to the slower eigenvector.
    Node,
    /// Complex eigenvalues with a real part: spirals.
    #[doc(alias = "spiral")]
    Focus,
    /// Imaginary eigenvalues: closed ellipses.
    Centre,
    /// Real eigenvalues of both signs: in along one eigenvector, out along the other.
    Saddle,
    /// A multiple of the unit matrix: straight lines in all directions.
    Star,
    /// A double eigenvalue with one eigenvector only.
    #[doc(alias = "improper node")]
    DegenerateNode,
    /// One eigenvalue is 0: everywhere on its eigenvector nothing moves.
    LineOfFixedPoints,
    /// The matrix is 0: nothing moves anywhere.
    PlaneOfFixedPoints,
}

/// Whether solutions that start near a fixed point stay near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stability {
    /// They come back to it.
    Stable,
    /// They stay near it and need not come back.
    Neutral,
    /// Some leave.
    Unstable,
}

impl Default for Linear2d {
    fn default() -> Linear2d {
        Linear2d::centre()
    }
}

/// What is this small beside the numbers that it was made of is their rounding.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

impl Linear2d {
    /// The system with this matrix, row by row.
    pub fn new(matrix: [[f64; 2]; 2]) -> Linear2d {
        Linear2d { matrix }
    }

    /// The workshop's centre, with eigenvalues `±i`.
    pub fn centre() -> Linear2d {
        Linear2d::new([[2.0, -5.0], [1.0, -2.0]])
    }

    /// The workshop's source, an unstable node with eigenvalues 4.56 and 0.44.
    pub fn source() -> Linear2d {
        Linear2d::new([[3.0, 4.0], [1.0, 2.0]])
    }

    /// The workshop's sink, a stable node with eigenvalues -1 and -0.25.
    pub fn sink() -> Linear2d {
        Linear2d::new([[-1.0, -1.0], [0.0, -0.25]])
    }

    /// The workshop's saddle, with eigenvalues 2 and -1.
    pub fn saddle() -> Linear2d {
        Linear2d::new([[3.0, -2.0], [2.0, -2.0]])
    }

    /// The sum of the diagonal, which is that of the eigenvalues.
    pub fn trace(&self) -> f64 {
        self.matrix[0][0] + self.matrix[1][1]
    }

    /// The determinant, which is the product of the eigenvalues.
    pub fn determinant(&self) -> f64 {
        let [[a, b], [c, d]] = self.matrix;
        a * d - b * c
    }

    /// The eigenvalues, `tr/2 ± √(tr²/4 - det)`, in the order in which numpy gives them: of a complex
    /// pair the one with the positive imaginary part comes first, of a triangular matrix the upper left
    /// entry.
    #[doc(alias = "eig")]
    #[doc(alias = "eigvals")]
    pub fn eigenvalues(&self) -> [Complex64; 2] {
        let scale = self.scale();
        let [[a, b], [c, d]] = self.matrix.map(|row| row.map(|entry| entry / scale));
        let (half, product) = ((a - d) / 2.0, b * c);
        let discriminant = half * half + product;
        if discriminant < 0.0 {
            let value = Complex64::new((a + d) / 2.0, (-discriminant).sqrt()) * scale;
            return [value, value.conj()];
        }
        // The sum that does not cancel first; the other value follows from the product.
        let reach = half + discriminant.sqrt().copysign(half);
        let values = match (b == 0.0, c == 0.0) {
            (_, true) => [a, d],
            (true, false) => [d, a],
            _ if reach == 0.0 => [d, d],
            _ => [d + reach, d - product / reach],
        };
        values.map(|value| Complex64::from(value * scale))
    }

    /// An eigenvector for each eigenvalue, in the same order, of length 1; its larger component is real
    /// and positive.
    ///
    /// A matrix with one eigenvector only gives it twice; where all directions are eigenvectors, these
    /// are the axes.
    #[doc(alias = "eig")]
    pub fn eigenvectors(&self) -> [[Complex64; 2]; 2] {
        let scale = self.scale();
        let [[a, b], [c, d]] = self.matrix.map(|row| row.map(|entry| Complex64::from(entry / scale)));
        let values = self.eigenvalues().map(|value| value / scale);
        let axes = [[1.0, 0.0], [0.0, 1.0]].map(|axis| axis.map(Complex64::from));
        let vector = |index: usize| {
            // Each row of A - λ gives a vector; the longer one says it best.
            let (one, other) = ([b, values[index] - a], [values[index] - d, c]);
            let vector = if length(one) >= length(other) { one } else { other };
            if length(vector) == 0.0 { axes[index] } else { normalised(vector) }
        };
        [vector(0), vector(1)]
    }

    /// What the solutions look like, and whether they stay near the origin.
    ///
    /// # Errors
    /// When an entry of the matrix is not finite.
    pub fn class(&self) -> Result<Class> {
        self.check()?;
        let scale = self.scale();
        let [[a, b], [c, d]] = self.matrix.map(|row| row.map(|entry| entry / scale));
        let trace = signed(a + d, a.abs() + d.abs());
        let determinant = signed(a * d - b * c, (a * d).abs() + (b * c).abs());
        let half = (a - d) / 2.0;
        let discriminant = signed(half * half + b * c, half * half + (b * c).abs());
        let stability = match trace {
            trace if trace < 0.0 => Stability::Stable,
            trace if trace > 0.0 => Stability::Unstable,
            _ => Stability::Neutral,
        };
        let class = |kind: Kind, stability: Stability| Ok(Class { kind, stability });
        if self.matrix == [[0.0; 2]; 2] {
            class(Kind::PlaneOfFixedPoints, Stability::Neutral)
        } else if determinant < 0.0 {
            class(Kind::Saddle, Stability::Unstable)
        } else if determinant == 0.0 {
            // Beside the line all goes to it (neutral: not to the origin), away from it or along it.
            class(Kind::LineOfFixedPoints, if trace < 0.0 { Stability::Neutral } else { Stability::Unstable })
        } else if discriminant < 0.0 {
            class(if trace == 0.0 { Kind::Centre } else { Kind::Focus }, stability)
        } else if discriminant > 0.0 {
            class(Kind::Node, stability)
        } else if b == 0.0 && c == 0.0 {
            class(Kind::Star, stability)
        } else {
            class(Kind::DegenerateNode, stability)
        }
    }

    /// The exact solution `exp(A t) x0`.
    pub fn exact(&self, x0: [f64; 2], t: f64) -> [f64; 2] {
        let [[p, q], [r, s]] = self.flow(t);
        [p * x0[0] + q * x0[1], r * x0[0] + s * x0[1]]
    }

    /// The matrix exponential `exp(A t)`, which takes each state to the one a time `t` later.
    ///
    /// With `m` half the trace and `B = A - m`, `B²` is the number `tr²/4 - det`, and the series of the
    /// exponential becomes `exp(m t) (cosh(s t) + B sinh(s t)/s)` with `s² = tr²/4 - det`.
    /// Source: C. Moler and C. Van Loan, *SIAM Review* 45 (2003), 3.
    #[doc(alias = "expm")]
    pub fn flow(&self, t: f64) -> [[f64; 2]; 2] {
        let [[a, b], [c, d]] = self.matrix;
        let (mean, half) = ((a + d) / 2.0, (a - d) / 2.0);
        let discriminant = half * half + b * c;
        let (even, odd) = if discriminant < 0.0 {
            let omega = (-discriminant).sqrt();
            let growth = (mean * t).exp();
            (growth * (omega * t).cos(), growth * (omega * t).sin() / omega)
        } else {
            // Without the large parts of cosh and sinh, which overflow where the solution decays.
            let u = discriminant.sqrt() * t.abs();
            let growth = (mean * t + u).exp();
            let part = if u == 0.0 { 1.0 } else { -(-2.0 * u).exp_m1() / (2.0 * u) };
            (growth * (1.0 + (-2.0 * u).exp()) / 2.0, growth * t * part)
        };
        [[even + odd * half, odd * b], [odd * c, even - odd * half]]
    }

    /// The factors `1 + λ dt` by which one Euler step multiplies a state along each eigenvector. Euler's
    /// method decays when both are inside the unit circle.
    pub fn euler_factors(&self, dt: f64) -> [Complex64; 2] {
        self.eigenvalues().map(|value| 1.0 + value * dt)
    }

    /// The step at which Euler's method stops to decay: the smaller one of those of the two eigenvalues
    /// ([`Exponential::largest_stable_step`]). `None` where the solution itself does not decay.
    pub fn largest_stable_step(&self) -> Option<f64> {
        let [one, other] = self.eigenvalues().map(|value| Exponential::new(value).largest_stable_step());
        Some(one?.min(other?))
    }

    /// A power of two near the largest entry: dividing by it loses no digit.
    fn scale(&self) -> f64 {
        let largest = self.matrix.as_flattened().iter().fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
        if largest > 0.0 && largest.is_finite() { largest.log2().floor().exp2() } else { 1.0 }
    }
}

impl Model for Linear2d {
    type Rate = [f64; 2];

    fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
        let [[a, b], [c, d]] = self.matrix;
        [a * x[0] + b * x[1], c * x[0] + d * x[1]]
    }

    fn check(&self) -> Result<()> {
        for (row, entries) in self.matrix.iter().enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                finite(&format!("matrix[{row}][{column}]"), *entry)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stability = match self.stability {
            Stability::Stable => "stable",
            Stability::Neutral => "neutral",
            Stability::Unstable => "unstable",
        };
        match self.kind {
            Kind::Node => write!(formatter, "{stability} node"),
            Kind::Focus => write!(formatter, "{stability} focus"),
            Kind::Star => write!(formatter, "{stability} star"),
            Kind::DegenerateNode => write!(formatter, "{stability} degenerate node"),
            Kind::LineOfFixedPoints => write!(formatter, "{stability} line of fixed points"),
            Kind::Centre => formatter.write_str("centre"),
            Kind::Saddle => formatter.write_str("saddle"),
            Kind::PlaneOfFixedPoints => formatter.write_str("plane of fixed points"),
        }
    }
}

/// The value, or 0 where it is only the rounding of the terms that it is the sum of.
fn signed(value: f64, terms: f64) -> f64 {
    if value.abs() <= ROUNDING * terms { 0.0 } else { value }
}

fn length(vector: [Complex64; 2]) -> f64 {
    vector[0].norm().hypot(vector[1].norm())
}

/// Of length 1, with its larger component real and positive.
fn normalised(vector: [Complex64; 2]) -> [Complex64; 2] {
    let largest = if vector[0].norm() >= vector[1].norm() { vector[0] } else { vector[1] };
    let turn = largest.conj() / largest.norm() / length(vector);
    vector.map(|component| if component == largest { (component * turn).re.into() } else { component * turn })
}
