//! Solutions with one thing wrong: each has to lose marks, and no other exercise may.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const CHAPTER: &str = "02_single_node_dynamics";

/// An exercise, a text of its solution, and what stands in its place.
#[rustfmt::skip]
const MUTANTS: [(&str, &str, &str); 64] = [
    ("integrate_exponential", "dt * xdot", "xdot"),
    ("integrate_exponential", "dt * xdot", "2.0 * dt * xdot"),
    ("integrate_exponential", "dt * xdot", "1.0001 * dt * xdot"),
    ("integrate_exponential", "x[k - 1] + dt", "x[k - 1] - dt"),
    ("integrate_exponential", "x[k - 1] + dt * xdot", "dt * xdot"),
    ("integrate_exponential", "x[k - 1] + dt * xdot", "x[0] + dt * xdot"),
    ("integrate_exponential", "a * x[k - 1]", "a * x[k]"),
    ("integrate_exponential", "a * x[k - 1]", "a.conj() * x[k - 1]"),
    ("integrate_exponential", "a * x[k - 1]", "a * x[k - 1].re"),
    ("integrate_exponential", "Array1::range(0.0, t_end, dt)", "Array1::range(0.0, t_end + dt, dt)"),
    ("integrate_exponential", "Array1::range(0.0, t_end, dt)", "Array1::range(dt, t_end, dt)"),
    ("integrate_exponential", "Array1::range(0.0, t_end, dt)", "Array1::linspace(0.0, t_end, (t_end / dt) as usize)"),
    ("integrate_exponential", "Complex64::new(x0, 0.0)", "Complex64::new(0.0, x0)"),
    ("integrate_exponential", "Complex64::new(x0, 0.0)", "Complex64::new(x0.abs(), 0.0)"),
    ("integrate_exponential", "let end: usize = t.len();", "let end: usize = t.len() - 1;"),
    ("integrate_exponential", "x[k - 1] + dt * xdot", "x0 * (a * t[k]).exp() + 0.0 * xdot"),
    ("growing_oscillation", "0.4, 3.0", "-0.4, 3.0"),
    ("growing_oscillation", "0.4, 3.0", "0.0, 3.0"),
    ("growing_oscillation", "0.4, 3.0", "0.4, 0.0"),
    ("growing_oscillation", "0.4, 3.0", "f64::NAN, 3.0"),
    ("half_hertz", "0.0, PI", "0.0, 0.5"),
    ("half_hertz", "0.0, PI", "0.1, PI"),
    ("half_hertz", "0.0, PI", "0.0, 3.0"),
    ("half_hertz", "0.0, PI", "0.0, f64::NAN"),
    ("linear_rate", "matrix[0][0] * x[0]", "matrix[0][0] * x[1]"),
    ("linear_rate", "matrix[0][1] * x[1]", "matrix[1][0] * x[1]"),
    ("linear_rate", "matrix[0][1] * x[1]", "matrix[0][1]"),
    ("linear_rate", "matrix[1][0] * x[0]", "matrix[1][0] * x1_rate"),
    ("linear_rate", "matrix[1][0] * x[0] + matrix[1][1] * x[1]", "x1_rate"),
    ("linear_rate", "x[0] + matrix[0][1]", "x[0] - matrix[0][1]"),
    ("linear_rate", "x[0] + matrix[1][1]", "x[0] * matrix[1][1]"),
    ("linear_rate", "[x1_rate, x2_rate]", "[x2_rate, x1_rate]"),
    ("linear_rate", "[x1_rate, x2_rate]", "[x[0] + x1_rate, x[1] + x2_rate]"),
    ("linear_rate", "[x1_rate, x2_rate]", "[x1_rate, 0.0]"),
    ("linear_rate", "[x1_rate, x2_rate]", "[x1_rate + 1e-6, x2_rate]"),
    ("four_classes", "\"centre\", \"source\"", "\"source\", \"centre\""),
    ("four_classes", "\"sink\", \"saddle\"", "\"saddle\", \"sink\""),
    ("four_classes", "\"centre\"", "\"\""),
    ("four_classes", "\"saddle\"", "\"saddle or sink\""),
    ("last_sample", "run.times.len() - 1", "0"),
    ("last_sample", "run.times.len() - 1", "run.times.len() - 2"),
    ("last_sample", "run.times.len() - 1", "run.times.len() / 2"),
    ("last_sample", "run.times[last]", "last as f64"),
    ("last_sample", "run.times[last]", "run.times[0]"),
    ("last_sample", "run.times[last]", "run.times[last] - run.times[0]"),
    ("last_sample", "run.times[last]", "run.times.sum()"),
    ("last_sample", "run.states[[0, last]]", "run.states[[0, 0]]"),
    ("last_sample", "run.states[[0, last]]", "run.states[[run.states.nrows() - 1, last]]"),
    ("last_sample", "run.states[[0, last]]", "-run.states[[0, last]]"),
    ("last_sample", "(time, phase)", "(phase, time)"),
    ("phase_figure", "run.row(0)", "run.row(run.states.nrows() - 1)"),
    ("phase_figure", "run.row(0)", "-run.row(0)"),
    ("phase_figure", "run.row(0)", "run.row(0).mapv(|phase| phase + 0.01)"),
    ("phase_figure", "run.row(0)", "run.times.clone()"),
    ("phase_figure", "horizontal, &vertical", "&vertical, horizontal"),
    ("phase_figure", "horizontal, &vertical", "&(horizontal * 1000.0), &vertical"),
    ("phase_figure", "horizontal, &vertical", "&(horizontal - horizontal[0] + 1.0), &vertical"),
    ("phase_figure", "horizontal, &vertical", "&horizontal.slice(s![1..]).to_owned(), &vertical.slice(s![1..]).to_owned()"),
    ("phase_figure", ".phase(horizontal, &vertical)", ""),
    ("phase_figure", "&run.times", "&(&run.times * 2.0)"),
    ("alpha_rhythm", "2.0 * PI * 10.0 / 1000.0", "10.0"),
    ("alpha_rhythm", "2.0 * PI * 10.0 / 1000.0", "PI * 10.0 / 1000.0"),
    ("alpha_rhythm", "2.0 * PI * 10.0 / 1000.0", "-2.0 * PI * 10.0 / 1000.0"),
    ("alpha_rhythm", "2.0 * PI * 10.0 / 1000.0", "0.0"),
];

/// Of the exercise whose answers are most often nearly right.
const OF_ORDER_PARAMETER: [(&str, &str); 12] = [
    ("sum / phases.len() as f64", "sum"),
    ("sum / phases.len() as f64", "sum / (phases.len() + 1) as f64"),
    ("sum += arrow;", "sum = arrow;"),
    ("sum += arrow;", "sum -= arrow.conj() * 0.5;"),
    ("sum += arrow;", "sum += arrow.norm();"),
    ("Complex64::from_polar(1.0, *theta)", "Complex64::from_polar(*theta, 1.0)"),
    ("Complex64::from_polar(1.0, *theta)", "Complex64::from_polar(1.0, 2.0 * *theta)"),
    ("Complex64::from_polar(1.0, *theta)", "Complex64::new(*theta, 0.0)"),
    ("mean.norm()", "mean.re"),
    ("mean.norm()", "mean.norm_sqr()"),
    ("mean.norm()", "mean.arg()"),
    ("mean.norm()", "mean.l1_norm()"),
];

fn mutants() -> Vec<(&'static str, &'static str, &'static str)> {
    let more = OF_ORDER_PARAMETER.map(|(from, to)| ("order_parameter", from, to));
    MUTANTS.into_iter().chain(more).collect()
}

/// The solution notebook with one cell changed.
fn mutated(solution: &Value, (exercise, from, to): (&str, &str, &str)) -> Value {
    let mut notebook = solution.clone();
    let cells = notebook["cells"].as_array_mut().unwrap();
    let cell = cells.iter_mut().find(|cell| cell["id"] == exercise).unwrap();
    let text: String = cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(text.matches(from).count(), 1, "{exercise}: `{from}`");
    cell["source"] = json!(text.replace(from, to));
    notebook
}

#[test]
fn every_mutant_loses_marks_in_its_exercise_and_in_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join(format!("notebooks/solution/{CHAPTER}.ipynb"))).unwrap();
    let solution: Value = serde_json::from_str(&text).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let submissions = folder.path().join("submissions");
    fs::create_dir(&submissions).unwrap();
    fs::write(submissions.join("right.ipynb"), &text).unwrap();
    let mutants = mutants();
    for (number, mutant) in mutants.iter().enumerate() {
        let path = submissions.join(format!("mutant-{number:03}.ipynb"));
        fs::write(path, mutated(&solution, *mutant).to_string()).unwrap();
    }
    let out = folder.path().join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_neurobook"))
        .args(["grade", "--seed", "11", "--out"])
        .args([&out, &submissions])
        .env("NEUROBOOK_ROOT", &root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let exercises = |id: &str| -> Vec<Value> {
        let record: Value = serde_json::from_slice(&fs::read(out.join("records").join(id)).unwrap()).unwrap();
        let exercises = record["exercises"].as_array().unwrap().clone();
        exercises.into_iter().filter(|exercise| exercise["kind"] == "function").collect()
    };
    for exercise in exercises("right.json") {
        assert_eq!(exercise["score"], exercise["points"], "{exercise}");
    }
    let mut survivors = Vec::new();
    for (number, mutant) in mutants.iter().enumerate() {
        for exercise in exercises(&format!("mutant-{number:03}.json")) {
            let full = exercise["score"] == exercise["points"];
            if full == (exercise["id"] == mutant.0) {
                survivors.push(format!("{mutant:?}: {} has {} points", exercise["id"], exercise["score"]));
            }
            assert_ne!(exercise["status"], "compile_error", "{mutant:?}: {}", exercise["compiler"]);
        }
    }
    assert!(survivors.is_empty(), "{}", survivors.join("\n"));
}
