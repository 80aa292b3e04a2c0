//! Random inputs of an exercise, the same for the same seed on every platform.

use rand::distr::Distribution;
use rand::{RngExt, SeedableRng};
use rand_distr::Normal;
use rand_pcg::Pcg64;

/// Where the hidden inputs of an exercise come from.
pub struct Random(Pcg64);

impl Random {
    /// The generator of one hidden case: of the run's seed, the exercise and the case's number.
    pub fn new(seed: u64, exercise: &str, case: u64) -> Random {
        // FNV-1a: `std`'s hashes may change from one version to the next.
        let name = exercise
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut bytes = [0; 32];
        for (place, word) in bytes.chunks_exact_mut(8).zip([seed, name, case, 0]) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        Random(Pcg64::from_seed(bytes))
    }

    /// A number from `low` to `high`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.random::<f64>()
    }

    /// A whole number from `low` to `high`, both included.
    pub fn integer(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// A normally distributed number.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        Normal::new(mean, deviation.abs()).map_or(mean, |normal| normal.sample(&mut self.0))
    }

    /// One of these.
    pub fn choose<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.0.random_range(0..from.len())].clone()
    }
}
