//! The discrete Fourier transform, of any length.

use num_complex::Complex64;
use std::f64::consts::PI;

/// `X_k = Σ_j x_j exp(-2πi jk/n)`: Cooley and Tukey's way for powers of two, and Bluestein's for the rest, which
/// makes of it a convolution of a power of two.
///
/// Sources: J. W. Cooley and J. W. Tukey, *Mathematics of Computation* 19 (1965), 297; L. Bluestein, *IEEE
/// Transactions on Audio and Electroacoustics* 18 (1970), 451.
pub(super) fn transform(values: &mut [Complex64]) {
    let count = values.len();
    if count.is_power_of_two() {
        return radix2(values);
    }
    // jk = (j² + k² - (k - j)²) / 2. Squares modulo 2n: large ones would cost the angle its digits.
    let chirp = |k: usize| Complex64::cis(-PI * ((k * k) % (2 * count)) as f64 / count as f64);
    let room = (2 * count).next_power_of_two();
    let mut signal = vec![Complex64::default(); room];
    let mut kernel = vec![Complex64::default(); room];
    for (k, value) in values.iter().enumerate() {
        signal[k] = value * chirp(k);
        kernel[k] = chirp(k).conj();
        kernel[(room - k) % room] = kernel[k];
    }
    radix2(&mut signal);
    radix2(&mut kernel);
    // The way back is the way there of the conjugates.
    signal.iter_mut().zip(&kernel).for_each(|(signal, kernel)| *signal = (*signal * kernel).conj());
    radix2(&mut signal);
    for (k, value) in values.iter_mut().enumerate() {
        *value = signal[k].conj() / room as f64 * chirp(k);
    }
}

/// The way back: [`transform`], and then this, gives the values again.
pub(super) fn inverse(values: &mut [Complex64]) {
    let count = values.len();
    values.iter_mut().for_each(|value| *value = value.conj());
    transform(values);
    values.iter_mut().for_each(|value| *value = value.conj() / count as f64);
}

/// The transform of a power of two, in place.
fn radix2(values: &mut [Complex64]) {
    let count = values.len();
    if count < 2 {
        return;
    }
    let shift = usize::BITS - count.trailing_zeros();
    for index in 0..count {
        let mirrored = index.reverse_bits() >> shift;
        if index < mirrored {
            values.swap(index, mirrored);
        }
    }
    let mut half = 1;
    while half < count {
        let turns: Vec<Complex64> = (0..half).map(|k| Complex64::cis(-PI * k as f64 / half as f64)).collect();
        for pair in values.chunks_exact_mut(2 * half) {
            let (even, odd) = pair.split_at_mut(half);
            for ((even, odd), turn) in even.iter_mut().zip(odd).zip(&turns) {
                let turned = *odd * turn;
                *odd = *even - turned;
                *even += turned;
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_of_any_length_is_its_sum() {
        for count in [1, 2, 3, 5, 8, 12, 30, 64, 97, 100, 256] {
            let values: Vec<Complex64> =
                (0..count).map(|k| Complex64::new((k as f64).sin(), (0.3 * k as f64).cos())).collect();
            let mut transformed = values.clone();
            transform(&mut transformed);
            for (k, ours) in transformed.iter().enumerate() {
                let term = |j: usize| values[j] * Complex64::cis(-2.0 * PI * ((j * k) % count) as f64 / count as f64);
                let sum: Complex64 = (0..count).map(term).sum();
                assert!((ours - sum).norm() < 1e-11, "{count}, {k}: {ours} instead of {sum}");
            }
        }
    }
}
