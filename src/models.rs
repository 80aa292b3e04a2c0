//! The models of the course: each file is an equation, its parameters and its rule.

pub mod balloon_windkessel;
pub mod fitzhugh_nagumo;
pub mod hopf;
pub mod kuramoto;
pub mod linear;
pub mod linear2d;
pub mod metronomes;
pub mod network;
mod network_engine;
pub mod wilson_cowan;

pub use balloon_windkessel::BalloonWindkessel;
pub use fitzhugh_nagumo::FitzHughNagumo;
pub use hopf::Hopf;
pub use kuramoto::{Kuramoto, KuramotoRun};
pub use linear::Exponential;
pub use linear2d::{Class, Kind, Linear2d, Stability};
pub use metronomes::Metronomes;
pub use network::{
    CoupledVariables, CouplingKind, FitzHughNagumoNetwork, HopfNetwork, Network, NetworkRun, Node, Scheme,
    WilsonCowanNetwork,
};
pub use network_engine::Input;
pub use wilson_cowan::WilsonCowan;
