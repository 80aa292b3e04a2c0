//! The models of the course: each file is an equation, its parameters and its rule.

pub mod kuramoto;
pub mod linear;
pub mod linear2d;

pub use kuramoto::{Input, Kuramoto, KuramotoRun};
pub use linear::Exponential;
pub use linear2d::{Class, Kind, Linear2d, Stability};
