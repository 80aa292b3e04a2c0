//! Which outputs an answer makes: those of the answers and their checks, and those of every cell that uses what an
//! answer defines or may have changed, directly or by way of other cells.
//!
//! Names are compared, not meanings. Where that leaves a doubt, an output is left out: one too many costs a reader a
//! picture, one too few tells an answer.

mod names;

use std::collections::HashSet;

use crate::chapter::{Chapter, Kind, Variant};
use names::Names;

/// What lets a value be changed that is not called `mut`, also by way of another variable.
const SHARING: [&str; 14] = [
    "Cell",
    "RefCell",
    "OnceCell",
    "LazyCell",
    "UnsafeCell",
    "Mutex",
    "RwLock",
    "OnceLock",
    "LazyLock",
    "channel",
    "sync_channel",
    "thread_local",
    "static",
    "unsafe",
];

/// What keeps something outside of all variables, where another cell may read it.
const OUTSIDE: [&str; 4] = ["fs", "File", "OpenOptions", "env"];

/// For each cell of the chapter, whether its output tells what an answer gives.
pub fn outputs(chapter: &Chapter) -> Vec<bool> {
    let mut told = Told::default();
    let tells = |cell: &crate::chapter::Cell| {
        let is_answer = matches!(cell.kind, Kind::Exercise(_) | Kind::Check { .. });
        !cell.is_markdown() && told.cell(&cell.text(Variant::Solution), is_answer)
    };
    chapter.cells.iter().map(tells).collect()
}

/// What is known from the cells so far.
#[derive(Default)]
struct Told {
    /// The names that tell of an answer.
    answers: HashSet<String>,
    /// The variables that a later cell may change.
    changeable: HashSet<String>,
    /// The names behind which may be a value that is changed by way of another name.
    sharing: HashSet<String>,
    /// What each cell defines, and what it uses.
    cells: Vec<(HashSet<String>, HashSet<String>)>,
}

impl Told {
    /// Whether a cell's output tells; its names count for those below it.
    fn cell(&mut self, code: &str, is_answer: bool) -> bool {
        let names = Names::of(code);
        let tells = is_answer || !names.used.is_disjoint(&self.answers);
        let shares = names
            .used
            .iter()
            .any(|name| SHARING.contains(&name.as_str()) || name.starts_with("Atomic") || self.sharing.contains(name));
        let defined: HashSet<String> = names.defined.iter().cloned().collect();
        if shares {
            self.sharing.extend(defined.iter().cloned());
        }
        self.changeable.extend(names.changeable.iter().cloned());
        if tells {
            self.answers.extend(defined.iter().cloned());
            // `list.push(f(1.0))`, `fill(&mut list, f)`, `add!(list, f)`: whoever is there may have changed.
            self.answers.extend(names.used_by_statements.intersection(&self.changeable).cloned());
            if shares {
                self.answers.extend(self.sharing.iter().cloned());
            }
            self.answers
                .extend(OUTSIDE.iter().filter(|name| names.used.contains(**name)).map(|name| (*name).to_owned()));
            self.extended(&names.extended);
        }
        self.cells.push((defined, names.used));
        tells
    }

    /// These types can do something that an answer says: so can all values of them that there are.
    fn extended(&mut self, types: &HashSet<String>) {
        if types.is_empty() {
            return;
        }
        let mut reached = types.clone();
        for (defined, used) in &self.cells {
            if !used.is_disjoint(&reached) {
                reached.extend(defined.iter().cloned());
            }
        }
        self.answers.extend(reached);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the cells tell, where the first one is an answer.
    fn told(cells: &[&str]) -> Vec<bool> {
        let mut told = Told::default();
        cells.iter().enumerate().map(|(index, code)| told.cell(code, index == 1)).collect()
    }

    /// A cell before the answer, the answer, what uses it, what shows a variable. The last one tells.
    #[track_caller]
    fn tells(before: &str, uses: &str, shows: &str) {
        let answer = "fn f(x: f64) -> f64 { 2.0 * x }";
        assert_eq!(told(&[before, answer, uses, shows]), [false, true, true, true], "{before} / {uses} / {shows}");
    }

    #[test]
    fn what_any_pattern_takes_out_of_an_answer_tells() {
        let point = "struct Point { x: f64, y: f64 }\nstruct Pair(f64, f64);";
        for uses in [
            "let y = f(1.0);",
            "let mut y: f64 = f(1.0);",
            "let Point { x, y } = f(1.0);",
            "let Point { x: a, y, .. } = f(1.0);",
            "let Point { x: y, .. } = f(1.0);",
            "let Point { ref mut y, .. } = f(1.0);",
            "let geometry::Point { y, .. } = f(1.0);",
            "let Pair(_, y) = f(1.0);",
            "let (a, (b, [y, ..])): (f64, (f64, [f64; 3])) = f(1.0);",
            "let [first, y @ ..] = f(1.0);",
            "let y @ 1.0..=2.0 = f(1.0);",
            "let Some(y) = f(1.0) else { panic!() };",
            "let Some(Point { x: (a, y), .. }) = f(1.0) else { panic!() };",
            "let &(mut y, ref b) = f(1.0);",
            "let r#y = f(1.0);",
            "let y; y = f(1.0);",
            "let a = 1.0; let y = { let b = f(a); b };",
            "const y: f64 = f(1.0);",
            "static mut y: f64 = f(1.0);",
            "fn y() -> f64 { f(1.0) }",
            "macro_rules! y { () => { f(1.0) } }",
            "use f as y;",
        ] {
            tells(point, uses, "println!(\"{}\", y + 1.0);");
        }
    }

    #[test]
    fn what_a_module_has_of_an_answer_tells_under_its_own_name() {
        for uses in [
            "mod tools { pub fn y() -> f64 { super::f(1.0) } }\nuse tools::y;",
            "mod tools { pub mod more { pub const fn y() -> f64 { crate::f(1.0) } } }\nuse tools::more::*;",
            "mod tools { use super::*; pub static y: f64 = f(1.0); }\nuse tools::*;",
            "mod tools { pub use super::f as y; }\nuse tools::y;",
        ] {
            tells("let x = 1.0;", uses, "println!(\"{}\", y);");
        }
        let uses = "mod tools { pub const fn y(mut x: f64) -> f64 { super::f(x as f64) } }";
        let shows = "fn g(mut z: f64) -> f64 { z as f64 }\nprintln!(\"{}\", g(1.0));";
        assert_eq!(told(&["let x = 1.0;", "fn f(x: f64) -> f64 { x }", uses, shows]), [false, true, true, false]);
    }

    #[test]
    fn what_may_have_been_changed_by_an_answer_tells() {
        for uses in [
            "list.push(f(1.0));",
            "list[0] = f(1.0);",
            "list = vec![f(1.0)];",
            "list.0 += f(1.0);",
            "fill(&mut list, f(1.0));",
            "add!(list, f(1.0));",
            "for x in 0..3 { list.push(f(x)); }",
            "if f(1.0) > 0.0 { list.clear(); }",
            "for item in list.iter_mut() { *item = f(*item); }",
            "(list, _) = f(1.0);",
            "std::mem::swap(&mut list, &mut f(1.0));",
            "[1.0].iter().for_each(|x| list.push(f(*x)));",
            "match f(1.0) { 1.0 => list.clear(), _ => {} }",
        ] {
            tells("let mut list = Vec::new();", uses, "println!(\"{list:?}\");");
            tells("let (a, mut list) = (1, Vec::new());", uses, "list.len()");
            tells("static mut list: Vec<f64> = Vec::new();", uses, "println!(\"{:1$}\", 2, list.len());");
        }
    }

    #[test]
    fn what_is_changed_by_way_of_another_name_tells() {
        for (before, uses, shows) in [
            ("let list = RefCell::new(Vec::new());", "list.borrow_mut().push(f(1.0));", "println!(\"{list:?}\");"),
            (
                "let one = Arc::new(Mutex::new(0.0));\nlet other = one.clone();",
                "*one.lock().unwrap() = f(1.0);",
                "println!(\"{other:?}\");",
            ),
            (
                "static SUM: AtomicU64 = AtomicU64::new(0);\nfn add(x: f64) { SUM.fetch_add(x as u64, Relaxed); }\nfn sum() -> u64 { SUM.load(Relaxed) }",
                "add(f(1.0));",
                "println!(\"{}\", sum());",
            ),
            (
                "struct Log { lines: RefCell<Vec<f64>> }\nlet log = Log::default();",
                "log.add(f(1.0));",
                "println!(\"{}\", log.text());",
            ),
            (
                "let (sender, receiver) = mpsc::channel();",
                "sender.send(f(1.0));",
                "println!(\"{:?}\", receiver.recv());",
            ),
            ("use std::fs;", "fs::write(\"a.txt\", f(1.0));", "println!(\"{:?}\", fs::read(\"a.txt\"));"),
            ("struct Brain;\nlet brain = Brain;", "impl Brain { fn size(&self) -> f64 { f(1.0) } }", "brain.size()"),
            (
                "struct Brain;\nlet brain = Brain;\nlet list = vec![brain];",
                "impl std::fmt::Debug for Brain { fn fmt(&self) { f(1.0) } }",
                "println!(\"{list:?}\");",
            ),
            (
                "let a = 2.0;",
                "trait Twice { fn twice(self) -> f64; }\nimpl Twice for f64 { fn twice(self) -> f64 { f(self) } }",
                "a.twice()",
            ),
        ] {
            tells(before, uses, shows);
        }
    }

    #[test]
    fn a_name_in_a_text_is_used() {
        for text in ["{y}", "{y:.2}", "{y:?}", "{:>y$}", "{:.y$}", "{x:y$.3}"] {
            tells("let x = 1;", "let y = f(1.0);", &format!("println!(\"{text}\", x);"));
        }
    }

    #[test]
    fn what_has_nothing_to_do_with_an_answer_is_shown() {
        let answer = "fn f(mut list: Vec<f64>) -> f64 { list.push(1.0); let y = 1.0; y }";
        for (before, uses, shows) in [
            ("let mut list = vec![1.0];", "f(Vec::new())", "println!(\"{list:?}\");"),
            ("let list = vec![1.0];", "println!(\"{}\", f(list.clone()));", "println!(\"{list:?}\");"),
            ("let y = 1.0;", "let z: Vec<f64> = vec![f(Vec::new())];", "let v: Vec<f64> = vec![y];"),
            (
                "let x = 1.0; struct Point { x: f64, a: f64 }",
                "let Point { x: q, .. } = f(Vec::new());",
                "println!(\"{x}\");",
            ),
        ] {
            assert_eq!(told(&[before, answer, uses, shows]), [false, true, true, false], "{before} / {uses} / {shows}");
        }
    }
}
