//! Linear systems: eigenvalues, classes, exact solutions, and where Euler's method is stable.

use crate::integrate::golden;
use neurobook::models::{Kind, Stability};
use neurobook::noise;
use neurobook::prelude::*;
use neurobook::rand::RngExt;
use serde_json::Value;

fn complex(value: &Value) -> Complex64 {
    Complex64::new(value[0].as_f64().unwrap(), value[1].as_f64().unwrap())
}

/// Matrices of all kinds: whole numbers, which are often singular or defective, and any numbers.
fn matrices() -> Vec<[[f64; 2]; 2]> {
    let mut rng = noise::generator(1, 0);
    let mut whole = || f64::from(rng.random_range(-3..=3));
    let mut all: Vec<[[f64; 2]; 2]> = (0..500).map(|_| [[whole(), whole()], [whole(), whole()]]).collect();
    let mut any = || rng.random_range(-2.0..2.0);
    all.extend((0..500).map(|_| [[any(), any()], [any(), any()]]));
    all
}

#[test]
fn eigenvalues_and_eigenvectors_are_numpys() {
    for (name, case) in golden("eig.json").as_object().unwrap() {
        let row = |row: usize| [0, 1].map(|column| case["matrix"][row][column].as_f64().unwrap());
        let system = Linear2d::new([row(0), row(1)]);
        let (values, vectors) = (system.eigenvalues(), system.eigenvectors());
        for k in 0..2 {
            // A double eigenvalue is only good to the root of a unit in the last place, for numpy too.
            assert!((values[k] - complex(&case["values"][k])).norm() < 1e-7, "{name}: {values:?}");
            let expected = [0, 1].map(|i| complex(&case["vectors"][k][i]));
            let overlap = vectors[k][0].conj() * expected[0] + vectors[k][1].conj() * expected[1];
            assert!((overlap.norm() - 1.0).abs() < 1e-12, "{name}: {vectors:?}");
        }
    }
}

#[test]
fn a_matrix_stretches_its_eigenvectors_by_its_eigenvalues() {
    for matrix in matrices() {
        let system = Linear2d::new(matrix);
        for (value, vector) in system.eigenvalues().iter().zip(system.eigenvectors()) {
            for (row, component) in matrix.iter().zip(vector) {
                let stretched = row[0] * vector[0] + row[1] * vector[1];
                assert!((stretched - value * component).norm() < 1e-7, "{matrix:?}: {value} {vector:?}");
            }
            assert!((vector[0].norm_sqr() + vector[1].norm_sqr() - 1.0).abs() < 1e-12);
        }
        let [one, other] = system.eigenvalues();
        assert!((one + other - system.trace()).norm() < 1e-12 && (one * other - system.determinant()).norm() < 1e-12);
    }
}

#[test]
fn very_large_and_very_small_matrices_have_eigenvalues() {
    for scale in [1e-200, 1e-160, 1e160, 1e300] {
        let [one, other] = Linear2d::new([[2.0 * scale, 0.0 * scale], [scale, -scale]]).eigenvalues();
        assert_eq!((one / scale, other / scale), (Complex64::from(-1.0), Complex64::from(2.0)), "{scale}");
        let [one, other] = Linear2d::new([[0.0, -scale], [scale, 0.0]]).eigenvalues();
        assert_eq!((one / scale, other / scale), (Complex64::I, -Complex64::I), "{scale}");
    }
}

#[test]
fn the_workshops_examples_have_the_stated_eigenvalues() {
    let values = |system: Linear2d| system.eigenvalues().map(|value| (value * 100.0).re.round() / 100.0);
    assert_eq!(Linear2d::centre().eigenvalues(), [Complex64::I, -Complex64::I]);
    assert_eq!(values(Linear2d::source()), [4.56, 0.44]);
    assert_eq!(values(Linear2d::sink()), [-1.0, -0.25]);
    assert_eq!(values(Linear2d::saddle()), [2.0, -1.0]);
}

#[track_caller]
fn assert_class(matrix: [[f64; 2]; 2], kind: Kind, stability: Stability, words: &str) {
    for scale in [1.0, 1e-150, 1e100, 0.1] {
        let class = Linear2d::new(matrix.map(|row| row.map(|entry| scale * entry))).class().unwrap();
        assert_eq!((class.kind, class.stability), (kind, stability), "scale {scale}");
        assert_eq!(class.to_string(), words);
    }
    // A change of coordinates changes nothing; it makes rounding in the entries.
    let [[a, b], [c, d]] = matrix;
    let (cos, sin) = (0.3_f64.cos(), 0.3_f64.sin());
    let [[e, f], [g, h]] = [[a * cos - b * sin, a * sin + b * cos], [c * cos - d * sin, c * sin + d * cos]];
    let turned = [[cos * e - sin * g, cos * f - sin * h], [sin * e + cos * g, sin * f + cos * h]];
    if kind != Kind::DegenerateNode && kind != Kind::Star {
        assert_eq!(Linear2d::new(turned).class().unwrap().to_string(), words, "turned");
    }
}

#[test]
fn every_matrix_has_its_class() {
    use Kind::{Centre, DegenerateNode, Focus, LineOfFixedPoints, Node, PlaneOfFixedPoints, Saddle, Star};
    use Stability::{Neutral, Stable, Unstable};
    assert_class([[2.0, -5.0], [1.0, -2.0]], Centre, Neutral, "centre");
    assert_class([[3.0, 4.0], [1.0, 2.0]], Node, Unstable, "unstable node");
    assert_class([[-1.0, -1.0], [0.0, -0.25]], Node, Stable, "stable node");
    assert_class([[3.0, -2.0], [2.0, -2.0]], Saddle, Unstable, "saddle");
    assert_class([[-0.5, -2.0], [2.0, -0.5]], Focus, Stable, "stable focus");
    assert_class([[0.5, -2.0], [2.0, 0.5]], Focus, Unstable, "unstable focus");
    assert_class([[-2.0, 0.0], [0.0, -2.0]], Star, Stable, "stable star");
    assert_class([[2.0, 0.0], [0.0, 2.0]], Star, Unstable, "unstable star");
    assert_class([[-1.0, 1.0], [0.0, -1.0]], DegenerateNode, Stable, "stable degenerate node");
    assert_class([[2.0, -1.0], [1.0, 0.0]], DegenerateNode, Unstable, "unstable degenerate node");
    assert_class([[-1.0, 2.0], [-2.0, 4.0]], LineOfFixedPoints, Unstable, "unstable line of fixed points");
    assert_class([[1.0, -2.0], [2.0, -4.0]], LineOfFixedPoints, Neutral, "neutral line of fixed points");
    assert_class([[0.0, 1.0], [0.0, 0.0]], LineOfFixedPoints, Unstable, "unstable line of fixed points");
    assert_class([[0.0, 0.0], [0.0, 0.0]], PlaneOfFixedPoints, Neutral, "plane of fixed points");
}

#[test]
fn a_matrix_with_nan_has_no_class() {
    let message = Linear2d::new([[1.0, f64::NAN], [0.0, 1.0]]).class().unwrap_err().to_string();
    assert!(message.starts_with("matrix[0][1] is NaN"));
}

/// Equal to the digits that the workshop's numbers have.
#[track_caller]
fn assert_about(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() < tolerance, "got {got}, expected {expected}");
}

#[test]
fn the_examples_are_at_5_9_where_the_workshop_says() {
    let x0 = [-0.1, 0.2];
    let end = |system: Linear2d| system.exact(x0, 5.9);
    let [centre, source, sink, saddle] =
        [end(Linear2d::centre()), end(Linear2d::source()), end(Linear2d::sink()), end(Linear2d::saddle())];
    assert_about(centre[0], 0.3559, 5e-5);
    assert_about(centre[1], 0.3724, 5e-5);
    assert_about(source[0] / 1e10, 6.434, 5e-4);
    assert_about(source[1] / 1e10, 2.512, 5e-4);
    assert_about(sink[0], -0.0606, 5e-5);
    assert_about(sink[1], 0.0458, 5e-5);
    assert_about(saddle[0], -35534.0, 0.5);
    assert_about(saddle[1], -17767.0, 0.5);
    let t_eval: Vec<f64> = (0..60).map(|k| f64::from(k) * 0.1).collect();
    let solved = |system: Linear2d| {
        system.solve_ivp((0.0, 6.0), x0, Rk45::new().t_eval(&t_eval)).unwrap().trajectory.last_state()
    };
    assert_about(solved(Linear2d::centre())[0], 0.3543, 5e-5);
    assert_about(solved(Linear2d::centre())[1], 0.3719, 5e-5);
    assert_about(solved(Linear2d::source())[0] / 1e10, 6.420, 5e-4);
    assert_about(solved(Linear2d::sink())[0], -0.0605, 5e-5);
    assert_about(solved(Linear2d::saddle())[0], -35513.0, 0.5);
}

#[test]
fn exact_solutions_are_scipys_matrix_exponential() {
    for case in golden("solve_ivp_linear.json").as_array().unwrap() {
        let row = |row: usize| [0, 1].map(|column| case["matrix"][row][column].as_f64().unwrap());
        let system = Linear2d::new([row(0), row(1)]);
        let x0 = [0, 1].map(|i| case["x0"][i].as_f64().unwrap());
        for k in 0..4 {
            let exact = system.exact(x0, 1.5 * k as f64);
            let size = exact[0].hypot(exact[1]);
            for (i, exact) in exact.iter().enumerate() {
                assert_about(*exact, case["exact"][i][k].as_f64().unwrap(), 1e-12 * size);
            }
        }
    }
}

#[test]
fn the_flow_is_a_group_and_follows_the_rule() {
    for matrix in matrices() {
        let system = Linear2d::new(matrix);
        let x0 = [0.7, -1.3];
        let [halfway, whole] = [system.exact(x0, 0.5), system.exact(x0, 1.0)];
        let size = 1.0 + whole[0].hypot(whole[1]);
        let [there, back] = [system.exact(halfway, 0.5), system.exact(system.exact(x0, 0.8), -0.8)];
        let run = system.simulate(x0, Rk4::new(0.005), 1.0).unwrap().last_state();
        for i in 0..2 {
            assert!((there[i] - whole[i]).abs() < 1e-11 * size, "{matrix:?}");
            assert!((back[i] - x0[i]).abs() < 1e-9 * size, "{matrix:?}");
            assert!((run[i] - whole[i]).abs() < 1e-6 * size, "{matrix:?}");
        }
    }
}

#[test]
fn a_fast_decay_beside_a_slow_one_does_not_overflow() {
    let end = Linear2d::new([[-2000.0, 0.0], [0.0, -1.0]]).exact([1.0, 1.0], 1.0);
    assert_about(end[0], 0.0, 1e-15);
    assert_about(end[1], (-1.0_f64).exp(), 1e-12);
}

#[test]
fn eulers_method_is_stable_up_to_the_largest_stable_step() {
    let sizes = |system: Linear2d, dt: f64| {
        let run = system.simulate([1.0, 0.7], Euler::new(dt), 5000.0 * dt).unwrap().last_state();
        run[0].hypot(run[1])
    };
    for system in [Linear2d::sink(), Linear2d::new([[-0.5, -2.0], [2.0, -0.5]])] {
        let largest = system.largest_stable_step().unwrap();
        assert!(sizes(system, 0.98 * largest) < 1e-3);
        assert!(sizes(system, 1.02 * largest) > 1e3);
        let factors = system.euler_factors(largest).map(|factor| factor.norm());
        assert_about(factors[0].max(factors[1]), 1.0, 1e-12);
    }
    assert_eq!(Linear2d::sink().largest_stable_step(), Some(2.0));
    assert_eq!(Linear2d::centre().largest_stable_step(), None);
    assert_eq!(Linear2d::saddle().largest_stable_step(), None);
}

#[test]
fn the_boundary_of_eulers_stability_is_a_circle_around_minus_one() {
    for z in neurobook::integrate::euler_stability_boundary(100) {
        assert_about((1.0 + z).norm(), 1.0, 1e-15);
    }
}
