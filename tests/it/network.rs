//! Networks by recipe, and connectomes that look like measured ones.

use neurobook::network::*;
use neurobook::prelude::*;

fn recipe(seed: u64) -> SyntheticConnectome {
    SyntheticConnectome { seed, ..SyntheticConnectome::default() }
}

#[test]
fn a_small_world_keeps_its_connections_and_moves_some() {
    for (rewiring, seed) in [(0.0, 1), (0.2, 1), (1.0, 2)] {
        let weights = watts_strogatz(40, 6, rewiring, seed).unwrap();
        assert_eq!(weights, weights.t());
        assert_eq!((weights.sum(), weights.diag().sum()), (240.0, 0.0));
    }
    let ring = watts_strogatz(40, 6, 0.0, 1).unwrap();
    assert_eq!(degrees(&ring), Array1::from_elem(40, 6.0));
    assert_eq!((ring[[0, 1]], ring[[0, 3]], ring[[0, 4]], ring[[0, 37]]), (1.0, 1.0, 0.0, 1.0));
    let moved = |rewiring| (&watts_strogatz(40, 6, rewiring, 1).unwrap() - &ring).mapv(f64::abs).sum() / 4.0;
    assert!(moved(0.1) > 2.0 && moved(0.1) < 30.0 && moved(0.5) > moved(0.1));
    assert_eq!(watts_strogatz(40, 6, 0.3, 7), watts_strogatz(40, 6, 0.3, 7));
    for (neighbours, rewiring, words) in
        [(3, 0.1, "neighbours is 3"), (40, 0.1, "neighbours is 40"), (4, 1.5, "rewiring is 1.5")]
    {
        let message = watts_strogatz(40, neighbours, rewiring, 1).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn modules_meet_in_the_hub_alone() {
    let weights = modules_with_hub(&[2, 3], 10.0, 5.0, 1.0);
    for ((n, m), weight) in weights.indexed_iter() {
        let same_side = (n < 2) == (m < 2);
        let expected = match (n, m) {
            _ if n == m => 0.0,
            (2, _) => 1.0,
            (_, 2) => 5.0,
            _ if same_side => 10.0,
            _ => 0.0,
        };
        assert_eq!(*weight, expected, "{n}, {m}");
    }
    assert_eq!(modules_with_hub(&[], 1.0, 1.0, 1.0).dim(), (1, 1));
}

#[test]
fn connections_of_all_to_all_and_random_networks_leave_the_diagonal_out() {
    assert_eq!((density(&all_to_all(7)), all_to_all(7).diag().sum()), (1.0, 0.0));
    let weights = random_weights(50, 3);
    assert!((weights.sum() / 2450.0 - 0.5).abs() < 0.02 && weights.diag().sum() == 0.0);
    assert_eq!(strengths(&all_to_all(3)), array![2.0, 2.0, 2.0]);
}

#[test]
fn a_synthetic_connectome_has_the_statistics_of_a_measured_one() {
    for (regions, seed) in [(156, 1), (156, 2), (80, 3)] {
        let connectome = SyntheticConnectome { regions, ..recipe(seed) }.generate().unwrap();
        let (weights, lengths, half) = (&connectome.weights, &connectome.lengths, regions / 2);
        assert_eq!((weights, lengths), (&weights.t().to_owned(), &lengths.t().to_owned()));
        assert_eq!((weights.diag().sum(), lengths.diag().sum()), (0.0, 0.0));
        assert!((weights.iter().fold(0.0, |a: f64, b| a.max(*b)) - 0.2).abs() < 1e-15);

        let within = density(&weights.slice(s![..half, ..half]).to_owned());
        let between = weights.slice(s![..half, half..]).iter().filter(|weight| **weight > 0.0).count();
        assert!((within - 0.3).abs() < 0.04, "{within}");
        assert!((between as f64 / (half * half) as f64 - 0.05).abs() < 0.002);

        let log: Array1<f64> = weights.iter().filter(|weight| **weight > 0.0).map(|weight| weight.log10()).collect();
        assert!((log.std(0.0) - 0.6).abs() < 0.05, "{}", log.std(0.0));
        let isolated: Vec<usize> = (0..regions).filter(|n| weights.row(*n).sum() == 0.0).collect();
        assert_eq!(isolated, [half - 1]);

        let fibres: Vec<f64> = lengths.indexed_iter().filter(|((n, m), _)| n != m).map(|(_, length)| *length).collect();
        assert!(fibres.iter().all(|length| (10.0..=250.0).contains(length)));
        let mean = fibres.iter().sum::<f64>() / fibres.len() as f64;
        let present: Array1<f64> =
            lengths.iter().zip(weights).filter(|(_, weight)| **weight > 0.0).map(|(length, _)| *length).collect();
        assert!((mean - 130.0).abs() < 15.0 && present.mean().unwrap() < 0.75 * mean);
    }
    assert_eq!(recipe(5).generate(), recipe(5).generate());
    assert_ne!(recipe(5).generate(), recipe(6).generate());
    let all = SyntheticConnectome { isolated: 0, ..recipe(5) }.generate().unwrap();
    assert!(strengths(&all.weights).iter().all(|strength| *strength > 0.0));
}

#[test]
fn a_recipe_out_of_range_is_refused_by_name() {
    for (bad, words) in [
        (SyntheticConnectome { regions: 9, ..recipe(0) }, "regions is 9"),
        (SyntheticConnectome { density_within: 1.5, ..recipe(0) }, "density_within is 1.5"),
        (SyntheticConnectome { density_between: f64::NAN, ..recipe(0) }, "density_between is NaN"),
        (SyntheticConnectome { reach: 0.0, ..recipe(0) }, "reach is 0"),
        (SyntheticConnectome { largest: -1.0, ..recipe(0) }, "largest is -1"),
        (SyntheticConnectome { isolated: 80, ..recipe(0) }, "isolated is 80"),
    ] {
        let message = bad.generate().unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn matrices_that_do_not_fit_are_refused_with_row_and_column() {
    let mut hole = all_to_all(4);
    hole[[3, 0]] = f64::INFINITY;
    let mut negative = all_to_all(4);
    negative[[1, 2]] = -1.0;
    for (weights, lengths, words) in [
        (Array2::zeros((4, 5)), all_to_all(4), "weights has 4 rows and 5 columns"),
        (all_to_all(4), all_to_all(5), "weights has 4 rows and columns, but lengths has 5"),
        (hole.clone(), all_to_all(4), "weights, row 3, column 0 is inf"),
        (all_to_all(4), negative.clone(), "lengths, row 1, column 2 is -1"),
    ] {
        let message = Connectome::new(weights, lengths).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
    assert!(Connectome::new(negative, all_to_all(4)).is_ok());
}

#[test]
fn a_connectome_runs_with_its_delays() {
    let connectome = neurobook::data::connectome();
    let model = Kuramoto { omega: array![0.25], coupling: 50.0, seed: 1, ..Kuramoto::on(&connectome, 10.0) };
    let steps = model.delays.steps(80, 0.1).unwrap().unwrap();
    assert_eq!(steps[[0, 1]], (connectome.lengths[[0, 1]] / 10.0 / 0.1).round() as usize);
    let run = model.simulate(100.0).unwrap();
    let undelayed = Kuramoto { delays: Delays::None, ..model }.simulate(100.0).unwrap();
    let order = |run: &neurobook::Trajectory| analysis::synchrony(&run.after(50.0).states);
    assert!(order(&undelayed) > 0.3 && (order(&run) - order(&undelayed)).abs() > 0.01);
}
