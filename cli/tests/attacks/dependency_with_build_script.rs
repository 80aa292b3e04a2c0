//! Asks the kernel for a crate that runs a program when it is built. The line is passed over.
//! status: graded
//! score: 3

:dep evil = { path = "/tmp/evil" }
fn order_parameter(phases: &Array1<f64>) -> f64 {
    let sum: Complex64 = phases.iter().map(|theta| Complex64::from_polar(1.0, *theta)).sum();
    sum.norm() / phases.len() as f64
}
