//! Calls a module of its own like the course's crate.
//! status: any
//! score: 0

mod neurobook {
    pub mod check {
        pub fn serve(_: &[u8]) {}
    }
}
fn order_parameter(phases: &Array1<f64>) -> f64 {
    neurobook::check::serve(&[]);
    0.5
}
