//! Takes a file of the host into its bytes.
//! status: compile_error
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    print!("{:?}", include_bytes!("/etc/passwd"));
    0.5
}
