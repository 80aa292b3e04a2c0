//! Two hundred failing cells, or as many as the command line says, while all cores are busy: how many does
//! `neurobook run` miss?
//!
//! `cargo bench --profile dev -p neurobook-cli --bench failing_cells` prints the count and fails if it is not zero.

use std::fs;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};

fn main() -> ExitCode {
    // Cargo adds a flag of its own.
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let notebook = folder.path().join("failing.ipynb");
    fs::write(&notebook, failing_notebook(count).to_string()).expect("a notebook");
    let busy = AtomicBool::new(true);
    let begin = Instant::now();
    let text = thread::scope(|scope| {
        for _ in 0..2 * thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while busy.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let output = Command::new(env!("CARGO_BIN_EXE_neurobook"))
            .args(["run", "--keep-going"])
            .arg(&notebook)
            .env("NEUROBOOK_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .output()
            .expect("the binary starts");
        busy.store(false, Ordering::Relaxed);
        String::from_utf8_lossy(&output.stderr).into_owned()
    });
    let missed: Vec<usize> = (1..=count).filter(|&cell| !reported(&text, cell)).collect();
    println!("{count} failing cells under load: {} missed, {:.0} s", missed.len(), begin.elapsed().as_secs_f64());
    if missed.is_empty() {
        ExitCode::SUCCESS
    } else {
        println!("missed: {missed:?}\n{text}");
        ExitCode::FAILURE
    }
}

/// Cells that panic, meet an error by `?`, and reach a blank, each with a number in its message.
fn failing_notebook(count: usize) -> Value {
    let cells: Vec<Value> = (1..=count)
        .map(|cell| {
            let source = match cell % 3 {
                0 => format!("panic!(\"failure {cell}.\");"),
                1 => format!("let value: f64 = Err(\"failure {cell}.\")?;"),
                _ => format!("let value: f64 = neurobook::blank!(\"failure {cell}.\");"),
            };
            json!({ "cell_type": "code", "id": format!("cell-{cell}"), "metadata": {}, "source": source, "outputs": [], "execution_count": null })
        })
        .collect();
    json!({ "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5 })
}

/// Whether the report names the cell with the message that this cell gave.
fn reported(text: &str, cell: usize) -> bool {
    let start = format!("cell {cell} (");
    let message = format!("failure {cell}.");
    text.split("\n\n")
        .any(|report| report.starts_with(&start) && report.split(": ").skip(1).any(|part| part.contains(&message)))
}
