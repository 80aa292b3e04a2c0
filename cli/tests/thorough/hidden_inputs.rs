//! Hidden inputs are distinct: an answer that is right at first sight of an input has no second sight of it.

use std::fs;

use neurobook::check::Exercise;
use neurobook_cli::answers::reference::Reference;
use neurobook_cli::chapter::Chapter;

use crate::caches;
use crate::kit::kit;

/// As many runs of a course as are looked at.
const SEEDS: u64 = 20;

/// The pairs of hidden cases of an exercise that ask the same.
fn repeated(exercise: &Exercise) -> Vec<String> {
    let mut found = Vec::new();
    for (index, case) in exercise.cases.iter().enumerate().filter(|(_, case)| case.is_hidden) {
        let same = exercise.cases[..index].iter().find(|earlier| earlier.is_hidden && earlier.inputs == case.inputs);
        found.extend(same.map(|earlier| format!("{}: `{}` is `{}` again", exercise.id, case.name, earlier.name)));
    }
    found
}

#[test]
fn all_hidden_inputs_of_every_exercise_are_distinct_whatever_the_seed() {
    let folder = caches::root().join("notebooks");
    let mut chapters: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .collect();
    chapters.sort();
    let (mut hidden, mut problems) = (0, Vec::new());
    for name in chapters {
        let chapter = Chapter::read(&folder.join(format!("{name}.rs")), &name).unwrap();
        if chapter.specifications().next().is_none() {
            continue;
        }
        let reference = Reference::of(&chapter);
        let program = reference.compiled(kit()).unwrap();
        for seed in 0..SEEDS {
            // Seeds of runs are no small numbers only.
            let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            for exercise in program.exercises(Some(seed)).unwrap() {
                hidden += exercise.cases.iter().filter(|case| case.is_hidden).count();
                problems.extend(repeated(&exercise).iter().map(|problem| format!("{name}, seed {seed}, {problem}")));
            }
        }
    }
    assert!(hidden > 1000, "{hidden} hidden cases");
    assert!(problems.is_empty(), "{} of {hidden}:\n{}", problems.len(), problems.join("\n"));
}
