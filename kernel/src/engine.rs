//! The kernel's engine, evcxr, with a verdict for each cell that rests on evidence.
//!
//! evcxr reports a panic and a failed `?` as success, and what it prints on stderr may be late. So
//! each cell begins with a variable of our own. evcxr keeps a new variable only if the cell's code ran
//! to its end, which the child process tells it in order on stdout: a variable that is there afterwards
//! is the proof, and silence is none.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use evcxr::{CommandContext, Error, EvalOutputs};
use serde_json::{Map, Value, json};

use crate::report;

/// What `display::friendly_panics` shows beside its words.
const PANIC_KIND: &str = "application/vnd.neurobook.panic+json";
/// The variable that proves that a cell ran to its end.
const PROOF: &str = "neurobook_cell";

/// Why a cell failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The compiler refused it; its messages.
    Compile(String),
    /// It panicked.
    Panic(String),
    /// It reached a blank, with this hint.
    Blank(String),
    /// A `?` met an error, which ended the cell.
    Question(String),
    /// The process that runs the cells ended. So it does, too, after a cell that left by a `return` outside
    /// a function: the variables that evcxr expects from it are missing.
    Died(String),
    /// It took longer than it may.
    TimedOut(Duration),
    /// evcxr itself refused it.
    Refused(String),
}

/// What a cell showed, and why it failed if it did.
pub struct Ran {
    /// As Jupyter stores them.
    pub outputs: Vec<Value>,
    /// `None` if the cell ran to its end.
    pub failure: Option<Failure>,
}

/// A running kernel.
pub struct Engine {
    context: CommandContext,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
    limit: Duration,
    count: usize,
}

impl Engine {
    /// Starts evcxr in the session that the environment names.
    pub fn start(limit: Duration) -> Result<Engine> {
        let (mut context, outputs) =
            CommandContext::new().map_err(|error| anyhow!("the kernel does not start: {error}"))?;
        let stdout = collect(outputs.stdout);
        let stderr = collect(outputs.stderr);
        context
            .execute(":load_config --quiet")
            .map_err(|error| anyhow!("the kernel does not load the workbook's crate: {error}"))?;
        stdout.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(Engine { context, stdout, stderr, limit, count: 0 })
    }

    /// Runs one cell.
    pub fn run(&mut self, source: &str) -> Ran {
        let source = &without_own_crate(source);
        self.count += 1;
        let proof = format!("{PROOF}_{}", self.count);
        let proven = format!("let {proof}: () = ();");
        let result = self.execute(&insert_before_code(source, &proven));
        match result {
            Err(Stop::Error(Error::CompilationErrors(_))) => self.not_compiled(source),
            Err(stop) => self.stopped(stop),
            Ok(shown) => {
                let ran_to_end = self.context.variables_and_types().any(|(name, _)| name == proof);
                let failure = if ran_to_end { None } else { Some(self.reason(&shown)) };
                let mut outputs = self.streams();
                outputs.extend(display(shown, self.count));
                Ran { outputs, failure }
            }
        }
    }

    /// Asks for the proof of the last cell: a cell that left by `return` has it in name only.
    pub fn finish(&mut self) -> Option<Failure> {
        self.run("();").failure
    }

    /// Executes code; a clock kills the child when the time is over.
    fn execute(&mut self, code: &str) -> Result<EvalOutputs, Stop> {
        let (finished, clock) = mpsc::channel::<()>();
        let process = self.context.process_handle();
        let limit = self.limit;
        let watch = thread::spawn(move || {
            let over = clock.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
            if over {
                // If it has ended meanwhile there is nothing to kill.
                let _ = process.lock().unwrap_or_else(PoisonError::into_inner).kill();
            }
            over
        });
        let result = self.context.execute(code);
        drop(finished);
        match (watch.join().unwrap_or(false), result) {
            (true, Err(_)) => Err(Stop::Time),
            (_, result) => result.map_err(Stop::Error),
        }
    }

    /// The compiler's messages for the cell as its author wrote it.
    fn not_compiled(&mut self, source: &str) -> Ran {
        let errors = match self.execute(source) {
            Err(Stop::Error(Error::CompilationErrors(errors))) => errors,
            Err(stop) => return self.stopped(stop),
            Ok(shown) => {
                // Only the proof did not compile with it: then there is none, whatever the cell did.
                let mut outputs = self.streams();
                outputs.extend(display(shown, self.count));
                return Ran { outputs, failure: Some(Failure::Refused("neurobook cannot tell whether this cell ran to its end: move its first lines to a cell of their own".into())) };
            }
        };
        let mut outputs = self.streams();
        let mut messages = Vec::new();
        for error in &errors {
            let trace = report::compiler_trace(error, source);
            outputs.push(
                json!({ "output_type": "error", "ename": "Error", "evalue": error.message(), "traceback": trace }),
            );
            messages.push(report::compiler_message(error));
        }
        Ran { outputs, failure: Some(Failure::Compile(messages.join("\n"))) }
    }

    fn stopped(&mut self, stop: Stop) -> Ran {
        let (evalue, failure) = match stop {
            Stop::Time => (format!("stopped after {} s", self.limit.as_secs_f64()), Failure::TimedOut(self.limit)),
            Stop::Error(Error::SubprocessTerminated(message)) => {
                let status = message.lines().last().unwrap_or_default().to_owned();
                (message, Failure::Died(status))
            }
            Stop::Error(error) => (error.to_string(), Failure::Refused(error.to_string())),
        };
        let mut outputs = self.streams();
        outputs.push(json!({ "output_type": "error", "ename": "Error", "evalue": evalue, "traceback": [evalue] }));
        Ran { outputs, failure: Some(failure) }
    }

    /// Why a cell did not run to its end, when the child lives on.
    fn reason(&mut self, shown: &EvalOutputs) -> Failure {
        if let Some(panic) = shown.get(PANIC_KIND) {
            let panic: Value = serde_json::from_str(panic).unwrap_or_default();
            let text = panic["message"].as_str().unwrap_or_default().to_owned();
            return if panic["blank"] == true { Failure::Blank(text) } else { Failure::Panic(text) };
        }
        let said = self.settled_stderr();
        match said.split_once(" panicked at ") {
            Some((_, panic)) => Failure::Panic(panic.lines().nth(1).unwrap_or_default().to_owned()),
            None => Failure::Question(said.trim().to_owned()),
        }
    }

    /// What the cell printed on stderr, once a mark that the same child printed after it has come through.
    fn settled_stderr(&mut self) -> String {
        let mark = format!("neurobook-mark-{}", self.count);
        // If even this does not run, what has come so far must do.
        let _ = self.execute(&format!("eprintln!({mark:?});"));
        for _ in 0..1000 {
            let mut stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(end) = stderr.find(&mark) {
                *stderr = stderr[..end].to_owned();
                break;
            }
            drop(stderr);
            thread::sleep(Duration::from_millis(10));
        }
        self.stderr.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was printed since the last call.
    fn streams(&mut self) -> Vec<Value> {
        let mut outputs = Vec::new();
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let text = std::mem::take(&mut *text.lock().unwrap_or_else(PoisonError::into_inner));
            if !text.is_empty() {
                outputs.push(json!({ "output_type": "stream", "name": name, "text": text }));
            }
        }
        outputs
    }
}

/// Why evcxr returned without having run the code.
enum Stop {
    Time,
    Error(Error),
}

/// Gathers a stream's lines. The lock is held while waiting for a line, so that whoever has the lock
/// knows that no line is on its way from the channel to the text.
fn collect(lines: crossbeam_channel::Receiver<String>) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let gathered = Arc::clone(&text);
    thread::spawn(move || {
        loop {
            let mut text = gathered.lock().unwrap_or_else(PoisonError::into_inner);
            match lines.recv_timeout(Duration::from_millis(2)) {
                Ok(line) => {
                    text.push_str(&line);
                    text.push('\n');
                }
                Err(crossbeam_channel::RecvTimeoutError::Timeout) => {
                    drop(text);
                    thread::yield_now();
                }
                Err(crossbeam_channel::RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    text
}

/// The session has loaded the workbook's crate already. Where a notebook stands elsewhere than in the
/// course, as one that was handed in does, the path in its own line leads nowhere.
fn without_own_crate(source: &str) -> String {
    let is_own = |line: &str| {
        line.trim_start()
            .strip_prefix(":dep ")
            .is_some_and(|dependency| dependency.trim_start().starts_with("neurobook "))
    };
    source.split_inclusive('\n').map(|line| if is_own(line) { "\n" } else { line }).collect()
}

/// Puts a line before the cell's first code: evcxr wants its commands first.
fn insert_before_code(source: &str, line: &str) -> String {
    let is_command = |line: &str| {
        line.trim_start_matches(' ').starts_with(':')
            || line.starts_with('!')
            || line.starts_with("//")
            || line.trim().is_empty()
    };
    let mut result = String::with_capacity(source.len() + line.len() + 1);
    let mut rest = source.split_inclusive('\n').peekable();
    while let Some(command) = rest.next_if(|line| is_command(line)) {
        result.push_str(command);
    }
    if !result.is_empty() && !result.ends_with('\n') {
        result.push('\n');
    }
    result.push_str(line);
    result.push('\n');
    result.extend(rest);
    result
}

/// What the cell showed, as the output that Jupyter stores.
fn display(shown: EvalOutputs, count: usize) -> Option<Value> {
    if shown.is_empty() {
        return None;
    }
    let data: Map<String, Value> = shown
        .content_by_mime_type
        .into_iter()
        .map(|(kind, content)| {
            let value = if kind.contains("json") {
                serde_json::from_str(&content).unwrap_or(Value::String(content))
            } else {
                Value::String(content)
            };
            (kind, value)
        })
        .collect();
    Some(json!({ "output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data }))
}
