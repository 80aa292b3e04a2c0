//! What the compiler made of a source, in its own words (`--emit=mir`), of which only three kinds of line are read.
//!
//! ```text
//! fn evcxr_analysis_wrapper::{closure#0}(_1: &{closure@src/a.rs:12:9: 12:17}, _2: f64) -> f64 {
//!     let _4: &std::vec::Vec<f64>;
//!         debug neurobook_probe_0 => _4;
//! ```
//! The form is not fixed: what cannot be read is missing, and then a type is not known.

use std::collections::HashMap;

use crate::wrapper;

/// Types of variables and the closures that may be in them.
#[derive(Debug, Default)]
pub struct Mir {
    /// The types of each name of evcxr's function, a second time if it is there twice.
    types: HashMap<String, Vec<Option<String>>>,
    /// What each closure takes and gives, by the place that stands for it in types.
    closures: HashMap<String, String>,
}

impl Mir {
    /// Reads what the compiler wrote.
    pub fn read(text: &str) -> Mir {
        let mut mir = Mir::default();
        let mut body = Body::default();
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("fn ") {
                mir.close(std::mem::take(&mut body));
                body.is_wrapper = head
                    .strip_prefix(wrapper::NAME)
                    .is_some_and(|rest| rest.starts_with('(') || rest.starts_with("::{closure#0}("));
                mir.closures.extend(closure(head));
            } else if line == "}" {
                mir.close(std::mem::take(&mut body));
            } else if body.is_wrapper {
                body.read(line.trim());
            }
        }
        mir
    }

    /// The type of a name, if it is there and has only one.
    pub fn type_of(&self, name: &str) -> Option<&str> {
        let types = self.types.get(name.trim_start_matches("r#"))?;
        let first = types.first()?.as_deref()?;
        types.iter().all(|ty| ty.as_deref() == Some(first)).then_some(first)
    }

    /// Whether a name is a variable. A name in a pattern may be a constant.
    pub fn is_variable(&self, name: &str) -> bool {
        self.types.contains_key(name.trim_start_matches("r#"))
    }

    /// What a closure takes and gives, as `Fn(f64) -> f64`.
    pub fn closure(&self, place: &str) -> Option<&str> {
        self.closures.get(place).map(String::as_str)
    }

    fn close(&mut self, body: Body) {
        for (name, place) in body.names {
            self.types.entry(name).or_default().push(body.types.get(&place).cloned());
        }
    }
}

/// The lines of one function.
#[derive(Default)]
struct Body {
    is_wrapper: bool,
    /// Names and the places where their values are.
    names: Vec<(String, String)>,
    /// The types of the places.
    types: HashMap<String, String>,
}

impl Body {
    fn read(&mut self, line: &str) {
        let Some(line) = line.strip_suffix(';') else { return };
        if let Some((name, place)) = line.strip_prefix("debug ").and_then(|line| line.split_once(" => ")) {
            self.names.push((name.to_owned(), place.to_owned()));
        } else if let Some((place, ty)) = line.strip_prefix("let ").and_then(|line| line.split_once(": ")) {
            let place = place.strip_prefix("mut ").unwrap_or(place);
            self.types.insert(place.to_owned(), ty.to_owned());
        }
    }
}

/// The place of a closure and what it takes and gives, from the first line of its function.
fn closure(head: &str) -> Option<(String, String)> {
    let (name, rest) = head.split_once("(_1: ")?;
    name.ends_with('}').then_some(())?;
    let (borrow, rest) = rest.split_once("{closure@")?;
    let (place, rest) = rest.split_once('}')?;
    let kind = match borrow {
        "&" => "Fn",
        "&mut " => "FnMut",
        _ => "FnOnce",
    };
    // `, _2: f64, _3: &str) -> f64 {`
    let rest = rest.strip_suffix(" {")?;
    let (arguments, result) = rest.rsplit_once(") -> ")?;
    let mut taken = String::new();
    for argument in arguments.split(", _").skip(1) {
        let (number, ty) = argument.split_once(": ")?;
        number.parse::<usize>().ok()?;
        if !taken.is_empty() {
            taken.push_str(", ");
        }
        taken.push_str(ty);
    }
    let result = if result == "()" { String::new() } else { format!(" -> {result}") };
    Some((place.to_owned(), format!("{kind}({taken}){result}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
// WARNING: for people
fn other(_1: f64) -> () {
    debug x => _1;
    let _4: u8;
}
fn evcxr_analysis_wrapper(_1: Vec<f64>) -> Result<(), EvcxrUserCodeError> {
    debug v => _1;
    scope 1 {
        debug a => _2;
        let _4: &std::vec::Vec<f64>;
        scope 2 {
            debug neurobook_probe_0 => _4;
            debug f => const ZeroSized: {closure@a.rs:1:2: 3:4};
        }
    }
}
fn evcxr_analysis_wrapper::{closure#1}(_1: &mut {closure@a.rs:1:2: 3:4}, _2: f64, _3: (u8, u8)) -> (f64, f64) {
    debug neurobook_probe_0 => _2;
}
";

    #[test]
    fn a_probe_says_the_type_of_its_variable_and_other_functions_do_not() {
        let mir = Mir::read(TEXT);
        assert_eq!(mir.type_of("neurobook_probe_0"), Some("&std::vec::Vec<f64>"));
        assert_eq!(mir.type_of("x"), None);
        assert!(mir.is_variable("a") && mir.is_variable("r#f") && !mir.is_variable("None"));
    }

    #[test]
    fn a_closure_is_known_by_its_place() {
        assert_eq!(Mir::read(TEXT).closure("a.rs:1:2: 3:4"), Some("FnMut(f64, (u8, u8)) -> (f64, f64)"));
    }

    #[test]
    fn text_of_another_form_gives_nothing() {
        let mir = Mir::read("fn evcxr_analysis_wrapper(\n  let _4\n debug\n debug => ;\n}\n}\nfn (_1: {closure@");
        assert_eq!(mir.type_of("a"), None);
    }
}
