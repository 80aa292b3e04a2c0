//! Runs programs as `check` does, but for the time to compile hundreds of answers into one, which nobody waits for.

use std::path::Path;

use anyhow::Result;
use neurobook_cli::answers::compiler::AnswerCompiler;
use neurobook_cli::answers::workshop::{Compiled, Product, Run, Runner};
use neurobook_cli::commands::check::LocalRunner;

#[derive(Default)]
pub struct Patient(pub LocalRunner);

impl Runner for Patient {
    fn compile(
        &self,
        kit: &AnswerCompiler,
        folder: &Path,
        libraries: &[(String, String)],
        product: Product,
    ) -> Result<Compiled> {
        let libraries = libraries.iter().flat_map(|(name, file)| ["--extern".to_owned(), format!("{name}={file}")]);
        // What an answer gives does not depend on it, and they run for no time.
        let quickly = ["-Copt-level=0", "-Ccodegen-units=8"];
        let output = kit.compiler(folder).args(product.arguments()).args(libraries).args(quickly).output()?;
        Ok(Compiled { done: output.status.success(), stderr: output.stderr, ended: None })
    }

    fn run(&self, folder: &Path, input: &[u8]) -> Result<Run> {
        self.0.run(folder, input)
    }
}
