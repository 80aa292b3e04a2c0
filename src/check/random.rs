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
        // Each word of the state depends on every bit of all three: of its increment the generator drops the lowest.
        let mut state = seed;
        let mut bytes = [0; 32];
        for (index, place) in bytes.chunks_exact_mut(8).enumerate() {
            for word in [name, case, index as u64] {
                state = mixed(state ^ word);
            }
            place.copy_from_slice(&state.to_le_bytes());
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

/// The next state of SplitMix64, mixed. Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators,
/// with the constants of Stafford's variant 13.
fn mixed(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_exercise_and_case_has_numbers_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for seed in 0..20 {
            for exercise in ["a", "b", "order_parameter"] {
                for case in 0..50 {
                    let mut random = Random::new(seed, exercise, case);
                    let numbers: Vec<u64> = (0..2).map(|_| random.uniform(0.0, 1.0).to_bits()).collect();
                    assert!(seen.insert(numbers), "case {case} of {exercise} with seed {seed} has been there");
                }
            }
        }
    }

    #[test]
    fn splitmix_gives_the_numbers_of_its_reference_implementation() {
        // The first output of Vigna's splitmix64.c from the state 1234567.
        assert_eq!(mixed(1_234_567), 6_457_827_717_110_365_317);
    }
}
