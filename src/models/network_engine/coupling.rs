//! The sums over all edges, `Σ_m w[n,m] s_m(t - τ[n,m])`, of the signals `s` that nodes send.
//!
//! An edge with a delay of at least B - 1 steps reads nothing newer than the present for B steps: its
//! terms for all of them are one run through consecutive numbers. So edges are sorted into those of 8,
//! 4, 2 steps at once, and the rest. What is added to a sum, and in which order, does not depend on
//! where a block begins: a run in pieces has the same bits as the whole.

use super::sums::{self, BLOCK, Edge, ROWS, TARGETS, multiply};
use ndarray::Array2;

/// Bytes of history that the sources of a group may take up, so that they fit the processor's first cache, beside edges and sums.
const GROUP: usize = 24 << 10;

/// Bytes in a quarter of 4096. In that cache, numbers a multiple of 4096 bytes apart compete for the same few places: the
/// histories of neighbouring nodes begin an odd number of quarters apart, and one sample, so that a group uses all places.
const QUARTER: usize = 1 << 10;

/// Edges that are summed for as many steps: group by group of sources, and in a group [`TARGETS`] targets at a time.
#[derive(Debug, Clone, Default)]
struct Edges {
    /// Where the edges of each group and its targets begin, and where the last ones end.
    starts: Vec<usize>,
    /// One edge to each of the targets. Those that have fewer than the others receive from a silent node.
    edges: Vec<[Edge; TARGETS]>,
}

impl Edges {
    /// The edges that `edge` knows, to a node from another, in groups of that many sources.
    fn new(nodes: usize, sources: usize, silent: Edge, edge: impl Fn(usize, usize) -> Option<Edge>) -> Edges {
        let (mut starts, mut edges) = (Vec::new(), Vec::new());
        for first in (0..nodes).step_by(sources) {
            for n in (0..nodes).step_by(TARGETS) {
                let begin = edges.len();
                starts.push(begin);
                for target in 0..TARGETS.min(nodes - n) {
                    let to_target = (first..nodes.min(first + sources)).filter_map(|m| edge(n + target, m));
                    for (next, edge) in to_target.enumerate() {
                        if begin + next == edges.len() {
                            edges.push([silent; TARGETS]);
                        }
                        edges[begin + next][target] = edge;
                    }
                }
            }
        }
        match edges.len() {
            0 => starts.clear(),
            end => starts.push(end),
        }
        Edges { starts, edges }
    }

    /// Adds them to the sums of `STEPS` steps of the block.
    fn add<const STEPS: usize, const SIGNALS: usize>(
        &self,
        windows: &mut [[[f64; SIGNALS]; BLOCK]],
        step: usize,
        history: &[[f64; SIGNALS]],
    ) {
        let targets = windows.len() / TARGETS;
        for starts in self.starts.windows(targets + 1).step_by(targets) {
            sums::add::<STEPS, SIGNALS>(windows, step, history, starts, &self.edges);
        }
    }
}

/// The weights of undelayed edges, [`ROWS`] targets side by side: `panels[p][m][row]`.
type Panels = Vec<[f64; ROWS]>;

/// The sums of `SIGNALS` numbers that each node sends.
#[derive(Debug, Clone)]
pub(super) struct Coupling<const SIGNALS: usize> {
    nodes: usize,
    longest: usize,
    /// Edges by how many steps at a time: 1, 2, 4, 8.
    edges: [Edges; 4],
    panels: Panels,
    /// Each node's signals, each four times, as vector instructions want them.
    repeated: Vec<[[f64; 4]; SIGNALS]>,
    /// Node by node, its signals at each time. The last node is silent.
    history: Vec<[f64; SIGNALS]>,
    /// Samples of one node that the history has room for.
    room: usize,
    /// Samples of one node that are in it.
    filled: usize,
    /// Each node's sums for every step of the block.
    windows: Vec<[[f64; SIGNALS]; BLOCK]>,
    /// The sums of the present step, signal by signal.
    sums: [Vec<f64>; SIGNALS],
}

impl<const SIGNALS: usize> Coupling<SIGNALS> {
    /// The edges of `weights` (from column to row) with their delays in steps, after a history in
    /// which every node has always sent the same.
    pub(super) fn new(
        weights: &Array2<f64>,
        delays: Option<&Array2<usize>>,
        signals: [&[f64]; SIGNALS],
    ) -> Coupling<SIGNALS> {
        let nodes = weights.nrows();
        let delay = |n: usize, m: usize| delays.map_or(0, |delays| delays[[n, m]]);
        let longest = edges_of(weights).map(|(n, m)| delay(n, m)).max().unwrap_or(0);
        let undelayed = edges_of(weights).filter(|&(n, m)| delay(n, m) == 0).count();
        let dense = 4 * undelayed > nodes * nodes;
        let remembers = longest > 0 || (undelayed > 0 && !dense);
        let sample = size_of::<[f64; SIGNALS]>();
        let quarters = ((longest + longest.max(127) + 1) * sample).div_ceil(QUARTER) | 1;
        let room = if remembers { quarters * QUARTER / sample + 1 } else { 0 };
        let edge = |n: usize, m: usize| Edge { offset: m * room + longest - delay(n, m), weight: weights[[n, m]] };
        let silent = Edge { offset: nodes * room, weight: 0.0 };

        // How many steps an edge's terms are known for, 0 for one that a panel or nobody has.
        let mut at_once = vec![0_u8; nodes * nodes];
        for (n, m) in edges_of(weights) {
            at_once[n * nodes + m] = match delay(n, m) {
                0 if dense => 0,
                0 => 1,
                1..=2 => 2,
                3..=6 => 4,
                _ => 8,
            };
        }
        let sources = (GROUP / (sample * (longest + BLOCK))).max(1);
        let edges = [(1, nodes), (2, nodes), (4, nodes), (8, sources)].map(|(steps, sources)| {
            Edges::new(nodes, sources.max(1), silent, |n, m| (at_once[n * nodes + m] == steps).then(|| edge(n, m)))
        });

        let mut panels = Panels::new();
        for first in (0..nodes).step_by(ROWS).filter(|_| dense) {
            panels.extend((0..nodes).map(|m| {
                std::array::from_fn(|row| {
                    let n = first + row;
                    if n < nodes && delay(n, m) == 0 { weights[[n, m]] } else { 0.0 }
                })
            }));
        }

        let mut history = vec![[0.0; SIGNALS]; (nodes + 1) * room];
        if remembers {
            for (node, samples) in history.chunks_exact_mut(room).take(nodes).enumerate() {
                samples[..=longest].fill(signals.map(|signal| signal[node]));
            }
        }
        Coupling {
            nodes,
            longest,
            edges,
            panels,
            repeated: vec![[[0.0; 4]; SIGNALS]; nodes],
            history,
            room,
            filled: longest + 1,
            windows: vec![[[0.0; SIGNALS]; BLOCK]; nodes.next_multiple_of(TARGETS)],
            sums: std::array::from_fn(|_| vec![0.0; nodes.next_multiple_of(ROWS)]),
        }
    }

    /// Whether no node receives anything from another.
    pub(super) fn is_absent(&self) -> bool {
        self.panels.is_empty() && self.history.is_empty()
    }

    /// The sums of the present step, signal by signal and one a node.
    pub(super) fn sums(&self) -> [&[f64]; SIGNALS] {
        self.sums.each_ref().map(|sums| &sums[..self.nodes])
    }

    /// Begins a block: makes room in the history and sums what is known of all its steps.
    pub(super) fn begin(&mut self) {
        if self.history.is_empty() {
            return;
        }
        if self.filled + BLOCK > self.room {
            let kept = self.longest + 1;
            for samples in self.history.chunks_exact_mut(self.room) {
                samples.copy_within(self.filled - kept..self.filled, 0);
            }
            self.filled = kept;
        }
        self.windows.fill([[0.0; SIGNALS]; BLOCK]);
        self.edges[3].add::<8, SIGNALS>(&mut self.windows, 0, &self.history[self.filled - 1 - self.longest..]);
    }

    /// Completes the sums of a step of the block; the nodes now send these signals.
    pub(super) fn complete(&mut self, step: usize, signals: [&[f64]; SIGNALS]) {
        if self.history.is_empty() {
            self.sums.iter_mut().for_each(|sums| sums.fill(0.0));
        } else {
            let history = &self.history[self.filled - 1 - self.longest..];
            if step.is_multiple_of(4) {
                self.edges[2].add::<4, SIGNALS>(&mut self.windows, step, history);
            }
            if step.is_multiple_of(2) {
                self.edges[1].add::<2, SIGNALS>(&mut self.windows, step, history);
            }
            self.edges[0].add::<1, SIGNALS>(&mut self.windows, step, history);
            for (signal, sums) in self.sums.iter_mut().enumerate() {
                sums.iter_mut().zip(&self.windows).for_each(|(sum, window)| *sum = window[step][signal]);
            }
        }
        self.add_panels(signals);
    }

    /// Takes the signals after a step into the history.
    pub(super) fn remember(&mut self, signals: [&[f64]; SIGNALS]) {
        if self.history.is_empty() {
            return;
        }
        for (node, samples) in self.history.chunks_exact_mut(self.room).take(self.nodes).enumerate() {
            samples[self.filled] = signals.map(|signal| signal[node]);
        }
        self.filled += 1;
    }

    /// Adds the undelayed edges of a dense network.
    fn add_panels(&mut self, signals: [&[f64]; SIGNALS]) {
        if self.panels.is_empty() {
            return;
        }
        for (node, repeated) in self.repeated.iter_mut().enumerate() {
            *repeated = signals.map(|signal| [signal[node]; 4]);
        }
        for (number, panel) in self.panels.chunks_exact(self.nodes).enumerate() {
            let products = multiply(panel, &self.repeated);
            for (sums, products) in self.sums.iter_mut().zip(products) {
                let sums = &mut sums[ROWS * number..ROWS * (number + 1)];
                sums.iter_mut().zip(products).for_each(|(sum, product)| *sum += product);
            }
        }
    }
}

/// To which node from which the edges go.
fn edges_of(weights: &Array2<f64>) -> impl Iterator<Item = (usize, usize)> {
    weights.indexed_iter().filter(|(_, weight)| **weight != 0.0).map(|(edge, _)| edge)
}
