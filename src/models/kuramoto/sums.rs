//! The hot loops of the coupling: for each edge and step two multiplications and two additions.
//!
//! On x86-64 each is compiled a second time for the wide registers that nearly all processors have and
//! that Rust may not take for granted. The operations and their order are the same, and none is fused
//! with another: so are all bits of the sums.

/// Steps that are taken together.
pub(super) const BLOCK: usize = 8;

/// Rows of weights that are multiplied together.
pub(super) const ROWS: usize = 8;

/// The sums of a panel's targets.
pub(super) fn multiply(panel: &[[f64; ROWS]], repeated: &[[[f64; 4]; 2]]) -> ([f64; ROWS], [f64; ROWS]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { wide::multiply(panel, repeated) };
    }
    plain::multiply(panel, repeated)
}

/// Adds edges to the sums of a whole block.
pub(super) fn add_long(sums: &mut [f64; 2 * BLOCK], history: &[f64], offsets: &[usize], weights: &[f64]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { wide::add_long(sums, history, offsets, weights) };
    }
    plain::add_long(sums, history, offsets, weights);
}

/// Neither function is inlined: alone, its sums stay in registers.
mod plain {
    use super::{BLOCK, ROWS};

    #[inline(never)]
    pub(super) fn multiply(panel: &[[f64; ROWS]], repeated: &[[[f64; 4]; 2]]) -> ([f64; ROWS], [f64; ROWS]) {
        super::products(panel, repeated)
    }

    #[inline(never)]
    pub(super) fn add_long(sums: &mut [f64; 2 * BLOCK], history: &[f64], offsets: &[usize], weights: &[f64]) {
        super::add_windows(sums, history, offsets, weights);
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{BLOCK, ROWS};

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply(panel: &[[f64; ROWS]], repeated: &[[[f64; 4]; 2]]) -> ([f64; ROWS], [f64; ROWS]) {
        super::products(panel, repeated)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn add_long(sums: &mut [f64; 2 * BLOCK], history: &[f64], offsets: &[usize], weights: &[f64]) {
        super::add_windows(sums, history, offsets, weights);
    }
}

#[inline(always)]
fn products(panel: &[[f64; ROWS]], repeated: &[[[f64; 4]; 2]]) -> ([f64; ROWS], [f64; ROWS]) {
    let (mut s, mut c) = ([0.0; ROWS], [0.0; ROWS]);
    for (weights, [sine, cosine]) in panel.iter().zip(repeated) {
        for row in 0..ROWS {
            s[row] += weights[row] * sine[row % 4];
            c[row] += weights[row] * cosine[row % 4];
        }
    }
    (s, c)
}

#[inline(always)]
fn add_windows(sums: &mut [f64; 2 * BLOCK], history: &[f64], offsets: &[usize], weights: &[f64]) {
    let mut added = *sums;
    for (offset, weight) in offsets.iter().zip(weights) {
        for (sum, sample) in added.iter_mut().zip(&history[*offset..*offset + 2 * BLOCK]) {
            *sum += weight * sample;
        }
    }
    *sums = added;
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
        let history: Vec<f64> = (0..1000).map(number).collect();
        let (offsets, weights): (Vec<usize>, Vec<f64>) = (0..300).map(|k| (3 * k, number(k))).unzip();
        let (mut one, mut other) = ([0.25; 2 * BLOCK], [0.25; 2 * BLOCK]);
        add_long(&mut one, &history, &offsets, &weights);
        plain::add_long(&mut other, &history, &offsets, &weights);
        assert_eq!(one, other);
    }
}
