//! The variables of a cell with their types, as evcxr wants to know them.

use std::path::Path;

use neurobook_recorded::Compilation;

use crate::compiler::{self, Answer, Wanted};
use crate::fault;
use crate::functions::{self, Compiled};
use crate::items;
use crate::mir::Mir;
use crate::question::{self, probe};
use crate::session::{self, Missing};
use crate::spelling::{self, Names};
use crate::wrapper::{self, Binding, Wrapper};

pub use crate::spelling::Spelling;

/// The crate that notebooks load: its functions return types that have a name.
const COURSE: &str = "neurobook";
/// What evcxr itself takes for a type that it does not know.
const PLACEHOLDER: &str = "String";
/// What evcxr itself writes begins with this, behind the items of all cells (0.22, `eval_context.rs`).
const GENERATED: &str = "struct EvcxrUserCodeError {}";

/// A new variable of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Whether it is `mut`.
    pub is_mutable: bool,
    /// Its type.
    pub ty: Spelling,
}

/// The variables that the cell in evcxr's source makes. The compiler is only asked if the cell leaves a type to it.
pub fn find(source: &str, session: &Path) -> Vec<Variable> {
    let Some(wrapper) = Wrapper::read(source) else { return Vec::new() };
    let bindings = wrapper.bindings();
    let types = if bindings.iter().all(|binding| binding.written.is_some()) {
        vec![Some(Spelling::Unknown); bindings.len()]
    } else {
        types(source, session, &wrapper, &bindings)
    };
    let variables = bindings.into_iter().zip(types).filter_map(|(binding, ty)| {
        let ty = binding.written.map(Spelling::Type).or(ty)?;
        Some(Variable { name: binding.name, is_mutable: binding.is_mutable, ty })
    });
    variables.collect()
}

/// The bindings' types; none for a name that is not a variable.
fn types(source: &str, session: &Path, wrapper: &Wrapper, bindings: &[Binding]) -> Vec<Option<Spelling>> {
    let all = |spelling: Spelling| vec![Some(spelling); bindings.len()];
    let mut compilation = match session::compilation(session) {
        Ok(compilation) => compilation,
        // evcxr's compilation fails too, and says why.
        Err(Missing::Crates) => return all(Spelling::Type(PLACEHOLDER.into())),
        Err(Missing::Fault(sentence)) => {
            fault::set(sentence);
            return all(Spelling::Unknown);
        }
    };
    let ask = |source: &str, compilation: &Compilation| {
        let question = question::ask(source, wrapper, bindings, &[]);
        compiler::ask(&question.source, Wanted::Mir, session, compilation)
    };
    let mut lean = without_unneeded(source, session);
    let mut answer = ask(&lean, &compilation);
    // A macro may name a function that its call does not.
    if matches!(&answer, Answer::Errors(errors) if errors.iter().any(|error| error.misses_something)) && lean != source
    {
        lean = source.to_owned();
        answer = ask(&lean, &compilation);
    }
    // The crates may have changed since they were compiled, or be gone.
    if matches!(&answer, Answer::Errors(_))
        && session::refresh(session, &compilation)
        && let Ok(refreshed) = session::compilation(session)
    {
        compilation = refreshed;
        answer = ask(&lean, &compilation);
    }
    match answer {
        Answer::Text(text) => {
            let mir = Mir::read(&text);
            let names = Names { crates: crates(&compilation), roots: wrapper.roots() };
            let found = bindings.iter().enumerate().map(|(number, binding)| {
                if !mir.is_variable(&binding.name) {
                    return None;
                }
                let ty = match mir.type_of(&probe(number)) {
                    Some(borrowed) => borrowed.strip_prefix('&'),
                    None => mir.type_of(&binding.name),
                };
                Some(ty.map_or(Spelling::Unknown, |ty| spelling::spell(ty, &mir, &names)))
            });
            let mut found: Vec<Option<Spelling>> = found.collect();
            if wrapper.has_hidden_types() || names.crates.iter().any(|name| name != COURSE) {
                hide(&mut found, &lean, session, wrapper, bindings, &compilation);
            }
            found
        }
        // The learner's: evcxr compiles the source as it is, and says what the compiler says.
        Answer::Errors(_) => all(Spelling::Unknown),
        Answer::Fault(sentence) => {
            fault::set(sentence);
            all(Spelling::Unknown)
        }
    }
}

/// evcxr's source without the functions of earlier cells that the cell does without; every place in it is where it was.
fn without_unneeded(source: &str, session: &Path) -> String {
    let (items, own) = source.split_at(source.find(GENERATED).unwrap_or(0));
    functions::blanked(source, &functions::unneeded(&items::items(items), own, &Compiled::read(session)))
}

/// Takes out the types that a function hides behind `impl`: the compiler shows what they are, but a cell cannot say it.
fn hide(
    found: &mut [Option<Spelling>],
    source: &str,
    session: &Path,
    wrapper: &Wrapper,
    bindings: &[Binding],
    compilation: &Compilation,
) {
    let types: Vec<Option<String>> = found
        .iter()
        .map(|spelling| match spelling {
            Some(Spelling::Type(text)) if !text.contains("impl ") && !text.contains("fn(") => Some(text.clone()),
            _ => None,
        })
        .collect();
    let question = question::ask(source, wrapper, bindings, &types);
    let Answer::Errors(errors) = compiler::ask(&question.source, Wanted::Check, session, compilation) else { return };
    for place in errors.iter().flat_map(|error| &error.places) {
        let hit = question.places.iter().position(|probe| probe.as_ref().is_some_and(|probe| probe.contains(place)));
        if let Some(number) = hit
            && let Some(Spelling::Type(text)) = &mut found[number]
        {
            *text = "impl Sized".to_owned();
        }
    }
}

/// The crates that a session's crate can name.
fn crates(compilation: &Compilation) -> Vec<String> {
    let mut crates = Vec::new();
    let mut arguments = compilation.arguments.iter();
    while arguments.any(|argument| argument == "--extern") {
        let Some(argument) = arguments.next() else { break };
        let name = argument.split_once('=').map_or(argument.as_str(), |(name, _)| name);
        // Options of the crate may be before its name.
        crates.push(name.rsplit(':').next().unwrap_or(name).to_owned());
    }
    crates
}

/// A function that says the same in a form that evcxr reads: each variable with its type.
///
/// A closure's variable is marked by `ref`, one whose type is not known has none.
pub fn as_function(variables: &[Variable]) -> String {
    let mut text = format!("fn {}() {{\n", wrapper::NAME);
    for Variable { name, is_mutable, ty } in variables {
        let mutable = if *is_mutable { "mut " } else { "" };
        text.push_str(&match ty {
            Spelling::Type(ty) => format!("let {mutable}{name}: {ty};\n"),
            Spelling::Closure => format!("let ref {mutable}{name};\n"),
            Spelling::Unknown => format!("let {mutable}{name};\n"),
        });
    }
    text.push_str("}\n");
    text
}
