//! How the files of the folder `data/` are made.

mod bold_like;
mod people;
mod small_brain;
mod study;

pub use small_brain::{model_d, small_connectome, small_positions, virtual_recording, virtual_subject};

use super::{WITH_SERIES, matrix_to_csv};
use crate::Result;
use crate::models::{Hopf, HopfNetwork};
use crate::network::{Connectome, SyntheticConnectome};
use crate::noise::Purpose;
use ndarray::{Array2, array};
use std::f64::consts::PI;

/// The files of the folder `data/`, made again: their names and what is in them.
///
/// Numbers are rounded (weights and states to a millionth, lengths to a tenth of a millimetre, series to a
/// hundredth), so that the last bit of a logarithm, which computers do not agree on, changes no byte.
///
/// # Errors
/// Never, as long as the recipes below are good ones.
pub fn generated_files() -> Result<Vec<(String, String)>> {
    let connectome = SyntheticConnectome { regions: 80, seed: 1, ..SyntheticConnectome::default() }
        .generate_for(Purpose::Simulation)?;
    let connectome = Connectome::new(rounded(&connectome.weights, 1e6), rounded(&connectome.lengths, 10.0))?;
    let mut files = vec![
        ("connectome_weights.csv".to_owned(), matrix_to_csv(&connectome.weights)),
        ("connectome_lengths.csv".to_owned(), matrix_to_csv(&connectome.lengths)),
        ("participants.tsv".to_owned(), people::table()),
        ("reaction_times.csv".to_owned(), REACTION_TIMES.to_owned()),
    ];
    for (index, participant) in WITH_SERIES.into_iter().enumerate() {
        files.push((format!("bold_{participant}.csv"), bold_like::table(&connectome, index)));
    }
    for (name, model) in [("a", model_a(1.2)), ("b", model_b(0.6)), ("c", model_c(1.25))] {
        let x = model.simulate(50.0)?.nodes("x")?;
        files.push((format!("model_{name}.csv"), matrix_to_csv(&rounded(&x, 1e6))));
    }
    files.extend(study::files()?);
    Ok(files)
}

/// Three made-up people press a key, once with each hand. Chapter 0 reads it.
const REACTION_TIMES: &str = "participant,hand,reaction_time\n\
    1,left,250\n1,right,280\n2,left,235\n2,right,260\n3,left,270\n3,right,295\n";

fn rounded(matrix: &Array2<f64>, parts: f64) -> Array2<f64> {
    // Adding 0 makes a negative zero a plain one.
    matrix.mapv(|value| (value * parts).round() / parts + 0.0)
}

/// Model A of the recovery exercises: two Hopf nodes at the bifurcation, of which the coupling is to be found. Its
/// seed is that of `data/model_a.csv`: it covers the noise and the initial state.
pub fn model_a(coupling: f64) -> HopfNetwork {
    HopfNetwork { coupling, seed: 1, ..pair(0.7 * PI) }
}

/// Model B of the recovery exercises: the two nodes of which the angular frequency, in rad/ms, is to be found. Its
/// seed is that of `data/model_b.csv`.
pub fn model_b(omega: f64) -> HopfNetwork {
    HopfNetwork { coupling: 0.5, seed: 2, ..pair(omega) }
}

/// Model C of the recovery exercises: five nodes, of which the coupling is to be found from their functional
/// connectivity. Its seed is that of `data/model_c.csv`.
pub fn model_c(coupling: f64) -> HopfNetwork {
    let weights = array![
        [1.0, 0.02, 0.04, 0.05, 0.02],
        [0.02, 1.0, 0.03, 0.01, 0.01],
        [0.02, 0.01, 1.0, 0.01, 0.04],
        [0.05, 0.01, 0.06, 1.0, 0.06],
        [0.07, 0.02, 0.03, 0.08, 1.0],
    ];
    HopfNetwork { coupling, weights, seed: 3, ..pair(1.3 * PI) }
}

/// Two nodes at the bifurcation with noise of 0.1.
fn pair(omega: f64) -> HopfNetwork {
    HopfNetwork {
        nodes: vec![Hopf { a: 0.0, omega }],
        weights: array![[1.0, 0.02], [0.02, 1.0]],
        noise: 0.1,
        ..HopfNetwork::default()
    }
}
