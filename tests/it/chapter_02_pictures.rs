//! What the pictures of chapter 02 claim, in words and by what they show.

use crate::chapter_02::stated;
use neurobook::prelude::*;

/// Hodgkin and Huxley's rates, with a current of 10 µA/cm², as textbooks have them for a rest at −65 mV.
fn membrane(state: &[f64]) -> [f64; 4] {
    let (v, m, h, n) = (state[0], state[1], state[2], state[3]);
    let sodium = 120.0 * m.powi(3) * h * (50.0 - v);
    let potassium = 36.0 * n.powi(4) * (-77.0 - v);
    let leak = 0.3 * (-54.4 - v);
    let (am, bm) = (0.1 * (v + 40.0) / (1.0 - (-(v + 40.0) / 10.0).exp()), 4.0 * (-(v + 65.0) / 18.0).exp());
    let (ah, bh) = (0.07 * (-(v + 65.0) / 20.0).exp(), 1.0 / (1.0 + (-(v + 35.0) / 10.0).exp()));
    let (an, bn) = (0.01 * (v + 55.0) / (1.0 - (-(v + 55.0) / 10.0).exp()), 0.125 * (-(v + 65.0) / 80.0).exp());
    let gate = |opens: f64, closes: f64, open: f64| opens * (1.0 - open) - closes * open;
    [10.0 + sodium + potassium + leak, gate(am, bm, m), gate(ah, bh, h), gate(an, bn, n)]
}

fn spikes(dt: f64) -> Vec<f64> {
    let run = simulate(|_t, state| membrane(state), [-65.0, 0.05, 0.6, 0.32], Rk4::new(dt), 60.0).unwrap();
    let v = run.row(0);
    (1..v.len()).filter(|k| v[*k] >= 0.0 && v[k - 1] < 0.0).map(|k| run.times[k]).collect()
}

#[test]
fn the_membrane_fires_every_15_ms_at_any_short_step() {
    for dt in [0.02, 0.005] {
        let spikes = spikes(dt);
        assert!(spikes.len() >= 4, "{spikes:?}");
        let [.., before, last] = spikes[..] else { panic!("{spikes:?}") };
        stated(&format!("its voltage jumps up every {:.0} ms", last - before));
    }
}

#[test]
fn in_the_row_of_five_steps_the_models_connectivity_looks_like_that_of_the_virtual_person() {
    let x = data::model_d(0.06, 0.8).simulate(15_500.0).unwrap().after(500.0).nodes("x").unwrap();
    let model = analysis::functional_connectivity(&x);
    for person in [1, 2, 5] {
        let recorded = data::virtual_recording(person, 15_000.0).unwrap();
        let measured = analysis::functional_connectivity(&recorded.states);
        let likeness = analysis::matrix_correlation(&model, &measured).unwrap();
        assert!(likeness > 0.97, "person {person}: {likeness}");
    }
}

#[test]
fn in_the_picture_of_scales_both_populations_go_on_oscillating() {
    let driven = WilsonCowan { excitatory_input: 1.0, ..WilsonCowan::default() };
    let late = driven.simulate([0.05, 0.05], Rk4::new(0.1), 100.0).unwrap().after(50.0);
    for row in [0, 1] {
        let share = late.row(row);
        let (low, high) = share.iter().fold((1.0_f64, 0.0_f64), |(low, high), x| (low.min(*x), high.max(*x)));
        assert!(high - low > 0.1 && high < 0.36, "{row}: from {low} to {high}");
    }
}
