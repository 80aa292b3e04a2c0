//! Every number that the preparation for chapter 3 states is computed here, and found in it.

use crate::prose;
use neurobook::prelude::*;
use rayon::prelude::*;

const CHAPTER: &str = "03_prep_hopf";

#[track_caller]
fn stated(phrase: &str) {
    prose::says(CHAPTER, phrase);
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time(CHAPTER);
    stated("minutes, before the meeting.");
}

/// The node of exercise C, walked as the learner walks it: Euler's method with steps of 0.01.
fn by_hand() -> Trajectory {
    let run = Hopf { a: -0.1, omega: 1.0 }.simulate([0.1, 0.1], Euler::new(0.01), 99.99).unwrap();
    assert_eq!(run.len(), 10_000);
    run
}

fn distance(run: &Trajectory, column: usize) -> f64 {
    run.states[[0, column]].hypot(run.states[[1, column]])
}

fn power_of_ten(value: f64, digits: usize) -> String {
    format!("{value:.digits$e}").replace('e', " \\times 10^{") + "}"
}

#[test]
fn the_node_of_exercise_c_spirals_in_at_a_rate_of_0_095() {
    let run = by_hand();
    let [first, middle, last] = [0, 5000, 9999].map(|column| distance(&run, column));
    stated(&format!(
        "falls from {first:.3} at first to ${}$ at 50 ms and ${}$ at the end",
        power_of_ten(middle, 2),
        power_of_ten(last, 1)
    ));
    let rate = (last / middle).ln() / 49.99;
    stated(&format!("The rate is {rate:.4}, and the eigenvalues say -0.1."));
    stated(&format!("{:.4} at 0.01 ms: that is the number of exercise D.", -0.1 + 0.01 / 2.0));
    let eigenvalues = Hopf { a: -0.1, omega: 1.0 }.eigenvalues();
    assert_eq!(eigenvalues[0], Complex64::new(-0.1, 1.0));
    stated("Its eigenvalues are $a \\pm i\\,\\omega$, here $-0.1 \\pm i$.");
    stated(&format!("$\\omega = 1$ rad per ms is {:.0} cycles a second", Hopf { a: 0.0, omega: 1.0 }.frequency()));
    stated(&format!("the rate is $\\ln(0.5)/7 = {:.3}$ per ms", 0.5_f64.ln() / 7.0));
}

#[test]
fn y_follows_x_by_a_quarter_of_a_cycle() {
    let run = Hopf { a: 0.25, omega: 1.0 }.simulate([0.5, 0.0], Rk4::new(0.001), 10.0).unwrap();
    let quarter = (0.5 * PI / 0.001).round() as usize;
    assert!((0..5000).all(|k| (run.states[[1, k + quarter]] - run.states[[0, k]]).abs() < 1e-3));
    stated("$y$ is its partner, a quarter of a cycle behind");
}

/// The chapter's own walk: a push for each variable after each step; the normal numbers two by two.
fn noisy_walk(sigma: f64, dt: f64, seed: u64) -> Array1<f64> {
    let count = (100.0 / dt).round() as usize;
    let normal = noise::white(2 * count, seed);
    let (mut x, mut y) = (0.1, 0.1);
    let mut all = vec![x];
    for k in 1..count {
        let growth = -0.1 - (x * x + y * y);
        let (x_rate, y_rate) = (growth * x - y, growth * y + x);
        x += dt * x_rate + sigma * dt.sqrt() * normal[2 * k];
        y += dt * y_rate + sigma * dt.sqrt() * normal[2 * k + 1];
        all.push(x);
    }
    all.into()
}

fn spread(sigma: f64, dt: f64, seeds: std::ops::RangeInclusive<u64>) -> f64 {
    let first = (50.0 / dt) as usize;
    let count = seeds.clone().count() as f64;
    let each = seeds.into_par_iter().map(|seed| noisy_walk(sigma, dt, seed).slice(s![first..]).var(0.0));
    (each.sum::<f64>() / count).sqrt()
}

#[test]
fn noise_spreads_x_as_the_table_says_and_the_step_hardly_matters() {
    let [weak, middle, strong] = [0.01, 0.1, 0.5].map(|sigma| spread(sigma, 0.01, 1..=20));
    stated(&format!("| spread of $x$ | {weak:.3} | {middle:.3} | {strong:.3} |"));
    // The workshop's: pushes of 0.001, 0.01 and 0.05 a step of 0.01 spread x by .024, .17 and .41, in one run each.
    for (ours, theirs) in [(weak, 0.024), (middle, 0.17), (strong, 0.41)] {
        assert!((ours / theirs - 1.0).abs() < 0.1, "{ours} and {theirs}");
    }
    stated(&format!("$\\sigma/\\sqrt{{2\\,|a|}} = {:.2}\\,\\sigma$ in theory", 1.0 / 0.2_f64.sqrt()));
    // In the long run, with the a that Euler's steps show.
    let long = spread(0.01, 0.01, 1..=400) / 0.01;
    assert!((long - 1.0 / 0.19_f64.sqrt()).abs() < 0.05, "{long}");
    stated(&format!("here by {:.1} $\\sigma$", weak / 0.01));
    assert!(middle / 0.1 < 0.8 * weak / 0.01 && strong / 0.5 < 0.6 * middle / 0.1);
    for dt in [0.02, 0.04] {
        assert!((spread(0.1, dt, 1..=400) / spread(0.1, 0.01, 1..=400) - 1.0).abs() < 0.05);
    }
    // Pushes of a fixed size: four times as many pushes, twice the spread of a weak noise.
    let fixed = |dt: f64| spread(0.001 / dt.sqrt(), dt, 1..=100);
    assert!((fixed(0.01) / fixed(0.04) - 2.0).abs() < 0.2, "{}", fixed(0.01) / fixed(0.04));
    stated("100 pushes per ms instead of 25 make the spread twice as large");
}

#[test]
fn eulers_steps_add_to_a_and_runge_kuttas_hardly_take_any_off() {
    let node = Hopf { a: -0.1, omega: 1.0 };
    let rate = |run: Trajectory| (distance(&run, run.len() - 1) / distance(&run, run.len() / 2)).ln() / 50.0;
    assert!((rate(node.simulate([0.1, 0.1], Euler::new(0.1), 100.0).unwrap()) + 0.05).abs() < 1e-3);
    assert!((rate(node.simulate([0.1, 0.1], Rk4::new(0.1), 100.0).unwrap()) + 0.1).abs() < 1e-4);
    stated("Euler's method decays at half the rate");
    stated(&format!("at $dt = -2a/\\omega^2 = {:.1}$ ms", 0.2));
    assert!((-0.1 + 0.2 / 2.0_f64).abs() < 1e-15);
    let omega = 1.3 * PI;
    let (turn, rule): (f64, f64) = (omega * 0.1, omega * omega * 0.05);
    stated(&format!(
        "it takes {:.4} off $a$, where Euler's method adds {:.2} ({rule:.2} by the rule",
        omega.powi(6) * 1e-5 / 144.0,
        (1.0 + turn * turn).sqrt().ln() / 0.1
    ));
    let (radius, by_rule) = (Hopf { a: 0.0, omega }.euler_radius(0.1), rule.sqrt());
    stated(&format!("it says {by_rule:.2}, and the cell {radius:.2}"));
    let grows = Hopf { a: 0.0, omega }.simulate([1e-3, 0.0], Rk4::new(0.1), 1000.0).unwrap();
    let loss = (distance(&grows, 10_000) / 1e-3).ln() / 1000.0;
    assert!((loss + omega.powi(6) * 1e-5 / 144.0).abs() < 3e-5, "{loss}");
    // At 0.1 ms: the cycles of the workshop's networks at a = 0, sizes that the table prints.
    for (omega, euler, fine, rk4) in [(0.2, 0.14, 0.04, 0.02), (0.7, 0.49, 0.16, 0.02), (1.3, 0.93, 0.29, 0.01)] {
        let node = Hopf { a: 0.0, omega: omega * PI };
        let r = |run: Trajectory| distance(&run, run.len() - 1);
        assert!((r(node.simulate([0.1, 0.0], Euler::new(0.1), 2000.0).unwrap()) - euler).abs() < 0.005);
        assert!((r(node.simulate([0.1, 0.0], Euler::new(0.01), 2000.0).unwrap()) - fine).abs() < 0.005);
        assert!((r(node.simulate([0.1, 0.0], Rk4::new(0.1), 2000.0).unwrap()) - rk4).abs() < 0.005);
    }
}

/// The sliders' figure at a position.
fn one_second(a: f64, omega: f64) -> Trajectory {
    Hopf { a, omega }.simulate([0.3, 0.0], Rk4::new(1.0), 1000.0).unwrap()
}

#[test]
fn the_slider_figure_rests_slows_down_and_swings_as_the_answer_says() {
    let r = |a: f64, time: usize| distance(&one_second(a, 0.1), time);
    stated(&format!("at $a = -0.3$ the size is {:.4} after 20 ms", r(-0.3, 20)));
    stated(&format!("at $a = -0.01$ still {:.3} after 100 ms", r(-0.01, 100)));
    stated(&format!("whatever the start: {:.3} at $a = 0.2$", r(0.2, 1000)));
    stated(&format!("after a second it is still {:.3}", r(0.0, 1000)));
    assert!((r(0.0, 1000) * 2000_f64.sqrt() - 1.0).abs() < 0.01, "1/√(2t)");
    let [slow, fast] = [0.1, 0.2].map(|omega| Hopf { a: 0.2, omega }.frequency());
    stated(&format!("{slow:.1} Hz at 0.1, {fast:.1} Hz at 0.2"));
    assert!((one_second(0.2, 0.0).last_state()[0] - 0.2_f64.sqrt()).abs() < 1e-9);
    assert!((r(0.3, 1000) - distance(&one_second(0.3, 0.3), 1000)).abs() < 1e-3, "the size does not depend on ω");
}

#[test]
fn the_slider_figure_has_its_positions_and_its_size() {
    let a = Slider::new("Bifurcation parameter a", -0.3, 0.3).step(0.01).start(0.2);
    let omega = Slider::new("Frequency ω", 0.0, 0.3).step(0.01).start(0.1).unit("rad/ms");
    let page = interact([a, omega], |[a, omega]| {
        let run = one_second(a, omega);
        Figure::new().size(6.4, 4.2).y_range(-0.65, 0.65).grid(true).line(&run.times, run.row(0)).width(1.5)
    });
    assert_eq!(page.positions(), 61 * 31);
    assert!(page.html().len() < 3_000_000, "{} bytes", page.html().len());
}

#[test]
fn the_bifurcation_diagram_opens_as_the_root_of_a_and_eulers_a_little_wider() {
    let values = Array1::linspace(-2.0, 2.0, 50);
    let node = |a: f64| Hopf { a, omega: 0.2 };
    let ours = analysis::bifurcation(&values, 1000.0, |a| node(a).simulate([0.1, 0.0], Rk4::new(0.1), 2000.0)).unwrap();
    let euler =
        analysis::bifurcation(&values, 1000.0, |a| node(a).simulate([0.1, 0.0], Euler::new(0.1), 2000.0)).unwrap();
    // The workshop's numbers: with Euler's steps, a is 0.002 larger than it was typed in.
    for (k, a, workshop, root) in [(25, 0.041, 0.207, 0.202), (30, 0.449, 0.672, 0.670), (49, 2.0, 1.415, 1.414)] {
        assert!((values[k] - a).abs() < 5e-4);
        assert!((euler.maxima[k] - workshop).abs() < 1e-3 && (euler.minima[k] + workshop).abs() < 1e-3);
        assert!((ours.maxima[k] - root).abs() < 6e-4 && (ours.minima[k] + root).abs() < 6e-4);
        assert!((ours.maxima[k] - values[k].sqrt()).abs() < 1e-3);
    }
    assert!(ours.maxima.iter().take(25).all(|x| x.abs() < 1e-6) && (values[24] + 0.041).abs() < 5e-4);
}

#[test]
fn a_turn_without_omega_in_one_equation_has_one_pace_and_two_plus_signs_come_to_rest() {
    // a = -0.1, ω = 4, and ω missing in the equation of y: both turn at √ω.
    let [one, other] = Linear2d::new([[-0.1, -4.0], [1.0, -0.1]]).eigenvalues();
    assert!((one - Complex64::new(-0.1, 2.0)).norm() < 1e-12 && (other - one.conj()).norm() < 1e-12);
    stated("both turn at the pace √ω, and on an ellipse");
    let rule = |_t: f64, s: &[f64]| {
        let growth = 0.2 - s[0] * s[0] - s[1] * s[1];
        [growth * s[0] + 1.5 * s[1], growth * s[1] + 1.5 * s[0]]
    };
    let end = simulate(rule, [0.1, 0.05], Rk4::new(0.01), 50.0).unwrap().last_state();
    assert!((end[0].hypot(end[1]) - 1.7_f64.sqrt()).abs() < 1e-6 && (end[0] - end[1]).abs() < 1e-6);
    stated("stops at a distance of √(a + ω)");
}

#[test]
fn at_0_the_origin_is_still_stable() {
    assert!(
        Hopf { a: 0.0, omega: 1.0 }.simulate([0.3, 0.0], Rk4::new(0.1), 10_000.0).unwrap().last_state()[0].abs() < 0.01
    );
    stated("Above 0 the origin is unstable. (At 0 itself it is still stable");
}

#[test]
fn the_method_with_pushes_has_its_name() {
    stated("is called a **Wiener increment**, and Euler's method with such pushes the **Euler-Maruyama** method");
}
