//! Asks for what only the compiler's own developers may use.
//! status: any
//! score: 0

#![feature(core_intrinsics)]
fn order_parameter(phases: &Array1<f64>) -> f64 {
    0.5
}
