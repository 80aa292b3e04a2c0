//! Brain-like networks of two hemispheres.

use super::{Delays, fibre_lengths, not_negative, square};
use crate::noise::Purpose;
use crate::{Error, Result, data};
use ndarray::{Array2, s};
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use std::f64::consts::TAU;
use std::path::Path;

/// The structure of a brain: how strongly its regions are connected, and by how long fibres.
#[derive(Debug, Clone, PartialEq)]
pub struct Connectome {
    /// `weights[[n, m]]` is the strength of the connection to region `n` from region `m`.
    #[doc(alias = "Cmat")]
    pub weights: Array2<f64>,
    /// Fibre lengths in mm.
    #[doc(alias = "Dmat")]
    #[doc(alias = "lengthMat")]
    pub lengths: Array2<f64>,
}

impl Connectome {
    /// A connectome of these weights and lengths.
    ///
    /// # Errors
    /// When a matrix is not square or the two do not fit each other, a weight is not finite, or a length
    /// is negative or not finite; row and column are in the message.
    pub fn new(weights: Array2<f64>, lengths: Array2<f64>) -> Result<Connectome> {
        square("weights", &weights)?;
        square("lengths", &lengths)?;
        super::all_finite("weights", &weights)?;
        not_negative("lengths", &lengths)?;
        if weights.dim() != lengths.dim() {
            return Err(Error::new(format!(
                "weights has {} rows and columns, but lengths has {}: both are of the same regions",
                weights.nrows(),
                lengths.nrows()
            )));
        }
        Ok(Connectome { weights, lengths })
    }

    /// The connectome in two CSV files, weights and lengths in mm: a row per line, commas between, no header.
    ///
    /// # Errors
    /// Those of [`data::read_matrix`], with file, row and column, and those of [`Connectome::new`].
    pub fn read(weights: impl AsRef<Path>, lengths: impl AsRef<Path>) -> Result<Connectome> {
        Connectome::new(data::read_matrix(weights)?, data::read_matrix(lengths)?)
    }

    /// How many regions there are.
    pub fn regions(&self) -> usize {
        self.weights.nrows()
    }

    /// The delays at this conduction speed in mm/ms, which is m/s.
    pub fn delays(&self, speed: f64) -> Delays {
        Delays::Lengths { lengths: self.lengths.clone(), speed }
    }
}

/// The recipe of a made-up connectome whose statistics are those of a measured one.
///
/// Regions lie on two half ellipsoids, the right one near the left one's mirror image. Fibres are 1.4
/// times as long as the straight line, but 10 to 250 mm. Near regions are connected more often, in
/// both directions alike, and each with its mirror region. A region that would be left alone is connected with
/// its nearest of those with which connections may exist. Weights are log-normal, and larger between
/// near regions; they are scaled so that the largest is `largest`. The left hemisphere comes first.
///
/// The numbers of `Default` are those of a parcellation into 156 regions by diffusion imaging, for 80.
///
/// ```
/// use neurobook::network::{SyntheticConnectome, density};
/// let connectome = SyntheticConnectome { regions: 20, seed: 3, ..SyntheticConnectome::default() }.generate()?;
/// assert_eq!(connectome.weights, connectome.weights.t());
/// assert!((0.1..0.35).contains(&density(&connectome.weights)));
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticConnectome {
    /// How many regions: an even number of at least 10.
    pub regions: usize,
    /// The share of possible connections within a hemisphere that exist.
    pub density_within: f64,
    /// The same between hemispheres.
    pub density_between: f64,
    /// The distance in mm over which connections become rarer by a factor of e.
    pub reach: f64,
    /// Mean of the weights' common logarithms, before scaling: in streamlines.
    pub log_mean: f64,
    /// Their standard deviation.
    pub log_deviation: f64,
    /// The largest weight after scaling.
    pub largest: f64,
    /// How many regions are connected with no other, as happens in measured ones: the last of the left
    /// hemisphere, then the last of the right.
    pub isolated: usize,
    /// The source of all randomness.
    pub seed: u64,
}

impl Default for SyntheticConnectome {
    fn default() -> SyntheticConnectome {
        SyntheticConnectome {
            regions: 80,
            density_within: 0.3,
            density_between: 0.05,
            reach: 40.0,
            log_mean: 1.6,
            log_deviation: 0.6,
            largest: 0.2,
            isolated: 1,
            seed: 0,
        }
    }
}

/// Half the width, length and height of a hemisphere's pair, in mm.
const HALF_AXES: [f64; 3] = [65.0, 85.0, 60.0];

/// How far regions lie from their mirror image, in mm.
const ASYMMETRY: f64 = 4.0;

/// Fibre over straight line.
const DETOUR: f64 = 1.4;

const SHORTEST_FIBRE: f64 = 10.0;
const LONGEST_FIBRE: f64 = 250.0;

/// How much of a weight's variance is its fibre's length.
const LENGTH_SHARE: f64 = 0.25;

impl SyntheticConnectome {
    /// Generates the connectome: the same numbers for the same recipe.
    ///
    /// # Errors
    /// When the regions are odd, fewer than 10, or so many that their matrix would take more than 2 GiB, or a
    /// parameter is out of range.
    pub fn generate(&self) -> Result<Connectome> {
        self.generate_for(Purpose::Connectome)
    }

    /// As [`generate`](SyntheticConnectome::generate), from the streams of another purpose.
    pub(crate) fn generate_for(&self, purpose: Purpose) -> Result<Connectome> {
        self.check()?;
        let generator = |stream: u64| purpose.generator(self.seed, stream);
        let positions = self.positions_for(purpose);
        let mut lengths = fibre_lengths(&positions, DETOUR).mapv(|length| length.clamp(SHORTEST_FIBRE, LONGEST_FIBRE));
        lengths.diag_mut().fill(0.0);
        let pairs = self.pairs(&lengths, &mut generator(1));
        let weights = self.weights(&pairs, &lengths, &mut generator(2));
        Connectome::new(weights, lengths)
    }

    /// Where the regions are, in mm: to the right, to the front and up; the left hemisphere first.
    pub(crate) fn positions_for(&self, purpose: Purpose) -> Array2<f64> {
        self.positions(&mut purpose.generator(self.seed, 0))
    }

    fn check(&self) -> Result<()> {
        let half = self.regions / 2;
        if self.regions < 10 || !self.regions.is_multiple_of(2) {
            return Err(Error::new(format!("regions is {}: give an even number from 10 on", self.regions)));
        }
        super::ensure_nodes_fit(self.regions)?;
        for (name, density) in [("density_within", self.density_within), ("density_between", self.density_between)] {
            if !(0.0..=1.0).contains(&density) {
                return Err(Error::new(format!("{name} is {density}: give a share between 0 and 1")));
            }
        }
        crate::validate::positive("reach", self.reach)?;
        crate::validate::finite("log_mean", self.log_mean)?;
        crate::validate::finite("log_deviation", self.log_deviation)?;
        crate::validate::positive("largest", self.largest)?;
        if self.isolated > half {
            return Err(Error::new(format!("isolated is {}: at most half of the regions can be", self.isolated)));
        }
        Ok(())
    }

    /// x to the right, y to the front, z up, in mm; the left hemisphere first.
    fn positions(&self, generator: &mut Pcg64) -> Array2<f64> {
        let half = self.regions / 2;
        let mut positions = Array2::zeros((self.regions, 3));
        for region in 0..half {
            // Even over the sphere: height and angle are.
            let height = 2.0 * generator.random::<f64>() - 1.0;
            let angle = 0.5 * TAU * (generator.random::<f64>() - 0.5);
            let radius = (1.0 - height * height).sqrt();
            let left = [-radius * angle.cos(), radius * angle.sin(), height];
            for axis in 0..3 {
                let mirror = if axis == 0 { -1.0 } else { 1.0 };
                positions[[region, axis]] = HALF_AXES[axis] * left[axis];
                positions[[half + region, axis]] =
                    mirror * HALF_AXES[axis] * left[axis] + ASYMMETRY * generator.sample::<f64, _>(StandardNormal);
            }
        }
        positions
    }

    /// The connected pairs, the smaller number first.
    fn pairs(&self, lengths: &Array2<f64>, generator: &mut Pcg64) -> Vec<(usize, usize)> {
        let half = self.regions / 2;
        let isolated: Vec<usize> = (0..self.isolated).map(|k| half * (1 + k % 2) - 1 - k / 2).collect();
        let free: Vec<usize> = (0..self.regions).filter(|region| !isolated.contains(region)).collect();
        let all = || free.iter().flat_map(|&n| free.iter().map(move |&m| (n, m))).filter(|(n, m)| n < m);
        let mut connected = Array2::from_elem(lengths.dim(), false);
        for (across, density) in [(false, self.density_within), (true, self.density_between)] {
            let group: Vec<_> = all().filter(|(n, m)| ((*n < half) != (*m < half)) == across).collect();
            let possible = if across { half * half } else { half * (half - 1) };
            let wanted = (density * possible as f64).round() as usize;
            // Those that win a race in which the near ones run faster are a draw without replacement.
            let mut race: Vec<(f64, (usize, usize))> = group
                .into_iter()
                .map(|pair| {
                    let mirrored = pair.0 + half == pair.1;
                    let time = -(1.0 - generator.random::<f64>()).ln() * (lengths[pair] / DETOUR / self.reach).exp();
                    (if mirrored { 0.0 } else { time }, pair)
                })
                .collect();
            race.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            race.iter().take(wanted).for_each(|(_, pair)| connected[*pair] = true);
        }
        let possible = |n: usize, m: usize| {
            let density = if (n < half) == (m < half) { self.density_within } else { self.density_between };
            density > 0.0
        };
        for &region in &free {
            let lonely = !connected.row(region).iter().chain(connected.column(region)).any(|connected| *connected);
            let others = free.iter().copied().filter(|other| *other != region && possible(region, *other));
            if lonely
                && let Some(nearest) = others.min_by(|a, b| lengths[[region, *a]].total_cmp(&lengths[[region, *b]]))
            {
                connected[[region.min(nearest), region.max(nearest)]] = true;
            }
        }
        all().filter(|pair| connected[*pair]).collect()
    }

    fn weights(&self, pairs: &[(usize, usize)], lengths: &Array2<f64>, generator: &mut Pcg64) -> Array2<f64> {
        let fibres = ndarray::Array1::from_iter(pairs.iter().map(|pair| lengths[*pair]));
        let (mean, deviation) = (fibres.mean().unwrap_or(0.0), fibres.std(0.0).max(f64::MIN_POSITIVE));
        let mut weights = Array2::zeros(lengths.dim());
        for &(n, m) in pairs {
            let nearness = (mean - lengths[[n, m]]) / deviation;
            let own: f64 = generator.sample(StandardNormal);
            let score = LENGTH_SHARE.sqrt() * nearness + (1.0 - LENGTH_SHARE).sqrt() * own;
            let streamlines = 10_f64.powf(self.log_mean + self.log_deviation * score).round().max(1.0);
            weights[[n, m]] = streamlines;
            weights[[m, n]] = streamlines;
        }
        let largest = weights.iter().fold(0.0, |a: f64, b| a.max(*b));
        if largest > 0.0 {
            weights.slice_mut(s![.., ..]).mapv_inplace(|weight| weight * self.largest / largest);
        }
        weights
    }
}
