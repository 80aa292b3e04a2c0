//! Compiling the exercises of a notebook together, and those that the compiler accepts without the others.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use neurobook::check::Exercise;

use super::compiler::{Kit, Program, faults};
use super::evaluate::{Judged, Runner};
use super::extract::Piece;

/// What is compiled for one exercise.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    pub exercise: &'a Exercise,
    pub call: &'a str,
    pub pieces: &'a [Piece],
}

/// Errors beyond these say nothing new.
const MOST_FAULTS: usize = 3;

/// Makes a program in the folder of as many units as compile. Gives the others, with the reason.
pub fn compile(units: &[Unit], kit: &Kit, runner: &dyn Runner, folder: &Path) -> Result<BTreeMap<String, Judged>> {
    let mut refused = BTreeMap::new();
    let mut left = units.to_vec();
    while !left.is_empty() {
        let program = Program::new(left.iter().map(|unit| (unit.exercise.id.as_str(), unit.call, unit.pieces)));
        program.write(folder)?;
        let compiled = runner.compile(kit, folder)?;
        if compiled.done {
            break;
        }
        let faults = faults(&compiled.stderr, &program);
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for fault in faults {
            let file = fault.file.as_deref().and_then(|file| file.strip_suffix(".rs")).unwrap_or_default();
            found.entry(file.to_owned()).or_default().push(fault.text);
        }
        let before = left.len();
        left.retain(|unit| {
            let Some(texts) = found.get(&unit.exercise.id) else { return true };
            let text = texts[..texts.len().min(MOST_FAULTS)].join("\n");
            refused.insert(unit.exercise.id.clone(), Judged::NotCompiled(text));
            false
        });
        if left.len() == before {
            // Nobody's in particular, or the compiler was stopped: one by one, that only the guilty one suffers.
            if let [unit] = left[..] {
                let text =
                    found.into_values().flatten().next().unwrap_or_else(|| "the compiler gave no reason".to_owned());
                let judged = compiled.ended.map_or(Judged::NotCompiled(text), Judged::Stopped);
                refused.insert(unit.exercise.id.clone(), judged);
                break;
            }
            for unit in std::mem::take(&mut left) {
                let alone = compile(&[unit], kit, runner, folder)?;
                if alone.is_empty() {
                    left.push(unit);
                }
                refused.extend(alone);
            }
            // Each compiles by itself; together they must.
            let program = Program::new(left.iter().map(|unit| (unit.exercise.id.as_str(), unit.call, unit.pieces)));
            program.write(folder)?;
            let together = runner.compile(kit, folder)?;
            if !together.done && !left.is_empty() {
                let text = "it compiles by itself, but not together with your other answers";
                refused
                    .extend(left.iter().map(|unit| (unit.exercise.id.clone(), Judged::NotCompiled(text.to_owned()))));
            }
            break;
        }
    }
    Ok(refused)
}
