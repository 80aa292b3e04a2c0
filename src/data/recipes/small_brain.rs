//! A brain of sixteen regions, and people who have it: chapter 4 finds its parameters.

use crate::models::{Hopf, HopfNetwork};
use crate::network::{Connectome, SyntheticConnectome};
use crate::noise::Purpose;
use crate::{Error, Result, Trajectory};
use ndarray::{Array2, Axis, concatenate, s};

/// What chapter 4 looks for.
const TRUE_A: f64 = 0.06;
const TRUE_COUPLING: f64 = 0.8;

/// How long a virtual subject is recorded, and what is thrown away before, in ms.
const RECORDED: f64 = 60_000.0;
const TRANSIENT: f64 = 500.0;

/// The step of a subject's simulation, in ms, half that of [`model_d`]: a fit with the very steps of the data would
/// find what the steps have done to both. And how many of them lie between two samples of the recording.
const FINER_STEP: f64 = 0.1;
const STEPS_PER_SAMPLE: usize = 10;
/// It is simulated in pieces of this length, in ms.
const PIECE: f64 = 1000.0;

/// The seed of the virtual subject before the first.
const BEFORE_THE_FIRST: u64 = 100;

/// How many virtual subjects there are.
const SUBJECTS: u64 = 6;

/// The connectome of sixteen regions that chapter 4 simulates: eight on the left, then their mirror regions.
///
/// So large regions are connected more densely than the 80 of [`connectome`](crate::data::connectome), and their
/// weights differ less.
///
/// ```
/// assert_eq!(neurobook::data::small_connectome().regions(), 16);
/// ```
pub fn small_connectome() -> Connectome {
    recipe()
        .generate_for(Purpose::Simulation)
        .unwrap_or_else(|error| panic!("the recipe of the small connectome is a good one: {error}"))
}

/// Where pictures of the brain show the regions of the [small connectome](small_connectome): a row per region; how far to
/// the right, to the front and up from the middle of the brain, in mm.
///
/// A region that lies above another, or near the midline, is moved aside by some mm, so that each is seen from above, on its
/// own side.
///
/// ```
/// let positions = neurobook::data::small_positions();
/// assert_eq!(positions.dim(), (16, 3));
/// assert!(positions[[0, 0]] < 0.0 && positions[[8, 0]] > 0.0, "L1 is on the left, R1 on the right");
/// ```
pub fn small_positions() -> Array2<f64> {
    seen_from_above(recipe().positions_for(Purpose::Simulation))
}

/// No two regions are nearer to each other than this in a picture from above, in mm.
const SEEN_APART: f64 = 14.0;

/// Regions that hide each other from above, pushed apart until each is seen, on its own side of the midline.
fn seen_from_above(mut positions: Array2<f64>) -> Array2<f64> {
    let half = positions.nrows() / 2;
    // Who is pushed may come too near to a third one: a few rounds are enough for sixteen.
    for _ in 0..100 {
        for region in 0..positions.nrows() {
            let side = if region < half { -1.0 } else { 1.0 };
            positions[[region, 0]] = side * (side * positions[[region, 0]]).max(SEEN_APART / 2.0);
        }
        for one in 0..positions.nrows() {
            for other in 0..one {
                let gap = [0, 1].map(|axis| positions[[one, axis]] - positions[[other, axis]]);
                let distance = gap[0].hypot(gap[1]);
                let push = (SEEN_APART - distance).max(0.0) / 2.0;
                for (axis, gap) in gap.into_iter().enumerate() {
                    let along = if distance > 0.0 { gap / distance } else { axis as f64 };
                    positions[[one, axis]] += push * along;
                    positions[[other, axis]] -= push * along;
                }
            }
        }
    }
    positions
}

fn recipe() -> SyntheticConnectome {
    SyntheticConnectome {
        regions: 16,
        density_within: 0.6,
        density_between: 0.2,
        log_deviation: 0.4,
        isolated: 0,
        seed: 1,
        ..SyntheticConnectome::default()
    }
}

/// Model D of the fitting exercises: Hopf nodes of 32 Hz on the [small connectome](small_connectome), with delays at
/// 10 m/s and some noise, in steps of 0.2 ms. `a` and the coupling are to be found.
///
/// With steps of 1 ms the rhythm is faster than the equation's, as much as if the coupling were smaller by 0.1: the
/// coupling is constant during a step.
pub fn model_d(a: f64, coupling: f64) -> HopfNetwork {
    HopfNetwork {
        nodes: vec![Hopf { a, omega: 0.2 }],
        coupling,
        noise: 0.005,
        dt: 0.2,
        seed: 1,
        ..HopfNetwork::on(&small_connectome(), 10.0)
    }
}

/// What was recorded of virtual subject 1, 2 … 6: the `x` of sixteen regions for a minute, once a millisecond. All of
/// them are [model D](model_d) with the same parameters, in steps of 0.1 ms; their noise and their initial states differ.
///
/// ```
/// let subject = neurobook::data::virtual_subject(1)?;
/// assert_eq!(subject.states.dim(), (16, 60_001));
/// assert_eq!(subject.names[8], "R1");
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When there is no such subject.
pub fn virtual_subject(number: u64) -> Result<Trajectory> {
    virtual_recording(number, RECORDED)
}

/// The first `duration` ms of what was recorded of a [virtual subject](virtual_subject): a sample for each millisecond,
/// and one at the beginning.
///
/// # Errors
/// When there is no such subject, or the recording is not that long.
pub fn virtual_recording(number: u64, duration: f64) -> Result<Trajectory> {
    if !(1..=SUBJECTS).contains(&number) {
        return Err(Error::new(format!("there is no virtual subject {number}: there are 1 to {SUBJECTS}")));
    }
    if !(duration > 0.0 && duration <= RECORDED) {
        return Err(Error::new(format!(
            "there is no recording of {duration} ms: a virtual subject's has {RECORDED} ms"
        )));
    }
    let model = HopfNetwork { seed: BEFORE_THE_FIRST + number, dt: FINER_STEP, ..model_d(TRUE_A, TRUE_COUPLING) };
    let mut run = model.start()?;
    run.advance(TRANSIENT)?;
    // All steps at once would fill 150 MB, of which a twentieth is kept.
    let (mut times, mut recorded) = (Vec::new(), Vec::new());
    for piece in 0..(duration / PIECE).ceil() as usize {
        let left = duration - PIECE * piece as f64;
        let piece = run.advance(left.min(PIECE))?.every(STEPS_PER_SAMPLE);
        // A piece begins with the state that the one before ended with.
        let begin = usize::from(!times.is_empty());
        times.extend(piece.times.iter().skip(begin).map(|time| time - TRANSIENT));
        recorded.push(piece.nodes("x")?.slice_move(s![.., begin..]));
    }
    let parts: Vec<_> = recorded.iter().map(|part| part.view()).collect();
    let recorded = concatenate(Axis(1), &parts).map_err(|error| Error::new(error.to_string()))?;
    let names = ["L", "R"].iter().flat_map(|side| (1..=8).map(move |region| format!("{side}{region}"))).collect();
    Trajectory::new(times.into(), recorded, names)
}
