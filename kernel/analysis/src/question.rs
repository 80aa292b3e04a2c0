//! The source as the compiler is asked about it: behind each statement a borrow of what it has made.
//!
//! What the compiler makes of `let x = …; let probe = &x;` says `debug probe => _4;` and `let _4: &TYPE;`, so the
//! probe's number finds the type, wherever else the cell uses the name `x`. Right behind its statement a value can
//! always be borrowed, and a borrow that nobody uses hinders nothing.

use ra_ap_syntax::TextRange;

use crate::wrapper::{Binding, Wrapper};

/// How the names of the probes begin.
const PROBE: &str = "neurobook_probe_";

/// A function that gives a value of any type, for a variable that gets its own only later.
const ANY: &str = "neurobook_any";

/// The name of a probe.
pub fn probe(number: usize) -> String {
    format!("{PROBE}{number}")
}

/// A question, and where its probes are.
pub struct Question {
    /// The source.
    pub source: String,
    /// For each of the bindings the place of its probe in it.
    pub places: Vec<Option<std::ops::Range<usize>>>,
}

/// The question about some bindings. `types` are types that the probes are held against.
pub fn ask(source: &str, wrapper: &Wrapper, bindings: &[Binding], types: &[Option<String>]) -> Question {
    let mut edits: Vec<Edit> = wrapper.storing().into_iter().map(Edit::remove).collect();
    edits.extend(wrapper.needless_async().map(Edit::remove));
    if let Some((value, call)) = wrapper.showing() {
        edits.push(Edit { start: value.start().into(), end: value.start().into(), text: "let _ = &".into(), of: None });
        edits.push(Edit::remove(call));
    }
    for (number, binding) in bindings.iter().enumerate().filter(|(_, binding)| can_be_borrowed(binding)) {
        if let Some((name, value)) = binding.without_value {
            let mutable = if binding.is_mutable { "" } else { "mut " };
            edits.push(Edit { start: name, end: name, text: mutable.into(), of: None });
            edits.push(Edit { start: value, end: value, text: format!(" = {ANY}()"), of: None });
        }
        let held = types.get(number).cloned().flatten().map(|ty| format!(": &{ty}")).unwrap_or_default();
        let text = format!(" let {}{held} = &{};", probe(number), binding.name);
        edits.push(Edit { start: binding.end, end: binding.end, text, of: Some(number) });
    }
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut question = Question { source: String::new(), places: vec![None; bindings.len()] };
    let mut done = 0;
    for edit in edits {
        // Two edits never overlap in what evcxr writes; if they did, the first would be enough.
        let Some(kept) = source.get(done..edit.start) else { continue };
        question.source.push_str(kept);
        if let Some(number) = edit.of {
            let start = question.source.len();
            question.places[number] = Some(start..start + edit.text.len());
        }
        question.source.push_str(&edit.text);
        done = edit.end;
    }
    question.source.push_str(source.get(done..).unwrap_or_default());
    question.source.push_str(&format!("\nfn {ANY}<T>() -> T {{ loop {{}} }}\n"));
    question
}

/// Whether a name certainly stands for a value behind its statement. `None` in a pattern does not, and `&None` is an
/// error; the type of a variable with such a name is found by the name itself.
fn can_be_borrowed(binding: &Binding) -> bool {
    !binding.name.starts_with(char::is_uppercase)
}

/// New text in the place of old.
struct Edit {
    start: usize,
    end: usize,
    text: String,
    /// The binding whose probe it is.
    of: Option<usize>,
}

impl Edit {
    fn remove(range: TextRange) -> Edit {
        Edit { start: range.start().into(), end: range.end().into(), text: String::new(), of: None }
    }
}
