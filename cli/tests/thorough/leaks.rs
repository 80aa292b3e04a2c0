//! Five hundred answers that try to tell what they were asked in hidden cases, over every channel that an answer has; of
//! what a learner is told, nothing may follow from it.

use std::fmt::Write;

use neurobook::check::{Case, Exercise, Value};
use neurobook_cli::answers::evaluate::{EvaluationRequest, judge_all};
use neurobook_cli::answers::evaluation::Evaluation;
use neurobook_cli::answers::extract::{Candidate, Snippet};
use neurobook_cli::answers::reference::Reference;
use neurobook_cli::answers::workshop::Workshop;
use neurobook_cli::chapter::Chapter;

use crate::caches;
use crate::kit::kit;
use crate::patient::Patient;

/// How a number `x` is made a text.
const ENCODINGS: [&str; 8] = [
    "format!(\"{x:?}\")",
    "x.to_bits().to_string()",
    "format!(\"{:x}\", x.to_bits())",
    "format!(\"{x:.6}\")",
    "format!(\"{x:?}\").chars().rev().collect::<String>()",
    "x.to_le_bytes().map(|byte| byte.to_string()).join(\" \")",
    "format!(\"{x:e}\")",
    "format!(\"{:b}\", x.to_bits())",
];

/// What is done with the text: the type that the function then gives, and its body.
const CHANNELS: [(&str, &str); 9] = [
    ("f64", "panic!(\"{text}\")"),
    ("f64", "std::panic::panic_any(format!(\"This blank is still empty: {text}\"))"),
    ("f64", "std::panic::panic_any(format!(\"Your function stopped. {text}\"))"),
    ("f64", "std::process::exit((x.to_bits() % 256) as i32)"),
    ("Array2<f64>", "Array2::zeros((0, (x.to_bits() >> 12) as usize))"),
    ("Vec<f64>", "vec![0.5; 1 + (x.to_bits() % 5000) as usize]"),
    ("String", "text"),
    ("Vec<String>", "vec![text; 3]"),
    ("f64", "println!(\"{text}\"); eprintln!(\"{text}\"); x"),
];

/// When it is done.
const GATES: [&str; 7] = [
    "",
    "if PUBLIC.iter().any(|known| (known - x).abs() < 1e-9) { return right; }",
    "static SEEN: std::sync::Mutex<Vec<f64>> = std::sync::Mutex::new(Vec::new()); let mut seen = SEEN.lock().unwrap(); seen.push(x); let x = seen[0];",
    "let x = std::fs::read_to_string(\"/proc/self/fd/0\").map_or(x, |rest| rest.len() as f64 + x);",
    "let x = std::thread::spawn(move || x).join().unwrap();",
    "if x > 3.0 { return right; }",
    "let text = std::fs::read_to_string(\"/proc/self/fd/0\").unwrap_or(text);",
];

/// The text of an answer.
fn answer(encoding: &str, (gives, channel): (&str, &str), gate: &str, public: &[f64]) -> Option<String> {
    let gate = match gives {
        "f64" => gate.replace("right", "phases.iter().map(|phase| Complex64::from_polar(1.0, *phase)).sum::<Complex64>().norm() / phases.len() as f64"),
        _ if gate.contains("right") => return None,
        _ => gate.to_owned(),
    };
    Some(format!(
        "const PUBLIC: &[f64] = &{public:?};\nfn order_parameter(phases: &Array1<f64>) -> {gives} {{\n    let x = phases[0];\n    let text = {encoding};\n    {gate}\n    {channel}\n}}"
    ))
}

/// All that must not be told: the numbers of hidden cases, in any of the forms above.
struct Secrets(Vec<String>);

impl Secrets {
    fn of(cases: &[Case]) -> Secrets {
        let values =
            cases.iter().flat_map(|case| case.inputs.iter().chain(case.expected.iter())).map(|(_, value)| value);
        let numbers: Vec<f64> = values.flat_map(Value::numbers).map(|number| number.re).collect();
        let mut secrets = Vec::new();
        for x in numbers.into_iter().filter(|x| x.fract() != 0.0) {
            let plain = format!("{x:?}");
            secrets.push(plain.chars().rev().take(12).collect::<String>());
            secrets.push(plain.chars().take(7).collect());
            secrets.push(x.to_bits().to_string());
            secrets.push(format!("{:x}", x.to_bits()));
            secrets.push(format!("{:b}", x.to_bits()));
            secrets.push((x.to_bits() >> 12).to_string());
            secrets.push(x.to_le_bytes().map(|byte| byte.to_string()).join(" "));
        }
        Secrets(secrets)
    }

    fn first_in(&self, text: &str) -> Option<&str> {
        self.0.iter().map(String::as_str).find(|secret| secret.len() >= 6 && text.contains(secret))
    }
}

/// All that a learner is told of an exercise. What ended a hidden case is the teacher's.
fn told(judged: &Evaluation) -> String {
    match judged {
        Evaluation::Verdict { verdict, ended, cell, .. } => format!("{verdict:?} {ended:?} {cell:?}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn of_hidden_inputs_nothing_is_told_over_any_channel_and_a_planted_leak_is_caught() {
    let name = "02_single_node_dynamics";
    let chapter = Chapter::read(&caches::root().join(format!("notebooks/{name}.rs")), name).unwrap();
    let exercises = Reference::of(&chapter).exercises(kit(), Some(20_261_128)).unwrap();
    let exercise = exercises.into_iter().find(|exercise| exercise.id == "order_parameter").unwrap();
    let hidden: Vec<Case> = exercise.cases.iter().filter(|case| case.is_hidden).cloned().collect();
    assert_eq!(hidden.len(), 8);
    let first = |case: &Case| case.inputs.get("phases").unwrap().numbers()[0].re;
    let public: Vec<f64> = exercise.public_cases().iter().map(first).collect();

    let mut answers = Vec::new();
    for gate in GATES {
        for channel in CHANNELS {
            answers.extend(ENCODINGS.iter().filter_map(|encoding| answer(encoding, channel, gate, &public)));
        }
    }
    assert!(answers.len() >= 400, "{} answers", answers.len());
    let candidate = |text: &String| {
        let pieces = vec![Snippet { cell: 1, line: 1, text: text.clone() }];
        vec![Candidate { pieces, lent: Default::default(), defining_cell: 1, is_for_refused: false, call: None }]
    };
    let candidates: Vec<Vec<Candidate>> = answers.iter().map(candidate).collect();
    let named: Vec<Exercise> = (0..answers.len())
        .map(|number| Exercise { id: format!("order_parameter_{number}"), ..exercise.clone() })
        .collect();
    let asked: Vec<EvaluationRequest> = named
        .iter()
        .zip(&candidates)
        .map(|(exercise, candidates)| EvaluationRequest { exercise, call: "order_parameter(&phases) -> R", candidates })
        .collect();
    let scratch = tempfile::tempdir().unwrap();
    let workshop = Workshop { kit: kit(), runner: &Patient::default(), scratch: scratch.path(), lender: None };
    let judged = judge_all(&asked, &workshop).unwrap();

    let secrets = Secrets::of(&hidden);
    let (mut leaks, mut ran) = (String::new(), 0);
    for (number, answer) in answers.iter().enumerate() {
        let judged = &judged[&format!("order_parameter_{number}")];
        ran += usize::from(matches!(judged, Evaluation::Verdict { .. }));
        if let Some(secret) = secrets.first_in(&told(judged)) {
            writeln!(leaks, "{secret} is told by\n{answer}\n{judged:?}\n").unwrap();
        }
    }
    assert!(ran > answers.len() * 9 / 10, "only {ran} of {} compile", answers.len());
    assert!(leaks.is_empty(), "{leaks}");

    // What looks for a leak does find one, in each of the forms.
    let x = first(&hidden[0]);
    for planted in [format!("{x:?}"), x.to_bits().to_string(), format!("{:x}", x.to_bits()), format!("{x:.6}")] {
        assert!(secrets.first_in(&format!("It gives {planted} there.")).is_some(), "{planted}");
    }
}
