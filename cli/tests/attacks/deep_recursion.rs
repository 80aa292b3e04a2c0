//! Calls itself without end.
//! status: graded
//! score: 0
//! says: too deeply

fn deeper(x: f64) -> f64 {
    deeper(x + 1.0) + x
}
fn order_parameter(phases: &Array1<f64>) -> f64 {
    deeper(phases[0])
}
