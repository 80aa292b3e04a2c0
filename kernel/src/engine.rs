//! The kernel's engine: evcxr, with a verdict for each cell. The notebook's kernel and `neurobook run` have the same one.
//!
//! evcxr calls a panic and a failed `?` a success. The supervisor of the cells sees both happen, and says so
//! ([`Evidence`](crate::supervisor::Evidence)); it says, too, why a process has ended.

mod brackets;
mod compile_error;
mod defined_again;
mod definitions;
mod failure;
mod full_disk;
mod printing;
mod refusal;
mod stop;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow};
use evcxr::{CommandContext, CompilationError, Error, EvalOutputs};
use neurobook_cli::jupyter::engine_protocol::{Name, Stream};
use serde_json::{Map, Value, json};

use crate::supervisor::{Ending, Supervision};

pub use failure::Failure;
pub use stop::{Stop, Wish};

use defined_again::what_to_define_again;
use definitions::{Definitions, End};
use failure::Verdict;
use printing::{Printing, Said};

/// Loads the workbook's crate and has panics shown in a friendly way.
const LOAD: &str = ":load_config --quiet";

/// What a cell showed, and why it failed if it did.
pub struct CellResult {
    /// By its kinds: "text/html" and others. Empty if it showed nothing.
    pub shown: Map<String, Value>,
    /// `None` if the cell ran to its end.
    pub failure: Option<Failure>,
}

/// A running kernel.
pub struct Engine {
    context: CommandContext,
    supervision: Supervision,
    printing: Printing,
    stop: Arc<Stop>,
    limit: Option<Duration>,
    definitions: Definitions,
    /// Whether no cell has run to its end.
    is_new: bool,
}

/// What has come of a text that evcxr was given.
struct Outcome {
    result: Result<EvalOutputs, Error>,
    /// What somebody wished who stopped it.
    stopped: Option<Wish>,
    said: Said,
}

impl Engine {
    /// Starts evcxr in the session that the environment names. A cell may take as long as the `limit`. `print` gets what
    /// cells print, in order, some twenty times a second at most, and of each cell no more than a notebook can hold.
    pub fn start(
        supervision: Supervision,
        limit: Option<Duration>,
        print: impl FnMut(Stream, &str) + Send + 'static,
    ) -> Result<Engine> {
        let (context, outputs) =
            CommandContext::new().map_err(|error| anyhow!("the kernel does not start: {error}"))?;
        let stop = Arc::new(Stop::new(context.process_handle()));
        let printing = Printing::begin(outputs, print);
        let definitions = Definitions::default();
        let mut engine = Engine { context, supervision, printing, stop, limit, definitions, is_new: true };
        engine.load()?;
        Ok(engine)
    }

    fn load(&mut self) -> Result<()> {
        self.context
            .execute(LOAD)
            .map_err(|error| anyhow!("the kernel does not load the workbook's crate: {error}"))?;
        Ok(())
    }

    /// What stops a cell, from any thread.
    pub fn stop(&self) -> Arc<Stop> {
        Arc::clone(&self.stop)
    }

    /// Runs one cell; `cell` is its name, where the client has one. A check that would judge code which is not in the
    /// notebook says so instead.
    pub fn run(&mut self, cell: Option<&str>, source: &str) -> CellResult {
        if let Some(not_checked) = self.definitions.not_checked(source) {
            let shown = [("text/html", not_checked.html()), ("text/plain", not_checked.to_string())];
            let shown = shown.into_iter().map(|(kind, text)| (kind.to_owned(), Value::String(text))).collect();
            return CellResult { shown, failure: None };
        }
        let Outcome { result, stopped, mut said } = self.execute(&without_own_crate(source));
        let ended = match &result {
            Ok(_) => None,
            Err(_) => self.supervision.take_ending(),
        };
        let gave_up = stopped.is_none() && ended.is_some_and(|ended| ended.kept && ended.ending == Ending::GaveUp);
        let (result, ended) = if gave_up { (Ok(EvalOutputs::new()), None) } else { (result, ended) };
        let end = match &result {
            Ok(_) if gave_up && !self.define_again(source) => End::Stopped,
            Ok(_) if gave_up => End::GaveUp,
            Ok(_) => End::Kept,
            Err(_) if stopped.is_some() || ended.is_some() => End::Stopped,
            Err(Error::SubprocessTerminated(_)) => End::Stopped,
            Err(_) => End::Refused,
        };
        let unknown = match &result {
            Err(Error::CompilationErrors(errors)) => self.unknown_names(errors, source),
            _ => BTreeMap::new(),
        };
        self.definitions.note(cell, source, end);
        // A notebook that is run from its top without Jupyter has no cells above that were left out.
        let is_new = self.is_new && self.limit.is_none();
        self.is_new &= !matches!(end, End::Kept | End::GaveUp);
        let lost = matches!(&result, Err(Error::SubprocessTerminated(_)));
        let (outputs, result) = match result {
            Ok(outputs) => (outputs, Ok(())),
            Err(error) => (EvalOutputs::new(), Err(error)),
        };
        let shown = shown(std::mem::take(&mut said.shown), outputs);
        let verdict =
            Verdict { source, result, shown: &shown, said: &said, stopped, ended, limit: self.limit, unknown, is_new };
        let failure = verdict.failure();
        if lost {
            // evcxr has started an empty process. If that does not work, the next cell says so.
            let _ = self.load();
        }
        CellResult { shown, failure }
    }

    /// Has evcxr run a text, which an interrupt stops, and gathers what it prints and shows.
    fn execute(&mut self, code: &str) -> Outcome {
        self.printing.begin_cell();
        self.stop.begin();
        let clock = self.limit.map(|limit| stop::clock(&self.stop, limit));
        let result = self.context.execute(code);
        drop(clock);
        let stopped = self.stop.end();
        Outcome { result, stopped, said: self.printing.end_cell() }
    }

    /// Defines the functions and types of a cell that has given up; says whether they are there.
    fn define_again(&mut self, source: &str) -> bool {
        what_to_define_again(&without_own_crate(source)).is_none_or(|code| self.execute(&code).result.is_ok())
    }

    /// The names that a cell does not know although another cell has to do with them, and why.
    fn unknown_names(&self, errors: &[CompilationError], source: &str) -> BTreeMap<String, String> {
        let names = errors.iter().filter_map(|error| compile_error::unknown_name(error, source));
        let whys = names.filter_map(|(name, is_in_function)| {
            let is_kept = self.context.variables_and_types().any(|(kept, _)| kept == name);
            let why = self.definitions.why_unknown(&name, is_kept, source, is_in_function)?;
            Some((name, why))
        });
        whys.collect()
    }

    /// Finds out the last cell that left by a `return` outside a function: the variables that evcxr expects from it are
    /// missing, which ends the process as soon as something runs.
    pub fn finish(&mut self) -> Option<Failure> {
        self.run(None, "();").failure
    }

    /// The names that fit at a byte of a cell, with the bytes that they replace.
    pub fn complete(&mut self, code: &str, position: usize) -> (usize, usize, Vec<Name>) {
        let Ok(found) = self.context.completions(code, position) else { return (position, position, Vec::new()) };
        let names = found.completions.into_iter();
        let names =
            names.map(|name| Name { insert: name.code, label: name.label, kind: name.kind.to_owned() }).collect();
        (found.start_offset, found.end_offset, names)
    }

    /// Documentation of what is before a byte of a cell, as text and as HTML.
    pub fn explain(&mut self, code: &str, position: usize) -> Option<(String, String)> {
        let found = self.context.hover_at(code, position).ok()?;
        (found.0 != "No documentation found").then_some(found)
    }

    /// Has the cells run in a new process, which finds the folder and the environment as they are now.
    pub fn move_in(&mut self) -> Result<()> {
        self.context.execute(":restart").map_err(|error| anyhow!("the cells' process does not start: {error}"))?;
        self.load()
    }
}

/// The session has loaded the workbook's crate already. Where a notebook is elsewhere than in the course, as one that
/// was handed in does, the path in its own line leads nowhere.
fn without_own_crate(source: &str) -> String {
    let is_own = |line: &str| {
        let dependency = line.trim_start().strip_prefix(":dep ").map(str::trim_start);
        dependency.is_some_and(|dependency| dependency.starts_with("neurobook ") && dependency.contains("\"../..\""))
    };
    source.split_inclusive('\n').map(|line| if is_own(line) { "\n" } else { line }).collect()
}

/// An array's elements and shape, without how they lie in memory, which ndarray writes behind them.
fn without_layout(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(", strides=[") {
        short.push_str(before);
        let end = behind.split_once("), const ndim=").filter(|(layout, _)| {
            let (strides, layout) = layout.split_once("], layout=").unwrap_or_default();
            strides.chars().all(|letter| letter.is_ascii_digit() || " ,-".contains(letter))
                && !layout.contains('\n')
                && !layout.is_empty()
        });
        rest = match end {
            Some((_, dimensions)) => dimensions.trim_start_matches(|letter: char| letter.is_ascii_digit()),
            None => {
                short.push_str(", strides=[");
                behind
            }
        };
    }
    short + rest
}

/// What a cell showed, as Jupyter has it: what the supervisor says, where evcxr has forgotten it, or else evcxr.
fn shown(by_kind: BTreeMap<String, String>, outputs: EvalOutputs) -> Map<String, Value> {
    let mut data: Map<String, Value> = by_kind
        .into_iter()
        .chain(outputs.content_by_mime_type)
        .map(|(kind, content)| {
            let value = match kind.contains("json") {
                true => serde_json::from_str(&content).unwrap_or(Value::String(content)),
                false if kind == "text/plain" => Value::String(without_layout(&content)),
                false => Value::String(content),
            };
            (kind, value)
        })
        .collect();
    // A cell that ends in a loop, or in a call that gives nothing, has nothing to show.
    if data.len() == 1 && data.get("text/plain").is_some_and(|text| text == "()") {
        data.clear();
    }
    // `:timing` asks for it.
    if let Some(time) = outputs.timing {
        let took = format!("Took {} ms", time.as_millis());
        let entry = data.entry("text/plain").or_insert_with(|| json!(""));
        *entry = json!(format!("{}{took}", entry.as_str().unwrap_or_default()));
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_ends_in_a_loop_shows_nothing_and_an_array_shows_its_elements_and_shape() {
        let shows = |text: &str| {
            let content = [("text/plain".to_owned(), text.to_owned())].into();
            shown(content, EvalOutputs::new()).get("text/plain").cloned()
        };
        assert_eq!(shows("()"), None);
        let array = "[1.0, 2.0], shape=[2], strides=[1], layout=CFcf (0xf), const ndim=1";
        assert_eq!(shows(array).unwrap(), "[1.0, 2.0], shape=[2]");
        assert_eq!(shows(&format!("({array}, {array})")).unwrap(), "([1.0, 2.0], shape=[2], [1.0, 2.0], shape=[2])");
        let matrix = "[[1.0],\n [2.0]], shape=[2, 1], strides=[-1, 1], layout=CFcf (0xf), dynamic ndim=2";
        assert_eq!(shows(matrix).unwrap(), matrix);
        assert_eq!(shows("\"a, strides=[b\"").unwrap(), "\"a, strides=[b\"");
    }

    #[test]
    fn the_line_that_loads_the_course_is_left_out_and_no_line_changes_its_number() {
        let cell = ":dep neurobook = { path = \"../..\" }\n:dep rand = \"0.10\"\nlet x = 1;";
        assert_eq!(without_own_crate(cell), "\n:dep rand = \"0.10\"\nlet x = 1;");
        let other = ":dep neurobook = { path = \"/another/course\" }";
        assert_eq!(without_own_crate(other), other);
    }
}
