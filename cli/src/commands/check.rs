//! `neurobook check`: the public checks of a notebook, in the terminal and without a kernel.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};
use neurobook::check::Exercise;

use crate::answers::compiler::{AnswerCompiler, run_within};
use crate::answers::evaluate;
use crate::answers::evaluation::{Evaluation, Termination, TerminationCause};
use crate::answers::extract;
use crate::answers::extract::{Answer, Answers};
use crate::answers::kernel_run::KernelRun;
use crate::answers::lent::{Lender, Libraries};
use crate::answers::refused_cells::Reread;
use crate::answers::states::{State, states};
use crate::answers::workshop::{Compiled, Product, Run, Runner, Workshop};
use crate::chapter::course::Course;
use crate::chapter::invitation::same_but_for_invitation;
use crate::chapter::{Chapter, Kind, Variant};
use crate::jupyter::toolchain::executable_name;
use crate::notebook::cell_number::COUNTED;
use crate::notebook::learner_notebooks::place;
use crate::notebook::{Cell, Notebook};
use crate::sandbox::How;
use crate::support::seconds;

/// Options of `neurobook check`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Notebooks, or chapters such as 02; without any, all of notebooks/mine
    #[arg(value_name = "NOTEBOOK")]
    notebooks: Vec<String>,
    /// Check again whenever a notebook is saved
    #[arg(long)]
    watch: bool,
    /// Stop an answer that runs longer than this many seconds
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds::parse, allow_hyphen_values = true)]
    timeout: Duration,
}

/// Stands between two notebooks.
const RULE: &str = "────────────────────────────────────────────────────────────";

/// Checks the notebooks. The status is 1 where something that was begun is not right.
pub fn check(options: &Options) -> Result<ExitCode> {
    let course = Course::find()?;
    let notebooks = notebooks(&course, &options.notebooks)?;
    let kit = AnswerCompiler::find()?;
    let here = LocalRunner { limit: options.timeout };
    // Before the first check: a save during it is not missed.
    let mut seen: Vec<Option<SystemTime>> = notebooks.iter().map(|path| saved(path)).collect();
    let mut all_right = true;
    for (number, path) in notebooks.iter().enumerate() {
        if number > 0 {
            println!("\n{RULE}");
        }
        all_right &= checked(&course, &kit, &here, path);
    }
    if !options.watch {
        return Ok(if all_right { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    println!("\nWaiting for you to save. Ctrl-C ends.");
    loop {
        thread::sleep(Duration::from_millis(300));
        for (path, seen) in notebooks.iter().zip(&mut seen) {
            let now = saved(path);
            if now.is_some() && now != *seen {
                *seen = now;
                println!("\n{RULE}");
                // A file that is just being written may be half: the next look finds it whole.
                checked(&course, &kit, &here, path);
            }
        }
    }
}

/// Checks a notebook. One that cannot be read does not keep the others from being checked.
fn checked(course: &Course, kit: &AnswerCompiler, here: &LocalRunner, path: &Path) -> bool {
    check_one(course, kit, here, path).unwrap_or_else(|error| {
        match error.is::<CannotCheck>() {
            true => println!("! {error:#}"),
            false => println!("✗ {error:#}"),
        }
        false
    })
}

fn saved(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}

/// The notebooks that are meant.
fn notebooks(course: &Course, meant: &[String]) -> Result<Vec<PathBuf>> {
    if !meant.is_empty() {
        let path = |meant: &String| match Path::new(meant) {
            path if path.is_file() => Ok(path.to_owned()),
            _ => course.chapter(meant).map(|chapter| work_on(course, &chapter)),
        };
        return meant.iter().map(path).collect();
    }
    let mine: Vec<PathBuf> =
        course.chapters()?.iter().map(|chapter| work_on(course, chapter)).filter(|path| path.is_file()).collect();
    if mine.is_empty() {
        bail!("there is no notebook in notebooks/mine yet: `cargo run -- lab` makes yours, or name one");
    }
    Ok(mine)
}

/// The notebook with the learner's work on a chapter, or the one that there should be.
fn work_on(course: &Course, chapter: &str) -> PathBuf {
    let Some(place) = place::find(course, chapter) else { return course.own_copy(chapter) };
    if let Some(other) = &place.other {
        println!("There is work in {}, too: name it to have it checked.", course.shown(other));
    }
    place.path
}

/// Checks a notebook and prints what was found. Says whether all that was begun is right.
fn check_one(course: &Course, kit: &AnswerCompiler, here: &LocalRunner, path: &Path) -> Result<bool> {
    let work = LearnerNotebook::read(course, path)?;
    println!("{}, {}", work.chapter.title, course.shown(path));
    let exercises = work.exercises(course)?;
    let judged = work.judge(&work.answers, &exercises, kit, here)?;
    let mut all_right = true;
    let mut names_cells = !work.answers.unreadable.is_empty();
    for (asked, specification) in work.chapter.specifications() {
        let title = specification.title.as_deref().unwrap_or(&asked.id);
        match judged.get(&asked.id) {
            _ if !work.is_started(&asked.id) => println!("\n○ {title} · not begun"),
            None => {}
            Some(Evaluation::Verdict { verdict, cell, .. }) => {
                all_right &= verdict.passed();
                println!("\n{verdict}");
                names_cells |= cell.is_some() || work.answers.passed_over.contains_key(&asked.id);
                if let Some(cell) = cell {
                    println!("  There are several copies of this function; the one in cell {cell} is the best.");
                }
                if let Some(passed_over) = work.answers.passed_over.get(&asked.id) {
                    println!("  {passed_over}");
                }
            }
            Some(Evaluation::RightWithLent(lent)) => {
                let lent: Vec<&str> = lent.iter().map(String::as_str).collect();
                println!("\n✓ {title} · right, with the course's own {} in place of yours", lent.join(" and "));
            }
            Some(Evaluation::NotCompiled(text) | Evaluation::Missing(text) | Evaluation::Refused(text)) => {
                (all_right, names_cells) = (false, true);
                println!("\n✗ {title} · not yet\n  {}", text.replace('\n', "\n  "));
            }
            Some(Evaluation::Stopped(ending)) => {
                all_right = false;
                println!("\n✗ {title} · not yet\n  {}", ending.reason);
            }
        }
    }
    for cell in &work.answers.unreadable {
        println!(
            "\nA bracket or a quote in cell {cell} lacks its other half, so no other cell can use what stands there."
        );
    }
    if names_cells {
        println!("\n{COUNTED}");
    }
    let texts: Vec<_> = work.texts().collect();
    if !texts.is_empty() {
        let written = texts.iter().filter(|(_, written)| *written).count();
        println!("\n{written} of {} answers in words are written. A teacher reads them.", texts.len());
    }
    Ok(all_right)
}

/// A learner's notebook and the chapter that it is of.
pub struct LearnerNotebook {
    pub chapter: Chapter,
    pub answers: Answers,
    notebook: Notebook,
}

impl LearnerNotebook {
    /// Reads a notebook, and the chapter that it names.
    pub fn read(course: &Course, path: &Path) -> Result<LearnerNotebook> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let shown = course.shown(path);
        // Only its text counts, as at grading: some editors write their own kernel into every notebook.
        let notebook = Notebook::parse_text(&shown, &bytes)?;
        drop(bytes);
        let chapter = chapter_of(course, &notebook, path)?;
        let answers = extract::answers(&notebook, &chapter);
        Ok(LearnerNotebook { chapter, answers, notebook })
    }

    /// The exercises with their public cases.
    pub fn exercises(&self, course: &Course) -> Result<Vec<Exercise>> {
        let read = |id: &str| {
            let path = course.notebooks().join("checks").join(format!("{id}.csv"));
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}: run `cargo run -- build`", course.shown(&path)))?;
            Exercise::from_csv(&text).map_err(|why| anyhow::anyhow!("{}: {why}", course.shown(&path)))
        };
        self.chapter.specifications().map(|(asked, _)| read(&asked.id)).collect()
    }

    /// Judges these answers on the learner's own machine.
    ///
    /// # Errors
    /// [`CannotCheck`]: whatever an answer does is judged, so that an error is the machine's.
    pub fn judge(
        &self,
        answers: &Answers,
        exercises: &[Exercise],
        kit: &AnswerCompiler,
        here: &LocalRunner,
    ) -> Result<BTreeMap<String, Evaluation>> {
        let libraries = Libraries::default();
        let judged = || {
            let scratch = tempfile::tempdir().context("cannot make a folder to work in")?;
            let lender = Lender { libraries: &libraries, chapter: &self.chapter, kit };
            let workshop = Workshop { kit, runner: here, scratch: scratch.path(), lender: Some(&lender) };
            evaluate::judge(&self.chapter, answers, self, exercises, &workshop)
        };
        judged().map_err(|error: anyhow::Error| CannotCheck(format!("{error:#}")).into())
    }

    /// Whether the cell of an exercise is no longer what the learner was given.
    pub fn is_started(&self, id: &str) -> bool {
        let is_untouched = |number: usize| self.is_stub(id, &self.notebook.cells[number - 1].source());
        if let Some(Answer::Candidates(candidates)) = self.answers.code.get(id) {
            // It may be finished in another cell than its own.
            return candidates.iter().any(|candidate| !is_untouched(candidate.defining_cell));
        }
        let mut own = self.own(id).peekable();
        own.peek().is_none() || own.any(|(_, cell)| !self.is_stub(id, &cell.source()))
    }

    fn is_stub(&self, id: &str, text: &str) -> bool {
        let asking = self.chapter.cells.iter().find(|cell| cell.asks().is_some_and(|asked| asked.id == id));
        asking.is_some_and(|cell| {
            let stub = cell.text(Variant::Student);
            stub.trim() == text.trim() || cell.is_markdown() && same_but_for_invitation(&stub, text)
        })
    }

    /// The number of the cell that an exercise is answered in, counted from 1.
    pub fn cell(&self, id: &str) -> Option<usize> {
        self.own(id).next().map(|(index, _)| index + 1)
    }

    /// The cells that an exercise is answered in.
    fn own(&self, id: &str) -> impl Iterator<Item = (usize, &Cell)> {
        let of_exercise = move |cell: &Cell| cell.exercise() == Some(id) || cell.id() == Some(id);
        let helps = |cell: &Cell| matches!(cell.role(), Some("check" | "hint" | "solution"));
        self.notebook.cells.iter().enumerate().filter(move |(_, cell)| of_exercise(cell) && !helps(cell))
    }

    /// The questions that are answered in words, and whether this one is.
    pub fn texts(&self) -> impl Iterator<Item = (&str, bool)> {
        let texts = self.chapter.cells.iter().filter(|cell| matches!(cell.kind, Kind::Text(_)));
        texts.filter_map(|cell| cell.asks()).map(|asked| {
            let id = asked.id.as_str();
            (id, self.answers.texts.contains_key(id) && !self.answers.far.contains(id))
        })
    }
}

/// The chapter that a notebook says it is of, or its file's name; else the one most of whose exercises are in it.
fn chapter_of(course: &Course, notebook: &Notebook, path: &Path) -> Result<Chapter> {
    let read = |name: &str| {
        let source = course.source(name);
        Chapter::read(&source, &course.shown(&source))
    };
    let named = notebook.metadata(&["neurobook", "chapter"]).and_then(|name| name.as_str());
    if let Some(named) = named {
        return read(&course.chapter(named)?);
    }
    if let Ok(name) = course.chapter(&path.to_string_lossy()) {
        return read(&name);
    }
    let mut best: Option<(usize, Chapter)> = None;
    for name in course.chapters()? {
        let chapter = read(&name)?;
        let found = extract::answers(notebook, &chapter).found();
        if found > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((found, chapter));
        }
    }
    best.map(|(_, chapter)| chapter).with_context(|| {
        format!(
            "{} does not say which chapter it is, and no exercise of the course is in it: name the file as the chapter",
            course.shown(path)
        )
    })
}

/// The compiler ends, but a slow machine takes its time.
const LONGEST_COMPILATION: Duration = Duration::from_secs(120);

impl Reread for LearnerNotebook {
    fn combinations(&self, exercises: &BTreeSet<String>) -> Result<BTreeMap<String, Answer>> {
        Ok(extract::combinations(&self.notebook, &self.chapter, exercises))
    }

    fn answers_after(&self, run: &KernelRun) -> Result<BTreeMap<String, Answer>> {
        Ok(extract::answers_after(&self.notebook, &self.chapter, run))
    }

    fn states(&self, exercises: &BTreeSet<String>, run: &KernelRun) -> Result<BTreeMap<String, Vec<State>>> {
        Ok(states(&self.notebook, &self.chapter, exercises, run))
    }
}

/// That nothing can be said now of answers which may be right, and why.
#[derive(Debug)]
pub struct CannotCheck(String);

impl std::fmt::Display for CannotCheck {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "cannot be checked now: {}", self.0)
    }
}

impl std::error::Error for CannotCheck {}

/// Runs a learner's own programs as they are, on their own machine.
pub struct LocalRunner {
    /// A function that runs longer does not end.
    pub limit: Duration,
}

impl Default for LocalRunner {
    fn default() -> Self {
        Self { limit: Duration::from_secs(20) }
    }
}

impl Runner for LocalRunner {
    fn compile(
        &self,
        kit: &AnswerCompiler,
        folder: &Path,
        libraries: &[(String, String)],
        product: Product,
    ) -> Result<Compiled> {
        let mut compiler = kit.compiler(folder);
        compiler.args(product.arguments());
        for (name, file) in libraries {
            compiler.args(["--extern", &format!("{name}={file}")]);
        }
        let finished = run_within(&mut compiler, b"", LONGEST_COMPILATION)?
            .with_context(|| format!("the compiler did not end within {} s", LONGEST_COMPILATION.as_secs()))?;
        ensure_own_end(finished.status)?;
        Ok(Compiled { done: finished.status.success(), stderr: finished.stderr, ended: None })
    }

    fn run(&self, folder: &Path, input: &[u8]) -> Result<Run> {
        let mut command = Command::new(folder.join(executable_name("answers")));
        match run_within(command.current_dir(folder), input, self.limit)? {
            Some(finished) if finished.status.success() => Ok(Run { stdout: finished.stdout, ended: None }),
            Some(finished) => {
                ensure_own_end(finished.status)?;
                let overflow = String::from_utf8_lossy(&finished.stderr).contains("overflowed its stack");
                let reason = if overflow {
                    "Your function calls itself without end, until its memory is full.".to_owned()
                } else {
                    format!("Your function ended the program ({}).", finished.status)
                };
                Ok(Run { stdout: finished.stdout, ended: Some(Termination { cause: TerminationCause::Crash, reason }) })
            }
            None => {
                let reason = format!(
                    "Your function was stopped: it did not end within {} s. Is there a loop without an end?",
                    self.limit.as_secs_f64()
                );
                Ok(Run { stdout: Vec::new(), ended: Some(Termination { cause: TerminationCause::Time, reason }) })
            }
        }
    }
}

/// A program that somebody else has ended says nothing about the answer in it.
fn ensure_own_end(status: ExitStatus) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal().filter(|signal| How::Signal(*signal).is_from_outside()) {
            bail!(
                "a program {}, which nothing here has sent: is the memory of this machine full?",
                How::Signal(signal)
            );
        }
    }
    let _ = status;
    Ok(())
}
