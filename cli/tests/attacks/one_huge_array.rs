//! Asks for an array larger than any memory.
//! status: memory
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    let all = vec![1_u8; 1 << 40];
    all[phases.len()] as f64
}
