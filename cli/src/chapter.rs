//! A chapter's source: the Rust program that a person edits, read into what notebooks are made of.
//!
//! ```text
//! Chapter          notebooks/02_name.rs
//!   Cell           from one `// %%` to the next, inside `fn main`
//!     Region       text that all read, or a blank: the solution, and the stub in its place
//! ```

mod call;
mod cell_header;
pub mod course;
pub mod invitation;
mod lines;
mod program;
mod read;
mod regions;
mod specification;

#[cfg(test)]
mod tests;

pub use call::{Call, arguments};
pub use read::Problems;
pub use specification::{Hint, Misconception, Replacement, Specification};

/// A chapter, free of mistakes in its markers.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// The file's name without its ending: `02_single_node_dynamics`.
    pub name: String,
    /// The first heading.
    pub title: String,
    /// Changes whenever the source changes, and not with its line ends.
    pub version: String,
    /// In their order.
    pub cells: Vec<Cell>,
    /// The source, line by line.
    lines: Vec<String>,
}

/// A cell of the notebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it is for.
    pub kind: Kind,
    /// Its text, in order.
    pub regions: Vec<Region>,
    /// Of code that a learner runs and need not read: what it says of itself in its first line. Notebooks and the site
    /// fold it, and show that.
    pub folded: Option<String>,
    /// Of a check: its cases and the rest, which are in no notebook.
    pub specification: Option<Box<Specification>>,
    /// The first line of those, or the cell's end.
    sections: usize,
    /// Where it is in the source: its marker's line and the lines below it, counted from 0.
    lines: std::ops::Range<usize>,
}

/// What a cell is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Prose.
    Markdown,
    /// Code that is complete.
    Code,
    /// Code with blanks.
    Exercise(Exercise),
    /// A question that is answered in words.
    Text(Exercise),
    /// Code that tests the answer to the exercise above it.
    Check { exercise: String },
    /// Help with the exercise above it; the first one is level 1.
    Hint { exercise: String, level: usize },
}

/// What the learner is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Names the learner's work for ever.
    pub id: String,
    /// What a right answer is worth.
    pub points: u32,
    /// How long it takes, as far as the chapter says.
    pub minutes: Option<u32>,
}

/// A stretch of a cell, as the notebook shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Region {
    /// The same in every notebook.
    Common(Vec<String>),
    /// What only the solution shows, and what the learner finds in its place.
    Blank { solution: Vec<String>, stub: Vec<String> },
}

/// Which of the notebooks that one source makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Blanks, with the solutions folded below the hints.
    Student,
    /// Blanks, and no solution anywhere.
    Graded,
    /// The answers.
    Solution,
}

impl Variant {
    /// The folder below `notebooks/`.
    pub fn folder(self) -> &'static str {
        match self {
            Variant::Student => "student",
            Variant::Graded => "graded",
            Variant::Solution => "solution",
        }
    }
}

impl Chapter {
    /// The exercises that are marked by their checks, in their order.
    pub fn specifications(&self) -> impl Iterator<Item = (&Exercise, &Specification)> {
        self.cells.iter().filter_map(|cell| {
            let specification = cell.specification.as_deref()?;
            let exercise = self.exercises().find(|exercise| Some(exercise.id.as_str()) == cell.exercise())?;
            Some((exercise, specification))
        })
    }

    /// The text that this was read from.
    pub fn source(&self) -> String {
        self.lines.join("\n")
    }

    /// The exercises, in their order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.cells.iter().filter_map(Cell::asks)
    }
}

impl Cell {
    /// The exercise that is answered in this cell.
    pub fn asks(&self) -> Option<&Exercise> {
        match &self.kind {
            Kind::Exercise(exercise) | Kind::Text(exercise) => Some(exercise),
            _ => None,
        }
    }

    /// The exercise that this cell belongs to.
    pub fn exercise(&self) -> Option<&str> {
        match &self.kind {
            Kind::Exercise(exercise) | Kind::Text(exercise) => Some(&exercise.id),
            Kind::Check { exercise } | Kind::Hint { exercise, .. } => Some(exercise),
            Kind::Markdown | Kind::Code => None,
        }
    }

    /// Whether the cell is prose.
    pub fn is_markdown(&self) -> bool {
        matches!(self.kind, Kind::Markdown | Kind::Text(_) | Kind::Hint { .. })
    }

    /// The cell's text in a notebook.
    pub fn text(&self, variant: Variant) -> String {
        let lines: Vec<&str> =
            self.regions.iter().flat_map(|region| region.lines(variant)).map(String::as_str).collect();
        trimmed(&lines).join("\n")
    }

    /// What a question in words asks: what is in bold in its first line, or that line.
    pub fn question(&self) -> String {
        let text = self.text(Variant::Student);
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let bold = first.split("**").nth(1).filter(|bold| !bold.is_empty()).unwrap_or(first);
        bold.replace('$', "").trim().trim_end_matches('.').to_owned()
    }

    /// The solutions alone, one below the other.
    pub fn answers(&self) -> String {
        let answers: Vec<String> = self
            .regions
            .iter()
            .filter_map(|region| match region {
                Region::Blank { solution, .. } => Some(solution.join("\n")),
                Region::Common(_) => None,
            })
            .collect();
        answers.join("\n\n")
    }
}

impl Region {
    fn lines(&self, variant: Variant) -> &[String] {
        match (self, variant) {
            (Region::Common(lines), _) => lines,
            (Region::Blank { solution, .. }, Variant::Solution) => solution,
            (Region::Blank { stub, .. }, _) => stub,
        }
    }
}

/// Without the blank lines at both ends.
fn trimmed<T: AsRef<str>>(lines: &[T]) -> &[T] {
    let blank = |line: &T| line.as_ref().trim().is_empty();
    let Some(first) = lines.iter().position(|line| !blank(line)) else {
        return &[];
    };
    let last = lines.iter().rposition(|line| !blank(line)).unwrap_or(first);
    &lines[first..=last]
}
