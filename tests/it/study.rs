//! The project of chapter 5, as its cells do it: the numbers of its prose and its conclusions are drawn from here.

use neurobook::analysis::{
    Spectrum, band_phases, functional_connectivity, functional_connectivity_dynamics, kolmogorov_smirnov,
    matrix_correlation, mean_power_spectrum, metastability, power_spectra, upper_triangle,
};
use neurobook::ndarray::Axis;
use neurobook::prelude::*;

/// The time between two volumes, in s.
pub const TR: f64 = 2.0;

pub struct Session {
    /// A row per region, in the order of the file.
    pub in_file: Array2<f64>,
    /// A variable per region, in the order of the connectome.
    pub series: Trajectory,
    pub kept: Vec<usize>,
}

impl Session {
    pub fn part(&self, regions: &[usize]) -> Session {
        Session { in_file: self.in_file.clone(), series: self.series.select(regions), kept: self.kept.clone() }
    }

    pub fn fc(&self) -> Array2<f64> {
        functional_connectivity(&self.series.states.select(Axis(1), &self.kept))
    }

    /// With straight lines where a volume is left out.
    pub fn filled(&self) -> Trajectory {
        Trajectory { states: filled(&self.series.states, &self.kept), ..self.series.clone() }
    }
}

pub fn there(series: &Array2<f64>) -> Vec<usize> {
    (0..series.ncols()).filter(|t| series.column(*t).iter().any(|x| !x.is_nan())).collect()
}

pub struct Study {
    pub connectome: Connectome,
    pub sessions: Vec<Session>,
    pub used: Vec<usize>,
}

pub fn file(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/study").join(name)
}

pub fn labels() -> Vec<String> {
    data::read_labels(file("sub-01_weights_labels.txt")).unwrap()
}

pub fn study() -> Study {
    let labels = labels();
    let connectome = Connectome::read(file("sub-01_weights.csv"), file("sub-01_lengths.csv")).unwrap();
    let read = |number: u64| {
        let of =
            |what: &str| data::read_series(file(&format!("sub-01_ses-{number}_task-rest_{what}.tsv")), TR).unwrap();
        let (session, confounds) = (of("timeseries"), of("confounds"));
        let rows: Vec<usize> =
            labels.iter().map(|label| session.names.iter().position(|name| name == label).unwrap()).collect();
        let series = session.select(&rows);
        let moved = confounds.variable("framewise_displacement").unwrap();
        let kept = there(&series.states).into_iter().filter(|t| moved[*t].is_nan() || moved[*t] <= 0.5).collect();
        Session { in_file: session.states, series, kept }
    };
    let sessions = vec![read(1), read(2)];
    let degrees = network::degrees(&connectome.weights);
    let covered = |n: usize| sessions.iter().all(|session| session.series.states.row(n).iter().any(|x| !x.is_nan()));
    let used = (0..labels.len()).filter(|n| degrees[*n] > 0.0 && covered(*n)).collect();
    Study { connectome, sessions, used }
}

impl Study {
    /// The used regions of a session, counted from 1 as in the files.
    pub fn session(&self, number: usize) -> Session {
        self.sessions[number - 1].part(&self.used)
    }

    pub fn weights(&self, way: &str) -> Array2<f64> {
        let weights = self.connectome.weights.select(Axis(0), &self.used).select(Axis(1), &self.used);
        let strengths = network::strengths(&weights);
        over_mean_strength(match way {
            "log" => weights.mapv(f64::ln_1p),
            "row" => &weights / &strengths.insert_axis(Axis(1)),
            _ => weights,
        })
    }

    pub fn lengths(&self) -> Array2<f64> {
        self.connectome.lengths.select(Axis(0), &self.used).select(Axis(1), &self.used)
    }

    /// Weights that know nothing but the lengths.
    pub fn by_distance(&self) -> Array2<f64> {
        let mut weights = self.lengths().mapv(|length: f64| (-length / 40.0).exp());
        weights.diag_mut().fill(0.0);
        weights
    }
}

pub fn over_mean_strength(weights: Array2<f64>) -> Array2<f64> {
    let mean = network::strengths(&weights).mean().unwrap();
    weights / mean
}

fn filled(series: &Array2<f64>, kept: &[usize]) -> Array2<f64> {
    let mut filled = series.clone();
    for t in (0..series.ncols()).filter(|t| !kept.contains(t)) {
        let (before, after) = (kept.iter().rfind(|k| **k < t), kept.iter().find(|k| **k > t));
        let (before, after) = (*before.or(after).unwrap(), *after.or(before).unwrap());
        let share = if after > before { (t - before) as f64 / (after - before) as f64 } else { 0.0 };
        for n in 0..series.nrows() {
            filled[[n, t]] = series[[n, before]] + share * (series[[n, after]] - series[[n, before]]);
        }
    }
    filled
}

pub struct Features {
    pub fc: Array2<f64>,
    pub fcd: Array1<f64>,
    pub metastability: f64,
    pub spectrum: Array1<f64>,
}

pub fn fcd(series: &Array2<f64>) -> Array1<f64> {
    upper_triangle(&functional_connectivity_dynamics(series, 30, 3).unwrap())
}

pub fn features(session: &Session) -> Features {
    let whole = session.filled();
    let phases = band_phases(&whole, (0.03, 0.07)).unwrap();
    let mut standard = whole.clone();
    for mut row in standard.states.rows_mut() {
        let (mean, deviation) = (row.mean().unwrap(), row.std(0.0));
        row.mapv_inplace(|value| (value - mean) / deviation);
    }
    let power = mean_power_spectrum(&standard, whole.len() / 4).unwrap().below(0.1).power;
    let sum = power.sum();
    Features { fc: session.fc(), fcd: fcd(&whole.states), metastability: metastability(&phases), spectrum: power / sum }
}

pub fn compared(one: &Features, other: &Features) -> [f64; 4] {
    [
        matrix_correlation(&one.fc, &other.fc).unwrap(),
        kolmogorov_smirnov(&one.fcd, &other.fcd).unwrap(),
        (one.metastability - other.metastability).abs(),
        (&one.spectrum - &other.spectrum).mapv(f64::abs).sum() / 2.0,
    ]
}

/// Each region's mean frequency between 0.03 and 0.07 Hz, weighted by the power, in rad/s.
pub fn omegas(session: &Session) -> Vec<f64> {
    let whole = session.filled();
    let omega = |spectrum: &Spectrum| {
        let inside = || spectrum.frequencies.iter().zip(&spectrum.power).filter(|(f, _)| (0.03..=0.07).contains(*f));
        2.0 * PI * inside().map(|(f, p)| f * p).sum::<f64>() / inside().map(|(_, p)| p).sum::<f64>()
    };
    power_spectra(&whole, whole.len() / 4).unwrap().iter().map(omega).collect()
}

pub fn slow_model(weights: &Array2<f64>, omegas: &[f64], coupling: f64, seed: u64) -> HopfNetwork {
    HopfNetwork {
        nodes: omegas.iter().map(|omega| Hopf { a: -0.02, omega: *omega }).collect(),
        weights: weights.clone(),
        coupling,
        coupled: CoupledVariables::Both,
        noise: 0.02,
        noise_time: 0.0,
        dt: 0.2,
        seed,
        ..HopfNetwork::default()
    }
}

/// A run of the model as a session with the same volumes left out.
pub fn run(model: &HopfNetwork, data: &Session) -> Session {
    let volumes = data.series.len();
    let dt = data.series.dt().unwrap();
    let per_volume = (dt / model.dt).round() as usize;
    let run = model.simulate(100.0 + dt * volumes as f64).unwrap().after(100.0).every(per_volume);
    let series = run.nodes("x").unwrap().slice(s![.., ..volumes]).to_owned();
    let in_file = series.clone();
    Session { in_file, series: Trajectory::from_series(series, dt).unwrap(), kept: data.kept.clone() }
}

/// The four scores of the model; `changed` may alter its step and its seed.
pub fn scores(
    weights: &Array2<f64>,
    coupling: f64,
    data: &Session,
    changed: &(dyn Fn(HopfNetwork) -> HopfNetwork + Sync),
) -> [f64; 4] {
    let (omegas, of_data) = (omegas(data), features(data));
    let mut fc = Array2::zeros(of_data.fc.dim());
    let mut mean = [0.0; 4];
    for seed in 1..5 {
        let of_model = features(&run(&changed(slow_model(weights, &omegas, coupling, seed)), data));
        fc += &of_model.fc;
        mean.iter_mut().zip(compared(&of_model, &of_data)).for_each(|(mean, one)| *mean += one / 4.0);
    }
    mean[0] = matrix_correlation(&fc, &of_data.fc).unwrap();
    mean
}

/// The best likeness on these weights, over the couplings that a null gets.
pub fn best_likeness(
    weights: &Array2<f64>,
    data: &Session,
    changed: &(dyn Fn(HopfNetwork) -> HopfNetwork + Sync),
) -> f64 {
    let (weights, omegas, fc) = (over_mean_strength(weights.clone()), omegas(data), data.fc());
    let of_coupling = |coupling: f64| {
        let mut sum = Array2::zeros(fc.dim());
        for seed in 1..4 {
            sum += &run(&changed(slow_model(&weights, &omegas, coupling, seed)), data).fc();
        }
        matrix_correlation(&sum, &fc).unwrap()
    };
    [0.1, 0.2, 0.4, 0.8].into_iter().map(of_coupling).fold(-1.0, f64::max)
}

/// As the exercise has it.
pub fn null_p(observed: f64, nulls: &[f64]) -> f64 {
    (1 + nulls.iter().filter(|null| **null >= observed).count()) as f64 / (nulls.len() + 1) as f64
}
