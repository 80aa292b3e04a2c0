//! Every number and every conclusion of the Wilson-Cowan preparation for chapter 3: beside scipy, at the chapter's step and at half
//! of it, and at other drives.

use crate::prose;
use neurobook::analysis::fixed_points;
use neurobook::prelude::*;
use serde_json::Value;

const CHAPTER: &str = "03_prep_wilson_cowan";
const STEPS: [f64; 2] = [0.1, 0.05];

#[track_caller]
fn stated(phrase: &str) {
    prose::says(CHAPTER, phrase);
}

fn golden() -> Value {
    serde_json::from_str(include_str!("../golden/wilson_cowan/wilson_cowan.json")).unwrap()
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} of {value}"))
}

/// The chapter's node: its drive, the strength of inhibition, and inhibition's time constant.
fn node(drive: f64, strength: f64, time: f64) -> WilsonCowan {
    WilsonCowan {
        excitatory_input: drive,
        inhibitory_to_excitatory: 12.0 * strength,
        inhibitory_to_inhibitory: 3.0 * strength,
        inhibitory_time: time,
        ..WilsonCowan::default()
    }
}

/// The smallest and the largest E in the long run, and the frequency in Hz: 0 at rest.
#[derive(Debug, Clone, Copy)]
struct Rhythm {
    low: f64,
    high: f64,
    hertz: f64,
}

impl Rhythm {
    fn swing(self) -> f64 {
        self.high - self.low
    }
}

fn rhythm(node: WilsonCowan, dt: f64) -> Rhythm {
    rhythm_from([0.05, 0.05], node, dt)
}

fn rhythm_from(start: [f64; 2], node: WilsonCowan, dt: f64) -> Rhythm {
    let late = node.simulate(start, Rk4::new(dt), 5000.0).unwrap().after(3000.0);
    let e = late.row(0);
    let (low, high) = e.iter().fold((1.0_f64, 0.0_f64), |(low, high), e| (low.min(*e), high.max(*e)));
    let middle = e.mean().unwrap();
    let ups: Vec<f64> = (1..e.len())
        .filter(|k| e[k - 1] < middle && e[*k] >= middle)
        .map(|k| late.times[k] - dt * (e[k] - middle) / (e[k] - e[k - 1]))
        .collect();
    let rests = high - low < 1e-4 || ups.len() < 2;
    let hertz = if rests { 0.0 } else { 1000.0 * (ups.len() - 1) as f64 / (ups[ups.len() - 1] - ups[0]) };
    Rhythm { low, high, hertz }
}

/// The only fixed point of a node, or the first: E and I, trace and determinant.
fn first_point(node: WilsonCowan) -> [f64; 4] {
    let points = fixed_points(&node, (0.001, 0.499), (0.001, 0.499)).unwrap();
    let point = points[0];
    [point.x, point.y, point.jacobian.trace(), point.jacobian.determinant()]
}

fn hertz([_, _, trace, determinant]: [f64; 4]) -> f64 {
    1000.0 * (determinant - trace * trace / 4.0).sqrt() / (2.0 * PI)
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time(CHAPTER);
}

#[test]
fn fixed_points_their_trace_and_determinant_are_scipys() {
    let golden = golden();
    let of_scipy = golden["fixed_points"].as_array().unwrap();
    let mut ours = Vec::new();
    for drive in [0.0, 0.5, 1.0, 2.0, 2.8, 3.5] {
        for point in fixed_points(&node(drive, 1.0, 3.75), (0.001, 0.499), (0.001, 0.499)).unwrap() {
            ours.push([drive, point.x, point.y, point.jacobian.trace(), point.jacobian.determinant()]);
        }
    }
    assert_eq!(ours.len(), of_scipy.len());
    for (ours, of_scipy) in ours.iter().zip(of_scipy) {
        for (value, key) in ours.iter().zip(["drive", "e", "i", "trace", "determinant"]) {
            assert!((value - number(of_scipy, key)).abs() < 1e-6, "{key}: {value} and {of_scipy}");
        }
    }
    stated("At $P = 0.5$ a rest, at $P = 1$ none. At 2.8 there are **three** fixed points: one stable, one a saddle.");
    let stable = |point: &&[f64; 5]| point[3] < 0.0 && point[4] > 0.0;
    let at = |drive: f64| ours.iter().filter(move |point| point[0] == drive);
    assert_eq!([0.0, 0.5, 1.0, 2.0, 2.8, 3.5].map(|drive| at(drive).filter(stable).count()), [1, 1, 0, 0, 1, 1]);
    assert_eq!((at(2.8).count(), at(2.8).filter(|point| point[4] < 0.0).count()), (3, 1));
    let point = first_point(node(1.0, 1.0, 3.75));
    stated(&format!("They cross once, at $E = {:.3}$ and $I = {:.3}$.", point[0], point[1]));
    stated(&format!("At $P = 1$ that is {:.3} and {:.2} per ms", point[2] / 2.0, hertz(point) * 2.0 * PI / 1000.0));
    // The hints of exercises B, C, D and E.
    let share = 1.0 / (1.0 + (1.5_f64 * 2.5).exp());
    stated(&format!("its response {share:.3}, and its rate {share:.3} / 2.5 = {:.4} per ms", share / 2.5));
    stated(&format!("$3 + \\ln(9)/1.5 = {:.2}$", 3.0 + 9.0_f64.ln() / 1.5));
    let needed = 3.0 + 0.5_f64.ln() / 1.5;
    stated(&format!("a drive of {needed:.3}. Excitation and P give 4 + 1. The rest, {:.3},", 5.0 - needed));
    let response = node(1.0, 1.0, 3.75).excitatory_response(16.0 * point[0] - 12.0 * point[1] + 1.0);
    let slope = 1.5 * response * (1.0 - response);
    stated(&format!("slope_e is {slope:.3}, so the rate of E by I is about -0.87 × 12 × {slope:.3} / 2.5 = -0.797"));
    assert!((0.87 * 12.0 * slope / 2.5 - 0.797).abs() < 1e-3);
}

#[test]
fn the_nullcline_of_e_climbs_where_excitation_feeds_itself() {
    // 24 E (1 - 2 E) > 1, whatever drive and drug are: the rate of E by E is above 0 on the curve.
    let root = 384.0_f64.sqrt();
    let (from, to) = ((24.0 - root) / 96.0, (24.0 + root) / 96.0);
    stated(&format!("The curve climbs from $E = {from:.3}$ to {to:.3}."));
    for (drive, strength) in [(0.5, 1.0), (1.0, 0.7), (1.0, 1.0), (2.0, 1.3)] {
        let curve = |e: f64| (16.0 * e + drive - 3.0 - (e / (1.0 - 2.0 * e)).ln() / 1.5) / (12.0 * strength);
        for k in 5..495 {
            let e = f64::from(k) / 1000.0;
            let climbs = curve(e + 1e-5) > curve(e - 1e-5);
            assert_eq!(climbs, from < e && e < to, "E = {e}");
        }
    }
}

#[test]
fn the_rhythms_are_scipys_at_the_chapters_step_and_at_half_of_it() {
    for of_scipy in golden()["rhythms"].as_array().unwrap() {
        let node = node(number(of_scipy, "drive"), number(of_scipy, "strength"), number(of_scipy, "tau_i"));
        for dt in STEPS {
            let ours = rhythm(node, dt);
            assert!((ours.low - number(of_scipy, "low")).abs() < 5e-4, "{ours:?}, {of_scipy}");
            assert!((ours.high - number(of_scipy, "high")).abs() < 5e-4, "{ours:?}, {of_scipy}");
            assert!((ours.hertz - number(of_scipy, "hertz")).abs() < 0.05, "{ours:?}, {of_scipy}");
        }
    }
}

#[test]
fn the_rhythm_begins_at_a_supercritical_hopf_bifurcation() {
    let hopf = golden()["hopf"].clone();
    let (drive, frequency) = (number(&hopf, "drive"), number(&hopf, "hertz"));
    stated(&format!("At $P = {drive:.3}$ the trace is 0: a supercritical Hopf bifurcation, at {frequency:.1} Hz."));
    stated(&format!("born at $P = {drive:.3}$ by a Hopf bifurcation, {frequency:.0} Hz"));
    let at = first_point(node(drive, 1.0, 3.75));
    assert!(at[2].abs() < 1e-6 && (hertz(at) - frequency).abs() < 1e-3, "{at:?}");
    for dt in STEPS {
        // Below it rest, and above it a swing that is born with size 0 and grows as a root.
        assert_eq!(rhythm(node(drive - 0.02, 1.0, 3.75), dt).hertz, 0.0);
        let swing = |above: f64| rhythm(node(drive + above, 1.0, 3.75), dt).swing();
        let (near, far) = (swing(0.004), swing(0.016));
        assert!((far / near - 2.0).abs() < 0.1, "{near} and {far}");
    }
    let both = |drive: f64| {
        let node = node(drive, 1.0, 3.75);
        (hertz(first_point(node)), rhythm(node, 0.1).hertz)
    };
    let (at_birth, later) = (both(0.8), both(1.0));
    stated(&format!("{:.1} Hz against {:.1} at $P = 0.8$", at_birth.0, at_birth.1));
    stated(&format!("At $P = 1$ it says {:.0} Hz, and the run has {:.0}", later.0, later.1));
}

#[test]
fn the_rhythm_ends_large_and_slow_where_two_fixed_points_appear_on_the_cycle() {
    let end = number(&golden(), "saddle_node");
    stated(&format!("At {end:.3} it is gone, at full size"));
    stated(&format!("at $P = {end:.3}$, large and ever slower: a saddle-node on the cycle"));
    let count = |drive: f64| fixed_points(&node(drive, 1.0, 3.75), (0.001, 0.499), (0.001, 0.499)).unwrap().len();
    assert_eq!((count(end - 1e-3), count(end + 1e-3)), (1, 3));
    for dt in STEPS {
        let near = rhythm(node(end - 0.01, 1.0, 3.75), dt);
        let nearer = rhythm(node(end - 0.0025, 1.0, 3.75), dt);
        // At full size to the last, and the frequency goes as the root of the distance: half of it at a quarter.
        assert!(near.swing() > 0.29 && nearer.swing() > 0.29, "{near:?} {nearer:?}");
        assert!((nearer.hertz / near.hertz - 0.5).abs() < 0.08, "{near:?} {nearer:?}");
        let beyond = rhythm(node(end + 0.01, 1.0, 3.75), dt);
        assert!(beyond.hertz == 0.0 && beyond.high > 0.44, "{beyond:?}");
        let frequencies = [1.5, 1.8, 1.9, 2.0, 2.6, 2.7].map(|drive| rhythm(node(drive, 1.0, 3.75), dt).hertz);
        assert!(frequencies.iter().all(|other| *other <= frequencies[2]));
        stated(&format!(
            "Up to $P = 1.9$ the rhythm gets faster, to {:.0} Hz; then slower, to {:.0} Hz at 2.6 and {:.0} Hz at 2.7.",
            frequencies[2], frequencies[4], frequencies[5]
        ));
    }
}

#[test]
fn stronger_and_longer_inhibition_are_not_the_same() {
    let at = |strength: f64, time: f64| rhythm(node(1.0, strength, time), 0.1);
    let (plain, strong, silent) = (at(1.0, 3.75), at(1.2, 3.75), at(1.4, 3.75));
    stated(&format!(
        "At 1.2 times $E$ goes up to {:.3} in place of {:.3}, at {:.0} Hz; at 1.4 times the rhythm is gone, and $E$ rests at {:.3}.",
        strong.high, plain.high, strong.hertz, silent.high
    ));
    let (weak, stuck) = (at(0.8, 3.75), at(0.7, 3.75));
    stated(&format!("At 0.8 times $E$ reaches {:.3}, at {:.0} Hz.", weak.high, weak.hertz));
    assert!(stuck.hertz == 0.0 && stuck.low > 0.45 && silent.hertz == 0.0);
    stated(&format!("At 5 ms, {:.1} Hz; at 7.5 ms, {:.1} Hz.", at(1.0, 5.0).hertz, at(1.0, 7.5).hertz));
    // The directions, at other drives and at half the step.
    for (drive, dt) in [(0.9, 0.1), (1.0, 0.05), (1.2, 0.1), (1.5, 0.05)] {
        let at = |strength: f64, time: f64| rhythm(node(drive, strength, time), dt);
        let (plain, strong, long) = (at(1.0, 3.75), at(1.1, 3.75), at(1.0, 5.0));
        assert!(strong.swing() < plain.swing() && strong.hertz > plain.hertz, "P = {drive}: {plain:?}, {strong:?}");
        assert!(long.swing() > plain.swing() && long.hertz < plain.hertz, "P = {drive}: {plain:?}, {long:?}");
        let weak = at(0.9, 3.75);
        assert!(weak.swing() > plain.swing() && weak.hertz < plain.hertz, "P = {drive}: {plain:?}, {weak:?}");
        let stuck = at(0.6, 3.75);
        assert!(stuck.hertz == 0.0 && stuck.low > 0.45, "P = {drive}: {stuck:?}");
        assert_eq!(at(3.0, 3.75).hertz, 0.0, "P = {drive}");
        // The time of inhibition moves no fixed point, and makes it less stable.
        let [one, other] = [3.75, 5.0].map(|time| first_point(node(drive, 1.0, time)));
        assert!((one[0] - other[0]).abs() < 1e-7 && (one[1] - other[1]).abs() < 1e-7 && other[2] > one[2]);
    }
}

#[test]
fn without_a_late_inhibition_there_is_no_rhythm() {
    // With an inhibition that is as good as at once, the trace is below 0 at each drive.
    for drive in [0.8, 1.0, 1.5, 1.9, 2.5] {
        assert!(first_point(node(drive, 1.0, 3.75))[2] > 0.0);
        assert!(first_point(node(drive, 1.0, 0.3))[2] < 0.0, "P = {drive}");
        assert_eq!(rhythm(node(drive, 1.0, 0.3), 0.02).hertz, 0.0, "P = {drive}");
    }
    // Both times doubled: each rhythm is half as fast.
    let slow = WilsonCowan { excitatory_time: 5.0, ..node(1.0, 1.0, 7.5) };
    assert!((2.0 * rhythm(slow, 0.2).hertz - rhythm(node(1.0, 1.0, 3.75), 0.1).hertz).abs() < 0.05);
    stated("double both, and each rhythm is half as fast");
}

#[test]
fn from_other_starts_each_node_comes_to_the_same_end() {
    let nodes = [0.5, 0.8, 1.0, 1.9, 2.6, 2.7, 2.71, 2.8, 3.5].map(|drive| node(drive, 1.0, 3.75)).into_iter();
    let drugged = [(1.2, 3.75), (1.4, 3.75), (0.8, 3.75), (0.7, 3.75), (1.0, 7.5)].map(|(k, time)| node(1.0, k, time));
    for node in nodes.chain(drugged) {
        let [e, i, ..] = first_point(node);
        let here = rhythm(node, 0.1);
        for start in [[0.0, 0.0], [0.45, 0.05], [0.05, 0.45], [0.48, 0.48], [e + 0.005, i]] {
            let there = rhythm_from(start, node, 0.1);
            assert!(
                (there.low - here.low).abs() < 2e-3 && (there.high - here.high).abs() < 2e-3,
                "{node:?}, {start:?}: {there:?}, {here:?}"
            );
        }
    }
}
