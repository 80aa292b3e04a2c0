//! A notebook's cells of code as they are looked at: without commands to the kernel, taken apart into items.

use proc_macro2::TokenStream;

use super::form::Code;
use super::items::items_and_macro_calls;
use super::kernel_run::KernelRun;
use crate::chapter::{Chapter, Kind, Variant};
use crate::notebook::{Cell, Notebook};

/// A cell with more text is not an answer that anybody typed.
pub const LONGEST_CELL: usize = 200_000;
/// Nor is more code in one notebook.
pub const MOST_CODE: usize = 300_000;
/// In one cell so many lines that may be commands are looked at.
const MOST_LOOKS: usize = 20;

/// The cells of code as they ran; `None` if they are too much to be taken apart.
pub fn cells(notebook: &Notebook, run: &KernelRun) -> Option<Vec<Code>> {
    let is_code = |(_, cell): &(usize, &Cell)| cell.is_code();
    let all = || notebook.cells.iter().enumerate().filter(is_code);
    // What is not tried is not taken apart either.
    if all().map(|(_, cell)| cell.source().len()).sum::<usize>() > MOST_CODE {
        return None;
    }
    let cells: Vec<Code> = run
        .order(all().map(|(index, cell)| (index + 1, cell)))
        .into_iter()
        .map(|(number, cell)| {
            // A check belongs to an exercise too, but nobody answers in it.
            let own = cell.exercise().or(cell.id()).filter(|_| cell.role() != Some("check"));
            code(number, &cell.source(), own)
        })
        .collect();
    // In a list each name of an import has the whole path in front.
    let imports = cells.iter().flat_map(|cell| cell.items.iter().flatten()).flat_map(|item| &item.imports);
    let is_too_much = imports.map(|import| import.text.len()).sum::<usize>() > MOST_CODE;
    (!is_too_much).then_some(cells)
}

/// What the chapter itself defines outside its exercises, for a notebook that has lost it.
pub fn given(chapter: &Chapter) -> Vec<Code> {
    chapter
        .cells
        .iter()
        .filter(|cell| cell.kind == Kind::Code)
        .map(|cell| code(0, &cell.text(Variant::Solution), None))
        .collect()
}

/// A cell of code with this number, which belongs to an exercise or to none.
pub fn code(number: usize, source: &str, exercise: Option<&str>) -> Code {
    // What the kernel takes for a command is nothing that a grader does. A path may begin a line.
    let mut text = String::new();
    let mut looks = MOST_LOOKS;
    let mut has_code = false;
    for line in source.lines() {
        let word = line.trim_start_matches(' ');
        let begins_as_one = match word.strip_prefix(':') {
            // Below the first line of Rust the kernel takes no commands: `: Copy {` goes on with a line.
            Some(rest) if has_code => rest.starts_with(|first: char| first.is_ascii_alphabetic()),
            Some(rest) => !rest.starts_with(':'),
            None => line.starts_with('!'),
        };
        let is_command = begins_as_one && {
            let looks_closer = has_code && looks > 0;
            looks -= usize::from(looks_closer);
            // Within brackets or quotes that are still open, it is part of them.
            !looks_closer || text.parse::<TokenStream>().is_ok()
        };
        if !is_command {
            text.push_str(line);
            has_code |= !(word.is_empty() || line.starts_with("//"));
        }
        text.push('\n');
    }
    text.pop();
    proc_macro2::extra::invalidate_current_thread_spans();
    let items = if text.len() > LONGEST_CELL { None } else { items_and_macro_calls(&text) };
    Code { number, text, exercise: exercise.map(str::to_owned), items }
}
