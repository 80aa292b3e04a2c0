//! How cells are compiled: as Cargo would have, and by Cargo only where something has changed.

use std::fs;

use serde_json::json;

use crate::run::{outputs_of, run, said};

/// When Cargo was last asked.
const ASKED: &str = "fn asked() -> std::time::SystemTime {
    let session = std::env::var(\"EVCXR_TMPDIR\").unwrap();
    std::fs::metadata(format!(\"{session}/.neurobook-cargo\")).unwrap().modified().unwrap()
}
let first = asked();";

#[test]
#[cfg(unix)]
fn cargo_is_asked_again_only_after_a_change() {
    let course = tempfile::tempdir().unwrap();
    let source = course.path().join("src/lib.rs");
    fs::create_dir(course.path().join("src")).unwrap();
    fs::write(course.path().join("Cargo.toml"), "[package]\nname = \"other\"\nedition = \"2024\"\n").unwrap();
    fs::write(&source, "pub fn answer() -> u8 { 1 }\n").unwrap();
    let load = format!(":dep other = {{ path = {:?} }}\nlet second = asked();", course.path());
    let change = format!("std::fs::write({source:?}, \"pub fn answer() -> u8 {{ 2 }}\\n\").unwrap();");
    let cells = [
        ASKED,
        "let step = 0.5;\nassert_eq!(asked(), first);",
        "let mut steps = vec![step];\nfor k in 0..3 { steps.push(steps[k] + step); }\nassert_eq!(asked(), first);",
        &load,
        "assert!(second > first);\nother::answer()",
        "assert_eq!(asked(), second);\nsteps.len()",
        &change,
        "other::answer()",
        "assert!(asked() > second);",
        ":opt 1\nlet third = asked();",
        "assert!(third > second && asked() == third);\nsteps[3]",
    ];
    let (output, folder) = run(&cells, &["--out", "out.ipynb"]);
    assert!(output.status.success(), "{}", said(&output));
    let out = folder.path().join("out.ipynb");
    for (cell, value) in [(4, "1"), (5, "4"), (7, "2"), (10, "2.0")] {
        assert_eq!(outputs_of(&out, cell)[0]["data"]["text/plain"], json!([value]), "cell {cell}");
    }
}

#[test]
fn a_name_that_looks_like_a_variable_of_an_earlier_cell_is_said() {
    let (output, _folder) = run(&["let speed = 1.0;\nlet other = 2.0;", "println!(\"{}\", sped + 1.0);"], &[]);
    let text = said(&output);
    assert!(text.contains("cell 2, exercise e") && text.contains("line 1: cannot find value `sped`"), "{text}");
    assert!(text.contains("similar name"), "{text}");
}

#[test]
fn a_cell_keeps_what_it_does_not_name_and_loses_what_it_moves() {
    let cells = [
        "let kept = vec![1.0, 2.0];\nlet moved = vec![3.0];\nlet mut counted = 1;",
        "let owner = moved;",
        "counted += kept.len() as i32;\nprintln!(\"{counted}\");",
        "struct Own(f64);\nlet own = Own(0.5);",
        "(kept, owner, counted, own.0)",
        "moved.len()",
    ];
    let (output, folder) = run(&cells, &["--out", "out.ipynb", "--keep-going"]);
    let text = said(&output);
    let out = folder.path().join("out.ipynb");
    assert_eq!(outputs_of(&out, 2)[0]["text"], json!(["3\n"]), "{text}");
    assert_eq!(outputs_of(&out, 4)[0]["data"]["text/plain"], json!(["([1.0, 2.0], [3.0], 3, 0.5)"]), "{text}");
    assert!(text.contains("cell 6, exercise e") && text.contains("cannot find value `moved`"), "{text}");
    assert!(text.contains("1 cell failed"), "{text}");
}

#[test]
fn a_number_does_not_depend_on_whether_its_cell_is_optimized() {
    let body =
        "let mut x = 0.1_f64; x = (x.sin() * 3.7 + 0.1).exp().sqrt(); x = x.powf(1.3) * x + x / 3.0; x.to_bits()";
    let straight = format!("let straight = {{ {body} }};");
    let looped = format!("let mut looped = 0;\nfor _ in 0..1 {{ looped = {{ {body} }}; }}");
    let (output, folder) = run(&[&straight, &looped, "straight == looped"], &["--out", "out.ipynb"]);
    assert!(output.status.success(), "{}", said(&output));
    let shown = outputs_of(&folder.path().join("out.ipynb"), 2);
    assert_eq!(shown[0]["data"]["text/plain"], json!(["true"]));
}
