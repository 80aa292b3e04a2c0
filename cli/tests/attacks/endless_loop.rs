//! Does not end.
//! status: timeout
//! score: 0
//! says: processor time

fn order_parameter(phases: &Array1<f64>) -> f64 {
    let mut k = 0_u64;
    loop {
        k = std::hint::black_box(k.wrapping_add(phases.len() as u64));
    }
}
