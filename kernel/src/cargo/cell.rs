//! The text that evcxr makes of a cell (0.22, `eval_context.rs`), and the same with less in it.
//!
//! evcxr's text has its own store of variables, which the compiler compiles again for each cell, and it takes every
//! variable out of the store and puts it back, for each of which the compiler makes functions. In the lean text the
//! store is the crate's, which is compiled already, the variables that a cell does not name stay where they are, and the
//! functions that it does without are not there. All lines keep their numbers, by which evcxr finds the place of an error.

use std::collections::HashSet;
use std::ops::Range;

/// The lines that the cell's function begins with, but for its number.
const FUNCTION: [&str; 2] = ["#[unsafe(no_mangle)]", "pub extern \"C\" fn run_user_code_"];
/// The next line: of a cell that only defines items, of one without variables, and of any other.
const NOTHING: &str = "mut x: *mut std::os::raw::c_void) -> *mut std::os::raw::c_void {x}";
const WITHOUT_STORE: &str = "evcxr_variable_store: *mut u8) -> *mut u8 {";
const WITH_STORE: &str = "mut evcxr_variable_store: *mut evcxr_internal_runtime::VariableStore)";
/// The first line of evcxr's own store. Its last one is the line before the cell's function.
const STORE: &str = "mod evcxr_internal_runtime {";
/// The first line of what evcxr adds to the items of cells with statements once a `?` was in one: no item of the learner's.
const ERROR: &str = "struct EvcxrUserCodeError {}";
/// The line before the variables are taken.
const CHECKED: &str = "if !vars_ok {return evcxr_variable_store;}}";
/// The lines before the cell's own statements, and behind them.
const TRY: [&str; 2] = ["match std::panic::catch_unwind(", "  std::panic::AssertUnwindSafe(||{"];
const CAUGHT: [&str; 5] =
    ["})) { ", "  Ok(_) => {}", "  Err(_) => {", "    println!(\"EVCXR_PANIC_NOTIFICATION\");", "}}"];
const TRY_WITHOUT_STORE: [&str; 1] = ["if std::panic::catch_unwind(||{"];
const CAUGHT_WITHOUT_STORE: [&str; 3] = ["}).is_err() {", "    println!(\"EVCXR_PANIC_NOTIFICATION\");", "}"];
/// What evcxr puts around the statements once a `?` was in a cell.
const QUESTION: [&str; 1] = ["let _ = (|| -> std::result::Result<(), EvcxrUserCodeError> {"];
const ANSWERED: [&str; 1] = ["Ok(())})();"];

/// evcxr's text, by its parts.
pub struct Cell<'a> {
    lines: Vec<&'a str>,
    items: Range<usize>,
    statements: Range<usize>,
    store: Option<Store>,
}

/// Where the lines are that deal with variables.
struct Store {
    definition: Range<usize>,
    taking: Range<usize>,
}

/// The same text with less in it.
pub struct MinimalCell {
    pub text: String,
    /// Whether variables or functions are left out. A macro may name one that its call does not.
    pub leaves_out: bool,
}

impl<'a> Cell<'a> {
    /// Reads evcxr's text; none if it has another form.
    pub fn read(text: &'a str) -> Option<Cell<'a>> {
        let lines: Vec<&str> = text.lines().collect();
        let head = lines.windows(3).position(|lines| {
            lines[0] == FUNCTION[0]
                && lines[1].starts_with(FUNCTION[1])
                && [NOTHING, WITHOUT_STORE, WITH_STORE].contains(&lines[2])
        })?;
        let items_end = |end: usize| lines[..end].iter().rposition(|line| line.trim() == ERROR).unwrap_or(end);
        Some(match lines[head + 2] {
            NOTHING => Cell { items: 0..head, statements: head..head, store: None, lines },
            WITHOUT_STORE => {
                let statements = between(&lines, head, &TRY_WITHOUT_STORE, &CAUGHT_WITHOUT_STORE)?;
                Cell { items: 0..items_end(head), statements, store: None, lines }
            }
            _ => {
                let start = lines[..head].iter().rposition(|line| *line == STORE)?;
                (lines[head - 1] == "}").then_some(())?;
                let taking = head + 1 + lines[head..].iter().position(|line| *line == CHECKED)?;
                let statements = between(&lines, taking, &TRY, &CAUGHT)?;
                let store = Store { definition: start..head, taking: taking..statements.start - TRY.len() };
                Cell { items: 0..items_end(start), statements, store: Some(store), lines }
            }
        })
    }

    /// All items that the cell may use: its own and those of the cells before it.
    pub fn items(&self) -> String {
        self.lines[self.items.clone()].join("\n")
    }

    /// The cell's own statements, without what evcxr puts around them.
    pub fn statements(&self) -> String {
        let own = between(&self.lines[..self.statements.end], self.statements.start, &QUESTION, &ANSWERED)
            .filter(|own| own.start == self.statements.start + QUESTION.len());
        self.lines[own.unwrap_or(self.statements.clone())].join("\n")
    }

    /// The text with the crate's store, without the variables that the cell does not name, and without some lines; none if
    /// that is the text itself.
    pub fn lean(&self, without: &[Range<usize>]) -> Option<MinimalCell> {
        let mut lines: Vec<String> = self.lines.iter().map(|line| (*line).to_owned()).collect();
        without.iter().flat_map(Clone::clone).for_each(|line| lines[line].clear());
        let leaves_out = !without.is_empty();
        match &self.store {
            Some(store) => Some(self.without_store(store, lines, leaves_out)),
            None => leaves_out.then(|| MinimalCell { text: lines.join("\n") + "\n", leaves_out }),
        }
    }

    fn without_store(&self, store: &Store, mut lines: Vec<String>, mut leaves_out: bool) -> MinimalCell {
        lines[store.definition.clone()].iter_mut().for_each(String::clear);
        lines[store.definition.start] = "use ::neurobook::cell_variables as evcxr_internal_runtime;".into();
        let statements = self.lines[self.statements.clone()].join("\n");
        let named: HashSet<&str> = words(&statements).collect();
        for taken in store.taking.clone() {
            let Some(name) = taken_variable(self.lines[taken]).filter(|name| !named.contains(without_mark(name)))
            else {
                continue;
            };
            let end = format!(">(stringify!({name}), {name});");
            let put = (self.statements.end..lines.len()).find(|at| {
                lines[*at].starts_with("evcxr_variable_store.put_variable::<") && lines[*at].ends_with(&end)
            });
            if let Some(put) = put {
                lines[taken] = format!("evcxr_variable_store.expect_variable(stringify!({name}));");
                lines[put].clear();
                leaves_out = true;
            }
        }
        MinimalCell { text: lines.join("\n") + "\n", leaves_out }
    }
}

/// The lines between two groups of lines, the first of them the next one after `from`, the second the last one.
fn between(lines: &[&str], from: usize, first: &[&str], second: &[&str]) -> Option<Range<usize>> {
    let position = |wanted: &[&str]| lines[from..].windows(wanted.len()).position(|lines| lines == wanted);
    let start = from + position(first)? + first.len();
    let end = start + lines[start..].windows(second.len()).rposition(|lines| lines == second)?;
    Some(start..end)
}

/// The variable that a line of evcxr's takes out of the store.
fn taken_variable(line: &str) -> Option<&str> {
    let line = line.strip_prefix("let ")?;
    let (name, rest) = line.strip_prefix("mut ").unwrap_or(line).split_once(" = ")?;
    let is_whole = rest.starts_with("evcxr_variable_store.take_variable::<")
        && rest
            .strip_suffix("));")
            .is_some_and(|rest| rest.strip_suffix(name).is_some_and(|rest| rest.ends_with(">(stringify!(")));
    is_whole.then_some(name)
}

/// All that may be a name, in strings too: `println!("{x}")` names a variable.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).filter(|word| !word.is_empty())
}

fn without_mark(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As evcxr writes it, with a shorter store.
    const TEXT: &str = r##"#![allow(unused_imports, unused_mut, dead_code)]
use neurobook::prelude::*;
fn double(x: f64) -> f64 { 2.0 * x }
mod evcxr_internal_runtime {
pub struct VariableStore {
}

}
#[unsafe(no_mangle)]
pub extern "C" fn run_user_code_7(
mut evcxr_variable_store: *mut evcxr_internal_runtime::VariableStore)
  -> *mut evcxr_internal_runtime::VariableStore {
if evcxr_variable_store.is_null() {
  evcxr_variable_store = evcxr_internal_runtime::create_variable_store();
}
let evcxr_variable_store = unsafe {&mut *evcxr_variable_store};
{let mut vars_ok = true;
vars_ok &= evcxr_variable_store.check_variable::<f64>(stringify!(step));
vars_ok &= evcxr_variable_store.check_variable::<Vec<f64>>(stringify!(steps));
vars_ok &= evcxr_variable_store.check_variable::<u8>(stringify!(r#type));
if !vars_ok {return evcxr_variable_store;}}
let mut step = evcxr_variable_store.take_variable::<f64>(stringify!(step));
let steps = evcxr_variable_store.take_variable::<Vec<f64>>(stringify!(steps));
let r#type = evcxr_variable_store.take_variable::<u8>(stringify!(r#type));
match std::panic::catch_unwind(
  std::panic::AssertUnwindSafe(||{
let y = double(1.0);
println!("{step}");
evcxr_variable_store.put_variable::<f64>(stringify!(y), y);
})) { 
  Ok(_) => {}
  Err(_) => {
    println!("EVCXR_PANIC_NOTIFICATION");
}}
evcxr_variable_store.put_variable::<Vec<f64>>(stringify!(steps), steps);
evcxr_variable_store.put_variable::<u8>(stringify!(r#type), r#type);
evcxr_variable_store.put_variable::<f64>(stringify!(step), step);
evcxr_variable_store
}
"##;

    fn lean(text: &str) -> String {
        Cell::read(text).unwrap().lean(&[]).unwrap().text
    }

    #[test]
    fn a_variable_that_is_only_printed_is_named() {
        let text = lean(TEXT);
        assert!(text.contains("let mut step = ") && text.contains("(stringify!(step), step);"));
    }

    #[test]
    fn a_variable_that_the_cell_does_not_name_stays_in_the_store() {
        let text = lean(TEXT);
        for name in ["steps", "r#type"] {
            assert!(text.contains(&format!("\nevcxr_variable_store.expect_variable(stringify!({name}));\n")));
            assert!(text.contains(&format!("check_variable::<{}>", if name == "steps" { "Vec<f64>" } else { "u8" })));
            assert!(!text.contains(&format!("(stringify!({name}), {name});")));
        }
        assert!(lean(&TEXT.replace("double(1.0)", "steps[r#type]")).contains("let steps = "));
    }

    #[test]
    fn every_line_keeps_its_number() {
        let lean = lean(TEXT);
        assert_eq!(lean.lines().count(), TEXT.lines().count());
        let line = |text: &str| text.lines().position(|line| line == "let y = double(1.0);");
        assert_eq!(line(&lean), line(TEXT));
        assert!(lean.contains("use ::neurobook::cell_variables as evcxr_internal_runtime;"));
        assert!(!lean.contains("pub struct VariableStore"));
    }

    #[test]
    fn items_and_statements_are_told_apart() {
        let cell = Cell::read(TEXT).unwrap();
        assert!(cell.items().ends_with("fn double(x: f64) -> f64 { 2.0 * x }"));
        assert!(cell.statements().starts_with("let y = double(1.0);\n"));
    }

    #[test]
    fn a_cell_without_variables_has_statements_and_one_that_only_defines_has_none() {
        let items = "fn f() {}\n#[unsafe(no_mangle)]\npub extern \"C\" fn run_user_code_3(\n";
        let without = format!(
            "{items}{WITHOUT_STORE}\n{}\nf();\n{}\n}}\n",
            TRY_WITHOUT_STORE[0],
            CAUGHT_WITHOUT_STORE.join("\n")
        );
        let nothing = format!("{items}{NOTHING}\n");
        for (text, statements) in [(&without, "f();"), (&nothing, "")] {
            let cell = Cell::read(text).unwrap();
            assert_eq!((cell.items().as_str(), cell.statements().as_str()), ("fn f() {}", statements));
            assert!(cell.lean(&[]).is_none());
            let without_the_first_line = cell.lean(std::slice::from_ref(&(0..1))).unwrap().text;
            assert!(without_the_first_line.starts_with("\n#[unsafe(no_mangle)]"));
        }
    }

    /// A cell that only defines a function lacks it: in the next one it would seem new, and all functions would stay.
    #[test]
    fn the_type_of_errors_that_evcxr_adds_is_no_item() {
        let added = format!(
            "\n            {ERROR}\n            impl<T: std::fmt::Display> From<T> for EvcxrUserCodeError {{\n            }}\n\n{STORE}"
        );
        let text = TEXT.replace(STORE, &added);
        let cell = Cell::read(&text).unwrap();
        assert_eq!(cell.items().trim_end(), Cell::read(TEXT).unwrap().items());
        assert!(cell.lean(&[]).unwrap().text.contains(&added[..added.len() - STORE.len()]));
    }

    #[test]
    fn what_evcxr_puts_around_a_question_mark_is_not_the_cells() {
        let text = TEXT.replace("let y = ", &format!("{}\nlet y = ", QUESTION[0]));
        let text = text.replace("\n})) { ", &format!("\n{}\n}})) {{ ", ANSWERED[0]));
        let statements = Cell::read(&text).unwrap().statements();
        assert!(statements.starts_with("let y = ") && !statements.contains("Ok(())"), "{statements}");
    }

    #[test]
    fn a_text_of_another_form_is_left_alone() {
        for (wanted, other) in [("if !vars_ok", "if vars_ok"), ("catch_unwind", "catch"), ("_NOTIFICATION", "")] {
            assert!(Cell::read(&TEXT.replace(wanted, other)).is_none(), "{wanted}");
        }
        assert!(Cell::read("fn main() {}").is_none());
    }
}
