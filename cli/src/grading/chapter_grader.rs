//! Marking one submission of a chapter: answers, sandbox, cases, record.

mod points;
mod reader;
mod sandboxed;
mod submitted;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use neurobook::check::Exercise;
use tempfile::TempDir;

use super::grader::{Grader, GradingRequest, Submission, Timings};
use super::record;
use super::record::{ExerciseResult, Kind, Misconception, Outcome, Record, Status, Test, Visibility};
use super::settings::{ExerciseInfo, Settings};
use crate::answers::compiler::AnswerCompiler;
use crate::answers::evaluate;
use crate::answers::evaluation::{Evaluation, Termination, TerminationCause};
use crate::answers::extract::Answers;
use crate::answers::lent::{Lender, Libraries};
use crate::answers::read_submission::{Contents, Question};
use crate::answers::reference;
use crate::answers::workshop::Workshop;
use crate::chapter;
use crate::chapter::course::Course;
use crate::chapter::{Chapter, Kind as CellKind};
use crate::sandbox;
use crate::support::{paths, plain_text};
use points::{Right, is_guess, score};
use reader::Reading;
use sandboxed::Sandboxed;
use submitted::Submitted;

/// A longer value is cut.
const LONGEST_VALUE: usize = 1_000;

/// Marks the submissions of one chapter.
pub struct ChapterGrader {
    settings: Settings,
    chapter: Chapter,
    kit: AnswerCompiler,
    /// With their public cases first, then the hidden ones.
    exercises: Vec<Exercise>,
    runner: Sandboxed,
    scratch: TempDir,
    libraries: Libraries,
}

impl ChapterGrader {
    /// Runs the chapter's own solutions on the public and the hidden inputs, and proves the sandbox.
    ///
    /// # Errors
    /// When a solution fails, or the sandbox lacks a layer that the order asks for.
    pub fn new(course: &Course, order: &GradingRequest) -> Result<ChapterGrader> {
        let source = course.notebooks().join(format!("{}.rs", order.chapter));
        let chapter = Chapter::read(&source, &course.shown(&source))?;
        let kit = AnswerCompiler::find()?;
        let scratch =
            tempfile::tempdir().context("cannot make a folder for the learners' programs: is the disk full?")?;
        sandbox::let_through(scratch.path())?;
        let runner = Sandboxed::establish(order.sandbox)?;
        let exercises = reference::exercises(&chapter, &kit, Some(order.seed))?;
        let settings = settings(course, &chapter, order, &kit);
        Ok(ChapterGrader { settings, chapter, kit, exercises, runner, scratch, libraries: Libraries::default() })
    }

    fn marked(&self, submission: &Submission) -> Result<(Record, Timings)> {
        let submitted = Submitted { runner: &self.runner, chapter: &self.chapter, bytes: &submission.bytes };
        let answers = match submitted.read(Question::Answers)? {
            Reading::Contents(Contents::Answers(answers)) => answers,
            Reading::Contents(_) => bail!("what reads submissions answered another question"),
            Reading::Unreadable(why) => {
                return Ok((self.settings.record(&submission.name, Status::Unreadable, Some(why)), Timings::default()));
            }
            Reading::AtLimit(limit) => return Ok((self.at_limit(submission, &limit), Timings::default())),
        };
        let clock = Mutex::new(Timings::default());
        let begin = Instant::now();
        let runner = self.runner.timed(&clock);
        let workshop = Workshop {
            kit: &self.kit,
            runner: &runner,
            scratch: self.scratch.path(),
            lender: Some(&Lender { libraries: &self.libraries, chapter: &self.chapter, kit: &self.kit }),
        };
        let judged = evaluate::judge(&self.chapter, &answers, &submitted, &self.exercises, &workshop)?;
        let mut times = clock.into_inner().unwrap_or_default();
        times.total = begin.elapsed().as_secs_f64();
        Ok((self.record(submission, &answers, &judged), times))
    }

    /// What is known of a submission that could not be read to its end.
    fn at_limit(&self, submission: &Submission, limit: &Termination) -> Record {
        let stopped = |(asked, _): (&chapter::Exercise, _)| (asked.id.clone(), Evaluation::Stopped(limit.clone()));
        let judged = self.chapter.specifications().map(stopped).collect();
        let mut record = self.record(submission, &Answers::default(), &judged);
        record.message = Some(limit.reason.clone());
        for written in record.exercises.iter_mut().filter(|exercise| exercise.kind == Kind::Text) {
            written.message = format!("{} Your teacher looks for this answer.", limit.reason);
        }
        record
    }

    fn record(&self, submission: &Submission, answers: &Answers, judged: &BTreeMap<String, Evaluation>) -> Record {
        let mut record = self.settings.record(&submission.name, Status::Graded, None);
        record.exercises = self
            .chapter
            .cells
            .iter()
            .filter_map(|cell| Some((cell, cell.asks()?)))
            .map(|(cell, asked)| match (&cell.kind, judged.get(&asked.id)) {
                (CellKind::Exercise(_), Some(judged)) => {
                    let mut marked = self.marked_code(asked, judged);
                    if let Some(passed_over) = answers.passed_over.get(&asked.id) {
                        marked.message += &format!(" {passed_over}");
                    }
                    marked
                }
                (CellKind::Exercise(_), None) => {
                    unmarked(asked, None, "It has no check, so a teacher marks it.".to_owned())
                }
                _ => written_answer(asked, cell, answers, submission.beside.as_deref()),
            })
            .collect();
        record.sandbox = self.runner.layers().to_vec();
        record.max_score = record.exercises.iter().map(|exercise| exercise.points).sum();
        record.score = record.exercises.iter().filter_map(|exercise| exercise.score).sum();
        record.status = overall(&record.exercises);
        // Whether a hidden case did it is for the teacher, who sees the record, and for no learner's page.
        let hidden_violation = |judged: &Evaluation| matches!(judged, Evaluation::Verdict { hidden_end: Some(end), .. } if end.cause == TerminationCause::Violation);
        if judged.values().any(hidden_violation) {
            record.status = Status::Violation;
        }
        record
    }

    fn marked_code(&self, asked: &chapter::Exercise, judged: &Evaluation) -> ExerciseResult {
        let exercise = self.exercises.iter().find(|exercise| exercise.id == asked.id);
        let title = exercise.map_or(asked.id.as_str(), |exercise| &exercise.title).to_owned();
        let mut marked = ExerciseResult { title, score: Some(0.0), ..unmarked(asked, Some(0.0), String::new()) };
        match judged {
            Evaluation::Missing(why) => marked.message = why.clone(),
            Evaluation::Refused(why) => (marked.status, marked.message) = (Status::Violation, why.clone()),
            Evaluation::NotCompiled(text) => {
                marked.status = Status::CompileError;
                marked.message = "The compiler refuses it.".to_owned();
                marked.compiler = Some(text.clone());
            }
            Evaluation::Stopped(ending) => {
                (marked.status, marked.message) = (status(ending.cause), ending.reason.clone())
            }
            Evaluation::RightWithLent(lent) => {
                marked.score = Some(f64::from(asked.points));
                marked.message = format!("Right, with the course's own {} in place of yours.", names(lent));
            }
            Evaluation::Verdict { verdict, ended, hidden_end, cell } => {
                let public = exercise.map_or(verdict.cases.len(), |exercise| exercise.public_cases().len());
                let all = exercise.map_or(verdict.cases.len(), |exercise| exercise.cases.len());
                marked.tests = tests(&verdict.cases, public);
                marked.for_teacher = hidden_end.as_ref().map(|ending| format!("In a hidden case: {}", ending.reason));
                let passed = marked.tests.iter().filter(|test| test.status == Outcome::Passed).count();
                let cases = Right { passed, all };
                let is_hidden = |test: &&Test| test.visibility == Visibility::Hidden && test.status == Outcome::Passed;
                let hidden = Right { passed: marked.tests.iter().filter(is_hidden).count(), all: all - public };
                let is_guess = passed < all && exercise.is_some_and(|exercise| is_guess(exercise, &marked.tests));
                marked.score = Some(if is_guess { 0.0 } else { score(f64::from(asked.points), cases, hidden) });
                marked.status = ended.as_ref().map_or(Status::Graded, |ending| status(ending.cause));
                marked.misconception = verdict
                    .misconception
                    .as_ref()
                    .map(|found| Misconception { name: found.name.clone(), explanation: found.explanation.clone() });
                marked.message = summary(&marked.tests, passed, all);
                if is_guess {
                    marked.message += " In the other inputs one and the same result would be right as often.";
                } else if cases.is_half() && !hidden.is_half() {
                    marked.message += " Points need half of the other inputs, too.";
                }
                if let Some(cell) = cell {
                    marked.message += &format!(" The notebook has several copies; the one in cell {cell} counts.");
                }
            }
        }
        marked
    }
}

impl Grader for ChapterGrader {
    fn settings(&self) -> Settings {
        self.settings.clone()
    }

    fn mark(&self, submission: &Submission) -> (Record, Timings) {
        self.marked(submission).unwrap_or_else(|error| {
            let why = format!("{error:#}");
            (self.settings.record(&submission.name, Status::Infrastructure, Some(why)), Timings::default())
        })
    }
}

/// What all records of a run have in common.
fn settings(course: &Course, chapter: &Chapter, order: &GradingRequest, kit: &AnswerCompiler) -> Settings {
    let titles: BTreeMap<&str, &str> = chapter
        .specifications()
        .filter_map(|(asked, specification)| Some((asked.id.as_str(), specification.title.as_deref()?)))
        .collect();
    let asked = |cell: &chapter::Cell| {
        let asked = cell.asks()?;
        Some(ExerciseInfo {
            id: asked.id.clone(),
            title: match titles.get(asked.id.as_str()) {
                Some(title) => (*title).to_owned(),
                None if cell.is_markdown() => cell.question(),
                None => asked.id.clone(),
            },
            kind: if matches!(cell.kind, CellKind::Exercise(_)) && cell_has_check(chapter, &asked.id) {
                Kind::Function
            } else {
                Kind::Text
            },
            points: f64::from(asked.points),
        })
    };
    Settings {
        schema: record::SCHEMA,
        neurobook: env!("CARGO_PKG_VERSION").to_owned(),
        course: course.root().file_name().unwrap_or_default().to_string_lossy().into_owned(),
        chapter: chapter.name.clone(),
        title: chapter.title.clone(),
        // The key names the crate's sources, the locked versions and the compiler.
        content: paths::short_hash(format!("{} {}", chapter.version, kit.key).as_bytes()),
        toolchain: kit.version.clone(),
        seed: order.seed,
        sandbox: order.sandbox,
        exercises: chapter.cells.iter().filter_map(asked).collect(),
    }
}

fn cell_has_check(chapter: &Chapter, id: &str) -> bool {
    chapter.specifications().any(|(asked, _)| asked.id == id)
}

fn tests(cases: &[neurobook::check::CheckedCase], public: usize) -> Vec<Test> {
    let test = |(number, case): (usize, &neurobook::check::CheckedCase)| {
        let is_public = number < public;
        let problem = case.problem.as_ref();
        let message = match problem {
            None => String::new(),
            Some(problem) => problem.message.clone(),
        };
        let shown = |text: &String| plain_text::visible(&plain_text::cut(text, LONGEST_VALUE)).into_owned();
        Test {
            id: if is_public { format!("public-{}", number + 1) } else { format!("hidden-{}", number + 1 - public) },
            name: case.name.clone(),
            visibility: if is_public { Visibility::Public } else { Visibility::Hidden },
            status: if problem.is_none() { Outcome::Passed } else { Outcome::Failed },
            score: f64::from(u8::from(problem.is_none())),
            message,
            input: Some(shown(&case.input)).filter(|input| is_public && !input.is_empty()),
            expected: problem.and_then(|problem| problem.expected.as_ref()).filter(|_| is_public).map(shown),
            got: problem.and_then(|problem| problem.got.as_ref()).filter(|_| is_public).map(shown),
        }
    };
    cases.iter().enumerate().map(test).collect()
}

/// "`pearson` and `mean`".
fn names(ids: &BTreeSet<String>) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ")
}

fn summary(tests: &[Test], passed: usize, all: usize) -> String {
    let failed = |visibility| tests.iter().find(|test| test.visibility == visibility && test.status == Outcome::Failed);
    match (failed(Visibility::Public), failed(Visibility::Hidden)) {
        _ if passed == all && all == 1 => "Right.".to_owned(),
        _ if passed == all => format!("All {all} cases are right."),
        // A blank is the same blank in every case, so one is all there is.
        (Some(test), _) if tests.len() == 1 => test.message.clone(),
        (Some(test), _) => format!("{passed} of {all} cases are right. Case {}: {}", test.name, test.message),
        (None, Some(test)) => {
            format!("All public cases are right; {} of {all} cases in all. A hidden one: {}", passed, test.message)
        }
        (None, None) => format!("{passed} of {all} cases are right."),
    }
}

fn status(cause: TerminationCause) -> Status {
    match cause {
        TerminationCause::Crash => Status::Graded,
        TerminationCause::Time | TerminationCause::Wait => Status::Timeout,
        TerminationCause::Memory => Status::Memory,
        TerminationCause::Violation => Status::Violation,
    }
}

/// The exercise that needs a look tells for the submission; else it is graded, unless nothing compiles.
fn overall(exercises: &[ExerciseResult]) -> Status {
    let code: Vec<Status> =
        exercises.iter().filter(|exercise| exercise.kind == Kind::Function).map(|exercise| exercise.status).collect();
    if code.contains(&Status::Violation) {
        Status::Violation
    } else if !code.is_empty() && code.iter().all(|status| *status == Status::CompileError) {
        Status::CompileError
    } else {
        Status::Graded
    }
}

fn unmarked(asked: &chapter::Exercise, score: Option<f64>, message: String) -> ExerciseResult {
    ExerciseResult {
        id: asked.id.clone(),
        title: asked.id.clone(),
        kind: if score.is_some() { Kind::Function } else { Kind::Text },
        points: f64::from(asked.points),
        score,
        status: Status::Graded,
        message,
        misconception: None,
        compiler: None,
        answer: None,
        pictures: Vec::new(),
        for_teacher: None,
        tests: Vec::new(),
    }
}

/// An answer in words is the teacher's to mark. Where nothing was written it is worth nothing; one whose cell is gone
/// may be elsewhere, and so may one that was handed in as another file, `beside`.
fn written_answer(
    asked: &chapter::Exercise,
    cell: &chapter::Cell,
    answers: &Answers,
    beside: Option<&str>,
) -> ExerciseResult {
    let (score, answer, message) = match (answers.texts.get(&asked.id), beside) {
        (Some(text), _) => (None, Some(text.clone()), "Your teacher reads this answer."),
        (None, Some(beside)) => (
            None,
            Some(format!("[not in the notebook; handed in beside it: {beside}]")),
            "There is no answer in the notebook. Your teacher looks at what you handed in beside it.",
        ),
        (None, None) if answers.unwritten.contains(&asked.id) => (Some(0.0), None, "There is no answer."),
        (None, None) => (None, None, "The cell of this answer is not in the notebook. Your teacher looks for it."),
    };
    let pictures = answers.pictures.get(&asked.id).cloned().unwrap_or_default();
    let unmarked = unmarked(asked, None, message.to_owned());
    ExerciseResult { title: cell.question(), kind: Kind::Text, score, answer, pictures, ..unmarked }
}
