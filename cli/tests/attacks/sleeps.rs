//! Waits and uses no processor time.
//! status: timeout
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}
