//! What answers are compiled and run with, and who runs them.

use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::compiler::AnswerCompiler;
use super::evaluation::Termination;
use super::lent::Lender;

/// Compiles and runs programs.
///
/// # Errors
/// Of every method: faults of the machine, among them a signal that no limit and no answer has sent.
pub trait Runner {
    /// Compiles the `main.rs` in the folder into `answers` beside it, with the libraries of these names and files there.
    fn compile(
        &self,
        kit: &AnswerCompiler,
        folder: &Path,
        libraries: &[(String, String)],
        product: Product,
    ) -> Result<Compiled>;
    /// Runs the program in the folder on this input.
    fn run(&self, folder: &Path, input: &[u8]) -> Result<Run>;
    /// Lets the user that programs run as into a folder.
    fn admit(&self, _folder: &Path) -> Result<()> {
        Ok(())
    }
}

/// What the compiler is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    Program,
    /// Its errors alone, which it has in a fourth of the time.
    Errors,
}

impl Product {
    /// What the compiler's arguments have besides.
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Product::Program => &[],
            Product::Errors => &["--emit=metadata"],
        }
    }
}

/// What the compiler left.
pub struct Compiled {
    /// Whether it accepts the text, and there is a program if one was asked for.
    pub done: bool,
    pub stderr: Vec<u8>,
    /// The limit that it was stopped at.
    pub ended: Option<Termination>,
}

/// What a program left.
pub struct Run {
    pub stdout: Vec<u8>,
    pub ended: Option<Termination>,
}

/// What answers are compiled and run with.
pub struct Workshop<'a> {
    pub kit: &'a AnswerCompiler,
    pub runner: &'a dyn Runner,
    pub scratch: &'a Path,
    /// None: nothing is lent.
    pub lender: Option<&'a Lender<'a>>,
}

impl Workshop<'_> {
    /// A folder for one program.
    pub(super) fn folder(&self) -> Result<TempDir> {
        let scratch = self.scratch;
        let folder =
            tempfile::tempdir_in(scratch).with_context(|| format!("cannot make a folder in {}", scratch.display()))?;
        self.runner.admit(folder.path())?;
        Ok(folder)
    }
}

/// What nobody can guess: the standard library draws its keys from the system.
pub(super) fn random_word() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}
