// What the workbook's side of the comparison runs: one cell of a notebook.

use neurobook::prelude::*;
use std::time::Instant;

/// Runs `run` and prints the seconds of each time, what can be compared with the other side's numbers, and
/// by how many bytes the process grew at most.
fn measure<T>(runs: usize, run: impl Fn() -> T, compared: impl Fn(T) -> Vec<f64>) {
    let before = resident("VmRSS");
    if before.is_some() {
        // The most begins again.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    }
    let (mut seconds, mut numbers) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let begin = Instant::now();
        let result = std::hint::black_box(run());
        seconds.push(begin.elapsed().as_secs_f64());
        numbers = compared(result);
    }
    let growth = resident("VmHWM").zip(before).map_or("null".to_owned(), |(most, before)| (most - before).to_string());
    println!(r#"{{"seconds": {seconds:?}, "numbers": {numbers:?}, "growth": {growth}}}"#);
}

/// A size of this process in bytes: VmRSS is now, VmHWM the most; nothing where the system does not say.
fn resident(field: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    Some(1024 * line.split_whitespace().nth(1)?.parse::<u64>().ok()?)
}

/// Numbers spread over [0, 1) by a rule that both sides know.
fn spread(count: usize, step: f64) -> Vec<f64> {
    (1..=count).map(|index| index as f64 * step % 1.0).collect()
}

fn square(nodes: usize, step: f64) -> Array2<f64> {
    Array2::from_shape_vec((nodes, nodes), spread(nodes * nodes, step)).expect("a square")
}

fn network(nodes: usize, delayed: bool, noise: f64) -> Kuramoto {
    let mut weights = square(nodes, 0.6180339887498949);
    weights.diag_mut().fill(0.0);
    let times = 12.4 * square(nodes, 0.41421356237309515);
    Kuramoto {
        omega: spread(nodes, 0.7548776662466927).iter().map(|share| 0.001 * 2.0 * PI * (9.0 + 2.0 * share)).collect(),
        initial_phases: Some(spread(nodes, 0.5698402909980532).iter().map(|share| 2.0 * PI * share).collect()),
        weights,
        delays: if delayed { Delays::Times(times) } else { Delays::None },
        noise,
        ..Kuramoto::default()
    }
}

fn kuramoto(runs: usize, nodes: usize, steps: usize, delayed: bool, noise: f64) {
    let network = network(nodes, delayed, noise);
    let run = || network.simulate(0.1 * steps as f64).expect("a run");
    measure(runs, run, |run| if noise > 0.0 { vec![] } else { run.states.column(steps).to_vec() });
}

fn spiral(runs: usize) {
    let times = Array1::range(0.0, 6.0, 0.1);
    let rate = |_time: f64, x: &[f64]| [-0.5 * x[0] - 2.0 * x[1], 2.0 * x[0] - 0.5 * x[1]];
    let run =
        || solve_ivp(rate, (0.0, 6.0), [1.0, 0.5], Rk45::new().t_eval(&times).dense_output()).expect("a solution");
    measure(runs, run, |solution| {
        let last = solution.trajectory.states.column(59);
        vec![solution.evaluations as f64, last[0], last[1]]
    });
}

fn streams(runs: usize) {
    measure(runs, || plot_streamplot([[2.0, -5.0], [1.0, -2.0]]).svg(), |svg| vec![svg.len() as f64]);
}

fn four_panels(runs: usize) {
    let systems = [Linear2d::centre(), Linear2d::source(), Linear2d::sink(), Linear2d::saddle()];
    let matrices = systems.map(|system| system.matrix);
    measure(runs, || stream_gallery(matrices).svg(), |svg| vec![svg.len() as f64]);
}

/// A sweep over 64 values, on this many threads.
fn sweep_of_64(threads: usize, run: impl Fn(f64) -> f64 + Sync) {
    // SAFETY: a cell runs alone; no other thread reads the environment meanwhile.
    unsafe { std::env::set_var("RAYON_NUM_THREADS", threads.to_string()) };
    let values: Vec<f64> = (0..64).map(|index| 0.1 * f64::from(index)).collect();
    measure(1, || sweep(&values, &run), |results| results);
}

/// The network with 80 nodes, delays and noise, at 64 couplings.
fn couplings(threads: usize, steps: usize) {
    let network = network(80, true, 0.1);
    sweep_of_64(threads, |coupling| {
        let run = Kuramoto { coupling, ..network.clone() }.simulate(0.1 * steps as f64).expect("a run");
        analysis::order_parameter(&run.states)[steps]
    });
}

/// What needs no memory and nothing else that threads could share.
fn arithmetic(threads: usize) {
    sweep_of_64(threads, |value| (0..1_000_000).fold(value, |sum, _| sum / 1.1 + 1.0));
}
