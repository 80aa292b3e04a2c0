//! Prints without end to the other channel.
//! status: violation
//! score: 0
//! says: printed more than

fn order_parameter(phases: &Array1<f64>) -> f64 {
    let line = "x".repeat(1 << 16);
    loop {
        eprintln!("{line}");
    }
}
