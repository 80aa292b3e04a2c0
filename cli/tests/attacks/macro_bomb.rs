//! Keeps the compiler busy with a macro.
//! status: any
//! score: 0

macro_rules! bomb {
    ($($word:tt)*) => { bomb!($($word)* $($word)* x); };
}
fn order_parameter(phases: &Array1<f64>) -> f64 {
    bomb!(x x);
    0.5
}
