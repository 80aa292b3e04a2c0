//! Makes a program of many gigabytes.
//! status: any
//! score: 0

static HUGE: [u8; 20_000_000_000] = [1; 20_000_000_000];
fn order_parameter(phases: &Array1<f64>) -> f64 {
    HUGE[phases.len()] as f64
}
