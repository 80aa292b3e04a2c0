//! Closes a bracket that it did not open.
//! status: compile_error
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    0.5
}
}
fn main() {
    println!("passed");
