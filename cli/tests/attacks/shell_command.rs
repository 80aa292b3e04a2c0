//! Asks the kernel for a program. The line is passed over.
//! status: graded
//! score: 3

!touch /tmp/neurobook-was-here
fn order_parameter(phases: &Array1<f64>) -> f64 {
    let sum: Complex64 = phases.iter().map(|theta| Complex64::from_polar(1.0, *theta)).sum();
    sum.norm() / phases.len() as f64
}
