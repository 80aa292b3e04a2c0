//! The models of the course: each file is an equation, its parameters and its rule.

pub mod linear;

pub use linear::Exponential;
