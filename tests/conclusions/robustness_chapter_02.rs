//! What chapter 02 and its preparation conclude from oscillators and metronomes holds at half the step and with other seeds.

use crate::conditions::{Conclusion, Conditions};
use neurobook::prelude::*;
use std::f64::consts::TAU;

const CHAPTER: &str = "02_single_node_dynamics";

/// Oscillators of which each hears each.
fn oscillators(omega: Array1<f64>, coupling: f64, noise: f64, conditions: Conditions, seed: u64) -> Kuramoto {
    Kuramoto {
        weights: network::all_to_all(6),
        omega,
        coupling,
        noise,
        dt: conditions.step * Kuramoto::default().dt,
        seed: conditions.seeds + seed,
        ..Kuramoto::default()
    }
}

fn seeds(count: u32) -> Vec<f64> {
    (1..=count).map(f64::from).collect()
}

/// The cycles of a single oscillator in 100 ms, for 200 seeds: their mean and their spread.
fn cycles(noise: f64, conditions: Conditions) -> (f64, f64) {
    let one = |seed: f64| {
        let model = Kuramoto {
            omega: array![0.5 * PI],
            noise,
            wrapped: false,
            dt: conditions.step * Kuramoto::default().dt,
            seed: conditions.seeds + seed as u64,
            ..Kuramoto::default()
        };
        analysis::cycles(&model.simulate(100.0).unwrap().row(0))
    };
    crate::brain::mean_and_deviation(&sweep(&seeds(200), one))
}

#[test]
fn noise_makes_an_oscillator_forget_its_phase_and_not_its_mean_frequency() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "Noise makes the oscillator forget its phase, not its mean frequency.",
        holds: |conditions| {
            let [quiet, loud] = [0.1, 1.0].map(|noise| cycles(noise, conditions));
            (quiet.0 - 25.0).abs() < 0.3 && (loud.0 - 25.0).abs() < 2.5 && loud.1 > 5.0 * quiet.1 && loud.1 > 3.0
        },
    }
    .is_robust();
}

#[test]
fn the_phase_goes_backwards_from_a_noise_of_half_the_frequency_on() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "The phase goes backwards while the noise is below $-\\omega$.",
        holds: |conditions| {
            let backwards = |noise: f64| {
                let model = Kuramoto {
                    omega: array![0.5 * PI],
                    noise,
                    wrapped: false,
                    dt: conditions.step * Kuramoto::default().dt,
                    seed: conditions.seeds + 1,
                    ..Kuramoto::default()
                };
                let phase = model.simulate(20_000.0).unwrap().row(0);
                (1..phase.len()).filter(|k| phase[*k] < phase[k - 1]).count() as f64 / phase.len() as f64
            };
            let [never, seldom, often] = [0.1, 0.5, 2.0].map(backwards);
            never == 0.0 && seldom > 0.005 && seldom < 0.06 && often > 0.25 && often < 0.4
        },
    }
    .is_robust();
}

#[test]
fn equal_frequencies_lock_at_any_coupling_and_own_frequencies_do_not() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "*any* coupling locks them in the end, the sooner the stronger.",
        holds: |conditions| {
            let locks = |k: f64| {
                let run = oscillators(array![0.25 * PI], k, 0.0, conditions, 1).simulate(800.0).unwrap();
                analysis::time_to_lock(&run.times, &analysis::order_parameter(&run.states), 0.99)
            };
            let times: Vec<Option<f64>> = [1.0, 0.5, 0.25, 0.1, 0.05].map(locks).to_vec();
            times.iter().all(Option::is_some) && times.windows(2).all(|pair| pair[0] < pair[1])
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "With frequencies of their own a little coupling is not enough",
        holds: |conditions| {
            let order = |k: f64| {
                let one = |seed: f64| {
                    let omega = noise::uniform(6, 0.0, 0.25 * PI, conditions.seeds + seed as u64);
                    let model = oscillators(omega, k, 0.0, conditions, seed as u64);
                    analysis::synchrony(&model.simulate(50.0).unwrap().after(25.0).states)
                };
                sweep(&seeds(100), one).iter().sum::<f64>() / 100.0
            };
            let r = [0.0, 0.1, 0.25, 0.5, 1.0].map(order);
            r[1] < 0.55 && r[2] < 0.7 && r[4] > 0.93 && r.windows(2).all(|pair| pair[0] < pair[1])
        },
    }
    .is_robust();
}

#[test]
fn noise_without_coupling_changes_nothing_and_shared_noise_brings_phases_together() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "Without coupling it changes nothing: the phases are anywhere to begin with, and stay anywhere.",
        holds: |conditions| {
            let order = |noise: f64| {
                let one = |seed: f64| {
                    let model = oscillators(array![0.25 * PI], 0.0, noise, conditions, seed as u64);
                    analysis::synchrony(&model.simulate(50.0).unwrap().after(25.0).states)
                };
                sweep(&seeds(200), one).iter().sum::<f64>() / 200.0
            };
            [0.0, 0.3, 1.0].iter().all(|noise| (order(*noise) - 0.37).abs() < 0.05)
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "they come together without any coupling",
        holds: |conditions| {
            let dt: f64 = 0.01 * conditions.step;
            let pushes = noise::white((600.0 / dt) as usize, conditions.seeds + 1);
            let mut phases = noise::uniform(6, 0.0, TAU, conditions.seeds + 1).to_vec();
            for normal in &pushes {
                let push = 0.5 * dt.sqrt() * normal;
                for phase in &mut phases {
                    let ahead = *phase + 0.25 * PI * dt + phase.sin() * push;
                    *phase += 0.25 * PI * dt + 0.5 * (phase.sin() + ahead.sin()) * push;
                }
            }
            analysis::order_parameter(&Array1::from(phases).insert_axis(ndarray::Axis(1)))[0] > 0.99
        },
    }
    .is_robust();
}

#[test]
fn metronomes_end_as_the_board_says_from_other_starts_too() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "On the heavy board they end in step, and the board rolls to and fro with them.",
        holds: |conditions| {
            let film = |board_mass: f64| {
                // In place of seeds: how far the second metronome is turned when the first is at its end.
                let turn = 0.6 * (1.0 + 0.05 * (conditions.seeds / 1000) as f64);
                let start = [0.6, 0.0, 0.0, turn, 0.0, -turn / (board_mass + 2.0)];
                let model = Metronomes { board_mass, ..Metronomes::default() };
                let end = model.simulate(start, Rk4::new(0.05 * conditions.step), 400.0).unwrap().after(350.0);
                (analysis::correlation(&end.row(0), &end.row(1)).unwrap(), end.row(4).std(0.0))
            };
            let ((heavy, rolls), (light, rests)) = (film(18.0), film(3.0));
            heavy > 0.9 && light < -0.98 && rolls > 0.03 && rests < 0.005
        },
    }
    .is_robust();
}

#[test]
fn euler_and_the_formula_of_the_preparation_for_chapter_02_part_less_at_half_the_step() {
    Conclusion {
        chapter: "02_prep_dynamical_systems",
        sentence: "Near, and not the same.",
        holds: |conditions| {
            let exact = -70.0 + 20.0 * (-0.1_f64).exp();
            let steps = (1.0 / conditions.step).round() as i32;
            // The starts of the figure, in place of seeds.
            let euler = -70.0 + 20.0 * (1.0 - 0.1 * conditions.step).powi(steps);
            (euler - exact).abs() > 0.01 && (euler - exact).abs() < 0.11
        },
    }
    .is_robust();
    Conclusion {
        chapter: "02_prep_dynamical_systems",
        sentence: "halve the step, and the pushes become wilder, not smoother.",
        holds: |conditions| {
            // The rate of change that a push of this step would be.
            let rate =
                |dt: f64| noise::white(1000, conditions.seeds + 1).std(0.0) * (conditions.step * dt).sqrt().recip();
            rate(0.005) > 1.3 * rate(0.01)
        },
    }
    .is_robust();
}

#[test]
fn what_one_figure_of_six_oscillators_shows_by_chance_is_caught() {
    let planted = Conclusion {
        chapter: CHAPTER,
        sentence: "six oscillators of the same frequency lock at K = 0.1 after 50 ms",
        holds: |conditions| {
            let run = oscillators(array![0.25 * PI], 0.1, 0.0, conditions, 1).simulate(400.0).unwrap();
            let order = analysis::order_parameter(&run.states);
            analysis::time_to_lock(&run.times, &order, 0.99).is_some_and(|time| time > 50.0)
        },
    };
    let broken = planted.broken();
    assert!(!broken.is_empty() && broken.iter().all(|conditions| conditions.seeds > 0), "{broken:?}");
}
