//! From answers to verdicts: compiles them, runs each exercise on its cases, and judges what it gives.
//!
//! Who runs a program is left open: `check` runs a learner's own work as it is, `grade` runs everybody's in a
//! sandbox. What is expected is never in the program; it is compared here. An error is always a fault of the machine:
//! whatever an answer does is a verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use neurobook::check::{Case, Exercise, Outcome, Problem, StopReason};

use super::answer::{Answer, Answers, Candidate};
use super::compile;
use super::compile::Unit;
use super::compiler::{Cases, Replies};
use super::evaluation::{Evaluation, Termination, TerminationCause};
use super::kernel_run::KernelRun;
use super::refused_cells::{Reread, kernel_run};
use super::workshop::{Runner, Workshop, random_word};
use crate::chapter;
use crate::chapter::{Chapter, Specification};

#[cfg(test)]
mod tests;

/// How often a program whose process ended is started again for the cases that are left.
const MOST_RESTARTS: usize = 2;
/// Nor is it started again where its processes have taken so long.
const LONGEST_RESTARTED: Duration = Duration::from_secs(5);
/// More text of further versions than this is not compiled together.
const MOST_TEXT: usize = 1_000_000;
/// So many versions are compiled into one program.
const MOST_TOGETHER: usize = 64;
/// How long all further versions of a notebook are tried. Those that anybody means take seconds.
const FURTHER_VERSIONS: Duration = Duration::from_secs(120);

/// An answer in all forms that a notebook holds of it, and what it is judged by.
#[derive(Clone, Copy)]
pub struct EvaluationRequest<'a> {
    pub exercise: &'a Exercise,
    /// How the check calls the function.
    pub call: &'a str,
    /// The first one counts, unless another one is right in more cases.
    pub candidates: &'a [Candidate],
}

impl<'a> EvaluationRequest<'a> {
    /// How this candidate is called.
    fn call_of(&self, candidate: &'a Candidate) -> &'a str {
        candidate.call.as_deref().unwrap_or(self.call)
    }
}

/// Judges all exercises of a chapter that are answered in code. Those that are not right, and need something that several cells
/// define, are judged once more with what the cells define in all combinations, and then as the notebook is without the cells that
/// the kernel refused.
pub fn judge(
    chapter: &Chapter,
    answers: &Answers,
    notebook: &dyn Reread,
    exercises: &[Exercise],
    workshop: &Workshop,
) -> Result<BTreeMap<String, Evaluation>> {
    let asked = requests(chapter, &answers.code, exercises);
    let (mut judged, deadline) = judge_within(None, FURTHER_VERSIONS, &asked, workshop)?;
    for (id, answer) in &answers.code {
        match answer {
            Answer::Candidates(_) => {}
            Answer::Missing(why) => _ = judged.insert(id.clone(), Evaluation::Missing(why.clone())),
            Answer::Refused(why) => _ = judged.insert(id.clone(), Evaluation::Refused(why.clone())),
        }
    }

    let is_open = |judged: &BTreeMap<String, Evaluation>, asked: &&EvaluationRequest| {
        answers.redefined.contains(&asked.exercise.id) && is_open(judged, asked)
    };
    let open: Vec<&Exercise> =
        asked.iter().filter(|asked| is_open(&judged, asked)).map(|asked| asked.exercise).collect();
    if open.is_empty() {
        return Ok(judged);
    }
    let ids = open.iter().map(|exercise| exercise.id.clone()).collect();
    let combinations = without_known(notebook.combinations(&ids)?, &answers.code);
    judge_more(&requests(chapter, &combinations, exercises), deadline, workshop, &mut judged)?;

    let open: Vec<&Exercise> =
        asked.iter().filter(|asked| is_open(&judged, asked)).map(|asked| asked.exercise).collect();
    let run = if open.is_empty() { KernelRun::default() } else { kernel_run(&open, notebook, workshop, deadline)? };
    if run != KernelRun::default() {
        let code = without_known(notebook.answers_after(&run)?, &answers.code);
        judge_more(&requests(chapter, &code, exercises), deadline, workshop, &mut judged)?;
    }
    Ok(judged)
}

/// Judges further candidates of exercises that are not right yet.
fn judge_more(
    asked: &[EvaluationRequest],
    deadline: Instant,
    workshop: &Workshop,
    judged: &mut BTreeMap<String, Evaluation>,
) -> Result<()> {
    let is_meant = |asked: &&EvaluationRequest| !asked.candidates.is_empty() && is_open(judged, asked);
    let asked: Vec<EvaluationRequest> = asked.iter().filter(is_meant).copied().collect();
    if asked.is_empty() || is_past(Some(deadline)) {
        return Ok(());
    }
    for (id, found) in judge_within(Some(deadline), Duration::ZERO, &asked, workshop)?.0 {
        let exercise = asked.iter().map(|asked| asked.exercise).find(|exercise| exercise.id == id);
        let count = exercise.map_or(0, |exercise| exercise.public_cases().len());
        if judged.get(&id).is_none_or(|before| found.is_better_than(before, count)) {
            judged.insert(id, found);
        }
    }
    Ok(())
}

/// What is to be judged of a chapter's exercises.
fn requests<'a>(
    chapter: &'a Chapter,
    answers: &'a BTreeMap<String, Answer>,
    exercises: &'a [Exercise],
) -> Vec<EvaluationRequest<'a>> {
    let request = |(asked, specification): (&'a chapter::Exercise, &'a Specification)| {
        let Some(Answer::Candidates(candidates)) = answers.get(&asked.id) else { return None };
        let exercise = exercises.iter().find(|exercise| exercise.id == asked.id)?;
        Some(EvaluationRequest { exercise, call: &specification.call.text, candidates })
    };
    chapter.specifications().filter_map(request).collect()
}

/// The candidates that have not been tried yet.
fn without_known(mut answers: BTreeMap<String, Answer>, known: &BTreeMap<String, Answer>) -> BTreeMap<String, Answer> {
    for (id, answer) in &mut answers {
        if let (Answer::Candidates(candidates), Some(Answer::Candidates(known))) = (answer, known.get(id)) {
            candidates.retain(|candidate| known.iter().all(|known| !known.is_like(candidate)));
        }
    }
    answers
}

/// Whether nothing right has been found yet, and more may be tried.
fn is_open(judged: &BTreeMap<String, Evaluation>, asked: &EvaluationRequest) -> bool {
    !judged.get(&asked.exercise.id).is_some_and(|found| found.passed() || matches!(found, Evaluation::Stopped(_)))
}

/// Judges answers. The first candidates of all are compiled into one program; then all others of those that are not right
/// yet; and at last, one by one, those that the chapter lends something to.
pub fn judge_all(asked: &[EvaluationRequest], workshop: &Workshop) -> Result<BTreeMap<String, Evaluation>> {
    judge_within(None, FURTHER_VERSIONS, asked, workshop).map(|(judged, _)| judged)
}

/// The same until a deadline; without one, with this much time for what is not the first candidate of an exercise. And when that
/// ends.
fn judge_within(
    first: Option<Instant>,
    further: Duration,
    asked: &[EvaluationRequest],
    workshop: &Workshop,
) -> Result<(BTreeMap<String, Evaluation>, Instant)> {
    let mut judged: BTreeMap<String, Evaluation> = BTreeMap::new();
    let own = |asked: &EvaluationRequest| asked.candidates.iter().filter(|candidate| candidate.lent.is_empty()).count();
    let firsts = asked.iter().filter(|asked| own(asked) > 0).map(|asked| (*asked, 0)).collect();
    evaluate_batch(firsts, workshop, first, &mut judged)?;
    let deadline = first.unwrap_or_else(|| Instant::now() + further);

    let (mut room, mut others) = (MOST_TEXT, Vec::new());
    for asked in asked.iter().filter(|asked| is_open(&judged, asked)) {
        let runs = matches!(judged.get(&asked.exercise.id), Some(Evaluation::Verdict { .. }));
        for number in 1..own(asked) {
            let candidate = &asked.candidates[number];
            let length: usize = candidate.pieces.iter().map(|piece| piece.text.len()).sum();
            if length <= room && !(runs && candidate.is_for_refused) {
                room -= length;
                others.push((*asked, number));
            }
        }
    }
    // Those that are meant most come first in each exercise. Hundreds in one program would be too much for the compiler.
    others.sort_by_key(|(_, number)| *number);
    while !others.is_empty() && Instant::now() < deadline {
        others.retain(|(asked, _)| is_open(&judged, asked));
        let rest = others.split_off(others.len().min(MOST_TOGETHER));
        evaluate_batch(std::mem::replace(&mut others, rest), workshop, Some(deadline), &mut judged)?;
    }

    for asked in asked {
        for candidate in &asked.candidates[own(asked)..] {
            if Instant::now() < deadline && is_open(&judged, asked) && is_right(asked, candidate, workshop)? {
                judged.insert(asked.exercise.id.clone(), Evaluation::RightWithLent(candidate.lent.clone()));
            }
        }
        let cells: BTreeSet<usize> = asked.candidates.iter().map(|candidate| candidate.defining_cell).collect();
        if let Some(Evaluation::Verdict { cell, .. }) = judged.get_mut(&asked.exercise.id) {
            *cell = cell.filter(|_| cells.len() > 1);
        }
    }
    Ok((judged, deadline))
}

/// Judges candidates, by their numbers, that are compiled into one program. The best one of each exercise is kept. What is not
/// done at the deadline is left out.
fn evaluate_batch(
    units: Vec<(EvaluationRequest, usize)>,
    workshop: &Workshop,
    deadline: Option<Instant>,
    judged: &mut BTreeMap<String, Evaluation>,
) -> Result<()> {
    if units.is_empty() {
        return Ok(());
    }
    let name = |(asked, number): &(EvaluationRequest, usize)| match number {
        0 => asked.exercise.id.clone(),
        number => format!("{}__{number}", asked.exercise.id),
    };
    let names: Vec<String> = units.iter().map(name).collect();
    let units: Vec<Unit> = units
        .iter()
        .zip(&names)
        .map(|((asked, number), name)| Unit {
            name,
            exercise: asked.exercise,
            call: Some(asked.call_of(&asked.candidates[*number])),
            candidate: &asked.candidates[*number],
        })
        .collect();
    let folder = workshop.folder()?;
    let mut refused = compile::compile_until(deadline, &units, workshop, folder.path())?;
    let running: Vec<Unit> = units.iter().copied().filter(|unit| !refused.contains_key(unit.name)).collect();
    let tasks = running.iter().map(|unit| Task::new(unit.name, unit.exercise.public_cases())).collect();
    let outcomes = run(tasks, workshop.runner, deadline, folder.path())?;
    let mut public: BTreeMap<&str, Outcomes> = running.iter().map(|unit| unit.name).zip(outcomes).collect();
    for unit in units.iter().take_while(|_| !is_past(deadline)) {
        let count = unit.exercise.public_cases().len();
        let before = judged.get(&unit.exercise.id);
        let found = match (refused.remove(unit.name), public.remove(unit.name)) {
            (Some(judged), _) => judged,
            (None, Some(public)) => verdict(unit, public, before, workshop, folder.path())?,
            (None, None) => continue,
        };
        if before.is_none_or(|before| found.is_better_than(before, count)) {
            judged.insert(unit.exercise.id.clone(), found);
        }
    }
    Ok(())
}

/// Outcomes of cases, and what first ended the process in one of them.
type Outcomes = (Vec<Outcome>, Option<Termination>);

/// Judges an exercise whose public cases have been run. Where the hidden ones could not make it better than the best
/// version so far, they are not run.
fn verdict(
    unit: &Unit,
    public: Outcomes,
    best: Option<&Evaluation>,
    workshop: &Workshop,
    folder: &Path,
) -> Result<Evaluation> {
    let (exercise, (mut outcomes, ended)) = (unit.exercise, public);
    let count = exercise.public_cases().len();
    let shown = exercise.judge(&outcomes);
    let right = shown.cases.iter().filter(|case| case.problem.is_none()).count();
    let hidden = &exercise.cases[count..];
    let is_no_better = best.is_some_and(|best| right < count && right <= best.passing(count));
    let hidden_end = if hidden.is_empty() || is_no_better {
        outcomes.extend(hidden.iter().map(|_| Err(StopReason::Ended(NOT_TRIED.to_owned()))));
        None
    } else {
        // In a process of its own: what an answer says of a public case is shown, and must not be about a hidden one.
        let (more, ended) = run_alone(unit.name, hidden, workshop.runner, folder)?;
        outcomes.extend(more);
        ended
    };
    let mut verdict = exercise.judge(&outcomes);
    for case in verdict.cases.iter_mut().skip(count) {
        case.input.clear();
        case.problem = case.problem.as_ref().map(Problem::concealed);
    }
    // The mistake is told by what the learner can see.
    verdict.misconception = shown.misconception;
    verdict.hint = shown.hint;
    Ok(Evaluation::Verdict { verdict: Box::new(verdict), ended, hidden_end, cell: Some(unit.candidate.defining_cell) })
}

/// Whether every case is right with what the chapter lends.
fn is_right(asked: &EvaluationRequest, candidate: &Candidate, workshop: &Workshop) -> Result<bool> {
    let exercise = asked.exercise;
    let unit = Unit { name: &exercise.id, exercise, call: Some(asked.call_of(candidate)), candidate };
    let folder = workshop.folder()?;
    if !compile::compile(&[unit], workshop, folder.path())?.is_empty() {
        return Ok(false);
    }
    let (outcomes, _) = run_alone(unit.name, &exercise.cases, workshop.runner, folder.path())?;
    Ok(exercise.judge(&outcomes).passed())
}

const NOT_TRIED: &str = "It was not tried, because an earlier case ended the program.";

/// An answer and the cases that it is run on.
struct Task<'a> {
    name: &'a str,
    cases: &'a [Case],
    outcomes: Vec<Outcome>,
    first_end: Option<Termination>,
    restarts: usize,
    /// How long the processes have run that it has ended.
    spent: Duration,
}

impl<'a> Task<'a> {
    fn new(name: &'a str, cases: &'a [Case]) -> Task<'a> {
        Task { name, cases, outcomes: Vec::new(), first_end: None, restarts: 0, spent: Duration::ZERO }
    }

    fn left(&self) -> &'a [Case] {
        &self.cases[self.outcomes.len()..]
    }

    /// Takes what came of the cases that are left, as far as there is anything.
    fn take(&mut self, outcomes: &mut impl Iterator<Item = Outcome>) {
        let count = self.left().len();
        self.outcomes.extend(outcomes.by_ref().take(count));
    }

    /// The next case ended the process. The ones behind it are tried in another process, if that may help.
    fn end(&mut self, end: Termination) {
        self.outcomes.push(Err(end.stopped()));
        let may_start = self.restarts < MOST_RESTARTS && self.spent < LONGEST_RESTARTED;
        let again = end.cause == TerminationCause::Crash && may_start;
        self.restarts += 1;
        self.first_end.get_or_insert(end);
        while !again && !self.left().is_empty() {
            self.outcomes.push(Err(StopReason::Ended(NOT_TRIED.to_owned())));
        }
    }
}

/// Runs answers on their cases, one behind the other in as few processes as it takes. A case that ends its process does not
/// lose the ones behind it.
fn run(mut tasks: Vec<Task>, runner: &dyn Runner, deadline: Option<Instant>, folder: &Path) -> Result<Vec<Outcomes>> {
    while !is_past(deadline)
        && let Some(first) = tasks.iter().position(|task| !task.left().is_empty())
    {
        let mark = mark();
        let mut input = Cases::new(&mark);
        tasks[first..].iter().for_each(|task| input.add_all(task.name, task.left()));
        let begin = Instant::now();
        let run = runner.run(folder, &input.finish())?;
        let asked = tasks[first..].iter().flat_map(Task::left);
        let mut outcomes = Replies::read(&run.stdout, &mark, asked).outcomes.into_iter();
        let before: Vec<usize> = tasks.iter().map(|task| task.outcomes.len()).collect();
        tasks[first..].iter_mut().for_each(|task| task.take(&mut outcomes));
        let Some(ended) = tasks.iter().position(|task| !task.left().is_empty()) else { break };
        let end = run.ended.unwrap_or(Termination {
            cause: TerminationCause::Crash,
            reason: "Your function ended the program before it gave a result.".to_owned(),
        });
        // A limit may have been used up by the answers before it: it gets a process of its own.
        if end.cause != TerminationCause::Crash && ended > first {
            tasks[ended].outcomes.truncate(before[ended]);
        } else {
            tasks[ended].spent += begin.elapsed();
            tasks[ended].end(end);
        }
    }
    Ok(tasks.into_iter().map(|task| (task.outcomes, task.first_end)).collect())
}

/// Runs one answer on these cases.
fn run_alone(name: &str, cases: &[Case], runner: &dyn Runner, folder: &Path) -> Result<Outcomes> {
    Ok(run(vec![Task::new(name, cases)], runner, None, folder)?.pop().unwrap_or_default())
}

fn is_past(deadline: Option<Instant>) -> bool {
    deadline.is_some_and(|deadline| Instant::now() >= deadline)
}

/// A word that no printed line begins with by accident.
fn mark() -> String {
    format!("neurobook-{:016x}", random_word())
}
