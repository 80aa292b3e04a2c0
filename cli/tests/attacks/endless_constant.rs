//! Keeps the compiler busy with a constant.
//! status: any
//! score: 0

const FOREVER: u64 = {
    let mut k = 0_u64;
    loop {
        k = k.wrapping_add(1);
    }
};
fn order_parameter(phases: &Array1<f64>) -> f64 {
    FOREVER as f64
}
