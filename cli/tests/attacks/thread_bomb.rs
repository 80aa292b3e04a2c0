//! Starts threads without end.
//! status: any
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    loop {
        std::thread::spawn(|| loop {
            std::thread::park();
        });
    }
}
