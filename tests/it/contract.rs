//! What every model promises, whatever it is: one function checks it, and each model comes to it.

use neurobook::models::{Linear2d, Node};
use neurobook::network::all_to_all;
use neurobook::noise;
use neurobook::prelude::*;
use neurobook::{Error, Result};

/// A model as the contract sees it.
pub(crate) struct Contract<'a> {
    /// Simulates the model, with its noise on if it has any, for this duration with this seed.
    pub simulate: &'a dyn Fn(f64, u64) -> Result<Trajectory>,
    /// A duration of some tens to thousands of samples.
    pub duration: f64,
    /// The time between two samples, when it is always the same.
    pub dt: Option<f64>,
    /// The state at time 0.
    pub initial: Vec<f64>,
    /// The variables' names.
    pub names: Vec<String>,
    /// Whether another seed gives another run.
    pub noisy: bool,
    /// Runs with a bad parameter, and the name that the error has to begin with.
    pub bad: Vec<(&'a str, Result<Trajectory>)>,
    /// A run that diverges, when the model can, and the variable that does.
    pub divergent: Option<(&'a str, Result<Trajectory>)>,
}

/// Fails when a model breaks a promise.
#[track_caller]
pub(crate) fn keeps_the_contract(model: Contract) {
    let Contract { simulate, duration, .. } = model;
    let run = simulate(duration, 1).unwrap();
    assert!(run.len() > 1, "a run has more than its initial state");
    assert_eq!(run.states.dim(), (model.initial.len(), run.times.len()), "one row per variable, one column per time");
    assert_eq!(run.names, model.names, "the variables' names");
    assert!(run.states.iter().chain(&run.times).all(|value| value.is_finite()), "a run is finite");

    assert_eq!(run.times[0], 0.0, "the initial time is first");
    assert_eq!(run.states.column(0).to_vec(), model.initial, "the initial state is first");
    assert!(run.times.windows(2).into_iter().all(|pair| pair[0] < pair[1]), "times increase");
    let last = run.times[run.len() - 1];
    match model.dt {
        None => assert_eq!(last, duration, "the run ends with its duration"),
        Some(dt) => {
            assert!(last > duration - 1e-6 * dt && last < duration + dt, "the run covers its duration: {last}");
            for (k, time) in run.times.iter().enumerate() {
                assert!((time - k as f64 * dt).abs() < 1e-6 * dt, "sample {k} is at {time}");
            }
        }
    }

    assert_eq!(simulate(duration, 1).unwrap(), run, "the same seed gives the same numbers");
    assert_eq!(simulate(duration, 2).unwrap() != run, model.noisy, "another seed gives other noise");

    let none = simulate(0.0, 1).unwrap();
    assert_eq!((none.len(), none.states.column(0).to_vec()), (1, model.initial), "no duration is the initial state");
    for duration in [-1.0, f64::NAN, f64::INFINITY] {
        refuses("duration", simulate(duration, 1));
    }
    if model.dt.is_some() {
        let message = simulate(1e18, 1).unwrap_err().to_string();
        assert!(message.contains("GB"), "a run that does not fit in memory says how much it would be: {message}");
    }
    for (name, run) in model.bad {
        refuses(name, run);
    }
    if let Some((variable, run)) = model.divergent {
        let message = refuses(variable, run);
        assert!(message.contains("t = "), "a run that diverges says when: {message}");
    }
}

/// The same of a network of six nodes that is given its initial states; `bad` has a node with a bad parameter, which is
/// named.
#[track_caller]
pub(crate) fn network_keeps_the_contract<N: Node + Default>(
    model: Network<N>,
    names: &[&str],
    bad: (&str, Network<N>),
) {
    let with = |change: &dyn Fn(&mut Network<N>)| {
        let mut changed = model.clone();
        change(&mut changed);
        changed.simulate(5.0)
    };
    keeps_the_contract(Contract {
        simulate: &|duration, seed| Network { seed, noise: 0.1, ..model.clone() }.simulate(duration),
        duration: 20.0,
        dt: Some(0.1),
        initial: model.initial_states.iter().flatten().copied().collect(),
        names: names.iter().flat_map(|name| (0..6).map(move |node| format!("{name}_{node}"))).collect(),
        noisy: true,
        bad: vec![
            ("dt", with(&|m| m.dt = 0.0)),
            ("dt", with(&|m| m.dt = 6.0)),
            ("coupling", with(&|m| m.coupling = f64::NAN)),
            ("noise", with(&|m| m.noise = -1.0)),
            ("noise", with(&|m| (m.noise, m.noise_time) = (f64::NAN, 0.0))),
            ("noise_time", with(&|m| m.noise_time = -1.0)),
            ("nodes", with(&|m| m.nodes = vec![N::default(); 2])),
            ("nodes", with(&|m| m.nodes.clear())),
            ("weights", with(&|m| m.weights = Array2::zeros((6, 5)))),
            ("lengths", with(&|m| m.delays = Delays::Lengths { lengths: all_to_all(5), speed: 20.0 })),
            ("input", with(&|m| m.input = Input::Constant(array![1.0, 2.0]))),
            ("second_input", with(&|m| m.second_input = Input::Series(Array2::zeros((6, 10))))),
            ("initial_states", with(&|m| m.initial_states = Some(Array2::zeros((names.len() + 1, 6))))),
            ("initial_states", with(&|m| m.initial_states = Some(Array2::zeros((1, 5))))),
            (bad.0, bad.1.simulate(5.0)),
        ],
        divergent: None,
    });
}

/// The same of a node on its own that begins at `x0`.
#[track_caller]
pub(crate) fn node_keeps_the_contract<N: Node>(model: N, x0: N::Rate, names: &[&str], bad: (&str, N)) {
    keeps_the_contract(Contract {
        simulate: &|duration, _seed| model.simulate(x0, Rk4::new(0.1), duration),
        duration: 20.0,
        dt: Some(0.1),
        initial: x0.as_ref().to_vec(),
        names: words(names),
        noisy: false,
        bad: vec![(bad.0, bad.1.simulate(x0, Rk4::new(0.1), 1.0))],
        divergent: None,
    });
}

#[track_caller]
fn refuses(name: &str, run: Result<Trajectory>) -> String {
    let message = run.map(|run| run.len()).expect_err("a bad parameter is refused").to_string();
    assert!(message.starts_with(name), "the message begins with {name}: {message}");
    assert!(message.contains(':'), "the message has a way out: {message}");
    message
}

fn words(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| String::from(*name)).collect()
}

#[test]
fn the_exponential_keeps_the_contract() {
    let growing = Exponential::new(Complex64::new(0.5, 3.0));
    keeps_the_contract(Contract {
        simulate: &|duration, _seed| growing.simulate([1.0, 0.5], Heun::new(0.01), duration),
        duration: 2.0,
        dt: Some(0.01),
        initial: vec![1.0, 0.5],
        names: words(&["re", "im"]),
        noisy: false,
        bad: vec![
            ("the real part of a", Exponential::new(f64::NAN).simulate([1.0, 0.0], Euler::new(0.1), 1.0)),
            ("dt", growing.simulate([1.0, 0.0], Euler::new(0.0), 1.0)),
            ("dt", growing.simulate([1.0, 0.0], Rk4::new(5.0), 1.0)),
            ("x0", growing.simulate([1.0], Euler::new(0.1), 1.0)),
            ("x0", growing.simulate([1.0, f64::INFINITY], Euler::new(0.1), 1.0)),
        ],
        divergent: Some(("re", Exponential::new(1e3).simulate([1.0, 0.0], Euler::new(0.1), 100.0))),
    });
}

#[test]
fn the_linear_system_keeps_the_contract_with_every_integrator() {
    let focus = Linear2d::new([[-0.5, -2.0], [2.0, -0.5]]);
    let x0 = [1.0, -0.5];
    let noisy = |seed: u64| EulerMaruyama::new(0.01, 0.1, noise::generator(seed, 0));
    let fixed: [&dyn Fn(f64, u64) -> Result<Trajectory>; 4] = [
        &|duration, _seed| focus.simulate(x0, Euler::new(0.01), duration),
        &|duration, _seed| focus.simulate(x0, Heun::new(0.01), duration),
        &|duration, _seed| focus.simulate(x0, Rk4::new(0.01), duration),
        &|duration, seed| focus.simulate(x0, noisy(seed), duration),
    ];
    let adaptive = |duration: f64, _seed: u64| focus.simulate(x0, Rk45::new(), duration);
    let all = fixed.iter().map(|simulate| (*simulate, Some(0.01))).chain([(&adaptive as &_, None)]);
    for (index, (simulate, dt)) in all.enumerate() {
        let bad = Linear2d::new([[1.0, 2.0], [f64::NAN, 3.0]]);
        keeps_the_contract(Contract {
            simulate,
            duration: 3.0,
            dt,
            initial: x0.to_vec(),
            names: words(&["x1", "x2"]),
            noisy: index == 3,
            bad: vec![("matrix[1][0]", bad.simulate(x0, Rk45::new(), 1.0))],
            divergent: Some(("x", Linear2d::new([[500.0, 0.0], [0.0, 0.0]]).simulate(x0, Rk45::new(), 5.0))),
        });
    }
}

/// As a learner writes it in a cell.
struct VanDerPol {
    mu: f64,
}

impl Model for VanDerPol {
    type Rate = [f64; 2];
    fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
        [x[1], self.mu * (1.0 - x[0] * x[0]) * x[1] - x[0]]
    }
    fn check(&self) -> Result<()> {
        if self.mu >= 0.0 { Ok(()) } else { Err(Error::new(format!("mu is {}: give 0 or more", self.mu))) }
    }
}

#[test]
fn a_learners_own_model_keeps_the_contract() {
    let model = VanDerPol { mu: 1.0 };
    keeps_the_contract(Contract {
        simulate: &|duration, _seed| model.simulate([2.0, 0.0], Rk4::new(0.01), duration),
        duration: 20.0,
        dt: Some(0.01),
        initial: vec![2.0, 0.0],
        names: words(&["x1", "x2"]),
        noisy: false,
        bad: vec![("mu", VanDerPol { mu: -1.0 }.simulate([2.0, 0.0], Euler::new(0.01), 1.0))],
        divergent: Some(("x", model.simulate([2.0, 0.0], Euler::new(2.0), 100.0))),
    });
}
