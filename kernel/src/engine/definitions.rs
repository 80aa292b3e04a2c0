//! Which code answers for a name, and whether it is the code that is in the notebook.
//!
//! Where a cell fails before its end, evcxr keeps the items that it was to replace. A check of such an item would judge
//! code that nobody sees any more.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use neurobook::check::NotChecked;
use neurobook_cli::answers::extract::{ItemKind, items};

use words::{called, clears, defined_items, defined_variables};

/// What the cells have defined, and were to define.
#[derive(Default)]
pub struct Definitions(BTreeMap<Name, Definition>);

/// What a cell can define.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    /// A function, a type, a constant.
    Item(String),
    /// An `impl`, by all names in its head.
    Implementation(Vec<String>),
    Variable(String),
}

#[derive(Default)]
struct Definition {
    /// The cell that last had it, where the client tells cells apart.
    cell: Option<String>,
    /// All names in the version that is called, if there is one.
    mentions: Option<BTreeSet<String>>,
    /// Why that is not the version in the notebook.
    outdated: Option<Outdated>,
}

/// How a cell has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// What it defines is kept.
    Kept,
    /// It panicked, or a `?` met an error: what it defines is kept, but for its variables.
    GaveUp,
    /// It has an error, and defines nothing.
    Refused,
    /// It was stopped, or its process ended, and it defines nothing.
    Stopped,
}

/// Why what is called is not what is in the notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outdated {
    Refused,
    Stopped,
    /// Its cell has another text now.
    Gone,
}

impl Definitions {
    /// Notes what a cell has defined, or was to define. `cell` is its name, where the client has one.
    pub fn note(&mut self, cell: Option<&str>, source: &str, end: End) {
        if end == End::Kept && clears(source) {
            self.0.clear();
        }
        let found = found(source);
        let is_own = |definition: &Definition| cell.is_some() && definition.cell.as_deref() == cell;
        // What this cell was to define and has never defined is forgotten with its text.
        self.0.retain(|name, known| !is_own(known) || known.mentions.is_some() || found.contains_key(name));
        for known in self.0.iter_mut().filter(|(name, _)| !found.contains_key(name)).map(|(_, known)| known) {
            if is_own(known) {
                known.outdated = Some(end.leaves().unwrap_or(Outdated::Gone));
            }
        }
        for (name, mentions) in found {
            let end = end.of(&name);
            if end == End::Kept {
                // A function takes the place of a variable of its name, and the other way round.
                match &name {
                    Name::Item(name) => _ = self.0.remove(&Name::Variable(name.clone())),
                    Name::Variable(name) => _ = self.0.remove(&Name::Item(name.clone())),
                    Name::Implementation(_) => {}
                }
            }
            let known = self.0.entry(name).or_default();
            known.cell = cell.map(str::to_owned);
            known.outdated = end.leaves();
            if end == End::Kept {
                known.mentions = Some(mentions);
            }
        }
    }

    /// Why this cell gives no verdict, if it is a check that would judge code which is not in the notebook.
    pub fn not_checked(&self, source: &str) -> Option<NotChecked> {
        let asked = called(source)?;
        // What the cell makes by itself is what stands there, whatever became of its namesakes.
        let own = found(source);
        let mut open: Vec<Name> = asked
            .iter()
            .flat_map(|name| [Name::Item, Name::Variable].map(|kind| kind((*name).to_owned())))
            .filter(|name| !own.contains_key(name))
            .collect();
        let mut at = 0;
        while let Some(name) = open.get(at).cloned() {
            at += 1;
            if let Some(known) = self.0.get(&name) {
                if let Some(outdated) = known.outdated {
                    return Some(self.why(&name, outdated));
                }
                // A name inside an item is no variable of the notebook.
                let mentions = known.mentions.iter().flatten().cloned().map(Name::Item);
                open.extend(mentions.filter(|next| !open.contains(next)).collect::<Vec<_>>());
            }
            if let Name::Item(word) = &name {
                let of_it =
                    self.0.keys().filter(|key| matches!(key, Name::Implementation(head) if head.contains(word)));
                open.extend(of_it.filter(|next| !open.contains(next)).cloned().collect::<Vec<_>>());
            }
        }
        None
    }

    /// Why a name is not known in a cell, where what other cells have defined says more than the compiler can.
    /// `is_kept` says whether the kernel has a variable of this name.
    pub fn why_unknown(&self, word: &str, is_kept: bool, source: &str, is_in_function: bool) -> Option<String> {
        let is_made_here = defined_variables(source).contains(word);
        if is_in_function && (is_kept || is_made_here) {
            return Some(format!(
                "A function knows its arguments, and no variables outside: give it `{word}` as one more argument, or make \
                 `{word}` a constant, as in `const DT: f64 = 0.1;`."
            ));
        }
        if is_kept || is_made_here {
            return None;
        }
        let kinds = [Name::Variable(word.to_owned()), Name::Item(word.to_owned())];
        let known = kinds.iter().find_map(|kind| self.0.get(kind).map(|known| (kind, known)));
        match known {
            Some((_, Definition { outdated: Some(Outdated::Refused), mentions: None, .. })) => Some(format!(
                "The cell that makes `{word}` has an error. Correct that cell and run it, then run this one."
            )),
            Some((_, Definition { outdated: Some(Outdated::Stopped), mentions: None, .. })) => Some(format!(
                "The cell that makes `{word}` did not run to its end. Look at that cell, run it, then run this one."
            )),
            Some((Name::Variable(_), Definition { mentions: Some(_), .. })) => Some(format!(
                "`{word}` is gone: a cell that ran since has handed it over, or was stopped while it had it. Run the cell \
                 that makes `{word}` again. To keep it, lend it with `&{word}`, or hand over a copy, `{word}.clone()`."
            )),
            _ => None,
        }
    }

    fn why(&self, name: &Name, outdated: Outdated) -> NotChecked {
        let (shown, kinds) = match name {
            Name::Item(word) | Name::Variable(word) => {
                (word.clone(), vec![Name::Item(word.clone()), Name::Variable(word.clone())])
            }
            Name::Implementation(head) => (format!("impl {}", head.join(" for ")), vec![name.clone()]),
        };
        let has_earlier = kinds.iter().any(|kind| self.0.get(kind).is_some_and(|known| known.mentions.is_some()));
        let happened = match outdated {
            Outdated::Refused => "The cell above has an error",
            Outdated::Stopped => "The cell above did not run to its end",
            Outdated::Gone => "The cell above has changed",
        };
        let consequence = match has_earlier {
            true => "; this would check your last version.",
            false => ", so there is nothing to check yet.",
        };
        let remedy = match outdated {
            Outdated::Gone => format!("Nothing in your notebook defines `{shown}` any more: write it again"),
            Outdated::Refused => format!("Correct the cell that defines `{shown}`"),
            Outdated::Stopped => format!("Look at the cell that defines `{shown}`"),
        };
        NotChecked { why: format!("{happened}{consequence} {remedy}, run it, and then run this check.") }
    }
}

impl End {
    /// What it is for one of the names that the cell defines.
    fn of(self, name: &Name) -> End {
        match (self, name) {
            (End::GaveUp, Name::Variable(_)) => End::Stopped,
            (End::GaveUp, _) => End::Kept,
            (end, _) => end,
        }
    }

    fn leaves(self) -> Option<Outdated> {
        match self {
            End::Kept | End::GaveUp => None,
            End::Refused => Some(Outdated::Refused),
            End::Stopped => Some(Outdated::Stopped),
        }
    }
}

/// What a text defines, with the names that each speaks of. A text with an error may be no Rust, and still shows what it
/// was to define.
fn found(source: &str) -> BTreeMap<Name, BTreeSet<String>> {
    let mut found: BTreeMap<Name, BTreeSet<String>> = BTreeMap::new();
    for item in items(source).unwrap_or_default() {
        let names = match item.kind {
            ItemKind::Implementation => vec![Name::Implementation(item.names)],
            _ => item.names.into_iter().map(Name::Item).collect(),
        };
        // Two `impl` may have one head.
        for name in names {
            found.entry(name).or_default().extend(item.mentions.iter().cloned());
        }
    }
    for name in defined_items(source).into_iter().map(|name| Name::Item(name.to_owned())) {
        found.entry(name).or_default();
    }
    let variables =
        defined_variables(source).into_iter().map(|name| (Name::Variable(name.to_owned()), BTreeSet::new()));
    found.extend(variables);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_explained_by_what_the_other_cells_have_done_with_it() {
        let mut definitions = Definitions::default();
        definitions.note(None, "let rates = vec![1.0];", End::Kept);
        definitions.note(None, "let dt: f64 = 1;", End::Refused);
        definitions.note(None, "fn square(x: f64) { x * x }", End::Refused);
        definitions.note(None, "let slow = wait();", End::Stopped);
        let why = |word, is_kept, source, inside| definitions.why_unknown(word, is_kept, source, inside);
        let says = |why: Option<String>, words| why.is_some_and(|why: String| why.contains(words));
        assert!(says(why("rates", false, "rates", false), "`rates` is gone"));
        assert!(says(why("rates", true, "fn f() -> f64 { rates[0] }", true), "give it `rates` as one more argument"));
        assert!(says(why("x", false, "let x = 1.0;\nfn f() -> f64 { x }", true), "one more argument"));
        assert!(says(why("dt", false, "2.0 * dt", false), "The cell that makes `dt` has an error"));
        assert!(says(why("square", false, "square(2.0)", false), "The cell that makes `square` has an error"));
        assert!(says(why("slow", false, "slow", false), "did not run to its end"));
        assert_eq!(why("new", false, "new", false), None);
        assert_eq!(why("x", false, "{ let x = 1.0; }\nx", false), None);
    }

    const RIGHT: &str = "fn rate(x: f64) -> f64 {\n    let xdot = -x;\n    xdot\n}";
    const WRONG: &str = "fn rate(x: f64) -> f64 {\n    let xdot = -x;\n    xdott\n}";
    const CHECK: &str = "check!(rate(x) -> xdot);";

    /// What a check says after cells with these names, texts and ends.
    fn said(cells: &[(&str, &str, End)], check: &str) -> Option<String> {
        let mut definitions = Definitions::default();
        for (cell, source, end) in cells {
            definitions.note(Some(cell), source, *end);
        }
        definitions.not_checked(check).map(|not_checked| not_checked.why)
    }

    #[test]
    fn a_check_does_not_judge_the_function_that_a_failed_cell_was_to_replace() {
        assert_eq!(said(&[("a", RIGHT, End::Kept)], CHECK), None);
        let why = said(&[("a", RIGHT, End::Kept), ("a", WRONG, End::Refused)], CHECK).unwrap();
        assert!(why.starts_with("The cell above has an error; this would check your last version."), "{why}");
        assert!(why.contains("`rate`"), "{why}");
        assert_eq!(said(&[("a", WRONG, End::Refused), ("a", RIGHT, End::Kept)], CHECK), None);
        let first = said(&[("a", WRONG, End::Refused)], CHECK).unwrap();
        assert!(first.starts_with("The cell above has an error, so there is nothing to check yet."), "{first}");
        let stopped = said(&[("a", RIGHT, End::Kept), ("a", RIGHT, End::Stopped)], CHECK).unwrap();
        assert!(stopped.starts_with("The cell above did not run to its end; this would"), "{stopped}");
    }

    #[test]
    fn what_a_check_defines_itself_is_checked_whatever_a_failed_cell_made_of_its_name() {
        let failed = ("a", "let mean: f64 = \"2\";", End::Refused);
        assert!(said(&[failed], "check_number(\"the mean\", mean, 2.0, 1e-9);").is_some());
        assert_eq!(said(&[failed], "let mean = 2.0;\ncheck_number(\"the mean\", mean, 2.0, 1e-9);"), None);
        assert_eq!(said(&[("a", WRONG, End::Refused)], &format!("{RIGHT}\n{CHECK}")), None);
        // What it is made of is looked at as before, also where a variable has its function's name.
        let shadowed = "let rate = rate(1.0);\ncheck_number(\"the rate\", rate, -1.0, 1e-9);";
        assert!(said(&[("a", RIGHT, End::Kept), ("a", WRONG, End::Refused)], shadowed).is_some());
        assert!(
            said(&[("a", WRONG, End::Refused)], "let mean = rate(1.0);\ncheck_number(\"the mean\", mean, 2.0, 1e-9);")
                .is_some()
        );
    }

    #[test]
    fn whatever_a_failed_cell_holds_it_was_to_define_what_it_defined() {
        for wrong in [
            "fn rate(x: f64) -> f64 {\n    -x",
            "fun rate(x) {\n    -x\n}",
            "def rate(x):\n    return -x",
            "let rate = |x: f64| -x;",
            "pub fn rate(x: f64) -> f64 { \"-x }",
            "fn raet(x: f64) -> f64 { -y }",
            "-x",
            "",
        ] {
            let why = said(&[("a", RIGHT, End::Kept), ("a", wrong, End::Refused)], CHECK);
            assert!(why.is_some_and(|why| why.contains("your last version")), "{wrong}");
            // Without names of cells, what the text says has to do.
            let mut definitions = Definitions::default();
            definitions.note(None, RIGHT, End::Kept);
            definitions.note(None, wrong, End::Refused);
            let tells = wrong.contains("rate");
            assert_eq!(definitions.not_checked(CHECK).is_some(), tells, "{wrong}");
        }
    }

    #[test]
    fn a_cell_that_gives_up_defines_its_functions_and_not_its_variables() {
        let value = "check_number(\"the rate\", mean, 2.0, 1e-9);";
        let (first, again) = (("a", "let mean = 2.0;", End::Kept), ("b", "let mean = f();", End::GaveUp));
        let why = said(&[first, again], value).unwrap();
        assert!(why.starts_with("The cell above did not run to its end; this would check your last version."), "{why}");
        assert_eq!(said(&[("a", WRONG, End::Refused), ("a", RIGHT, End::GaveUp)], CHECK), None);
    }

    #[test]
    fn a_function_that_its_cell_no_longer_holds_is_not_judged() {
        let renamed = RIGHT.replace("rate", "rates");
        let why = said(&[("a", RIGHT, End::Kept), ("a", &renamed, End::Kept)], CHECK).unwrap();
        assert!(why.contains("Nothing in your notebook defines `rate` any more"), "{why}");
        // It has moved to another cell.
        assert_eq!(said(&[("a", RIGHT, End::Kept), ("b", RIGHT, End::Kept), ("a", "1", End::Kept)], CHECK), None);
    }

    #[test]
    fn a_check_looks_at_all_that_the_function_calls() {
        let helper = "struct Point { x: f64 }\nimpl Point { fn push(&self) -> f64 { slope(self.x) } }";
        let slope = "fn slope(x: f64) -> f64 { -x }";
        let rate = "fn rate(x: f64) -> f64 { Point { x }.push() }";
        let whole = [("a", helper, End::Kept), ("b", slope, End::Kept), ("c", rate, End::Kept)];
        assert_eq!(said(&whole, CHECK), None);
        for (cell, text) in [("a", helper), ("b", slope)] {
            let broken = [&whole[..], &[(cell, text, End::Refused)]].concat();
            assert!(said(&broken, CHECK).is_some(), "{text}");
        }
        // Another cell's mistake is no matter of this check.
        assert_eq!(said(&[&whole[..], &[("d", "fn other() { rate(1) }", End::Refused)]].concat(), CHECK), None);
    }

    #[test]
    fn the_names_of_arguments_and_results_are_no_variables_of_the_notebook() {
        let failed = ("b", "let x = 1;\nlet xdot: f64 = \"fast\";", End::Refused);
        assert_eq!(said(&[("a", RIGHT, End::Kept), failed], CHECK), None);
        let value = "check_number(\"the rate\", xdot, 2.0, 1e-9);";
        assert!(said(&[("a", RIGHT, End::Kept), failed], value).is_some());
        assert_eq!(said(&[("a", RIGHT, End::Kept), failed], "println!(\"{xdot}\");"), None);
    }

    #[test]
    fn a_cleared_kernel_has_no_last_version() {
        assert_eq!(
            said(&[("a", RIGHT, End::Kept), ("a", WRONG, End::Refused), ("c", ":clear", End::Kept)], CHECK),
            None
        );
    }
}
