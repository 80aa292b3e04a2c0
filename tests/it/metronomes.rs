//! Two metronomes on a board, beside scipy's solution, and which way they end.

use neurobook::prelude::*;
use serde_json::Value;

const START: [f64; 6] = [0.5, -0.3, 0.0, 0.0, 0.0, 0.0];

fn run(board_mass: f64, friction: f64, start: [f64; 6]) -> Trajectory {
    let model = Metronomes { board_mass, friction, ..Metronomes::default() };
    model.simulate(start, Rk4::new(0.01), 800.0).expect("a run")
}

/// How alike the two swing in the last hundred units of time: 1 in phase, -1 in antiphase.
fn likeness(run: &Trajectory) -> f64 {
    let end = run.after(700.0);
    let angle = |name: &str| end.variable(name).expect("a variable");
    analysis::correlation(&angle("left"), &angle("right")).expect("a correlation")
}

#[test]
fn metronomes_swing_as_scipy_says() {
    let golden: Value =
        serde_json::from_str(include_str!("../golden/metronomes/metronomes.json")).expect("golden numbers");
    let number = |value: &Value| value.as_f64().expect("a number");
    for case in golden["cases"].as_array().expect("cases") {
        let ours = run(number(&case["board_mass"]), number(&case["friction"]), START);
        for (at, time) in golden["times"].as_array().expect("times").iter().enumerate() {
            let column = (number(time) / 0.01).round() as usize;
            for variable in 0..6 {
                let (ours, theirs) = (ours.states[[variable, column]], number(&case["states"][at][variable]));
                assert!((ours - theirs).abs() < 1e-6, "{case}: variable {variable} at {time}: {ours}");
            }
        }
    }
}

#[test]
fn metronomes_end_in_phase_on_a_heavy_board_and_in_antiphase_on_a_light_one() {
    for other in [-0.3, 0.3, -0.48] {
        let start = [0.5, other, 0.0, 0.0, 0.0, 0.0];
        let (heavy, light) = (likeness(&run(18.0, 0.05, start)), likeness(&run(3.0, 0.05, start)));
        assert!(heavy > 0.99 && light < -0.99, "from {other}: {heavy} on a heavy board, {light} on a light one");
    }
}

#[test]
fn friction_below_the_board_turns_metronomes_from_in_phase_to_antiphase() {
    for other in [-0.3, 0.3, -0.48] {
        let start = [0.5, other, 0.0, 0.0, 0.0, 0.0];
        let (smooth, rough) = (likeness(&run(18.0, 0.05, start)), likeness(&run(18.0, 5.0, start)));
        assert!(smooth > 0.99 && rough < -0.9, "from {other}: {smooth} on a smooth table, {rough} on a rough one");
    }
}

#[test]
fn the_film_of_chapter_02_ends_in_phase_on_the_heavy_board_and_in_antiphase_on_the_light_one() {
    let film = |board_mass: f64, dt: f64| {
        let model = Metronomes { board_mass, ..Metronomes::default() };
        let start = [0.6, 0.0, 0.0, 0.6, 0.0, -0.6 / (board_mass + 2.0)];
        let end = model.simulate(start, Rk4::new(dt), 300.0).expect("a run").after(250.0);
        let board = end.row(4).std(0.0);
        (analysis::correlation(&end.row(0), &end.row(1)).expect("a correlation"), board)
    };
    for dt in [0.05, 0.025] {
        let ((heavy, moved), (light, rested)) = (film(18.0, dt), film(3.0, dt));
        assert!(heavy > 0.9 && light < -0.99, "{heavy} on the heavy board, {light} on the light one");
        assert!(moved > 0.03 && rested < 0.003, "the heavy board moves by {moved}, the light one by {rested}");
    }
}
