//! A chapter as a notebook.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::nbgrader_metadata;
use super::nbgrader_metadata::Part;
use super::{Cell, Notebook, Object};
use crate::chapter;
use crate::chapter::{Chapter, Exercise, Kind, Variant};
use crate::support::paths;

/// The notebook that a learner or a teacher opens. The same chapter makes the same bytes.
pub fn notebook(chapter: &Chapter, variant: Variant) -> Notebook {
    let mut ids = Ids::new(chapter);
    let mut cells = Vec::new();
    for (index, cell) in chapter.cells.iter().enumerate() {
        cells.push(rendered(cell, variant, &mut ids));
        if variant == Variant::Student
            && let Some(exercise) = last_hint_of(chapter, index)
        {
            cells.extend(
                chapter
                    .cells
                    .iter()
                    .filter(|asking| asking.asks().is_some_and(|asked| asked.id == exercise))
                    .map(folded_solution),
            );
        }
    }
    let content = Notebook::new(Object::new(), cells.clone()).content();
    Notebook::new(about(chapter, variant, &content), cells)
}

fn about(chapter: &Chapter, variant: Variant, content: &str) -> Object {
    let about = json!({
        "kernelspec": {"display_name": "Rust", "language": "rust", "name": "rust"},
        "language_info": {"codemirror_mode": "rust", "file_extension": ".rs", "mimetype": "text/rust", "name": "rust", "pygments_lexer": "rust"},
        "neurobook": {
            "chapter": chapter.name,
            "content": content,
            "generated": format!("Generated from notebooks/{}.rs: edit that file, then `cargo run -- build`", chapter.name),
            "variant": if variant == Variant::Solution { "solution" } else { "student" },
            "version": chapter.version,
        },
        "title": chapter.title,
    });
    object(about)
}

fn rendered(cell: &chapter::Cell, variant: Variant, ids: &mut Ids) -> Cell {
    let text = cell.text(variant);
    match &cell.kind {
        Kind::Markdown => Cell::markdown(&ids.new_like(&content_id(false, &text)), &text),
        Kind::Code => {
            let code = Cell::code(&ids.new_like(&content_id(true, &text)), &text);
            if cell.folded.is_some() { closed(code) } else { code }
        }
        Kind::Exercise(exercise) => {
            let mut answer = answer(Cell::code(&exercise.id, &text), "answer", exercise, cell);
            if ids.is_checked(&exercise.id) {
                nbgrader_metadata::mark(
                    &mut answer,
                    Part::Answer,
                    &format!("{}-solution", exercise.id),
                    exercise.points,
                );
            } else {
                nbgrader_metadata::mark(&mut answer, Part::MarkedAnswer, &exercise.id, exercise.points);
            }
            answer
        }
        Kind::Text(exercise) => {
            let mut answer = answer(Cell::markdown(&exercise.id, &text), "text", exercise, cell);
            nbgrader_metadata::mark(&mut answer, Part::MarkedAnswer, &exercise.id, exercise.points);
            answer
        }
        Kind::Check { exercise } => check(exercise, &text, ids),
        Kind::Hint { exercise, level } => {
            let folded = folded(&format!("Hint {level}"), &text);
            helping(Cell::markdown(&format!("{exercise}-hint-{level}"), &folded), "hint", exercise)
        }
    }
}

/// Code that is closed when the notebook opens, each viewer by its own name: JupyterLab, Jupyter Book, Colab. The first
/// line says what it is, and a click opens it.
fn closed(mut cell: Cell) -> Cell {
    let metadata = cell.metadata_mut();
    metadata.insert("jupyter".to_string(), json!({"source_hidden": true}));
    metadata.insert("tags".to_string(), json!(["hide-input"]));
    metadata.insert("cellView".to_string(), json!("form"));
    cell
}

/// A cell that the learner answers in. The mark of its stub tells later whether they have.
fn answer(cell: Cell, role: &str, exercise: &Exercise, source: &chapter::Cell) -> Cell {
    let stub = stub_mark(&source.text(Variant::Student));
    let mut answer =
        marked(cell, json!({"exercise": exercise.id, "points": exercise.points, "role": role, "stub": stub}));
    lock(&mut answer, &["deletable"]);
    answer
}

/// The first check of an exercise has its points.
fn check(exercise: &str, text: &str, ids: &mut Ids) -> Cell {
    let first = format!("{exercise}-check");
    let id = ids.new_like(&first);
    let points = ids.points(exercise);
    let about = json!({"exercise": exercise, "points": points, "role": "check"});
    let mut check = marked(Cell::code(&id, text), about);
    lock(&mut check, &["deletable", "editable"]);
    if id == first {
        nbgrader_metadata::mark(&mut check, Part::Check, exercise, points);
    } else {
        nbgrader_metadata::mark(&mut check, Part::Locked, &id, 0);
    }
    check
}

fn helping(cell: Cell, role: &str, exercise: &str) -> Cell {
    marked(cell, json!({"exercise": exercise, "role": role}))
}

fn marked(mut cell: Cell, about: Value) -> Cell {
    cell.metadata_mut().insert("neurobook".to_string(), about);
    cell
}

/// Forbids what Jupyter would else allow.
fn lock(cell: &mut Cell, allowed: &[&str]) {
    for key in allowed {
        cell.metadata_mut().insert(key.to_string(), json!(false));
    }
}

/// The id of a cell that belongs to no exercise, from what it says.
pub fn content_id(is_code: bool, text: &str) -> String {
    paths::short_hash(format!("{}\n{text}", if is_code { "code" } else { "markdown" }).as_bytes())
}

/// Tells whether an answer is still the stub that it began as.
pub fn stub_mark(text: &str) -> String {
    paths::short_hash(text.as_bytes())
}

/// The exercise whose last hint is the cell at this index.
fn last_hint_of(chapter: &Chapter, index: usize) -> Option<&str> {
    let hints_of = |cell: &chapter::Cell, exercise: &str| matches!(&cell.kind, Kind::Hint { exercise: helped, .. } if helped == exercise);
    let Kind::Hint { exercise, .. } = &chapter.cells[index].kind else {
        return None;
    };
    let more = chapter.cells[index + 1..].iter().any(|cell| hints_of(cell, exercise));
    (!more).then_some(exercise)
}

fn folded_solution(cell: &chapter::Cell) -> Cell {
    let exercise = cell.exercise().unwrap_or_default();
    let solution = cell.text(Variant::Solution);
    let folded = if cell.is_markdown() {
        folded("Compare with a model answer when you have written yours", &cell.answers())
    } else {
        let what = if solution.contains("fn ") { "function" } else { "answer" };
        folded(&format!("Copy the {what} if you get stuck"), &fenced(&solution))
    };
    helping(Cell::markdown(&format!("{exercise}-solution"), &folded), "solution", exercise)
}

/// Text below a line that opens and closes it. The blank lines make Jupyter read the text as markdown.
fn folded(summary: &str, text: &str) -> String {
    format!("<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>")
}

/// Code in a fence that is longer than any inside it.
fn fenced(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}rust\n{code}\n{fence}")
}

/// Cell ids that stay the same when other cells come and go: learners' work is found by them.
struct Ids<'a> {
    chapter: &'a Chapter,
    taken: HashSet<String>,
}

impl Ids<'_> {
    fn new(chapter: &Chapter) -> Ids<'_> {
        Ids { chapter, taken: chapter.exercises().map(|exercise| exercise.id.clone()).collect() }
    }

    /// This id, or with a number behind it if it is taken.
    fn new_like(&mut self, id: &str) -> String {
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let free =
            std::iter::once(id.to_string()).chain(numbered).find(|id| !self.taken.contains(id)).unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    fn is_checked(&self, id: &str) -> bool {
        self.chapter.cells.iter().any(|cell| matches!(&cell.kind, Kind::Check { exercise } if exercise == id))
    }

    fn points(&self, id: &str) -> u32 {
        self.chapter.exercises().find(|exercise| exercise.id == id).map_or(0, |exercise| exercise.points)
    }
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
