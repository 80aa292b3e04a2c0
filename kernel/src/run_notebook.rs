//! `neurobook run`: a notebook from its first cell to its last, without Jupyter.

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::Result;
use neurobook_cli::commands::run::Options;
use neurobook_cli::jupyter::engine_protocol::Stream;
use neurobook_cli::jupyter::session::Sessions;
use neurobook_cli::notebook::cell_number::COUNTED;
use neurobook_cli::notebook::{Cell, Notebook, Outputs};
use neurobook_cli::page;
use serde_json::{Value, json};

use crate::engine::{CellResult, Engine};
use crate::supervisor::Supervision;
use crate::{report, session};

/// What was printed since it was last asked for, as Jupyter stores it.
type Streams = Arc<Mutex<Vec<Value>>>;

/// Runs the notebook, writes what was asked for, and fails if a cell failed.
pub fn run(options: &Options) -> Result<ExitCode> {
    let mut notebook = Notebook::read(&options.notebook, Outputs::Drop)?;
    notebook.warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    let notebook_path = std::path::absolute(&options.notebook)?;
    let outputs = [&options.out, &options.html].map(|path| path.as_deref().map(std::path::absolute).transpose());
    let [out, html] = outputs;
    let (out, html) = (out?, html?);

    let sessions = Sessions::find()?;
    // SAFETY: this process has one thread.
    let supervision = unsafe { Supervision::open() }?;
    let session = session::enter(&sessions)?;
    // As in Jupyter, a cell's relative paths begin at its notebook.
    if let Some(folder) = notebook_path.parent() {
        std::env::set_current_dir(folder)?;
    }
    let begin = Instant::now();
    let streams = Streams::default();
    let printed = Arc::clone(&streams);
    let mut engine = Engine::start(supervision, Some(options.timeout), move |stream, text| {
        // How far a cell was is of no interest when it has ended.
        if stream != Stream::Progress {
            print(&mut printed.lock().unwrap_or_else(PoisonError::into_inner), stream.name(), text);
        }
    })?;
    eprintln!("the kernel is ready after {:.1} s", begin.elapsed().as_secs_f64());
    let failures = execute(&mut notebook, &mut engine, &streams, options.keep_going);
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
        let number = failures.len();
        eprintln!("\n{number} cell{} failed. {COUNTED}", if number == 1 { "" } else { "s" });
        Ok(ExitCode::FAILURE)
    }
}

/// Runs the cells of code in their order and stores what they showed. Returns a report for each that failed.
fn execute(notebook: &mut Notebook, engine: &mut Engine, streams: &Streams, keep_going: bool) -> Vec<String> {
    let total = notebook.cells.iter().filter(|cell| runs(cell)).count();
    let mut failures = Vec::new();
    let mut count = 0;
    for (index, cell) in notebook.cells.iter_mut().enumerate().filter(|(_, cell)| runs(cell)) {
        count += 1;
        let begin = Instant::now();
        let result = engine.run(cell.id(), &cell.source());
        let may_fail = cell
            .metadata(&["tags"])
            .and_then(|tags| tags.as_array())
            .is_some_and(|tags| tags.iter().any(|tag| tag == "raises-exception"));
        report::progress(index + 1, (count, total), cell, begin.elapsed(), result.failure.as_ref());
        cell.set_outputs(Some(count as u64), outputs(streams, &result, count));
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

/// Adds text to what was printed on the same stream, unless something else came in between.
fn print(outputs: &mut Vec<Value>, stream: &str, text: &str) {
    match outputs.last_mut().filter(|last| last["name"] == stream) {
        Some(last) => last["text"] = json!(format!("{}{text}", last["text"].as_str().unwrap_or_default())),
        None => outputs.push(json!({ "output_type": "stream", "name": stream, "text": text })),
    }
}

/// What a cell printed, showed, and failed with.
fn outputs(streams: &Streams, ran: &CellResult, count: usize) -> Vec<Value> {
    let mut outputs = std::mem::take(&mut *streams.lock().unwrap_or_else(PoisonError::into_inner));
    if !ran.shown.is_empty() {
        outputs.push(json!({
            "output_type": "execute_result", "execution_count": count, "metadata": {}, "data": ran.shown,
        }));
    }
    if let Some(failure) = &ran.failure {
        let failure = failure.to_protocol();
        outputs.push(json!({
            "output_type": "error", "ename": failure.name, "evalue": failure.value, "traceback": failure.traceback,
        }));
    }
    outputs
}

fn runs(cell: &Cell) -> bool {
    cell.is_code() && !cell.source().trim().is_empty()
}
