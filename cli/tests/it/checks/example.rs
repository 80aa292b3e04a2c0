//! The exercise that CONTRIBUTING.md shows: it works as it stands.

use std::fs;
use std::path::Path;

use crate::mini::Mini;

/// The first block of Rust below "Writing an exercise".
fn example() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../CONTRIBUTING.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once("## Writing an exercise").unwrap();
    let (_, block) = section.split_once("```rust\n").unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_exercise_in_contributing_is_built_and_its_solution_passes() {
    let chapter = format!(
        "fn main() -> neurobook::Result<()> {{\n    // %% [markdown]\n    // # Example\n\n    // %%\n    use neurobook::prelude::*;\n\n{}\n    Ok(())\n}}\n",
        example()
    );
    let mini = Mini::new(&[("01_example", &chapter)]);
    mini.succeed(&["build"]);
    assert!(mini.read("notebooks/checks/double.csv").contains("mistake,x is squared,"));
    let said = mini.succeed(&["check", "notebooks/solution/01_example.ipynb"]);
    assert!(said.contains("public cases pass"), "{said}");
    let said = mini.succeed(&["check", "notebooks/student/01_example.ipynb"]);
    assert!(said.contains("not begun"), "{said}");
}
