//! Every number that the prose of chapter 2 states is computed here, and found in the prose.

use crate::prose;
use neurobook::prelude::*;

pub const CHAPTER: &str = "02_single_node_dynamics";

#[track_caller]
pub fn stated(phrase: &str) {
    prose::says(CHAPTER, phrase);
}

fn run(a: impl Into<Complex64>, x0: f64, dt: f64, t_end: f64) -> (Vec<f64>, Vec<f64>) {
    let a = a.into();
    let (x, t) = euler(|x| a * x, x0, dt, t_end).unwrap();
    (x.iter().map(|x| x.re).collect(), t.to_vec())
}

/// The growing curve of the slider figure, `exp(0.3 t)`.
fn curve(t: f64) -> f64 {
    Exponential::new(0.3).exact(1.0, t).re
}

#[test]
fn the_slots_of_the_lesson_add_up() {
    let source = prose::source(CHAPTER);
    let table: Vec<&str> =
        source.lines().skip_while(|line| !line.contains("| When |")).take_while(|line| line.contains('|')).collect();
    let minutes: u32 =
        table.iter().filter_map(|row| row.trim_end_matches(" |").rsplit("| ").next()?.trim().parse::<u32>().ok()).sum();
    stated(&format!("That is {minutes} minutes."));
}

#[test]
fn the_first_run_falls_from_100_to_36_79() {
    let (x, t) = run(-0.1, 100.0, 0.001, 10.0);
    assert_eq!(t.len(), 10_000);
    let (end, last) = (x[9_999], t[9_999]);
    let exact = Exponential::default().exact(100.0, last).re;
    stated(&format!("$x$ falls from 100 to {end:.2}."));
    stated(&format!("$t = {last}$ with {end:.5}; the exact value there is {exact:.5}."));
    stated(&format!("Euler's method is {:.3} % too low.", 100.0 * (1.0 - end / exact)));
}

#[test]
fn one_step_on_paper_gives_90() {
    let (x, _) = run(-0.1, 100.0, 1.0, 2.0);
    stated(&format!("so after one step $x$ is $100 - 10 \\times 1 = {}$", x[1]));
    stated(&format!("The exact value is {:.2}.", Exponential::default().exact(100.0, 1.0).re));
}

#[test]
fn the_time_constant_is_10_s_and_the_half_life_6_93_s() {
    let model = Exponential::default();
    stated(&format!("that is {} s, and $x$ halves every", 1.0 / model.a.norm()));
    stated(&format!("$\\ln 2 / 0.1 = {:.2}$ s", model.halving_or_doubling_time()));
}

#[test]
fn chord_and_tangent_have_the_slopes_and_ends_of_the_table() {
    let slope = Exponential::new(0.3).rate(Complex64::from(curve(1.0))).re;
    stated(&format!("The tangent's slope is always {slope:.4}."));
    for dt in [0.1, 1.0, 2.0, 4.0] {
        let chord = (curve(1.0 + dt) - curve(1.0)) / dt;
        let (tangent, exact) = (curve(1.0) + dt * slope, curve(1.0 + dt));
        stated(&format!("| {dt} | {chord:.4} | {tangent:.4} | {exact:.4} | {:.4} |", exact - tangent));
    }
}

#[test]
fn the_error_of_a_step_goes_roughly_with_its_square_and_that_of_a_run_with_the_step() {
    let gap = |dt: f64| curve(1.0 + dt) - curve(1.0) * (1.0 + 0.3 * dt);
    assert!(gap(2.0) / gap(1.0) > 4.0);
    assert!((gap(0.02) / gap(0.01) - 4.0).abs() < 0.02);
    stated("From $dt = 1$ to $dt = 2$ the error of the step grows more than fourfold");

    let error = |dt: f64| {
        let (x, t) = run(-0.1, 100.0, dt, 10.0);
        Exponential::default().exact(100.0, t[t.len() - 1]).re - x[x.len() - 1]
    };
    assert!((error(0.02) / error(0.01) - 2.0).abs() < 0.02);
}

#[test]
fn euler_under_estimates_a_growing_exponential() {
    for dt in [0.1, 1.0, 4.0] {
        assert!(curve(1.0) * (1.0 + 0.3 * dt) < curve(1.0 + dt));
    }
}

#[test]
fn a_decay_is_monotone_below_10_s_and_stable_below_20_s() {
    let model = Exponential::default();
    stated(&format!("$dt < 1/|a|$, here {} s", model.largest_monotone_step().unwrap()));
    stated(&format!("$dt < 2/|a|$, here {} s", model.largest_stable_step().unwrap()));
    for (dt, words) in [
        (5.0, "decays, as it should"),
        (15.0, "changes sign at every step, but decays"),
        (25.0, "changes sign, and **explodes**"),
    ] {
        stated(&format!("| {dt} s | {} | {words} |", model.euler_factor(dt).re));
    }
    assert_eq!(run(-0.1, 100.0, 10.0, 40.0).0, [100.0, 0.0, 0.0, 0.0]);
    assert_eq!(run(-0.1, 100.0, 20.0, 80.0).0, [100.0, -100.0, 100.0, -100.0]);
    let falls = |dt: f64| run(-0.1, 100.0, dt, 400.0).0.windows(2).all(|x| x[1].abs() < x[0].abs());
    assert!(falls(5.0) && falls(15.0) && falls(19.9) && !falls(20.1) && !falls(25.0));
}

#[test]
fn the_sliders_have_the_positions_and_the_first_picture_that_the_text_says() {
    let slopes = interact([Slider::new("dt", 0.0, 4.0).step(0.1).start(1.0)], |_| Figure::new());
    assert_eq!(slopes.positions(), 41);
    let real = Slider::new("real part of a", -2.0, 2.0).step(0.2).start(0.0);
    let imaginary = Slider::new("imaginary part of a", -4.0, 7.0).step(0.1).start(1.0);
    assert_eq!(interact([real, imaginary], |_| Figure::new()).positions(), 2331);
    stated("50,000 steps for each of 2,331 positions");

    let (x, t) = run(Complex64::i(), 1.0, 0.0001, 5.0);
    assert_eq!(t.len(), 50_000);
    let lowest = (0..x.len()).min_by(|i, j| x[*i].total_cmp(&x[*j])).unwrap();
    stated(&format!("which reaches {:.0} near $t = {:.2}$ and {:.3} at the end", x[lowest], t[lowest], x[49_999]));
}

#[test]
fn half_a_hertz_is_an_imaginary_part_of_pi_and_the_slider_comes_near() {
    assert!((Exponential::new(Complex64::new(0.0, PI)).frequency() - 0.5).abs() < 1e-15);
    let near = Exponential::new(Complex64::new(0.0, 3.1)).frequency();
    stated(&format!("at 3.1 the frequency is {near:.4} Hz, and one wave lasts {:.3} s.", 1.0 / near));
    stated(&format!("multiplied by exp(0.4) = {:.2} each second", 0.4_f64.exp()));
}

#[test]
fn euler_inflates_a_pure_oscillation_by_the_stated_factors() {
    let inflation = |omega: f64| {
        let model = Exponential::new(Complex64::new(0.0, omega));
        let (x, _) = euler(|x| model.rate(x), 1.0, 0.0001, 5.0).unwrap();
        let simulated = x[x.len() - 1].norm();
        assert!((simulated - model.euler_inflation(0.0001, x.len() - 1)).abs() < 1e-9);
        simulated
    };
    stated(&format!(
        "the factor is {:.4} for $\\omega = \\pi$ and {:.4} for $\\omega = 7$",
        inflation(PI),
        inflation(7.0)
    ));
    let excess = |dt: f64| Exponential::new(Complex64::new(0.0, 7.0)).euler_inflation(dt, (5.0 / dt) as usize) - 1.0;
    assert!((excess(1e-4) / excess(1e-5) - 10.0).abs() < 0.1);
    assert_eq!(Exponential::new(Complex64::i()).largest_stable_step(), None);
}

#[test]
fn the_scales_span_seven_powers_of_ten() {
    assert_eq!((0.15_f64 / 1e-8).log10().floor(), 7.0);
    stated("seven powers of ten");
}

#[test]
fn a_region_holds_tens_of_millions_of_neurons() {
    // 19 % of 86.1 billion neurons are in the cortex (Azevedo et al. 2009), which has some 1,800 to 2,400 cm².
    let cortex = 0.19 * 86.1e9;
    assert!(5.0 * cortex / 2400.0 > 1e7 && 10.0 * cortex / 1800.0 < 1e8);
    stated("5 to 10 cm² of cortex holds tens of millions of neurons");
}

#[test]
fn the_models_limits_hold_for_a_complex_decay() {
    let model = Exponential::new(Complex64::new(-0.2, 3.0));
    let limit = model.largest_stable_step().unwrap();
    assert!(model.euler_factor(0.999 * limit).norm() < 1.0 && model.euler_factor(1.001 * limit).norm() > 1.0);
    assert_eq!(model.largest_monotone_step(), None);
}

#[test]
fn a_decay_that_oscillates_needs_a_tenth_of_the_step_that_2_over_its_size_would_allow() {
    let model = Exponential::new(Complex64::new(-0.1, 1.0));
    let limit = model.largest_stable_step().unwrap();
    stated(&format!("for $a = -0.1 + i$ that is {limit:.3}, where $2/|a|$ would be {:.2}", 2.0 / model.a.norm()));
    assert!((limit - 0.2 / model.a.norm_sqr()).abs() < 1e-12);
    assert!(model.euler_factor(1.01 * limit).norm() > 1.0 && model.euler_factor(0.99 * limit).norm() < 1.0);
}

#[test]
fn bad_steps_and_durations_are_refused_by_name() {
    for (dt, t_end, name) in [
        (0.0, 1.0, "dt is 0"),
        (-0.1, 1.0, "dt is -0.1"),
        (f64::NAN, 1.0, "dt is NaN"),
        (0.1, -1.0, "t_end is -1"),
        (0.1, f64::INFINITY, "t_end is inf"),
        (20.0, 10.0, "dt is 20, longer than the whole t_end of 10"),
        (1e-9, 10.0, "223.5 GB of memory"),
        (1e-9, 10.0, "larger dt"),
    ] {
        let message = euler(|x| x, 1.0, dt, t_end).unwrap_err().to_string();
        assert!(message.contains(name), "{message}");
    }
    let (x, t) = euler(|x| x, 1.0, 0.1, 0.0).unwrap();
    assert_eq!((x.len(), t.len()), (0, 0));
}
