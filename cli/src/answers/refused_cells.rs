//! Which cells of a notebook the kernel refused. What it refuses leaves nothing: each name stays what it was above that cell.
//!
//! The kernel compiles all that it knows with each cell. So does this with all that an exercise's function has to do with: the first
//! state with an error is that of a refused cell, and what comes below is tried once more without it. The cell with the function
//! itself is tried again behind the next one, as a learner does who has mended something.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use anyhow::Result;
use neurobook::check::Exercise;

use super::answer::{Answer, Candidate};
use super::compile;
use super::compile::Unit;
use super::kernel_run::KernelRun;
use super::states::State;
use super::workshop::Workshop;

/// The compiler's codes for what is wrong whatever else is known: types that do not fit, values that have moved or are borrowed.
const WRONG_IN_ANY_CELL: [&str; 16] = [
    "E0061", "E0277", "E0308", "E0369", "E0382", "E0384", "E0499", "E0502", "E0505", "E0506", "E0596", "E0597",
    "E0600", "E0605", "E0606", "E0614",
];
/// What takes longer to find is not looked for.
const MOST_ROUNDS: usize = 40;

/// Reads a notebook again.
///
/// # Errors
/// When the machine fails. A notebook that takes too much has nothing.
pub trait Reread {
    /// The answers to these exercises in all combinations of what several cells define.
    fn combinations(&self, exercises: &BTreeSet<String>) -> Result<BTreeMap<String, Answer>>;
    /// The answers in code as they are where the cells ran in this way.
    fn answers_after(&self, run: &KernelRun) -> Result<BTreeMap<String, Answer>>;
    /// The states that these exercises' functions have gone through there.
    fn states(&self, exercises: &BTreeSet<String>, run: &KernelRun) -> Result<BTreeMap<String, Vec<State>>>;
}

/// How the cells ran that have to do with these exercises, from top to bottom.
pub fn kernel_run(
    exercises: &[&Exercise],
    notebook: &dyn Reread,
    workshop: &Workshop,
    deadline: Instant,
) -> Result<KernelRun> {
    let ids = exercises.iter().map(|exercise| exercise.id.clone()).collect();
    let mut run = KernelRun::default();
    let mut accepted = HashMap::new();
    for _ in 0..MOST_ROUNDS {
        let states = notebook.states(&ids, &run)?;
        compile_new(exercises, &states, &mut accepted, workshop, deadline)?;
        let is_refused = |state: &State| accepted.get(state) == Some(&false);
        let before = run.clone();
        for states in states.values() {
            let Some(number) = states.iter().position(is_refused) else { continue };
            let State { cell, defines_function, .. } = states[number];
            let next = states.get(number + 1).filter(|_| defines_function);
            let behind = next.map(|next| run.again.get(&next.cell).copied().unwrap_or(next.cell));
            match behind.filter(|behind| run.again.get(&cell) != Some(behind)) {
                Some(behind) => _ = run.again.insert(cell, behind),
                None => _ = run.refused.insert(cell),
            }
        }
        if run == before || Instant::now() >= deadline {
            break;
        }
    }
    Ok(run)
}

/// Says of each state that is new whether the compiler accepts it.
fn compile_new(
    exercises: &[&Exercise],
    states: &BTreeMap<String, Vec<State>>,
    accepted: &mut HashMap<State, bool>,
    workshop: &Workshop,
    deadline: Instant,
) -> Result<()> {
    let mut new: Vec<Trial> = Vec::new();
    for exercise in exercises {
        for state in states.get(&exercise.id).into_iter().flatten() {
            if !accepted.contains_key(state) && new.iter().all(|trial| trial.state != state) {
                let pieces = state.pieces.iter().chain(&state.statements).cloned().collect();
                let name = format!("{}__{}", exercise.id, state.cell);
                new.push(Trial { name, exercise, state, candidate: Candidate::alone(pieces, state.cell) });
            }
        }
    }
    let refused = refused_codes(&new, workshop, deadline)?;
    // Statements may be about what other cells have: most errors in them say nothing.
    let is_known = |code: &String| WRONG_IN_ANY_CELL.contains(&code.as_str());
    let is_told = |codes: &BTreeSet<String>| !codes.is_empty() && codes.iter().all(is_known);
    let mut untold = Vec::new();
    for mut trial in new {
        match refused.get(&trial.name) {
            Some(codes) if trial.state.statements.is_some() && !is_told(codes) => {
                trial.candidate.pieces.clone_from(&trial.state.pieces);
                untold.push(trial);
            }
            refused => _ = accepted.insert(trial.state.clone(), refused.is_none()),
        }
    }
    let refused = refused_codes(&untold, workshop, deadline)?;
    accepted.extend(untold.iter().map(|trial| (trial.state.clone(), !refused.contains_key(&trial.name))));
    Ok(())
}

/// A state that is compiled.
struct Trial<'a> {
    name: String,
    exercise: &'a Exercise,
    state: &'a State,
    candidate: Candidate,
}

/// Those that the compiler refuses, by their names, with the codes of the errors.
fn refused_codes(
    trials: &[Trial],
    workshop: &Workshop,
    deadline: Instant,
) -> Result<BTreeMap<String, BTreeSet<String>>> {
    if trials.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut units = Vec::new();
    for Trial { name, exercise, candidate, .. } in trials {
        units.push(Unit { name, exercise, call: None, candidate });
    }
    let folder = workshop.folder()?;
    compile::check_until(Some(deadline), &units, workshop, folder.path())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::answers::compiler::AnswerCompiler;
    use crate::answers::extract::tests::{chapter, notebook_of};
    use crate::answers::states::states;
    use crate::answers::workshop::{Compiled, Product, Run, Runner};

    /// A compiler that refuses each text in which something is missing, or `side` unknown.
    struct Refusing;

    impl Runner for Refusing {
        fn compile(
            &self,
            _: &AnswerCompiler,
            folder: &Path,
            _: &[(String, String)],
            product: Product,
        ) -> Result<Compiled> {
            assert_eq!(product, Product::Errors);
            let main = fs::read_to_string(folder.join("main.rs"))?;
            let mut stderr = String::new();
            for name in main.lines().filter_map(|line| line.strip_prefix("#[path = \"")?.strip_suffix("\"]")) {
                let text = fs::read_to_string(folder.join(name))?;
                let is_known = text.contains("fn side(");
                let is_refused = |line: &str| line.contains("missing") || line.contains("side(a)") && !is_known;
                if let Some(line) = text.lines().position(is_refused) {
                    let line = line + 1;
                    let code = if text.contains("missing a type") { "E0308" } else { "E0425" };
                    stderr += &format!(
                        r#"{{"level":"error","message":"missing","code":{{"code":"{code}"}},"spans":[{{"is_primary":true,"file_name":"../{name}","line_start":{line},"text":[]}}]}}"#
                    );
                    stderr.push('\n');
                }
            }
            Ok(Compiled { done: stderr.is_empty(), stderr: stderr.into_bytes(), ended: None })
        }

        fn run(&self, _: &Path, _: &[u8]) -> Result<Run> {
            unreachable!("nothing is run")
        }
    }

    struct Cells<'a>(&'a [&'a str]);

    impl Reread for Cells<'_> {
        fn combinations(&self, _: &BTreeSet<String>) -> Result<BTreeMap<String, Answer>> {
            Ok(BTreeMap::new())
        }

        fn answers_after(&self, _: &KernelRun) -> Result<BTreeMap<String, Answer>> {
            Ok(BTreeMap::new())
        }

        fn states(&self, exercises: &BTreeSet<String>, run: &KernelRun) -> Result<BTreeMap<String, Vec<State>>> {
            Ok(states(&notebook_of(self.0), &chapter(), exercises, run))
        }
    }

    fn ran(cells: &[&str]) -> KernelRun {
        let scratch = tempfile::tempdir().unwrap();
        let kit = AnswerCompiler::nothing();
        let workshop = Workshop { kit: &kit, runner: &Refusing, scratch: scratch.path(), lender: None };
        let area = Exercise { id: "area".to_owned(), ..Exercise::default() };
        kernel_run(&[&area], &Cells(cells), &workshop, Instant::now() + Duration::from_secs(60)).unwrap()
    }

    #[test]
    fn what_the_compiler_refuses_is_found_one_behind_the_other_and_nothing_else() {
        let own = "fn area(a: f64) -> f64 { side(a) * other(a) }";
        let side = |body: &str| format!("fn side(a: f64) -> f64 {{ {body} }}");
        let other = |body: &str| format!("fn other(a: f64) -> f64 {{ {body} }}");
        let cells =
            [&side("a"), &other("1.0"), own, &side("missing"), &other("missing"), &other("a"), "fn far() { missing }"];
        assert_eq!(ran(&cells), KernelRun { refused: [4, 5].into(), ..KernelRun::default() });
    }

    #[test]
    fn a_statement_is_refused_for_its_types_and_not_for_what_another_cell_may_have() {
        let (own, side) = ("fn area(a: f64) -> f64 { side(a) }", "fn side(a: f64) -> f64 { a }");
        let cells = [own, side, "fn side(a: f64) -> f64 { a + 1.0 }\nside(missing)"];
        assert_eq!(ran(&cells).refused, BTreeSet::new());
        let cells = [side, own, "fn side(a: f64) -> f64 { a + 1.0 }\nlet missing = side(\"missing a type\");"];
        assert_eq!(ran(&cells).refused, [3].into());
    }

    #[test]
    fn the_function_runs_again_behind_each_cell_below_until_it_is_known_or_lost() {
        let (own, side) = ("fn area(a: f64) -> f64 { side(a) * other(a) }", "fn side(a: f64) -> f64 { a }");
        let other = "fn other(a: f64) -> f64 { a }";
        assert_eq!(ran(&[own, other, side, other]), KernelRun { again: [(1, 3)].into(), ..KernelRun::default() });
        let lost = "fn area(a: f64) -> f64 { side(a) * missing }";
        assert_eq!(ran(&[lost, side, own, "fn side(b: f64) -> f64 { missing }"]).refused, [1, 4].into());
    }
}
