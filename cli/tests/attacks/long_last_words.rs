//! Panics with a message of many megabytes.
//! status: any
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    panic!("{}", "x".repeat(1 << 27))
}
