//! Hides the word in a macro.
//! status: violation
//! score: 0
//! says: unsafe

macro_rules! hidden { ($($code:tt)*) => { unsafe { $($code)* } }; }
fn order_parameter(phases: &Array1<f64>) -> f64 {
    let value = 0.5_f64;
    hidden! { *(&raw const value as *mut f64) = 1.0; }
    value
}
