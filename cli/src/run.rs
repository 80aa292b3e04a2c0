//! `neurobook run`: a notebook from its first cell to its last, without Jupyter.

mod engine;

mod report;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use crate::kernel;
use crate::notebook::{Cell, Notebook, Outputs};
use crate::page;
use crate::session::Sessions;
use crate::setup;
use engine::Engine;

/// Options of `neurobook run`.
#[derive(Args)]
pub struct Options {
    /// The notebook
    notebook: PathBuf,
    /// Write the notebook with its outputs to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a page with figures and working sliders, which needs no other file, to this file
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Stop a cell that takes longer than this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0)]
    timeout: f64,
    /// Go on after a cell that fails, and report all that fail
    #[arg(long)]
    keep_going: bool,
}

/// Runs the notebook, writes what was asked for, and fails if a cell failed.
pub fn run(options: &Options) -> Result<ExitCode> {
    let limit = match Duration::try_from_secs_f64(options.timeout) {
        Ok(limit) if !limit.is_zero() => limit,
        _ => bail!("--timeout is {}: give a positive number of seconds", options.timeout),
    };
    let mut notebook = Notebook::read(&options.notebook, Outputs::Drop)?;
    notebook.warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    let notebook_path = std::path::absolute(&options.notebook)?;
    let outputs = [&options.out, &options.html].map(|path| path.as_deref().map(std::path::absolute).transpose());
    let [out, html] = outputs;
    let (out, html) = (out?, html?);

    let sessions = Sessions::find()?;
    setup::prepare_sessions(&sessions)?;
    let session = kernel::enter(&sessions)?;
    // As in Jupyter, a cell's relative paths begin at its notebook.
    if let Some(folder) = notebook_path.parent() {
        std::env::set_current_dir(folder)?;
    }
    let begin = Instant::now();
    let mut engine = Engine::start(limit)?;
    eprintln!("the kernel is ready after {:.1} s", begin.elapsed().as_secs_f64());
    let failures = execute(&mut notebook, &mut engine, options.keep_going);
    drop(engine);
    drop(session);

    if let Some(path) = out {
        notebook.write(&path)?;
    }
    if let Some(path) = html {
        page::write(&notebook, &path)?;
    }
    for failure in &failures {
        eprintln!("\n{failure}");
    }
    if failures.is_empty() {
        eprintln!("every cell ran to its end, in {:.1} s", begin.elapsed().as_secs_f64());
        Ok(ExitCode::SUCCESS)
    } else {
        eprintln!("\n{} cell{} failed", failures.len(), if failures.len() == 1 { "" } else { "s" });
        Ok(ExitCode::FAILURE)
    }
}

/// Runs the cells of code in their order and stores what they showed. Returns a report for each that failed.
fn execute(notebook: &mut Notebook, engine: &mut Engine, keep_going: bool) -> Vec<String> {
    let total = notebook.cells.iter().filter(|cell| runs(cell)).count();
    let mut failures = Vec::new();
    let mut count = 0;
    for (index, cell) in notebook.cells.iter_mut().enumerate().filter(|(_, cell)| runs(cell)) {
        count += 1;
        let begin = Instant::now();
        let result = engine.run(&cell.source());
        let may_fail = cell
            .metadata(&["tags"])
            .and_then(|tags| tags.as_array())
            .is_some_and(|tags| tags.iter().any(|tag| tag == "raises-exception"));
        report::progress(count, total, cell, begin.elapsed(), result.failure.as_ref());
        cell.set_outputs(Some(count as u64), result.outputs);
        let Some(failure) = result.failure else { continue };
        if !may_fail {
            failures.push(report::failure(index + 1, cell, &failure));
        }
        if !may_fail && !keep_going {
            break;
        }
    }
    // A cell that left early is found out by the next cell; the last one has none.
    if failures.is_empty()
        && let Some(failure) = engine.finish()
    {
        let last = notebook.cells.iter().enumerate().rfind(|(_, cell)| runs(cell));
        failures.extend(last.map(|(index, cell)| report::failure(index + 1, cell, &failure)));
    }
    failures
}

fn runs(cell: &Cell) -> bool {
    cell.is_code() && !cell.source().trim().is_empty()
}
