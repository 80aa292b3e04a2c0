//! Which cells of a notebook the kernel refused. What it refuses leaves nothing: each name stays what it was above that cell.
//!
//! The kernel compiles all that it knows with each cell. So does this with all that an exercise's function has to do with: the first
//! state with an error is that of a refused cell, and what comes below is tried once more without it. The cell with the function
//! itself is tried again behind the next one, as a learner does who has mended something.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use anyhow::Result;
use neurobook::check::Exercise;

use super::answer::{Answer, Candidate, Snippet};
use super::compile;
use super::compile::Unit;
use super::kernel_run::KernelRun;
use super::states::State;
use super::workshop::Workshop;

/// What takes longer to find is not looked for.
const MOST_ROUNDS: usize = 40;

/// Reads a notebook again.
///
/// # Errors
/// When the machine fails. A notebook that takes too much has nothing.
pub trait Reread {
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
        let is_refused = |state: &&State| accepted.get(&state.pieces) == Some(&false);
        let before = run.clone();
        for states in states.values() {
            let Some(number) = states.iter().position(|state| is_refused(&state)) else { continue };
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
    accepted: &mut HashMap<Vec<Snippet>, bool>,
    workshop: &Workshop,
    deadline: Instant,
) -> Result<()> {
    let mut new: Vec<(String, &Exercise, Candidate)> = Vec::new();
    for exercise in exercises {
        for State { cell, pieces, .. } in states.get(&exercise.id).into_iter().flatten() {
            if !accepted.contains_key(pieces) && new.iter().all(|(_, _, candidate)| candidate.pieces != *pieces) {
                new.push((format!("{}__{cell}", exercise.id), exercise, Candidate::alone(pieces.clone(), *cell)));
            }
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    let units = new.iter().map(|(name, exercise, candidate)| Unit { name, exercise, call: None, candidate });
    let units: Vec<Unit> = units.collect();
    let folder = workshop.folder()?;
    let refused = compile::check_until(Some(deadline), &units, workshop, folder.path())?;
    for (name, _, candidate) in new {
        accepted.insert(candidate.pieces, !refused.contains_key(&name));
    }
    Ok(())
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
                    stderr += &format!(
                        r#"{{"level":"error","message":"missing","spans":[{{"is_primary":true,"file_name":"../{name}","line_start":{line},"text":[]}}]}}"#
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
    fn the_function_runs_again_behind_each_cell_below_until_it_is_known_or_lost() {
        let (own, side) = ("fn area(a: f64) -> f64 { side(a) * other(a) }", "fn side(a: f64) -> f64 { a }");
        let other = "fn other(a: f64) -> f64 { a }";
        assert_eq!(ran(&[own, other, side, other]), KernelRun { again: [(1, 3)].into(), ..KernelRun::default() });
        let lost = "fn area(a: f64) -> f64 { side(a) * missing }";
        assert_eq!(ran(&[lost, side, own, "fn side(b: f64) -> f64 { missing }"]).refused, [1, 4].into());
    }
}
