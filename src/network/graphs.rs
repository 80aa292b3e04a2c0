//! Networks by recipe.

use super::{assert_fits, ensure_nodes_fit};
use crate::noise::Purpose;
use crate::{Error, Result};
use ndarray::Array2;
use rand::RngExt;

/// Every node is connected with every other by a weight of 1, and not with itself.
///
/// ```
/// use neurobook::{ndarray::array, network::all_to_all};
/// assert_eq!(all_to_all(2), array![[0.0, 1.0], [1.0, 0.0]]);
/// ```
///
/// # Panics
/// When the matrix would take more than 2 GiB.
#[doc(alias = "ones")]
#[track_caller]
pub fn all_to_all(nodes: usize) -> Array2<f64> {
    assert_fits(nodes);
    Array2::from_shape_fn((nodes, nodes), |(n, m)| f64::from(u8::from(n != m)))
}

/// Every node is connected with every other, in each direction by a weight of its own from `[0, 1)`.
///
/// # Panics
/// When the matrix would take more than 2 GiB.
#[track_caller]
pub fn random_weights(nodes: usize, seed: u64) -> Array2<f64> {
    assert_fits(nodes);
    let mut generator = Purpose::RandomWeights.generator(seed, 0);
    Array2::from_shape_fn((nodes, nodes), |(n, m)| {
        let weight = generator.random::<f64>();
        if n == m { 0.0 } else { weight }
    })
}

/// A small world: a ring in which each node is connected with its `neighbours` nearest (half of them on
/// each side), and then each connection moves, with probability `rewiring`, to another node.
///
/// Weights are 1, in both directions. At 0 it is a lattice, at 1 nearly a random graph; in between,
/// neighbours stay neighbours and all ways become short. Source: D. J. Watts and S. H. Strogatz,
/// *Nature* 393 (1998), 440.
///
/// ```
/// use neurobook::network::{degrees, watts_strogatz};
/// let weights = watts_strogatz(20, 4, 0.1, 1)?;
/// assert_eq!(degrees(&weights).sum(), 80.0);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When `neighbours` is odd or not below the number of nodes, `rewiring` is not between 0 and 1, or the
/// matrix would take more than 2 GiB.
#[doc(alias = "small_world")]
pub fn watts_strogatz(nodes: usize, neighbours: usize, rewiring: f64, seed: u64) -> Result<Array2<f64>> {
    if !neighbours.is_multiple_of(2) || neighbours >= nodes {
        return Err(Error::new(format!(
            "neighbours is {neighbours}: give an even number below the number of nodes, {nodes}"
        )));
    }
    if !(0.0..=1.0).contains(&rewiring) {
        return Err(Error::new(format!("rewiring is {rewiring}: give a probability between 0 and 1")));
    }
    ensure_nodes_fit(nodes)?;
    let mut weights = Array2::zeros((nodes, nodes));
    let connect = |weights: &mut Array2<f64>, n: usize, m: usize, weight: f64| {
        weights[[n, m]] = weight;
        weights[[m, n]] = weight;
    };
    for distance in 1..=neighbours / 2 {
        (0..nodes).for_each(|n| connect(&mut weights, n, (n + distance) % nodes, 1.0));
    }
    let mut generator = Purpose::SmallWorld.generator(seed, 0);
    for distance in 1..=neighbours / 2 {
        for n in 0..nodes {
            let old = (n + distance) % nodes;
            if generator.random::<f64>() >= rewiring {
                continue;
            }
            let free: Vec<usize> = (0..nodes).filter(|&m| m != n && weights[[n, m]] == 0.0).collect();
            if !free.is_empty() {
                let new = free[generator.random_range(0..free.len())];
                connect(&mut weights, n, old, 0.0);
                connect(&mut weights, n, new, 1.0);
            }
        }
    }
    Ok(weights)
}

/// Groups of nodes that only a hub connects. The hub is the node after the first group.
///
/// Within a group every two nodes have a weight of `within`; every node receives `from_hub` from the
/// hub, and the hub `to_hub` from every node.
///
/// ```
/// use neurobook::network::modules_with_hub;
/// let weights = modules_with_hub(&[2, 3], 10.0, 10.0, 1.0);
/// assert_eq!(weights.row(0).to_vec(), [0.0, 10.0, 10.0, 0.0, 0.0, 0.0]);
/// assert_eq!(weights.row(2).to_vec(), [1.0, 1.0, 0.0, 1.0, 1.0, 1.0]);
/// ```
///
/// # Panics
/// When the matrix would take more than 2 GiB.
#[track_caller]
pub fn modules_with_hub(modules: &[usize], within: f64, from_hub: f64, to_hub: f64) -> Array2<f64> {
    assert_fits(modules.iter().fold(1, |nodes: usize, module| nodes.saturating_add(*module)));
    let hub = modules.first().copied().unwrap_or(0);
    let mut module_of = Vec::new();
    for (module, size) in modules.iter().enumerate() {
        module_of.extend(vec![Some(module); *size]);
    }
    module_of.insert(hub, None);
    let nodes = module_of.len();
    Array2::from_shape_fn((nodes, nodes), |(n, m)| match (module_of[n], module_of[m]) {
        _ if n == m => 0.0,
        (None, _) => to_hub,
        (_, None) => from_hub,
        (n, m) if n == m => within,
        _ => 0.0,
    })
}
