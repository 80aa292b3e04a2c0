//! Compiling answers together, and those that the compiler accepts without the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use neurobook::check::Exercise;

use super::answer::Candidate;
use super::compiler::{Fault, Place, Program, faults};
use super::evaluation::{Evaluation, Termination, TerminationCause};
use super::lendable::library_name;
use super::workshop::{Product, Workshop, random_word};
use crate::support::atomic_file;

/// What is compiled for one exercise.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    /// Its name in the program.
    pub name: &'a str,
    pub exercise: &'a Exercise,
    /// How the check calls the function. Without it the text is compiled alone.
    pub call: Option<&'a str>,
    pub candidate: &'a Candidate,
}

/// Errors beyond these say nothing new.
const MOST_FAULTS: usize = 3;
/// How often what is broken in other cells is taken away from an answer.
const MOST_TRIMS: usize = 4;
/// How often units are compiled together. The compiler tells names, types and borrows one behind the other, and what is wrong in a
/// generic function that calls itself without end of one unit a time.
const MOST_ROUNDS: usize = 8;
/// How often a failure that names no place is seen before it is taken for the answer's.
const MOST_ATTEMPTS: usize = 3;
/// How often answers of one exercise may take the compiler to a limit.
const MOST_STOPS: usize = 2;

/// So many exercises may keep the compiler waiting, which takes minutes each. No honest answer does.
const MOST_WAITS: usize = 2;

/// So long may answers of one notebook, each by itself, take the compiler without coming to an end that it explains.
const LONGEST_LOST: Duration = Duration::from_secs(100);
/// What it refuses sooner is an error of the usual kind.
const LONG: Duration = Duration::from_secs(10);

const TOO_LONG_A_WAIT: &str = "It was not tried: other answers of this notebook have kept the compiler waiting.";
const TOO_LATE: &str = "It was not tried: the other versions have taken all the time that there is for one notebook.";

/// What came of one compilation.
enum Compilation {
    Done,
    /// What is wrong with some of the units, by their names.
    Refused(BTreeMap<String, Vec<Fault>>),
    /// The compiler was stopped at a limit.
    Stopped(Termination),
    /// It failed without a word about anybody's text, again and again, and works for others.
    Unexplained,
}

/// Makes a program in the folder of as many units as compile. Gives the others by their names, with the reason.
///
/// # Errors
/// When compiler, linker or machine failed.
pub fn compile(units: &[Unit], workshop: &Workshop, folder: &Path) -> Result<BTreeMap<String, Evaluation>> {
    compile_until(None, units, workshop, folder)
}

/// The same, for those that come to it before the deadline.
pub fn compile_until(
    deadline: Option<Instant>,
    units: &[Unit],
    workshop: &Workshop,
    folder: &Path,
) -> Result<BTreeMap<String, Evaluation>> {
    let job = Job { workshop, folder, deadline, product: Product::Program, most_trims: MOST_TRIMS };
    compile_trimmed(&job, units, &mut Seen::default())
}

/// Gives the units that do not compile as they are, by their names, with the codes of their errors. Makes no program.
///
/// # Errors
/// When compiler or machine failed.
pub fn check_until(
    deadline: Option<Instant>,
    units: &[Unit],
    workshop: &Workshop,
    folder: &Path,
) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let job = Job { workshop, folder, deadline, product: Product::Errors, most_trims: 0 };
    let mut seen = Seen::default();
    let refused = compile_trimmed(&job, units, &mut seen)?;
    let codes = |name: String| (name.clone(), seen.codes.remove(&name).unwrap_or_default());
    Ok(refused.into_keys().map(codes).collect())
}

/// With what and for what units are compiled.
#[derive(Clone, Copy)]
struct Job<'a> {
    workshop: &'a Workshop<'a>,
    folder: &'a Path,
    deadline: Option<Instant>,
    product: Product,
    /// How often something may be taken away from a unit.
    most_trims: usize,
}

/// What has been seen of units, by their names.
#[derive(Default)]
struct Seen {
    /// What is left of them without what is broken in other cells; and what was wrong with the whole of each.
    trimmed: BTreeMap<String, (Candidate, usize, String)>,
    /// The codes of errors.
    codes: BTreeMap<String, BTreeSet<String>>,
}

fn compile_trimmed(job: &Job, units: &[Unit], seen: &mut Seen) -> Result<BTreeMap<String, Evaluation>> {
    let mut refused = BTreeMap::new();
    let mut left = units.to_vec();
    let mut rounds = 0;
    while !left.is_empty() {
        if job.is_late() {
            let late = |unit: Unit| (unit.name.to_owned(), Evaluation::NotCompiled(TOO_LATE.to_owned()));
            refused.extend(left.into_iter().map(late));
            break;
        }
        rounds += 1;
        match job.attempt(&left, seen)? {
            Compilation::Done => break,
            Compilation::Refused(found) if rounds <= MOST_ROUNDS || left.len() == 1 => {
                let known = left.iter().filter(|unit| found.contains_key(unit.name)).count();
                ensure!(known > 0, "the compiler complains of a text that it was not given");
                left.retain(|unit| {
                    let Some(faults) = found.get(unit.name) else { return true };
                    if trim(unit, faults, seen, job.most_trims) {
                        return true;
                    }
                    let codes = faults.iter().map(|fault| fault.code.clone());
                    seen.codes.entry(unit.name.to_owned()).or_default().extend(codes);
                    // Of what is left of a unit, the compiler would miss what was taken away.
                    let text = seen.trimmed.remove(unit.name).map_or_else(|| told(faults), |(_, _, text)| text);
                    refused.insert(unit.name.to_owned(), Evaluation::NotCompiled(text));
                    false
                });
            }
            failed if left.len() == 1 => {
                refused.insert(left[0].name.to_owned(), failed.alone());
                break;
            }
            // One by one, that only the guilty one suffers.
            _ => {
                one_by_one(job, &mut left, &mut refused, seen)?;
                if !left.is_empty() && !matches!(job.attempt(&left, seen)?, Compilation::Done) {
                    let text = "It compiles by itself, but not together with your other answers.";
                    refused.extend(
                        left.iter().map(|unit| (unit.name.to_owned(), Evaluation::NotCompiled(text.to_owned()))),
                    );
                }
                break;
            }
        }
    }
    Ok(refused)
}

/// Takes away from a unit what the compiler refuses in other cells than its own: where a notebook runs, such a cell is as if it
/// were not there. Says whether there was any, and it was not done as often as it may.
fn trim(unit: &Unit, faults: &[Fault], seen: &mut Seen, most: usize) -> bool {
    let trimmed = &mut seen.trimmed;
    let lines: Vec<(usize, usize)> = faults.iter().filter_map(line).collect();
    let (candidate, count) =
        trimmed.get(unit.name).map_or((unit.candidate, 0), |(candidate, count, _)| (candidate, *count));
    let Some(less) = candidate.without(&lines).filter(|_| count < most) else { return false };
    let text = trimmed.remove(unit.name).map_or_else(|| told(faults), |(_, _, text)| text);
    trimmed.insert(unit.name.to_owned(), (less, count + 1, text));
    true
}

fn line(fault: &Fault) -> Option<(usize, usize)> {
    fault.origin.map(|origin| (origin.cell, origin.line))
}

fn told(faults: &[Fault]) -> String {
    faults.iter().take(MOST_FAULTS).map(|fault| fault.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Keeps the units that compile by themselves.
fn one_by_one(
    job: &Job,
    left: &mut Vec<Unit>,
    refused: &mut BTreeMap<String, Evaluation>,
    seen: &mut Seen,
) -> Result<()> {
    let mut stops: BTreeMap<&str, (usize, Evaluation)> = BTreeMap::new();
    let (mut waits, mut lost) = (0, Duration::ZERO);
    for unit in std::mem::take(left) {
        if let Some((_, stopped)) = stops.get(unit.exercise.id.as_str()).filter(|(count, _)| *count >= MOST_STOPS) {
            refused.insert(unit.name.to_owned(), stopped.clone());
            continue;
        }
        if job.is_late() {
            refused.insert(unit.name.to_owned(), Evaluation::NotCompiled(TOO_LATE.to_owned()));
            continue;
        }
        if waits >= MOST_WAITS || lost >= LONGEST_LOST {
            refused.insert(unit.name.to_owned(), Evaluation::NotCompiled(TOO_LONG_A_WAIT.to_owned()));
            continue;
        }
        // One that stops the compiler is not to make all others be compiled again and again.
        let begin = Instant::now();
        let alone = compile_trimmed(&Job { deadline: None, most_trims: 0, ..*job }, &[unit], seen)?;
        match alone.values().next() {
            None => left.push(unit),
            Some(judged @ Evaluation::Stopped(ending)) => {
                waits += usize::from(ending.cause == TerminationCause::Wait);
                stops.entry(&unit.exercise.id).or_insert_with(|| (0, judged.clone())).0 += 1;
            }
            Some(_) => {}
        }
        if !alone.is_empty() && begin.elapsed() > LONG {
            lost += begin.elapsed();
        }
        refused.extend(alone);
    }
    Ok(())
}

impl Compilation {
    /// What it means for the only unit.
    fn alone(self) -> Evaluation {
        match self {
            Compilation::Stopped(ending) => Evaluation::Stopped(ending),
            _ => Evaluation::NotCompiled("The compiler gives up on it, and names no line.".to_owned()),
        }
    }
}

impl Job<'_> {
    fn is_late(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Compiles these units, or what is left of them, into one program.
    fn attempt(&self, units: &[Unit], seen: &Seen) -> Result<Compilation> {
        let Job { workshop, folder, product, .. } = *self;
        let mut units = units.to_vec();
        for unit in &mut units {
            unit.candidate = seen.trimmed.get(unit.name).map_or(unit.candidate, |(candidate, ..)| candidate);
        }
        let program = Program::new(units.iter().map(|unit| (unit.name, unit.call, unit.candidate)));
        program.write(folder)?;
        let libraries = libraries(&units, workshop, folder)?;
        let mut was_stopped = false;
        for _ in 0..MOST_ATTEMPTS {
            let compiled = workshop.runner.compile(workshop.kit, folder, &libraries, product)?;
            if compiled.done {
                return Ok(Compilation::Done);
            }
            if let Some(ending) = compiled.ended {
                // Less memory and fewer threads than the limits may be all that there were. A disk may keep the compiler waiting, and
                // so may a text: `include_str!("/proc/self/fd/3")`.
                let is_machines = matches!(
                    ending.cause,
                    TerminationCause::Memory | TerminationCause::Violation | TerminationCause::Wait
                );
                // What keeps several waiting is tried again with each.
                let is_tried_again = is_machines && !(ending.cause == TerminationCause::Wait && units.len() > 1);
                if is_machines {
                    control(workshop)?;
                }
                if is_tried_again && !std::mem::replace(&mut was_stopped, true) {
                    continue;
                }
                return Ok(Compilation::Stopped(ending));
            }
            let (mut refused, mut why) = (BTreeMap::<String, Vec<Fault>>::new(), String::new());
            for fault in faults(&compiled.stderr, &program) {
                match fault.place {
                    Place::Answer(ref file) => {
                        let name = file.strip_suffix(".rs").unwrap_or(file).to_owned();
                        refused.entry(name).or_default().push(fault);
                    }
                    Place::Linker => {
                        bail!("something ended the linker: is the memory or the disk of this machine full?")
                    }
                    Place::Nowhere if why.is_empty() => why = fault.text,
                    Place::Nowhere => {}
                }
            }
            if !refused.is_empty() && why.is_empty() {
                return Ok(Compilation::Refused(refused));
            }
            // Machine or answer? A program of the grader's own is compiled in the same way.
            if let Err(error) = control(workshop) {
                let why = if why.is_empty() { "it gave no reason".to_owned() } else { why };
                return Err(error.context(format!("the compiler failed: {why}")));
            }
            if !refused.is_empty() {
                return Ok(Compilation::Refused(refused));
            }
        }
        Ok(Compilation::Unexplained)
    }
}

/// Compiles a program without any answer.
///
/// # Errors
/// When that fails: no answer can be compiled now.
fn control(workshop: &Workshop) -> Result<()> {
    let folder = workshop.folder()?;
    ensure_room(folder.path())?;
    Program::new([]).write(folder.path())?;
    let compiled = workshop.runner.compile(workshop.kit, folder.path(), &[], Product::Program)?;
    if !compiled.done {
        bail!("a program without any answer does not compile either");
    }
    Ok(())
}

/// A disk that is nearly full lets small programs through and large ones not.
fn ensure_room(folder: &Path) -> Result<()> {
    #[cfg(target_os = "linux")]
    {
        const LEAST: u64 = 256 << 20;
        let about = rustix::fs::statvfs(folder).context("the disk does not answer")?;
        let left = about.f_bavail.saturating_mul(about.f_frsize);
        ensure!(left >= LEAST, "the disk is full: {} MB are left on it, and {} MB are needed", left >> 20, LEAST >> 20);
    }
    let _ = folder;
    Ok(())
}

/// Puts the libraries that are lent to these units beside the program, under names that nobody can guess.
fn libraries(units: &[Unit], workshop: &Workshop, folder: &Path) -> Result<Vec<(String, String)>> {
    let mut libraries = Vec::new();
    for id in units.iter().flat_map(|unit| &unit.candidate.lent) {
        let lender = workshop.lender.context("nothing is lent here")?;
        let file = format!("lib{:016x}{:016x}.rlib", random_word(), random_word());
        atomic_file::write(&folder.join(&file), &lender.library(id)?)?;
        libraries.push((library_name(id), file));
    }
    Ok(libraries)
}
