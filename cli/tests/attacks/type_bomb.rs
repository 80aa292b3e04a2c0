//! Keeps the compiler busy with a type.
//! status: any
//! score: 0

type A = (u8, u8, u8, u8, u8, u8, u8, u8);
type B = (A, A, A, A, A, A, A, A);
type C = (B, B, B, B, B, B, B, B);
type D = (C, C, C, C, C, C, C, C);
type E = (D, D, D, D, D, D, D, D);
type F = (E, E, E, E, E, E, E, E);
fn order_parameter(phases: &Array1<f64>) -> f64 {
    std::mem::size_of::<F>() as f64 + std::any::type_name::<F>().len() as f64
}
