//! The models of the course: each file is an equation, its parameters and its rule.

pub mod balloon_windkessel;
pub mod fitzhugh_nagumo;
pub mod hopf;
pub mod jansen_rit;
pub mod kuramoto;
pub mod linear;
pub mod linear2d;
pub mod metronomes;
pub mod network;
mod network_engine;
pub mod subcritical_hopf;
pub mod wilson_cowan;
pub mod wong_wang;

pub use balloon_windkessel::BalloonWindkessel;
pub use fitzhugh_nagumo::{FitzHughNagumo, FitzHughNagumoNetwork};
pub use hopf::{Hopf, HopfNetwork};
pub use jansen_rit::{JansenRit, JansenRitNetwork};
pub use kuramoto::{Kuramoto, KuramotoRun};
pub use linear::Exponential;
pub use linear2d::{Class, Kind, Linear2d, Stability};
pub use metronomes::Metronomes;
pub use network::{CoupledVariables, CouplingKind, Drive, Network, NetworkRun, Node, Scheme, Variables};
pub use network_engine::Input;
pub use subcritical_hopf::{SubcriticalHopf, SubcriticalHopfNetwork};
pub use wilson_cowan::{WilsonCowan, WilsonCowanNetwork};
pub use wong_wang::{WongWang, WongWangNetwork};

/// The networks of the course are compiled once, with the crate: a cell takes from it what is `#[inline(never)]`, and
/// compiles only a network of the learner's own nodes.
#[used]
static COMPILED_WITH_THE_CRATE: (
    Simulate<Hopf>,
    Simulate<SubcriticalHopf>,
    Simulate<FitzHughNagumo>,
    Simulate<WilsonCowan>,
) = (Network::simulate, Network::simulate, Network::simulate, Network::simulate);

type Simulate<N> = fn(&Network<N>, f64) -> crate::Result<crate::Trajectory>;
