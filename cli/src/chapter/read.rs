//! From text to chapter, with every mistake at its line.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::cell_header;
use super::cell_header::{CellHeader, Role};
use super::lines;
use super::lines::Start;
use super::specification;
use super::specification::Specification;
use super::{Cell, Chapter, Kind, Region, Variant};
use crate::support::paths;

/// The first says where to look, the last nearly gives it away.
const ENOUGH_HINTS: usize = 2;

/// All that is wrong with a chapter's source; each line reads `file:line: what: what to do`.
#[derive(Debug)]
pub struct Problems {
    file: String,
    found: Vec<(usize, String)>,
}

impl Problems {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.found.len()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (line, message)) in self.found.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{}:{}: {message}", self.file, line + 1)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl Chapter {
    /// Reads a source file. `shown` is how messages name it.
    pub fn read(path: &Path, shown: &str) -> Result<Chapter> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            anyhow!("{shown} is not UTF-8 (byte {}): save it as UTF-8", error.utf8_error().valid_up_to())
        })?;
        Ok(Chapter::parse(shown, &text)?)
    }

    /// Reads the text of a source file. `shown` is how messages name the file.
    pub fn parse(shown: &str, text: &str) -> Result<Chapter, Problems> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let mut lines: Vec<String> = text.split('\n').map(String::from).collect();
        let starts = lines::starts(&lines);
        for (line, next) in lines.iter_mut().zip(&starts[1..]) {
            if !next.inside_literal {
                line.truncate(line.trim_end().len());
            }
        }
        let mut reader = Reader { starts, lines: &lines, problems: Vec::new(), exercises: Vec::new() };
        let mut cells = reader.cells();
        reader.specify(&mut cells);
        let title = reader.title(&cells);
        if !reader.problems.is_empty() {
            reader.problems.sort_by_key(|(line, _)| *line);
            return Err(Problems { file: shown.to_string(), found: reader.problems });
        }
        let name = Path::new(shown).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let version = paths::short_hash(lines.join("\n").as_bytes());
        Ok(Chapter { name, title, version, cells, lines })
    }
}

pub(super) struct Reader<'a> {
    pub(super) lines: &'a [String],
    pub(super) starts: Vec<Start>,
    problems: Vec<(usize, String)>,
    exercises: Vec<Seen>,
}

/// An exercise, and what has been seen of it.
struct Seen {
    id: String,
    line: usize,
    hints: usize,
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push((line, message.into()));
    }

    fn marker(&self, line: usize) -> Option<&str> {
        cell_header::words(&self.lines[line]).filter(|_| !self.starts[line].inside_literal)
    }

    fn cells(&mut self) -> Vec<Cell> {
        let Some(body) = self.body() else {
            return Vec::new();
        };
        let markers: Vec<usize> = body.clone().filter(|line| self.marker(*line).is_some()).collect();
        let Some(first) = markers.first().copied() else {
            self.problem(
                body.start.saturating_sub(1),
                "no cells: begin each with a line `// %%` or `// %% [markdown]` inside fn main",
            );
            return Vec::new();
        };
        if let Some(stray) = (body.start..first).find(|line| !self.lines[*line].is_empty()) {
            self.problem(stray, "text before the first cell: put a line `// %%` above it");
        }
        let ends = markers.iter().skip(1).copied().chain([body.end]);
        let cells = markers.iter().copied().zip(ends).filter_map(|(start, end)| self.cell(start..end)).collect();
        self.look_for_hints();
        cells
    }

    /// The lines inside `fn main`, without its closing `Ok(())`.
    fn body(&mut self) -> Option<Range<usize>> {
        let is_main = |line: &String| line.starts_with("fn main(") || line.starts_with("pub fn main(");
        let Some(main) =
            (0..self.lines.len()).find(|line| is_main(&self.lines[*line]) && !self.starts[*line].inside_literal)
        else {
            self.problem(0, "no fn main: write the cells inside `fn main() -> neurobook::Result<()> {`");
            return None;
        };
        let opened = (main..self.lines.len()).find(|line| self.starts[line + 1].depth > 0);
        let closed = opened.and_then(|opened| (opened..self.lines.len()).find(|line| self.starts[line + 1].depth == 0));
        let (Some(opened), Some(closed)) = (opened, closed) else {
            self.problem(main, "fn main is not closed: a brace or a quote in a cell lacks its other half");
            return None;
        };
        for line in (0..main).chain(closed + 1..self.lines.len()) {
            if self.marker(line).is_some() {
                self.problem(line, "a cell outside fn main: move it inside");
            } else if !is_scaffolding(&self.lines[line]) && !self.starts[line].inside_literal {
                self.problem(line, "text outside fn main: move it into a cell, for notebooks hold nothing else");
            }
        }
        let mut end = closed;
        let body = &self.lines[opened + 1..closed];
        if let Some(last) = body.iter().rposition(|line| !line.is_empty())
            && body[last].trim() == "Ok(())"
            && self.starts[opened + 1 + last].depth == 1
        {
            end = opened + 1 + last;
        }
        Some(opened + 1..end)
    }

    fn cell(&mut self, range: Range<usize>) -> Option<Cell> {
        let line = range.start;
        let (marker, problems) = cell_header::read(self.marker(line)?);
        let clean = problems.is_empty();
        problems.into_iter().for_each(|problem| self.problem(line, problem));
        if self.starts[line].depth != 1 {
            self.problem(line, "a cell begins inside braces: close the block of the cell above first");
        }
        let kind = self.kind(line, &marker, clean);
        let sections = match &kind {
            Some(Kind::Check { .. }) => {
                range.clone().find(|line| specification::section(&self.lines[*line]).is_some()).unwrap_or(range.end)
            }
            _ => range.end,
        };
        let regions = self.regions(range.start..sections, &marker, clean);
        let folded = if marker.role == Role::Folded && clean { self.title_of_folded(range.clone()) } else { None };
        Some(Cell { kind: kind?, regions, folded, specification: None, sections, lines: range })
    }

    /// What is on a folded cell: JupyterLab shows the first line of one that is closed.
    fn title_of_folded(&mut self, cell: Range<usize>) -> Option<String> {
        // Of an empty cell it is said that it is empty.
        let first =
            self.lines[cell.start + 1..cell.end].iter().map(|line| line.trim()).find(|line| !line.is_empty())?;
        let title = first.strip_prefix("// ").map(|title| title.trim().to_owned());
        // A line such as `// :dep …` is for the kernel.
        let title = title.filter(|title| !title.starts_with(':'));
        if title.is_none() {
            self.problem(
                cell.start,
                "of a folded cell the first line is seen: begin it with what it is, such as `// Picture: a neuron`",
            );
        }
        title
    }

    /// Reads the sections below the checks, with the solutions that they speak of.
    fn specify(&mut self, cells: &mut [Cell]) {
        for number in 0..cells.len() {
            let Kind::Check { exercise } = &cells[number].kind else { continue };
            let range = cells[number].sections..cells[number].lines.end;
            let asked = cells.iter().find(|cell| cell.asks().is_some_and(|asked| asked.id == *exercise));
            let (Some(asked), false) = (asked, range.is_empty()) else { continue };
            let lines: Vec<(usize, &str)> = range.map(|line| (line, self.lines[line].as_str())).collect();
            let (check, solution) = (cells[number].text(Variant::Solution), asked.text(Variant::Solution));
            let (specification, problems) = Specification::read(&lines, &check, exercise, &solution);
            problems.into_iter().for_each(|(line, problem)| self.problem(line, problem));
            cells[number].specification = Some(Box::new(specification));
        }
    }

    fn kind(&mut self, line: usize, marker: &CellHeader, clean: bool) -> Option<Kind> {
        match marker.role {
            Role::Plain | Role::Folded if !clean => {
                // It may have been meant as an exercise: one message about it is enough.
                self.exercises.push(Seen { id: String::new(), line, hints: ENOUGH_HINTS });
                None
            }
            Role::Plain if marker.markdown => Some(Kind::Markdown),
            Role::Plain | Role::Folded => Some(Kind::Code),
            Role::Exercise | Role::Text => {
                let id = marker.exercise.as_ref().map(|exercise| exercise.id.clone()).unwrap_or_default();
                if let Some(earlier) = self.exercises.iter().find(|seen| seen.id == id && !id.is_empty()) {
                    let message = format!(
                        "the id `{id}` is taken by the exercise in line {}: give this one another",
                        earlier.line + 1
                    );
                    self.problem(line, message);
                }
                self.exercises.push(Seen { id, line, hints: 0 });
                let exercise = marker.exercise.clone()?;
                Some(if marker.role == Role::Text { Kind::Text(exercise) } else { Kind::Exercise(exercise) })
            }
            Role::Check => match self.exercises.last() {
                Some(seen) => Some(Kind::Check { exercise: seen.id.clone() }),
                None => {
                    self.problem(line, "a check without an exercise before it: move it below its exercise");
                    None
                }
            },
            Role::Hint => match self.exercises.last_mut() {
                Some(seen) => {
                    seen.hints += 1;
                    Some(Kind::Hint { exercise: seen.id.clone(), level: seen.hints })
                }
                None => {
                    self.problem(line, "a hint without an exercise before it: move it below its exercise");
                    None
                }
            },
        }
    }

    fn look_for_hints(&mut self) {
        for number in 0..self.exercises.len() {
            let Seen { ref id, line, hints } = self.exercises[number];
            if hints >= ENOUGH_HINTS {
                continue;
            }
            let has = if hints == 0 { "no hint" } else { "one hint" };
            let name = if id.is_empty() { "the exercise".to_string() } else { format!("the exercise `{id}`") };
            self.problem(line, format!("{name} has {has}: write at least two `// %% [markdown] hint` cells below it"));
        }
    }

    fn title(&mut self, cells: &[Cell]) -> String {
        let headings =
            cells.iter().filter(|cell| cell.kind == Kind::Markdown).flat_map(|cell| &cell.regions).flat_map(|region| {
                match region {
                    Region::Common(lines) => lines.as_slice(),
                    Region::Blank { .. } => &[],
                }
            });
        let title = headings.filter_map(|line| line.strip_prefix("# ")).next().map(|title| title.trim().to_string());
        // The first cell may be missing here because of a mistake of its own.
        if title.is_none() && !cells.is_empty() && self.problems.is_empty() {
            self.problem(
                cells[0].lines.start,
                "no title: begin the first markdown cell with `// # The chapter's title`",
            );
        }
        title.unwrap_or_default()
    }
}

fn is_scaffolding(line: &str) -> bool {
    line.is_empty()
        || line.starts_with("//")
        || line.starts_with('#')
        || line.starts_with("fn main(")
        || line.starts_with("pub fn main(")
}

impl Problems {
    /// One message a line, without the file's name: for looking at them one by one.
    #[cfg(test)]
    pub fn messages(&self) -> Vec<String> {
        self.found.iter().map(|(line, message)| format!("{}: {message}", line + 1)).collect()
    }
}
