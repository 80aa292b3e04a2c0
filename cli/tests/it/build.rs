use std::collections::HashSet;
use std::fs;
use std::path::Path;

use neurobook_cli::chapter::invitation::INVITATION;
use serde_json::{Value, json};

use crate::cells::{cell, ids, source};
use crate::mini::{CHAPTER, Mini, names};

const STUDENT: &str = "notebooks/student/01_double.ipynb";
const SOLUTION: &str = "notebooks/solution/01_double.ipynb";

#[test]
fn one_source_makes_a_notebook_with_blanks_and_one_with_answers() {
    let mini = Mini::built();
    let student = mini.notebook(STUDENT);
    let solution = mini.notebook(SOLUTION);
    let stub = "fn double(x: f64) -> f64 {\n    // The factor comes first.\n    let factor: f64 = blank!(\"how many times\");\n    blank!(\"the product\")\n}";
    let answer = "fn double(x: f64) -> f64 {\n    // The factor comes first.\n    let secret_factor = 2.0;\n    secret_factor * x\n}";
    assert_eq!(source(cell(&student, "double")), stub);
    assert_eq!(source(cell(&solution, "double")), answer);
    assert_eq!(source(cell(&student, "why")), format!("Why does it double?\n\n{INVITATION}"));
    assert_eq!(source(cell(&solution, "why")), "Why does it double?\n\nBecause the secret factor is two.");
    let folded = format!(
        "<details>\n<summary>Copy the function if you get stuck</summary>\n\n```rust\n{answer}\n```\n\n</details>"
    );
    assert_eq!(source(cell(&student, "double-solution")), folded);
    assert_eq!(
        source(cell(&student, "double-hint-1")),
        "<details>\n<summary>Hint 1</summary>\n\nThink of a pair.\n\n</details>"
    );
    let after_the_first = [
        "double",
        "double-hint-1",
        "double-hint-2",
        "double-solution",
        "double-check",
        "why",
        "why-hint-1",
        "why-hint-2",
        "why-solution",
    ];
    assert_eq!(ids(&student)[2..], after_the_first);
    let unfolded: Vec<&str> = after_the_first.into_iter().filter(|id| !id.ends_with("-solution")).collect();
    assert_eq!(ids(&solution)[2..], unfolded);
    assert_eq!(source(&student["cells"][1]), ":dep neurobook = { path = \"../..\" }\nuse neurobook::prelude::*;");
}

#[test]
fn a_notebook_says_what_it_is_and_what_its_cells_are_for() {
    let student = Mini::built().notebook(STUDENT);
    assert_eq!((&student["nbformat"], &student["nbformat_minor"]), (&json!(4), &json!(5)));
    assert_eq!(student["metadata"]["kernelspec"], json!({"name": "rust", "display_name": "Rust", "language": "rust"}));
    assert_eq!(student["metadata"]["neurobook"]["chapter"], "01_double");
    assert_eq!(student["metadata"]["neurobook"]["variant"], "student");
    assert_eq!(
        student["metadata"]["neurobook"]["generated"],
        "Generated from notebooks/01_double.rs: edit that file, then `cargo run -- build`"
    );
    let stub = |id: &str| cell(&student, id)["metadata"]["neurobook"]["stub"].clone();
    let answer = json!({"exercise": "double", "role": "answer", "points": 4, "stub": stub("double")});
    let check = json!({"exercise": "double", "role": "check", "points": 4});
    let text = json!({"exercise": "why", "role": "text", "points": 2, "stub": stub("why")});
    let hint = json!({"exercise": "why", "role": "hint"});
    for (id, metadata) in [("double", answer), ("double-check", check), ("why", text), ("why-hint-2", hint)] {
        assert_eq!(cell(&student, id)["metadata"]["neurobook"], metadata, "{id}");
    }
    let locks = |id: &str| ["deletable", "editable"].map(|key| cell(&student, id)["metadata"].get(key).cloned());
    let forbidden = Some(json!(false));
    assert_eq!(locks("double"), [forbidden.clone(), None]);
    assert_eq!(locks("double-check"), [forbidden.clone(), forbidden]);
    assert_eq!(locks("why-hint-2"), [None, None]);
    assert_eq!(
        (&cell(&student, "double")["outputs"], &cell(&student, "double")["execution_count"]),
        (&json!([]), &Value::Null)
    );
}

#[test]
fn every_notebook_tells_nbgrader_where_the_points_are() {
    let mini = Mini::built();
    mini.succeed(&["build", "--graded"]);
    for notebook in [STUDENT, SOLUTION, "notebooks/graded/01_double.ipynb"] {
        let notebook = mini.notebook(notebook);
        let about = |id: &str| {
            let mut about = cell(&notebook, id)["metadata"]["nbgrader"].clone();
            let checksum = about.as_object_mut().unwrap().remove("checksum").unwrap();
            assert_eq!(checksum.as_str().unwrap().len(), 32);
            about
        };
        let answer = json!({"cell_type": "code", "grade": false, "grade_id": "double-solution", "locked": false, "schema_version": 3, "solution": true, "task": false});
        let check = json!({"cell_type": "code", "grade": true, "grade_id": "double", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false});
        let text = json!({"cell_type": "markdown", "grade": true, "grade_id": "why", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false});
        assert_eq!([about("double"), about("double-check"), about("why")], [answer, check, text]);
        assert_eq!(cell(&notebook, "why-hint-1")["metadata"].get("nbgrader"), None);
    }
}

#[test]
fn an_exercise_with_two_checks_has_its_points_once_and_one_without_a_check_has_them_on_its_answer() {
    let check = "    // %% check\n    assert_eq!(double(2.0), 4.0);\n";
    for (checks, expected) in [(2, [Some(4), None]), (0, [None, Some(4)])] {
        let mini = Mini::new(&[("01_double", &CHAPTER.replace(check, &check.repeat(checks)))]);
        mini.succeed(&["build"]);
        let student = mini.notebook(STUDENT);
        let points = |id: &str| {
            let found = student["cells"].as_array().unwrap().iter().find(|cell| cell["id"] == id);
            found.and_then(|cell| cell["metadata"]["nbgrader"]["points"].as_u64())
        };
        assert_eq!([points("double-check"), points("double")], expected);
        assert_eq!(points("double-check-2"), None);
    }
}

#[test]
fn the_same_source_makes_the_same_bytes_and_unchanged_files_are_left_alone() {
    let mini = Mini::built();
    let changed = fs::metadata(mini.path(STUDENT)).unwrap().modified().unwrap();
    assert_eq!(mini.succeed(&["build"]), "0 written, 2 unchanged\n");
    assert_eq!(fs::metadata(mini.path(STUDENT)).unwrap().modified().unwrap(), changed);
    let windows = Mini::new(&[("01_double", &CHAPTER.replace('\n', "\r\n"))]);
    windows.succeed(&["build"]);
    assert_eq!(windows.read(STUDENT), mini.read(STUDENT));
}

#[test]
fn cells_keep_their_ids_when_others_come_and_go() {
    let before = ids(&Mini::built().notebook(STUDENT));
    let more = CHAPTER.replace("    // %% exercise", "    // %% [markdown]\n    // New.\n\n    // %%\n    new();\n\n    // %% [markdown]\n    // New.\n\n    // %% exercise");
    let mini = Mini::new(&[("01_double", &more)]);
    mini.succeed(&["build"]);
    let after = ids(&mini.notebook(STUDENT));
    assert_eq!(after.len(), before.len() + 3);
    assert!(before.iter().all(|id| after.contains(id)));
    assert_eq!(after.iter().collect::<HashSet<_>>().len(), after.len());
    assert!(
        after
            .iter()
            .all(|id| { id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') })
    );
}

#[test]
fn check_names_each_stale_missing_or_superfluous_notebook_and_writes_nothing() {
    let mini = Mini::built();
    assert_eq!(mini.succeed(&["build", "--check"]), "2 notebooks are as their chapters make them\n");
    let stale = mini.read(STUDENT) + "\n";
    mini.write(STUDENT, &stale);
    fs::remove_file(mini.path(SOLUTION)).unwrap();
    mini.write("notebooks/solution/09_gone.ipynb", "{}");
    let message = mini.fail(&["build", "--check"]);
    for line in [
        "notebooks/student/01_double.ipynb is not what notebooks/01_double.rs makes",
        "notebooks/solution/01_double.ipynb is missing",
        "notebooks/solution/09_gone.ipynb has no chapter: delete it",
        "run `cargo run -- build` and commit what it writes",
    ] {
        assert!(message.lines().any(|found| found == line), "{message}");
    }
    assert_eq!((mini.read(STUDENT), mini.path(SOLUTION).exists()), (stale, false));
    mini.succeed(&["build"]);
    assert_eq!(mini.read("notebooks/solution/09_gone.ipynb"), "{}");
}

#[test]
fn mistakes_in_several_chapters_are_all_shown_and_nothing_is_built() {
    let mini = Mini::new(&[
        ("01_double", CHAPTER),
        ("02_a", "fn main() {\n}\n"),
        ("03_b", &CHAPTER.replace("points=4", "pionts=4")),
    ]);
    let message = mini.fail(&["build"]);
    let expected = "error: 3 mistakes in the chapters, so nothing is built:
notebooks/02_a.rs:1: no cells: begin each with a line `// %%` or `// %% [markdown]` inside fn main
notebooks/03_b.rs:11: unknown attribute `pionts`: did you mean `points`?
notebooks/03_b.rs:11: exercise without points: add points=1 or more, or points=0 if it does not count
";
    assert_eq!(message, expected);
    assert_eq!(names(&mini.path("notebooks")), ["01_double.rs", "02_a.rs", "03_b.rs"]);
}

#[test]
fn a_course_without_chapters_and_a_source_that_is_not_text_are_explained() {
    let mini = Mini::new(&[]);
    mini.write("notebooks/README.md", "");
    assert!(mini.fail(&["build"]).contains("write one as notebooks/01_name.rs"));
    fs::write(mini.path("notebooks/01_a.rs"), [b'/', 0xff]).unwrap();
    assert!(mini.fail(&["build"]).contains("notebooks/01_a.rs is not UTF-8 (byte 1): save it as UTF-8"));
}

#[test]
fn solutions_stand_in_the_fold_and_nowhere_else() {
    assert_no_leak(&Mini::new(&[("01_double", CHAPTER)]).root);
}

#[test]
fn the_chapters_of_the_course_leak_no_solution() {
    assert_no_leak(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
}

#[test]
fn graded_notebooks_keep_the_hints_and_drop_the_fold() {
    let mini = Mini::built();
    mini.succeed(&["build", "--graded"]);
    let graded = mini.notebook("notebooks/graded/01_double.ipynb");
    let expected: Vec<String> =
        ids(&mini.notebook(STUDENT)).into_iter().filter(|id| !id.ends_with("-solution")).collect();
    assert_eq!(ids(&graded), expected);
    mini.succeed(&["build", "--graded", "--check"]);
}

#[test]
fn the_programs_are_the_chapter_with_blanks_and_with_answers() {
    let mini = Mini::new(&[("01_double", CHAPTER)]);
    mini.succeed(&["build", "--programs", "target/programs"]);
    let student = mini.read("target/programs/student/01_double.rs");
    let solution = mini.read("target/programs/solution/01_double.rs");
    assert!(student.contains("        blank!(\"the product\")\n") && !student.contains("secret"));
    assert!(solution.contains("        secret_factor * x\n") && !solution.contains("blank!"));
}

/// Builds a course elsewhere and looks for each line of each solution in the whole text of its notebooks.
fn assert_no_leak(root: &Path) {
    let out = tempfile::tempdir().unwrap();
    let graded = tempfile::tempdir().unwrap();
    let course = Mini::new(&[]);
    let build = |arguments: &[&str]| {
        let output = course.command(arguments).env("NEUROBOOK_ROOT", root).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let sources: Vec<String> =
        names(&root.join("notebooks")).into_iter().filter(|name| name.ends_with(".rs")).collect();
    if sources.is_empty() {
        return;
    }
    build(&["build", "--out", out.path().to_str().unwrap()]);
    build(&["build", "--graded", "--out", graded.path().to_str().unwrap()]);
    for name in sources {
        let chapter = fs::read_to_string(root.join("notebooks").join(&name)).unwrap();
        let secrets = secrets(&chapter);
        assert!(!secrets.is_empty() || !chapter.contains("// SOLUTION"), "{name} has no solution to look for");
        let notebook = name.replace(".rs", ".ipynb");
        let graded = fs::read_to_string(graded.path().join(&notebook)).unwrap();
        let student = fs::read_to_string(out.path().join("student").join(&notebook)).unwrap();
        let mut unfolded: Value = serde_json::from_str(&student).unwrap();
        unfolded["cells"].as_array_mut().unwrap().retain(|cell| cell["metadata"]["neurobook"]["role"] != "solution");
        let solution = fs::read_to_string(out.path().join("solution").join(&notebook)).unwrap();
        for secret in secrets {
            let written = json!(secret).to_string();
            let written = &written[1..written.len() - 1];
            assert!(solution.contains(written) && student.contains(written), "{name}: {secret} is in no solution");
            assert!(!unfolded.to_string().contains(written), "{name}: the student notebook says {secret}");
            assert!(!graded.contains(written), "{name}: the graded notebook says {secret}");
        }
    }
}

/// The lines that only a solution has.
fn secrets(chapter: &str) -> Vec<String> {
    let (mut secret, mut open) = (Vec::new(), Vec::new());
    let mut inside = false;
    for line in chapter.lines().map(str::trim) {
        match line {
            "// SOLUTION" => inside = true,
            "// STUB" => inside = false,
            _ if inside => secret.push(line.trim_start_matches("// ").to_string()),
            _ => open.push(line),
        }
    }
    let open = open.join("\n");
    secret.retain(|line| line.len() > 8 && !open.contains(line.as_str()));
    secret
}
