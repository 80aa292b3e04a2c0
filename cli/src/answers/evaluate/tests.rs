//! Judging with a compiler and programs that do what a test says.

use std::cell::RefCell;
use std::fs;

use neurobook::check::{Part, Values};

use super::*;
use crate::answers::compiler::AnswerCompiler;
use crate::answers::extract::Snippet;
use crate::answers::workshop::{Compiled, Product, Run};

mod versions;

/// An error that names nobody's text.
const NOWHERE: &str = r#"{"level":"error","message":"linking with `cc` failed: signal: 9","spans":[]}"#;

/// Compiles and runs by hand.
struct Scripted<'a> {
    /// What comes of a compilation, by its number and whether an answer is in it.
    compile: &'a dyn Fn(usize, bool) -> Result<Compiled>,
    /// What a function gives for an input.
    answer: &'a dyn Fn(f64) -> Outcome,
    compilations: RefCell<usize>,
    inputs: RefCell<Vec<Vec<f64>>>,
}

impl<'a> Scripted<'a> {
    fn new(compile: &'a dyn Fn(usize, bool) -> Result<Compiled>, answer: &'a dyn Fn(f64) -> Outcome) -> Scripted<'a> {
        Scripted { compile, answer, compilations: RefCell::new(0), inputs: RefCell::new(Vec::new()) }
    }

    fn judge(&self) -> Result<Evaluation> {
        self.judge_with(&[candidate("fn double(x: f64) -> f64 { 2.0 * x }")])
    }

    fn judge_with(&self, candidates: &[Candidate]) -> Result<Evaluation> {
        self.judge_each(&["double"], candidates).map(|mut judged| judged.remove("double").unwrap())
    }

    /// Judges the same candidates as answers to several exercises.
    fn judge_each(&self, ids: &[&str], candidates: &[Candidate]) -> Result<BTreeMap<String, Evaluation>> {
        let scratch = tempfile::tempdir()?;
        let kit = AnswerCompiler::nothing();
        let workshop = Workshop { kit: &kit, runner: self, scratch: scratch.path(), lender: None };
        let exercises: Vec<Exercise> = ids.iter().map(|id| Exercise { id: (*id).to_owned(), ..exercise() }).collect();
        let asked: Vec<EvaluationRequest> = exercises
            .iter()
            .map(|exercise| EvaluationRequest { exercise, call: "double(x) -> y", candidates })
            .collect();
        judge_all(&asked, &workshop)
    }
}

impl Runner for Scripted<'_> {
    fn compile(&self, _: &AnswerCompiler, folder: &Path, _: &[(String, String)], _: Product) -> Result<Compiled> {
        let number = self.compilations.replace_with(|number| *number + 1);
        (self.compile)(number, fs::read_to_string(folder.join("main.rs"))?.contains("mod answer_"))
    }

    fn run(&self, _: &Path, input: &[u8]) -> Result<Run> {
        let text = String::from_utf8(input.to_vec())?;
        let mark = text.lines().next().unwrap().split(',').nth(1).unwrap();
        let numbers = text.lines().filter_map(|line| line.strip_prefix("value,x,number,"));
        let inputs: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
        self.inputs.borrow_mut().push(inputs.clone());
        let mut stdout = String::new();
        for x in inputs {
            match (self.answer)(x) {
                Ok(values) => {
                    for (name, value) in values.iter() {
                        stdout += &format!("\n{mark},value,{}\n", neurobook::check::fields(name, value).join(","));
                    }
                }
                Err(StopReason::AtBlank(hint)) => stdout += &format!("\n{mark},blank,\"{hint}\"\n"),
                Err(StopReason::AtLimit(reason)) => {
                    return Ok(Run {
                        stdout: stdout.into(),
                        ended: Some(Termination { cause: TerminationCause::Time, reason }),
                    });
                }
                Err(StopReason::Ended(reason)) => {
                    return Ok(Run {
                        stdout: stdout.into(),
                        ended: Some(Termination { cause: TerminationCause::Crash, reason }),
                    });
                }
                Err(StopReason::Panicked(message)) => stdout += &format!("\n{mark},stopped,\"{message}\"\n"),
            }
            stdout += &format!("{mark},end\n");
        }
        Ok(Run { stdout: stdout.into(), ended: None })
    }
}

fn number(name: &str, x: f64) -> Values {
    let mut values = Values::new();
    values.insert(name, neurobook::check::Value::Number(x.into()));
    values
}

/// Two public cases and three hidden ones, whose inputs no other number holds.
fn exercise() -> Exercise {
    let case = |x: f64| Case {
        name: format!("case of {x}"),
        inputs: number("x", x),
        expected: number("y", 2.0 * x),
        is_hidden: x > 10.0,
    };
    Exercise {
        id: "double".to_owned(),
        title: "double".to_owned(),
        cases: [1.0, 2.0, 7101.0, 7102.0, 7103.0].map(case).to_vec(),
        parts: vec![Part::whole("y")],
        hidden: 3,
        ..Exercise::default()
    }
}

fn candidate(text: &str) -> Candidate {
    let pieces = vec![Snippet { cell: 1, line: 1, text: text.to_owned() }];
    Candidate::alone(pieces, 1)
}

fn done() -> Result<Compiled> {
    Ok(Compiled { done: true, stderr: Vec::new(), ended: None })
}

fn failed(stderr: &str) -> Result<Compiled> {
    Ok(Compiled { done: false, stderr: stderr.into(), ended: None })
}

fn right(x: f64) -> Outcome {
    Ok(number("y", 2.0 * x))
}

#[test]
fn a_compiler_that_fails_without_naming_a_text_is_nobodys_fault_where_nothing_compiles() {
    let error = Scripted::new(&|_, _| failed(NOWHERE), &right).judge().unwrap_err();
    assert!(format!("{error:#}").contains("linking with `cc` failed"), "{error:#}");
    let silent = Scripted::new(&|_, _| failed(""), &right).judge();
    assert!(silent.is_err(), "{silent:?}");
}

#[test]
fn a_fault_of_the_machine_that_passes_leaves_no_trace() {
    for broken in 0..2 {
        let once = |number: usize, _: bool| if number == 2 * broken { failed(NOWHERE) } else { done() };
        let judged = Scripted::new(&once, &right).judge().unwrap();
        assert!(judged.passed(), "{judged:?}");
    }
}

#[test]
fn an_answer_that_no_compiler_takes_is_told_so_in_one_sentence_of_ours() {
    let judged = Scripted::new(&|_, answers| if answers { failed(NOWHERE) } else { done() }, &right).judge().unwrap();
    assert_eq!(judged, Evaluation::NotCompiled("The compiler gives up on it, and names no line.".to_owned()));
}

#[test]
fn crates_that_cannot_be_read_are_not_told_as_an_error_of_the_answer() {
    let lost = r#"{"level":"error","message":"can't find crate for `neurobook`","code":{"code":"E0463"},"spans":[{"is_primary":true,"file_name":"../double.rs","line_start":1,"text":[]}]}"#;
    let result = Scripted::new(&|_, _| failed(lost), &right).judge();
    assert!(result.is_err(), "{result:?}");
}

#[test]
fn an_error_at_a_learners_own_line_is_told_and_a_machine_without_memory_is_not() {
    let own = r#"{"level":"error","message":"mismatched types","code":{"code":"E0308"},"spans":[{"is_primary":true,"file_name":"../double.rs","line_start":2,"text":[{"text":"fn double"}]}]}"#;
    let judged = Scripted::new(&|_, _| failed(own), &right).judge().unwrap();
    assert!(matches!(&judged, Evaluation::NotCompiled(text) if text.starts_with("Cell 1, line 1: mismatched types")));
    let memory =
        || Some(Termination { cause: TerminationCause::Memory, reason: "The compiler was stopped".to_owned() });
    let out_of_memory = |_, _| Ok(Compiled { done: false, stderr: Vec::new(), ended: memory() });
    assert!(Scripted::new(&out_of_memory, &right).judge().is_err());
    let bomb = |_, answers: bool| if answers { out_of_memory(0, true) } else { done() };
    let judged = Scripted::new(&bomb, &right).judge().unwrap();
    assert!(matches!(&judged, Evaluation::Stopped(ending) if ending.cause == TerminationCause::Memory), "{judged:?}");
}

#[test]
fn a_text_that_keeps_the_compiler_waiting_is_told_from_a_machine_that_does() {
    let waits = || {
        let ending = Termination { cause: TerminationCause::Wait, reason: "The compiler waited".to_owned() };
        Ok(Compiled { done: false, stderr: Vec::new(), ended: Some(ending) })
    };
    let of_text = |_, answers: bool| if answers { waits() } else { done() };
    let judged = Scripted::new(&of_text, &right).judge().unwrap();
    assert!(matches!(&judged, Evaluation::Stopped(ending) if ending.cause == TerminationCause::Wait), "{judged:?}");
    assert!(Scripted::new(&|_, _| waits(), &right).judge().is_err());
    let passes = |number, _| if number == 0 { waits() } else { done() };
    assert!(Scripted::new(&passes, &right).judge().unwrap().passed());
    // Each wait takes a minute: after two such exercises the others are not tried.
    let scripted = Scripted::new(&of_text, &right);
    let judged = scripted.judge_each(&["a", "b", "c", "d", "e"], &[candidate("fn double() {}")]).unwrap();
    let waited =
        |found: &&Evaluation| matches!(found, Evaluation::Stopped(ending) if ending.cause == TerminationCause::Wait);
    assert_eq!(judged.values().filter(waited).count(), 2);
    let untried = |found: &&Evaluation| matches!(found, Evaluation::NotCompiled(why) if why.contains("kept the compiler waiting"));
    assert_eq!(judged.values().filter(untried).count(), 3);
    // All together, each of the two twice, and a program of the grader's own beside each time.
    assert_eq!(*scripted.compilations.borrow(), 2 * (1 + 2 + 2));
}

#[test]
fn what_the_compiler_refuses_in_another_cell_is_taken_away_and_told_where_that_does_not_help() {
    let error = |line: usize| {
        format!(
            r#"{{"level":"error","message":"error of line {line}","code":null,"spans":[{{"is_primary":true,"file_name":"../double.rs","line_start":{line},"text":[]}}]}}"#
        )
    };
    let piece = |cell: usize, text: &str| Snippet { cell, line: 1, text: text.to_owned() };
    let mut with_other = candidate("fn double(x: f64) -> f64 { 2.0 * x }");
    with_other.pieces.insert(0, piece(5, "use rand::*;"));
    // Line 1 of the file is not the learner's.
    let once = |number: usize, _: bool| if number == 0 { failed(&error(2)) } else { done() };
    let judged = Scripted::new(&once, &right).judge_with(&[with_other.clone()]).unwrap();
    assert!(judged.passed(), "{judged:?}");
    let always = |_: usize, _: bool| failed(&error(2));
    let judged = Scripted::new(&always, &right).judge_with(&[with_other]).unwrap();
    assert!(matches!(&judged, Evaluation::NotCompiled(text) if text.starts_with("Cell 5, line 1")), "{judged:?}");
    let own = Scripted::new(&once, &right).judge().unwrap();
    assert!(matches!(&own, Evaluation::NotCompiled(text) if text.starts_with("Cell 1, line 1")), "{own:?}");
}

#[test]
fn an_answer_that_stops_the_compiler_does_so_twice_at_most_in_all_its_versions() {
    let stopped = || Some(Termination { cause: TerminationCause::Time, reason: "The compiler was stopped".to_owned() });
    let slow = |_, _| Ok(Compiled { done: false, stderr: Vec::new(), ended: stopped() });
    let runner = Scripted::new(&slow, &right);
    let versions: Vec<Candidate> = (0..8).map(|number| candidate(&format!("fn double() {{ {number} }}"))).collect();
    assert!(matches!(runner.judge_with(&versions).unwrap(), Evaluation::Stopped(_)));
    assert!(*runner.compilations.borrow() <= 2, "{}", runner.compilations.borrow());
}

#[test]
fn public_and_hidden_cases_never_share_a_process() {
    let runner = Scripted::new(&|_, _| done(), &right);
    assert!(runner.judge().unwrap().passed());
    for inputs in runner.inputs.borrow().iter() {
        assert!(inputs.iter().all(|x| *x < 10.0) || inputs.iter().all(|x| *x > 10.0), "{inputs:?}");
    }
}

#[test]
fn of_a_hidden_case_one_of_three_sentences_is_said_whatever_an_answer_does() {
    let many = |x: f64| {
        let mut values = Values::new();
        values.insert(format!("y{x}"), neurobook::check::Value::Text(format!("{x}")));
        Ok(values)
    };
    let shaped = |x: f64| {
        let values = vec![x.into(); 71];
        let mut given = Values::new();
        given.insert("y", neurobook::check::Value::Numbers { shape: vec![1, 71], values });
        Ok(given)
    };
    let panics = |x: f64| Err(StopReason::Panicked(format!("{x}")));
    let imitates = |x: f64| Err(StopReason::AtBlank(format!("{x}")));
    let exits = |x: f64| Err(StopReason::Ended(format!("exit status {x}")));
    let waits = |x: f64| Err(StopReason::AtLimit(format!("{x}")));
    let plain = |x: f64| Ok(number("y", x));
    let answers: [&dyn Fn(f64) -> Outcome; 7] = [&many, &shaped, &panics, &imitates, &exits, &waits, &plain];
    for (number, answer) in answers.into_iter().enumerate() {
        let only_hidden = |x: f64| if x > 10.0 { answer(x) } else { right(x) };
        let judged = Scripted::new(&|_, _| done(), &only_hidden).judge().unwrap();
        let Evaluation::Verdict { verdict, ended, .. } = &judged else { panic!("{judged:?}") };
        assert_eq!(*ended, None);
        let said = format!("{:?}", verdict.cases.iter().map(|case| (&case.input, &case.problem)).collect::<Vec<_>>());
        assert!(!said.contains("71"), "answer {number}: {said}");
        for case in &verdict.cases[2..] {
            let message = &case.problem.as_ref().unwrap().message;
            let sentences = ["It gives another result.", "It ends without a result.", "It is stopped at a limit."];
            assert!(sentences.contains(&message.as_str()), "{message}");
        }
    }
}

#[test]
fn a_mistake_is_told_by_the_public_cases_alone() {
    let mut exercise = exercise();
    let squared: Vec<Option<Values>> = exercise
        .cases
        .iter()
        .map(|case| {
            let x = case.inputs.get("x").unwrap().numbers()[0].re;
            Some(number("y", x * x))
        })
        .collect();
    let mistake = |name: &str, forms| neurobook::check::Mistake { name: name.to_owned(), forms, ..Default::default() };
    exercise.mistakes = vec![mistake("squared", vec![squared])];
    let scratch = tempfile::tempdir().unwrap();
    let kit = AnswerCompiler::nothing();
    for hidden in [1.0, 2.0] {
        // Squares in public, and in hidden cases what says something of them.
        let answer = move |x: f64| Ok(number("y", if x > 10.0 { hidden * x } else { x * x }));
        let compile = |_, _| done();
        let runner = Scripted::new(&compile, &answer);
        let workshop = Workshop { kit: &kit, runner: &runner, scratch: scratch.path(), lender: None };
        let candidates = [candidate("fn double() {}")];
        let asked = [EvaluationRequest { exercise: &exercise, call: "double(x) -> y", candidates: &candidates }];
        let judged = judge_all(&asked, &workshop).unwrap();
        let Evaluation::Verdict { verdict, .. } = &judged["double"] else { panic!("{judged:?}") };
        assert_eq!(verdict.misconception.as_ref().unwrap().name, "squared");
    }
}
