//! The sums over all edges: `Σ_m w[n,m] sin θ_m(t - τ)` and the same with cosines.
//!
//! With them the coupling of node n is `cos θ_n · Σ w sin θ_m - sin θ_n · Σ w cos θ_m`, so a step
//! takes one sine and one cosine a node, and a multiplication and an addition of each an edge.
//!
//! An edge with a delay of at least B - 1 steps reads nothing newer than the present for B steps: its
//! terms for all of them are one run through consecutive numbers. So edges are sorted into those of 8,
//! 4, 2 steps at once, and the rest. What is added to a sum, and in which order, does not depend on
//! where a block begins: a run in pieces has the same bits as the whole.

use super::sums::{BLOCK, ROWS, add_long, multiply};
use ndarray::Array2;

/// Bytes of history that the sources of a group may take up, so that they fit the processor's first cache.
const GROUP: usize = 32 << 10;

/// Edges that are summed for a whole block: group by group of sources, and in a group target by target.
#[derive(Debug, Clone, Default)]
struct LongEdges {
    /// Where the edges of each group and target begin, and where the last ones end.
    starts: Vec<usize>,
    /// Where the window of an edge begins, seen from the oldest sample that is needed now.
    offsets: Vec<usize>,
    weights: Vec<f64>,
}

/// An edge that is summed for a few steps at a time.
#[derive(Debug, Clone)]
struct ShortEdge {
    target: usize,
    offset: usize,
    weight: f64,
}

/// The weights of undelayed edges, [`ROWS`] targets side by side: `panels[p][m][row]`.
type Panels = Vec<[f64; ROWS]>;

#[derive(Debug, Clone)]
pub(super) struct Coupling {
    nodes: usize,
    longest: usize,
    long: LongEdges,
    /// Edges by how many steps at a time: 4, 2, 1.
    short: [Vec<ShortEdge>; 3],
    panels: Panels,
    /// Each node's sine four times and its cosine four times, as vector instructions want them.
    repeated: Vec<[[f64; 4]; 2]>,
    /// Node by node, its sine and cosine at each time.
    history: Vec<f64>,
    /// Samples of one node that the history has room for.
    room: usize,
    /// Samples of one node that are in it.
    filled: usize,
    /// Each node's sums of sines and cosines in turn, for every step of the block.
    windows: Vec<[f64; 2 * BLOCK]>,
    /// The sums of the present step.
    pub(super) sines: Vec<f64>,
    pub(super) cosines: Vec<f64>,
}

impl Coupling {
    /// The edges of `weights` (from column to row) with their delays in steps, before a history in
    /// which every node has had its phase for ever.
    pub(super) fn new(
        weights: &Array2<f64>,
        delays: Option<&Array2<usize>>,
        sines: &[f64],
        cosines: &[f64],
    ) -> Coupling {
        let nodes = sines.len();
        let delay = |n: usize, m: usize| delays.map_or(0, |delays| delays[[n, m]]);
        let edges: Vec<(usize, usize, f64)> = weights
            .indexed_iter()
            .filter(|(_, weight)| **weight != 0.0)
            .map(|((n, m), weight)| (n, m, *weight))
            .collect();
        let longest = edges.iter().map(|&(n, m, _)| delay(n, m)).max().unwrap_or(0);
        let undelayed = edges.iter().filter(|&&(n, m, _)| delay(n, m) == 0).count();
        let dense = 4 * undelayed > nodes * nodes;
        let remembers = longest > 0 || (undelayed > 0 && !dense);
        let room = if remembers { (longest + 1 + longest.max(128)).next_multiple_of(BLOCK) + 1 } else { 0 };
        let offset = |n: usize, m: usize| 2 * (m * room + longest - delay(n, m));

        let mut long = LongEdges::default();
        let sources = (GROUP / (16 * (longest + BLOCK))).max(1);
        let mut grouped: Vec<_> = edges.iter().filter(|(n, m, _)| delay(*n, *m) >= BLOCK - 1).collect();
        grouped.sort_by_key(|(n, m, _)| (m / sources, *n));
        if !grouped.is_empty() {
            let key = |n: usize, m: usize| m / sources * nodes + n;
            for &&(n, m, weight) in &grouped {
                long.starts.resize(key(n, m) + 1, long.weights.len());
                long.offsets.push(offset(n, m));
                long.weights.push(weight);
            }
            long.starts.resize(nodes.div_ceil(sources) * nodes + 1, long.weights.len());
        }

        let mut short: [Vec<ShortEdge>; 3] = Default::default();
        for &(target, m, weight) in &edges {
            let class = match delay(target, m) {
                0 if dense => continue,
                0 => 2,
                1..=2 => 1,
                3..=6 => 0,
                _ => continue,
            };
            short[class].push(ShortEdge { target, offset: offset(target, m), weight });
        }
        // Neighbours in the list then have different targets, and do not wait for each other's sums.
        short.iter_mut().for_each(|edges| edges.sort_by_key(|edge| (edge.offset, edge.target)));

        let mut panels = Panels::new();
        for first in (0..nodes).step_by(ROWS).filter(|_| dense) {
            panels.extend((0..nodes).map(|m| {
                std::array::from_fn(|row| {
                    let n = first + row;
                    if n < nodes && delay(n, m) == 0 { weights[[n, m]] } else { 0.0 }
                })
            }));
        }

        let mut history = vec![0.0; 2 * nodes * room];
        if remembers {
            for (node, samples) in history.chunks_exact_mut(2 * room).enumerate() {
                for sample in samples[..2 * (longest + 1)].chunks_exact_mut(2) {
                    sample.copy_from_slice(&[sines[node], cosines[node]]);
                }
            }
        }
        let sums = vec![0.0; nodes.next_multiple_of(ROWS)];
        Coupling {
            nodes,
            longest,
            long,
            short,
            panels,
            repeated: vec![[[0.0; 4]; 2]; nodes],
            history,
            room,
            filled: longest + 1,
            windows: vec![[0.0; 2 * BLOCK]; nodes],
            sines: sums.clone(),
            cosines: sums,
        }
    }

    /// Whether no node feels another.
    pub(super) fn is_absent(&self) -> bool {
        self.panels.is_empty() && self.history.is_empty()
    }

    /// Begins a block: makes room in the history and sums what is known of all its steps.
    pub(super) fn begin(&mut self) {
        if self.history.is_empty() {
            return;
        }
        if self.filled + BLOCK > self.room {
            let kept = self.longest + 1;
            for samples in self.history.chunks_exact_mut(2 * self.room) {
                samples.copy_within(2 * (self.filled - kept)..2 * self.filled, 0);
            }
            self.filled = kept;
        }
        self.windows.fill([0.0; 2 * BLOCK]);
        let history = &self.history[2 * (self.filled - 1 - self.longest)..];
        for group in self.long.starts.windows(self.nodes + 1).step_by(self.nodes) {
            for (sums, edges) in self.windows.iter_mut().zip(group.windows(2)) {
                let edges = edges[0]..edges[1];
                add_long(sums, history, &self.long.offsets[edges.clone()], &self.long.weights[edges]);
            }
        }
    }

    /// Completes the sums of a step of the block; the nodes now have these sines and cosines.
    pub(super) fn complete(&mut self, step: usize, sines: &[f64], cosines: &[f64]) {
        if self.history.is_empty() {
            self.sines.fill(0.0);
            self.cosines.fill(0.0);
        } else {
            let history = &self.history[2 * (self.filled - 1 - self.longest)..];
            if step.is_multiple_of(4) {
                add_short::<8>(&mut self.windows, step, history, &self.short[0]);
            }
            if step.is_multiple_of(2) {
                add_short::<4>(&mut self.windows, step, history, &self.short[1]);
            }
            add_short::<2>(&mut self.windows, step, history, &self.short[2]);
            for ((sums, sine), cosine) in self.windows.iter().zip(&mut self.sines).zip(&mut self.cosines) {
                *sine = sums[2 * step];
                *cosine = sums[2 * step + 1];
            }
        }
        self.add_panels(sines, cosines);
    }

    /// Takes the sines and cosines after a step into the history.
    pub(super) fn remember(&mut self, sines: &[f64], cosines: &[f64]) {
        if self.history.is_empty() {
            return;
        }
        let at = 2 * self.filled;
        for ((samples, sine), cosine) in self.history.chunks_exact_mut(2 * self.room).zip(sines).zip(cosines) {
            samples[at] = *sine;
            samples[at + 1] = *cosine;
        }
        self.filled += 1;
    }

    /// Adds the undelayed edges of a dense network.
    fn add_panels(&mut self, sines: &[f64], cosines: &[f64]) {
        if self.panels.is_empty() {
            return;
        }
        for ((repeated, s), c) in self.repeated.iter_mut().zip(sines).zip(cosines) {
            *repeated = [[*s; 4], [*c; 4]];
        }
        let sums = self.sines.chunks_exact_mut(ROWS).zip(self.cosines.chunks_exact_mut(ROWS));
        for (panel, (sines, cosines)) in self.panels.chunks_exact(self.nodes).zip(sums) {
            let (s, c) = multiply(panel, &self.repeated);
            for row in 0..ROWS {
                sines[row] += s[row];
                cosines[row] += c[row];
            }
        }
    }
}

/// Adds to the sums of `WINDOW / 2` steps.
fn add_short<const WINDOW: usize>(windows: &mut [[f64; 2 * BLOCK]], step: usize, history: &[f64], edges: &[ShortEdge]) {
    for edge in edges {
        let sums = &mut windows[edge.target][2 * step..2 * step + WINDOW];
        for (sum, sample) in sums.iter_mut().zip(&history[edge.offset..edge.offset + WINDOW]) {
            *sum += edge.weight * sample;
        }
    }
}
