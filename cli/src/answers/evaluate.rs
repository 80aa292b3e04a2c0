//! From answers to verdicts: compiles them, runs each exercise on its cases, and judges what it gives.
//!
//! Who runs a program is left open: `check` runs a learner's own work as it is, `grade` runs everybody's in a
//! sandbox. What is expected is never in the program; it is compared here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use neurobook::check::{Exercise, Outcome, Stopped, Verdict};

use super::compile;
use super::compiler::{Cases, Kit, Replies};
use super::extract::{Answer, Answers, Piece};
use crate::chapter::Chapter;

/// How often a program whose process ended is started again for the cases that are left.
const MOST_RESTARTS: usize = 2;

/// Compiles and runs programs.
pub trait Runner {
    /// Compiles the `main.rs` in the folder into `answers` beside it. Gives the compiler's stderr and whether there
    /// is a program; `reason` says what ended the compiler, if it was not the compiler itself.
    fn compile(&self, kit: &Kit, folder: &Path) -> Result<Compiled>;
    /// Runs the program in the folder on this input.
    fn run(&self, folder: &Path, input: &[u8]) -> Result<Run>;
}

/// What the compiler left.
pub struct Compiled {
    pub done: bool,
    pub stderr: Vec<u8>,
    pub ended: Option<Ending>,
}

/// What a program left.
pub struct Run {
    pub stdout: Vec<u8>,
    pub ended: Option<Ending>,
}

/// Why a process ended before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Crash,
    Time,
    Memory,
    Violation,
}

/// How a process ended before it was done: the cause, and a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub cause: Cause,
    pub reason: String,
}

/// What came of one exercise.
#[derive(Debug, Clone, PartialEq)]
pub enum Judged {
    /// It ran.
    Verdict {
        verdict: Box<Verdict>,
        /// What ended its process, where something did.
        ended: Option<Ending>,
        /// Which of several copies counted; the number of their cell.
        cell: Option<usize>,
    },
    /// The compiler refused it, and what it said.
    NotCompiled(String),
    /// It is not in the notebook; what to do.
    Missing(String),
    /// It is not compiled, because of a word in it; which, and what to do.
    Refused(String),
    /// The compiler itself was stopped.
    Stopped(Ending),
}

impl Judged {
    fn passing(&self) -> usize {
        match self {
            Judged::Verdict { verdict, .. } => verdict.cases.iter().filter(|case| case.problem.is_none()).count(),
            _ => 0,
        }
    }

    fn passed(&self) -> bool {
        matches!(self, Judged::Verdict { verdict, .. } if verdict.passed())
    }
}

/// An answer in all forms that a notebook holds of it, and what it is judged by.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub exercise: &'a Exercise,
    /// How the check calls the function.
    pub call: &'a str,
    /// The first one counts, unless another one is right in more cases.
    pub candidates: &'a [Vec<Piece>],
}

/// Judges all exercises of a chapter that are answered in code.
pub fn judge(
    chapter: &Chapter,
    answers: &Answers,
    exercises: &[Exercise],
    kit: &Kit,
    runner: &dyn Runner,
    scratch: &Path,
) -> Result<BTreeMap<String, Judged>> {
    let mut judged = BTreeMap::new();
    let mut asked = Vec::new();
    for (exercise, specification) in chapter.specifications() {
        let id = exercise.id.as_str();
        let Some(exercise) = exercises.iter().find(|exercise| exercise.id == id) else { continue };
        match answers.code.get(id) {
            Some(Answer::Candidates(candidates)) => {
                asked.push(Asked { exercise, call: &specification.call.text, candidates })
            }
            Some(Answer::Missing(why)) => {
                judged.insert(id.to_owned(), Judged::Missing(why.clone()));
            }
            Some(Answer::Refused(why)) => {
                judged.insert(id.to_owned(), Judged::Refused(why.clone()));
            }
            None => {}
        }
    }
    judged.extend(judge_all(&asked, kit, runner, scratch)?);
    Ok(judged)
}

/// Judges answers. The first candidates of all are compiled into one program, then the second ones of those that are
/// not right yet, and so on.
pub fn judge_all(asked: &[Asked], kit: &Kit, runner: &dyn Runner, scratch: &Path) -> Result<BTreeMap<String, Judged>> {
    let mut judged: BTreeMap<String, Judged> = BTreeMap::new();
    for number in 0.. {
        let is_open = |id: &str| !judged.get(id).is_some_and(Judged::passed);
        let mut units = Vec::new();
        for &Asked { exercise, call, candidates } in asked.iter().filter(|asked| is_open(&asked.exercise.id)) {
            units.extend(candidates.get(number).map(|pieces| compile::Unit { exercise, call, pieces }));
        }
        if units.is_empty() {
            break;
        }
        for (id, found) in together(&units, kit, runner, scratch)? {
            if judged.get(&id).is_none_or(|best| found.passing() > best.passing()) {
                judged.insert(id, found);
            }
        }
    }
    for asked in asked {
        let id = &asked.exercise.id;
        let homes: BTreeSet<usize> = asked.candidates.iter().filter_map(|pieces| home(pieces, id)).collect();
        if let Some(Judged::Verdict { cell, .. }) = judged.get_mut(id) {
            *cell = cell.filter(|_| homes.len() > 1);
        }
    }
    Ok(judged)
}

/// Judges exercises that are compiled into one program.
fn together(
    units: &[compile::Unit],
    kit: &Kit,
    runner: &dyn Runner,
    scratch: &Path,
) -> Result<BTreeMap<String, Judged>> {
    let folder =
        tempfile::tempdir_in(scratch).with_context(|| format!("cannot make a folder in {}", scratch.display()))?;
    open_to_all(folder.path())?;
    let mut judged = compile::compile(units, kit, runner, folder.path())?;
    for unit in units {
        let id = &unit.exercise.id;
        if judged.contains_key(id) {
            continue;
        }
        let (outcomes, ended) = outcomes(unit.exercise, runner, folder.path())?;
        let verdict = Box::new(unit.exercise.judge(&outcomes));
        judged.insert(id.clone(), Judged::Verdict { verdict, ended, cell: home(unit.pieces, id) });
    }
    Ok(judged)
}

/// The cell that the function itself stands in.
pub fn home(pieces: &[Piece], id: &str) -> Option<usize> {
    let signature = format!("fn {id}");
    pieces.iter().find(|piece| piece.text.contains(&signature)).map(|piece| piece.cell)
}

/// A sandbox's user is another one.
pub fn open_to_all(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
            .with_context(|| format!("cannot open {} for the sandbox", folder.display()))?;
    }
    let _ = folder;
    Ok(())
}

/// Runs an exercise on all its cases. A case that ends the process does not lose the ones behind it.
fn outcomes(exercise: &Exercise, runner: &dyn Runner, folder: &Path) -> Result<(Vec<Outcome>, Option<Ending>)> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut first_end = None;
    for _ in 0..=MOST_RESTARTS {
        // A word that no printed line begins with by accident.
        let mark = format!("neurobook-{:016x}", rand_word());
        let mut cases = Cases::new(&mark);
        cases.add_all(exercise, outcomes.len());
        let run = runner.run(folder, &cases.finish())?;
        outcomes.extend(Replies::read(&run.stdout, &mark).outcomes);
        outcomes.truncate(exercise.cases.len());
        if outcomes.len() == exercise.cases.len() {
            break;
        }
        let end = run.ended.unwrap_or(Ending {
            cause: Cause::Crash,
            reason: "Your function ended the program before it gave a result.".to_owned(),
        });
        outcomes.push(Err(Stopped::Ended(end.reason.clone())));
        let again = end.cause == Cause::Crash;
        first_end.get_or_insert(end);
        if !again {
            break;
        }
    }
    while outcomes.len() < exercise.cases.len() {
        outcomes.push(Err(Stopped::Ended("It was not tried, because an earlier case ended the program.".to_owned())));
    }
    Ok((outcomes, first_end))
}

fn rand_word() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}
