//! What the second preparation for chapter 04 states and takes no long simulation to know.

use crate::prose;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("04_prep_uncertainty", phrase);
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time("04_prep_uncertainty");
}

#[test]
fn the_small_numbers_of_the_exercises_are_right() {
    let values = neurobook::ndarray::array![0.2, 0.5, 0.9];
    stated(&format!("The spread of 0.2, 0.5 and 0.9 is {:.3}, and the first gap is -0.2", values.std(0.0)));
    let hours: f64 = 2000.0 * 22.0 / 3600.0;
    stated(&format!("That is {hours:.0} hours of two nodes"));
    stated(&format!("keep the 99 nearest, {:.0} %", 99.0 / 20.0));
    let by_chance: f64 = (0.9 * 0.1 / 200.0_f64).sqrt();
    stated(&format!("chance alone moves such a share by about {by_chance:.2}."));
    let times = 5.0_f64.sqrt();
    stated(&format!("$\\sqrt 5$ or {times:.1} times as far"));
}
