//! Silences panics, then panics.
//! status: graded
//! score: 0
//! says: stopped

fn order_parameter(phases: &Array1<f64>) -> f64 {
    std::panic::set_hook(Box::new(|_| {}));
    panic!("{}", phases.len())
}
