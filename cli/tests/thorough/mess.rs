//! Honest notebooks that went through many hands: right answers stay right, and where something is lost a
//! message says what to do. Most of it on the solution of chapter 2.

mod again;
mod cells;
mod code;
mod editors;
mod honest;
mod library;
mod lost;
mod names;
mod variants;

use std::fs;
use std::path::PathBuf;

use neurobook_cli::chapter::Chapter;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{caches, program, sandboxes};

/// The exercises of chapter 2 that are answered in code: id, and title.
const EXERCISES: [(&str, &str); 9] = [
    ("integrate_exponential", "Exercise 1a"),
    ("growing_oscillation", "Bonus question 1"),
    ("half_hertz", "Bonus question 2"),
    ("linear_rate", "Bonus: linear_rate"),
    ("four_classes", "Bonus: four classes"),
    ("last_sample", "Exercise 2a"),
    ("phase_figure", "Exercise 2b"),
    ("alpha_rhythm", "Question: 10 Hz"),
    ("order_parameter", "Bonus: order_parameter"),
];

const CHAPTER: &str = "02_single_node_dynamics";
const NAME: &str = "02_single_node_dynamics.ipynb";

fn solution() -> Value {
    solution_of(CHAPTER)
}

fn solution_of(chapter: &str) -> Value {
    let path = caches::root().join(format!("notebooks/solution/{chapter}.ipynb"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn cells(notebook: &mut Value) -> &mut Vec<Value> {
    notebook["cells"].as_array_mut().unwrap()
}

fn position(notebook: &Value, id: &str) -> usize {
    notebook["cells"].as_array().unwrap().iter().position(|cell| cell["id"] == id).unwrap()
}

fn text(cell: &Value) -> String {
    match &cell["source"] {
        Value::String(text) => text.clone(),
        lines => lines.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect(),
    }
}

/// The text of an exercise's cell.
fn answer(notebook: &Value, id: &str) -> String {
    text(&notebook["cells"][position(notebook, id)])
}

fn set_answer(notebook: &mut Value, id: &str, text: &str) {
    let at = position(notebook, id);
    cells(notebook)[at]["source"] = json!(text);
}

/// A cell that a learner has added.
fn code(text: &str) -> Value {
    json!({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": text})
}

/// Notebooks of a chapter to be checked together, and what has to be said of each.
struct Heap {
    folder: TempDir,
    chapter: String,
    /// The exercises that are answered in code: id, and how what is said of it begins.
    exercises: Vec<(String, String)>,
    notebooks: Vec<Checked>,
}

struct Checked {
    what: String,
    path: PathBuf,
    /// The exercises that are lost, and what is said of them.
    lost: Vec<(String, String)>,
}

impl Heap {
    fn new() -> Heap {
        let exercises = EXERCISES.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec();
        let folder = tempfile::tempdir().unwrap();
        Heap { folder, chapter: CHAPTER.to_owned(), exercises, notebooks: Vec::new() }
    }

    /// For notebooks of another chapter.
    fn of(chapter: &str) -> Heap {
        let source = Chapter::read(&caches::root().join(format!("notebooks/{chapter}.rs")), chapter).unwrap();
        let titled = source.specifications().map(|(exercise, specification)| {
            let title = specification.title.as_ref().unwrap_or(&exercise.id);
            (exercise.id.clone(), format!("{title} ·"))
        });
        Heap { chapter: chapter.to_owned(), exercises: titled.collect(), ..Heap::new() }
    }

    /// The ids of the exercises.
    fn ids(&self) -> Vec<String> {
        self.exercises.iter().map(|(id, _)| id.clone()).collect()
    }

    /// The solution, changed so that every answer stays right.
    fn full(&mut self, what: &str, change: impl FnOnce(&mut Value)) {
        self.with_losses(what, &[], change);
    }

    /// The solution, changed so that these exercises are lost, with these words about them.
    fn with_losses(&mut self, what: &str, lost: &[(&str, &str)], change: impl FnOnce(&mut Value)) {
        let mut notebook = solution_of(&self.chapter);
        change(&mut notebook);
        let name = format!("{}.ipynb", self.chapter);
        self.file(what, &name, lost, notebook.to_string().as_bytes());
    }

    /// A file of these bytes.
    fn file(&mut self, what: &str, name: &str, lost: &[(&str, &str)], bytes: &[u8]) {
        let path = self.folder.path().join(format!("{}", self.notebooks.len())).join(name);
        fs::create_dir(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let lost = lost.iter().map(|(id, words)| (id.to_string(), words.to_string())).collect();
        self.notebooks.push(Checked { what: what.to_owned(), path, lost });
    }

    /// Checks all of them with one command.
    fn check(self) {
        let output = program::neurobook()
            .arg("check")
            .args(self.notebooks.iter().map(|checked| &checked.path))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let parts: Vec<&str> = said.split("────────────────────────────────────────────────────────────").collect();
        assert_eq!(parts.len(), self.notebooks.len(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
        let complaints: Vec<String> = self
            .notebooks
            .iter()
            .zip(parts)
            .flat_map(|(checked, said)| checked.complaints(&self.exercises, said))
            .collect();
        assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
        let all_right = self.notebooks.iter().all(|checked| checked.lost.is_empty());
        assert_eq!(output.status.success(), all_right, "{said}");
        self.grade();
    }

    /// Grades all of them: what the check calls right has all points, hidden cases and all, and what it does not has none.
    fn grade(&self) {
        let Some(sandbox) = *sandboxes::GRADING else { return };
        let out = self.folder.path().join("out");
        let mut command = program::neurobook();
        command.args(["grade", "--chapter", &self.chapter, "--seed", "5", "--sandbox", sandbox, "--out"]).arg(&out);
        let output = command.arg(self.folder.path()).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 4)), "{}", String::from_utf8_lossy(&output.stderr));
        let mut complaints = Vec::new();
        for (number, checked) in self.notebooks.iter().enumerate() {
            let record = fs::read(out.join(format!("records/{number}.json"))).unwrap();
            let record: Value = serde_json::from_slice(&record).unwrap();
            for (id, _) in &self.exercises {
                let marked = record["exercises"].as_array().unwrap().iter().find(|exercise| exercise["id"] == **id);
                let is_full = marked.is_some_and(|marked| marked["score"] == marked["points"]);
                let is_lost = checked.lost.iter().any(|(lost, _)| lost == id);
                if is_full == is_lost {
                    complaints.push(format!("{}: {id} is {}", checked.what, marked.unwrap_or(&record)));
                }
            }
        }
        assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
    }
}

impl Checked {
    fn complaints(&self, exercises: &[(String, String)], said: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        for (id, title) in exercises {
            let about =
                said.split("\n\n").find(|part| part.trim_start().get(4..).is_some_and(|part| part.starts_with(title)));
            let about = about.unwrap_or("nothing").trim();
            let words = self.lost.iter().find(|(lost, _)| lost == id).map(|(_, words)| words);
            let fits = match words {
                None => about.starts_with('✓'),
                Some(words) => about.starts_with('✗') && about.contains(words.as_str()),
            };
            if !fits {
                complaints.push(format!("{}: of {id} is said\n{about}", self.what));
            }
        }
        if complaints.len() > 3 {
            return vec![format!("{}: all that is said is\n{said}", self.what)];
        }
        complaints
    }
}
