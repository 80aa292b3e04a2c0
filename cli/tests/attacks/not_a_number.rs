//! Gives what is equal to nothing.
//! status: graded
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    phases[0] * f64::NAN
}
