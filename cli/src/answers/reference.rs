//! A chapter's own solutions as a program: it gives what is expected of every answer, and what each known
//! mistake would give. Nothing of that is written by hand.

mod read;
mod text;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use neurobook::check::{Exercise, Outcome, StopReason};
use tempfile::TempDir;

use super::compiler::{AnswerCompiler, Place, faults, run_within};
use crate::chapter::Chapter;

pub use text::Reference;

/// A solution and its mistakes that run longer than this do not end.
const LONGEST_RUN: Duration = Duration::from_secs(120);

impl Reference<'_> {
    /// The exercises with their cases: the public ones and, for a seed, the hidden ones behind them.
    ///
    /// # Errors
    /// When a solution, a mistake or an input does not compile or does not run; the message names its line.
    pub fn exercises(&self, kit: &AnswerCompiler, seed: Option<u64>) -> Result<Vec<Exercise>> {
        self.compiled(kit)?.exercises(seed)
    }

    /// The program, to be run with one seed or several.
    ///
    /// # Errors
    /// When a solution, a mistake or an input does not compile; the message names its line.
    pub fn compiled(&self, kit: &AnswerCompiler) -> Result<Compiled<'_>> {
        let folder = tempfile::tempdir().context("cannot make a folder for the reference program")?;
        self.program().write(folder.path())?;
        let compiled =
            kit.compiler(folder.path()).output().with_context(|| format!("cannot start {}", kit.rustc.display()))?;
        if !compiled.status.success() {
            let said: Vec<String> = faults(&compiled.stderr, self.program())
                .into_iter()
                .map(|fault| match &fault.place {
                    Place::Answer(file) => format!("{}: {}", self.place(file), fault.text),
                    Place::Nowhere | Place::Linker => {
                        format!("{}: {}", self.place_of_case(fault.main_line), fault.text)
                    }
                })
                .collect();
            bail!("the solutions or the mistakes of {} do not compile:\n{}", self.chapter().name, said.join("\n"));
        }
        Ok(Compiled { reference: self, folder })
    }

    fn run(&self, folder: &Path, seed: Option<u64>) -> Result<Vec<Exercise>> {
        let mut run = Command::new(folder.join(crate::jupyter::toolchain::executable_name("answers")));
        // Other users can read a command line: where the program is, and the seed that the hidden inputs follow from.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::arg0(&mut run, "answers");
        let seed = seed.map_or_else(String::new, |seed| seed.to_string());
        let about = || format!("the solutions and mistakes of {} did not run", self.chapter().name);
        let finished = run_within(&mut run, seed.as_bytes(), LONGEST_RUN).with_context(about)?;
        let finished = finished
            .with_context(|| format!("they did not end within {} s", LONGEST_RUN.as_secs()))
            .with_context(about)?;
        if !finished.status.success() {
            return Err(anyhow!("{}", String::from_utf8_lossy(&finished.stderr).trim())).with_context(about);
        }
        let text = String::from_utf8(finished.stdout).context("a reference program wrote what is not UTF-8")?;
        let exercises = read::exercises(&text, self.chapter())?;
        let problems: Vec<String> = exercises.iter().flat_map(|exercise| self.problems(exercise)).collect();
        if !problems.is_empty() {
            bail!("{}", problems.join("\n"));
        }
        Ok(exercises)
    }

    /// What is wrong with the known mistakes of an exercise: each has to be wrong, and to be told from the others.
    fn problems(&self, exercise: &Exercise) -> Vec<String> {
        let mut problems = Vec::new();
        for part in &exercise.parts {
            if !exercise.cases.iter().any(|case| part.take(&case.expected).is_some()) {
                problems.push(format!(
                    "notebooks/{}.rs: the part `{}` of `{}` is in no result of its solution: {}",
                    self.chapter().name,
                    part.written,
                    exercise.id,
                    results(exercise)
                ));
            }
        }
        for (mistake, written) in exercise.mistakes.iter().zip(self.mistakes(&exercise.id)) {
            for (number, form) in mistake.forms.iter().enumerate() {
                let outcomes: Vec<Outcome> =
                    form.iter().map(|given| given.clone().ok_or(StopReason::Panicked(String::new()))).collect();
                let verdict = exercise.judge(&outcomes);
                let which = if mistake.forms.len() > 1 { format!(", form {}", number + 1) } else { String::new() };
                let complaint = match verdict.misconception {
                    _ if verdict.passed() => {
                        "gives the right values in every case: add a case in which it does not".to_owned()
                    }
                    None if form.iter().all(Option::is_none) => "stops in every case, so no value tells it".to_owned(),
                    None => continue,
                    Some(found) if found.name == mistake.name => continue,
                    Some(found) => {
                        format!("gives the same as `{}`: add a case that tells them apart, or join them", found.name)
                    }
                };
                let place = format!("notebooks/{}.rs:{}", self.chapter().name, written.line + 1);
                problems.push(format!("{place}: the mistake `{}`{which} {complaint}", mistake.name));
            }
        }
        problems
    }
}

/// A reference program that can run.
pub struct Compiled<'a> {
    reference: &'a Reference<'a>,
    folder: TempDir,
}

impl Compiled<'_> {
    /// The exercises with their cases: the public ones and, for a seed, the hidden ones behind them.
    ///
    /// # Errors
    /// When a solution, a mistake or an input does not run, or a mistake is not to be told from the solution.
    pub fn exercises(&self, seed: Option<u64>) -> Result<Vec<Exercise>> {
        self.reference.run(self.folder.path(), seed)
    }
}

/// What the solution of an exercise does give.
fn results(exercise: &Exercise) -> String {
    let names = exercise.cases.iter().flat_map(|case| case.expected.iter()).map(|(name, _)| name);
    let names: BTreeSet<&str> = names.collect();
    match names.is_empty() {
        true => "it gives nothing".to_owned(),
        false => format!("it gives {}", names.into_iter().collect::<Vec<_>>().join(", ")),
    }
}

/// The exercises of a chapter, with the hidden cases of a seed.
pub fn exercises(chapter: &Chapter, kit: &AnswerCompiler, seed: Option<u64>) -> Result<Vec<Exercise>> {
    Reference::of(chapter).exercises(kit, seed)
}
