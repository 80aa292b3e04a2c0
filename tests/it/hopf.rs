//! What is known of the single nodes: fixed points, limit cycles, and what Euler's method makes of them.

use neurobook::prelude::*;

fn radius(run: &Trajectory) -> f64 {
    let end = run.last_state();
    end[0].hypot(end[1])
}

#[test]
fn below_zero_the_state_spirals_into_the_origin_at_the_rate_a() {
    let node = Hopf { a: -0.1, omega: 1.0 };
    let run = node.simulate([1e-3, 0.0], Rk4::new(0.01), 50.0).unwrap();
    assert!((radius(&run) / (1e-3 * (-0.1_f64 * 50.0).exp()) - 1.0).abs() < 1e-4);
    assert_eq!(node.eigenvalues()[0], Complex64::new(-0.1, 1.0));
    // The numbers of the workshop's own solution, which takes Euler steps of 0.01.
    let run = node.simulate([0.1, 0.1], Euler::new(0.01), 100.0).unwrap();
    assert!((run.states[[0, 5000]].hypot(run.states[[1, 5000]]) - 1.11e-3).abs() < 0.01e-3);
    assert!((radius(&run) - 9.6e-6).abs() < 0.1e-6);
}

#[test]
fn above_zero_it_comes_to_a_circle_of_radius_root_a_with_its_frequency() {
    for (a, omega) in [(0.2, 0.1), (0.25, 0.2), (1.0, 1.0)] {
        let node = Hopf { a, omega };
        let run = node.simulate([0.1, 0.0], Rk4::new(0.05), 1000.0).unwrap().after(500.0);
        assert!((radius(&run) - node.radius()).abs() < 1e-6);
        let angle = Array1::from_iter((0..run.len()).map(|k| run.states[[1, k]].atan2(run.states[[0, k]])));
        assert!((1000.0 * analysis::cycles(&angle) / 500.0 - node.frequency()).abs() < 1e-3);
    }
    assert!((Hopf { a: 0.2, omega: 0.1 }.frequency() - 15.915).abs() < 1e-3);
}

#[test]
fn eulers_steps_make_the_limit_cycle_larger_and_make_one_where_there_is_none() {
    // dt 0.1: the workshop's models A and C, and its Hopf node that decays too slowly.
    for (a, omega, shown) in [(0.0, 0.7 * PI, 0.49), (0.0, 1.3 * PI, 0.93), (0.0, 0.2 * PI, 0.14)] {
        let node = Hopf { a, omega };
        let euler = radius(&node.simulate([0.1, 0.0], Euler::new(0.1), 2000.0).unwrap());
        assert!((euler - node.euler_radius(0.1)).abs() < 1e-6, "{euler} instead of {}", node.euler_radius(0.1));
        assert!((euler - shown).abs() < 0.01, "{euler}");
        assert!((node.euler_radius(0.1) - (a + 0.05 * omega * omega).sqrt()).abs() < 0.025);
        assert!(radius(&node.simulate([0.1, 0.0], Rk4::new(0.1), 2000.0).unwrap()) < 0.02);
    }
    let node = Hopf { a: -0.1, omega: 1.0 };
    let run = node.simulate([1e-3, 0.0], Euler::new(0.1), 50.0).unwrap();
    let rate = (radius(&run) / 1e-3).ln() / 50.0;
    assert!((rate + 0.0498).abs() < 0.001, "decays at {rate} instead of -0.1");
    assert_eq!((node.euler_radius(0.1), node.radius()), (0.0, 0.0));
}

#[test]
fn a_network_avoids_the_artefact_unless_told_to_take_eulers_steps() {
    let node = Hopf { a: 0.25, omega: 1.3 * PI };
    let network = HopfNetwork { nodes: vec![node], ..HopfNetwork::default() };
    assert!((radius(&network.simulate(500.0).unwrap()) - 0.5).abs() < 1e-3);
    let euler = HopfNetwork { scheme: Scheme::Euler, ..network };
    assert!((radius(&euler.simulate(500.0).unwrap()) - node.euler_radius(0.1)).abs() < 1e-6);
    assert!(node.euler_radius(0.1) > 1.0);
}
