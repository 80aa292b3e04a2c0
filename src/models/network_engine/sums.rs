//! The hot loops of the coupling: for each edge, signal and step a multiplication and an addition.
//!
//! On x86-64 each is compiled a second time for the wide registers that nearly all processors have and
//! that Rust may not take for granted. The operations and their order are the same, and none is fused
//! with another: so are all bits of the sums.

/// Steps that are taken together.
pub(super) const BLOCK: usize = 8;

/// Rows of weights that are multiplied together.
pub(super) const ROWS: usize = 8;

/// Targets whose edges are taken together: their sums do not wait for each other.
pub(super) const TARGETS: usize = 2;

/// What a target receives from a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// Where the edge's window begins, seen from the oldest sample that is needed now.
    pub offset: usize,
    pub weight: f64,
}

/// The sums of a panel's targets, signal by signal.
pub(super) fn multiply<const SIGNALS: usize>(
    panel: &[[f64; ROWS]],
    repeated: &[[[f64; 4]; SIGNALS]],
) -> [[f64; ROWS]; SIGNALS] {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { wide::multiply(panel, repeated) };
    }
    plain::multiply(panel, repeated)
}

/// Adds to each target's sums of `STEPS` steps, from `step` of the block on, the edges that begin where `starts` says.
pub(super) fn add<const STEPS: usize, const SIGNALS: usize>(
    windows: &mut [[[f64; SIGNALS]; BLOCK]],
    step: usize,
    history: &[[f64; SIGNALS]],
    starts: &[usize],
    edges: &[[Edge; TARGETS]],
) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { wide::add::<STEPS, SIGNALS>(windows, step, history, starts, edges) };
    }
    plain::add::<STEPS, SIGNALS>(windows, step, history, starts, edges);
}

/// Both functions, compiled in a way of their own.
macro_rules! compiled {
    ($(#[$how:meta])+) => {
        use super::{BLOCK, Edge, ROWS, TARGETS};

        $(#[$how])+
        pub(super) fn multiply<const SIGNALS: usize>(
            panel: &[[f64; ROWS]],
            repeated: &[[[f64; 4]; SIGNALS]],
        ) -> [[f64; ROWS]; SIGNALS] {
            super::products(panel, repeated)
        }

        $(#[$how])+
        pub(super) fn add<const STEPS: usize, const SIGNALS: usize>(
            windows: &mut [[[f64; SIGNALS]; BLOCK]],
            step: usize,
            history: &[[f64; SIGNALS]],
            starts: &[usize],
            edges: &[[Edge; TARGETS]],
        ) {
            super::add_windows::<STEPS, SIGNALS>(windows, step, history, starts, edges);
        }
    };
}

/// Neither function is inlined: alone, its sums stay in registers.
mod plain {
    compiled!(#[inline(never)]);
}

#[cfg(target_arch = "x86_64")]
mod wide {
    compiled!(#[target_feature(enable = "avx2")]);
}

#[inline(always)]
fn products<const SIGNALS: usize>(panel: &[[f64; ROWS]], repeated: &[[[f64; 4]; SIGNALS]]) -> [[f64; ROWS]; SIGNALS] {
    let mut sums = [[0.0; ROWS]; SIGNALS];
    for (weights, signals) in panel.iter().zip(repeated) {
        for row in 0..ROWS {
            for signal in 0..SIGNALS {
                sums[signal][row] += weights[row] * signals[signal][row % 4];
            }
        }
    }
    sums
}

#[inline(always)]
fn add_windows<const STEPS: usize, const SIGNALS: usize>(
    windows: &mut [[[f64; SIGNALS]; BLOCK]],
    step: usize,
    history: &[[f64; SIGNALS]],
    starts: &[usize],
    edges: &[[Edge; TARGETS]],
) {
    let (targets, _) = windows.as_chunks_mut::<TARGETS>();
    for (sums, starts) in targets.iter_mut().zip(starts.windows(2)) {
        let mut sums = sums.each_mut().map(|sums| &mut sums.as_chunks_mut::<STEPS>().0[step / STEPS]);
        // Written together: the compiler does not know that the sums are no samples.
        let mut added = sums.each_ref().map(|sums| **sums);
        for edges in &edges[starts[0]..starts[1]] {
            for (sums, edge) in added.iter_mut().zip(edges) {
                let samples = history[edge.offset..edge.offset + STEPS].as_flattened();
                for (sum, sample) in sums.as_flattened_mut().iter_mut().zip(samples) {
                    *sum += edge.weight * sample;
                }
            }
        }
        sums.iter_mut().zip(added).for_each(|(sums, added)| **sums = added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_registers_give_the_bits_of_narrow_ones() {
        let number = |k: usize| (k as f64 * 0.618_033_988_749_894_9).fract() - 0.5;
        let panel: Vec<[f64; ROWS]> = (0..80).map(|m| std::array::from_fn(|row| number(ROWS * m + row))).collect();
        let repeated: Vec<_> = (0..80).map(|m| [[number(m); 4], [number(m + 7); 4]]).collect();
        assert_eq!(multiply(&panel, &repeated), plain::multiply(&panel, &repeated));
        let history: Vec<[f64; 2]> = (0..1000).map(|k| [number(2 * k), number(2 * k + 1)]).collect();
        let edge = |k: usize| Edge { offset: 3 * k, weight: number(k) };
        let edges: Vec<[Edge; TARGETS]> =
            (0..75).map(|k| std::array::from_fn(|target| edge(TARGETS * k + target))).collect();
        let (mut one, mut other) = ([[[0.25; 2]; BLOCK]; 2 * TARGETS], [[[0.25; 2]; BLOCK]; 2 * TARGETS]);
        let starts = [0, 30, 75];
        add::<8, 2>(&mut one, 0, &history, &starts, &edges);
        plain::add::<8, 2>(&mut other, 0, &history, &starts, &edges);
        add::<2, 2>(&mut one, 6, &history, &starts, &edges);
        plain::add::<2, 2>(&mut other, 6, &history, &starts, &edges);
        assert_eq!(one, other);
    }
}
