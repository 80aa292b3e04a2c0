//! Uses what the course does not.
//! status: violation
//! score: 0
//! says: unsafe

fn order_parameter(phases: &Array1<f64>) -> f64 {
    let value = 0.5_f64;
    unsafe {
        *(&raw const value as *mut f64) = 1.0;
    }
    value
}
