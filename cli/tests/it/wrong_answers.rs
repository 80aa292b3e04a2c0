//! Each wrong solution has to lose marks, and no other exercise may. All of a chapter are compiled into one program and
//! judged as a grader judges them; a few go through the grader itself, and all of them in `cli/tests/thorough`.
//! The tests of one chapter: `cargo test -p neurobook-cli --test it chapter_03`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use neurobook::check::Exercise;
use neurobook_cli::answers::compiler::AnswerCompiler;
use neurobook_cli::answers::evaluate::{EvaluationRequest, judge_all};
use neurobook_cli::answers::evaluation::Evaluation;
use neurobook_cli::answers::extract::{self, Answer, Candidate};
use neurobook_cli::answers::lent::{Lender, Libraries};
use neurobook_cli::answers::reference::Reference;
use neurobook_cli::answers::workshop::Workshop;
use neurobook_cli::chapter::Chapter;
use neurobook_cli::notebook::{Notebook, Outputs};
use neurobook_cli::support::paths;
use serde_json::Value;

use crate::caches;
use crate::kit::kit;
use crate::mutants::{Change, changes, chapters, file, mutated, notebook, place};
use crate::patient::Patient;

/// A function with arguments has this many mutants, one without this many.
const MUTANTS: usize = 10;
const MUTANTS_OF_A_VALUE: usize = 4;

/// Where the hidden cases come from.
const SEED: u64 = 11;

/// An answer, in the forms that a notebook holds of it. Answers of the same text are one.
type Forms = Vec<Candidate>;

/// What an answer is in a notebook.
#[derive(Debug)]
enum Is {
    Solution,
    Blank,
    Mutant(Change),
}

/// Where an answer was found.
struct Found {
    notebook: String,
    exercise: String,
    forms: Forms,
    is: Is,
}

fn chapter(name: &str) -> Chapter {
    let path = caches::root().join(format!("notebooks/{name}.rs"));
    Chapter::read(&path, name).unwrap()
}

/// The answers in a notebook.
fn answers(name: &str, notebook: &Value, chapter: &Chapter, is: impl Fn(&str) -> Is) -> Vec<Found> {
    let notebook = Notebook::parse(name, notebook.to_string().as_bytes(), Outputs::Drop).unwrap();
    let found = extract::answers(&notebook, chapter).code.into_iter().map(|(exercise, answer)| {
        let Answer::Candidates(forms) = answer else { panic!("{name}, {exercise}: {answer:?}") };
        let is = is(&exercise);
        Found { notebook: name.to_owned(), exercise, forms, is }
    });
    found.collect()
}

/// All answers of a chapter: its mutants, the solutions beside them, and the blanks.
fn all_answers(chapter: &Chapter) -> Vec<Found> {
    let student = notebook("student", &chapter.name);
    let mut found = answers("student", &student, chapter, |_| Is::Blank);
    for mutated in mutated(&chapter.name) {
        let is = |exercise: &str| mutated.changes.get(exercise).cloned().map_or(Is::Solution, Is::Mutant);
        found.extend(answers(&mutated.name, &mutated.notebook, chapter, is));
    }
    found
}

/// What tells answers apart: not the cells in which they are.
fn texts(forms: &Forms) -> Vec<Vec<&str>> {
    forms.iter().map(|form| form.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
}

/// The complaints about a chapter's answers.
fn judged(chapter: &Chapter, found: &[Found], exercises: &[Exercise], kit: &AnswerCompiler) -> Vec<String> {
    let mut different: BTreeMap<(&str, Vec<Vec<&str>>), &Forms> = BTreeMap::new();
    for found in found {
        different.insert((&found.exercise, texts(&found.forms)), &found.forms);
    }
    let mut named = Vec::new();
    for (number, ((id, _), forms)) in different.iter().enumerate() {
        let exercise = exercises.iter().find(|exercise| exercise.id == *id).unwrap();
        named.push((Exercise { id: format!("{id}_{number}"), ..exercise.clone() }, *forms, *id));
    }
    let call = |id: &str| {
        let (_, specification) = chapter.specifications().find(|(exercise, _)| exercise.id == id).unwrap();
        specification.call.text.as_str()
    };
    let asked: Vec<EvaluationRequest> = named
        .iter()
        .map(|(exercise, candidates, id)| EvaluationRequest { exercise, call: call(id), candidates })
        .collect();
    let scratch = tempfile::tempdir().unwrap();
    let libraries = Libraries::default();
    let lender = Lender { libraries: &libraries, chapter, kit };
    let workshop = Workshop { kit, runner: &Patient::default(), scratch: scratch.path(), lender: Some(&lender) };
    let judged = judge_all(&asked, &workshop).unwrap();
    let of_answer: BTreeMap<_, _> =
        different.keys().zip(&named).map(|(answer, (exercise, ..))| (answer, &judged[&exercise.id])).collect();
    let complaint_of = |found: &Found| {
        let judged = of_answer[&(found.exercise.as_str(), texts(&found.forms))];
        let runs = matches!(judged, Evaluation::Verdict { .. } | Evaluation::RightWithLent(_));
        let fits = runs && judged.passed() == matches!(found.is, Is::Solution);
        (!fits).then(|| complaint(&chapter.name, found, judged))
    };
    found.iter().filter_map(complaint_of).collect()
}

/// What is wrong with an answer that is judged as it should not be: where it is written, and what to do.
fn complaint(chapter: &str, found: &Found, judged: &Evaluation) -> String {
    let Found { notebook, exercise, is, .. } = found;
    match is {
        Is::Mutant(change) => {
            let (from, to) = change;
            let fault = match judged {
                Evaluation::NotCompiled(said) => format!("does not compile: write another one\n{said}"),
                _ if judged.passed() => {
                    format!("gives what `{exercise}` asks in every case: add a case to its CASES in which it does not")
                }
                _ => format!("is not judged: {judged:?}"),
            };
            format!("{}: `{from}` => `{to}` {fault}", place(chapter, exercise, change))
        }
        Is::Solution => format!("notebooks/{chapter}.rs, {notebook}: the solution of `{exercise}` is {judged:?}"),
        Is::Blank => format!("notebooks/{chapter}.rs, {notebook}: the blank of `{exercise}` is {judged:?}"),
    }
}

/// Changes with whatever the verdicts depend on.
fn key(chapter: &Chapter, found: &[Found], kit: &AnswerCompiler) -> String {
    let reference = Reference::of(chapter);
    let mut text = format!("{} {SEED}", kit.key);
    text.extend(chapter.specifications().map(|(exercise, _)| reference.key(&exercise.id)));
    for found in found {
        text += &format!("{} {} {:?} {:?}", found.notebook, found.exercise, texts(&found.forms), found.is);
    }
    for file in ["answers", "answers/reference"].iter().flat_map(|folder| sources(folder)) {
        text += &fs::read_to_string(file).unwrap();
    }
    for judge in ["src/commands/check.rs", "tests/it/wrong_answers.rs"] {
        text += &fs::read_to_string(caches::root().join("cli").join(judge)).unwrap();
    }
    paths::short_hash(text.as_bytes())
}

fn sources(folder: &str) -> Vec<PathBuf> {
    let folder = caches::root().join("cli/src").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files.sort();
    files
}

/// One chapter at a time: the compiler takes all processors, and a gigabyte.
static TURN: Mutex<()> = Mutex::new(());

fn loses_marks(name: &str) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let kit = kit();
    let remembered = caches::folder().join("mutants");
    fs::create_dir_all(&remembered).unwrap();
    let chapter = chapter(name);
    let found = all_answers(&chapter);
    let key = key(&chapter, &found, kit);
    let memory = remembered.join(name);
    // Nothing has changed since nothing was wrong.
    if fs::read_to_string(&memory).is_ok_and(|known| known == key) {
        return;
    }
    let exercises = Reference::of(&chapter).exercises(kit, Some(SEED)).unwrap();
    let complaints = judged(&chapter, &found, &exercises, kit);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    fs::write(memory, key).unwrap();
}

fn has_enough_mutants(name: &str) {
    let changes = changes(name);
    for (exercise, specification) in chapter(name).specifications() {
        let enough = if specification.call.arguments.is_empty() { MUTANTS_OF_A_VALUE } else { MUTANTS };
        let (id, count) = (&exercise.id, changes.get(&exercise.id).map_or(0, Vec::len));
        assert!(count >= enough, "{}: `{id}` has {count} mutants: write {} more", file(name), enough - count);
    }
}

/// The tests of each chapter, below a name by which one chapter is asked for.
macro_rules! chapters {
    ($($module:ident: $name:literal,)*) => {
        const CHAPTERS: &[&str] = &[$($name),*];
        $(mod $module {
            #[test]
            fn every_mutant_loses_marks_in_its_exercise_and_in_no_other() {
                super::loses_marks($name);
            }

            #[test]
            fn every_exercise_has_enough_mutants() {
                super::has_enough_mutants($name);
            }
        })*
    };
}

chapters! {
    chapter_00: "00_rust_for_neuroscientists",
    chapter_01: "01_connectivity",
    chapter_02: "02_single_node_dynamics",
    chapter_03: "03_network",
    chapter_03_prep_hopf: "03_prep_hopf",
    chapter_03_prep_wilson_cowan: "03_prep_wilson_cowan",
    chapter_04: "04_fitting",
    chapter_04_prep_recovery: "04_prep_recovery",
    chapter_04_prep_uncertainty: "04_prep_uncertainty",
    chapter_05: "05_own_data",
    chapter_06: "06_patient",
}

#[test]
fn every_chapter_with_checks_has_mutants() {
    assert_eq!(CHAPTERS, chapters(), "cli/tests/it/wrong_answers.rs: name each of them in `chapters!`");
}

#[cfg(target_os = "linux")]
#[test]
fn a_few_mutants_lose_marks_in_the_grader_too() {
    let Some(sandbox) = *crate::sandboxes::GRADING else { return };
    let name = "02_single_node_dynamics";
    let few: Vec<_> = mutated(name).into_iter().take(2).collect();
    assert!(few.iter().all(|mutated| !mutated.changes.is_empty()));
    let complaints = crate::graded::complaints(name, &few, sandbox);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
