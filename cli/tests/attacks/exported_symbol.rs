//! Takes the place of a function of the system.
//! status: violation
//! score: 0

#[unsafe(no_mangle)]
pub extern "C" fn memcmp(_: *const u8, _: *const u8, _: usize) -> i32 {
    0
}
fn order_parameter(phases: &Array1<f64>) -> f64 {
    memcmp(std::ptr::null(), std::ptr::null(), 1) as f64
}
