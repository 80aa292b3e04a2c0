//! Networks that keep some of a connectome's features and have no others.

use super::{all_finite, square};
use crate::noise::Purpose;
use crate::{Error, Result};
use ndarray::{Array2, ArrayRef2};
use rand::RngExt;

/// How often a network exchanges ends, for each of its links.
const EXCHANGES_PER_LINK: usize = 10;

/// After this many draws for each exchange a network is left as it is: few links, or nearly all of them, leave nothing to exchange.
const DRAWS_PER_EXCHANGE: usize = 100;

/// The same number of links and the same number of neighbours of every node as in `weights`, drawn at random otherwise: a null
/// model for whether it matters *which* regions are linked.
///
/// Two links a–b and c–d that share no node become a–d and c–b, unless one of these is there already; this is
/// repeated ten times for each link. A link takes its weight along, so the weights are the same as well, and the strengths (the sums of the
/// rows) are not. Nor are the lengths: a long link may come between neighbours. A node without links stays without.
///
/// Source: S. Maslov and K. Sneppen, *Science* 296 (2002), 910. It is `randmio_und` of the Brain Connectivity Toolbox.
///
/// ```
/// use neurobook::prelude::*;
/// let weights = data::small_connectome().weights;
/// let null = network::rewired(&weights, 1)?;
/// assert_eq!(network::degrees(&null), network::degrees(&weights));
/// assert_ne!(null, weights);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When the matrix is not square or not symmetric, or a weight is not finite.
#[doc(alias = "randmio_und")]
pub fn rewired(weights: &ArrayRef2<f64>, seed: u64) -> Result<Array2<f64>> {
    square("weights", weights)?;
    all_finite("weights", weights)?;
    if let Some(((row, column), _)) = weights.indexed_iter().find(|((n, m), weight)| weights[[*m, *n]] != **weight) {
        return Err(Error::new(format!(
            "weights, row {row}, column {column} is {}, and row {column}, column {row} is {}: give a symmetric matrix, before rows \
             are normalised",
            weights[[row, column]],
            weights[[column, row]]
        )));
    }
    let mut rewired = weights.to_owned();
    let mut links: Vec<(usize, usize)> =
        weights.indexed_iter().filter(|((n, m), weight)| n < m && **weight != 0.0).map(|(link, _)| link).collect();
    if links.len() < 2 {
        return Ok(rewired);
    }
    let mut generator = Purpose::Rewiring.generator(seed, 0);
    for _ in 0..EXCHANGES_PER_LINK * links.len() {
        for _ in 0..DRAWS_PER_EXCHANGE {
            let (one, other) = (generator.random_range(0..links.len()), generator.random_range(0..links.len()));
            let (a, b) = links[one];
            // A link has no direction: either end may be the first.
            let (c, d) = if generator.random::<bool>() { links[other] } else { (links[other].1, links[other].0) };
            let apart = a != c && a != d && b != c && b != d;
            if apart && rewired[[a, d]] == 0.0 && rewired[[c, b]] == 0.0 {
                move_link(&mut rewired, (a, b), (a, d));
                move_link(&mut rewired, (c, d), (c, b));
                (links[one], links[other]) = ((a, d), (c, b));
                break;
            }
        }
    }
    Ok(rewired)
}

fn move_link(weights: &mut Array2<f64>, from: (usize, usize), to: (usize, usize)) {
    let weight = weights[from];
    for (pair, weight) in [(from, 0.0), (to, weight)] {
        weights[pair] = weight;
        weights[(pair.1, pair.0)] = weight;
    }
}
