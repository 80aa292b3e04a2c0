//! Tables of code and of the types that its variables get, held against the compiler twice: it says the types, and
//! it takes them as they are then written.
//!
//! A line of a table is `CODE //: NAME: TYPE | NAME: TYPE`. Lines without types are items. With `UPDATE_TYPES=1` the
//! tables are written again; read the difference.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use neurobook_analysis::variables::{self, Spelling, Variable};
use neurobook_recorded::Compilation;

/// A session's folder whose crate is compiled with the course's crate, and no Cargo.
fn session() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("src")).unwrap();
    fs::create_dir_all(folder.path().join("target")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\n").unwrap();
    let crates = env::current_exe().unwrap().parent().unwrap().to_owned();
    let arguments = [
        "--edition=2024".to_owned(),
        "--extern".to_owned(),
        format!("neurobook={}", newest_crate(&crates).display()),
        "-L".to_owned(),
        format!("dependency={}", crates.display()),
    ];
    let compilation = Compilation {
        manifest: "[package]\n".to_owned(),
        rustc: PathBuf::from("rustc"),
        arguments: arguments.to_vec(),
        folder: folder.path().to_owned(),
        environment: Vec::new(),
    };
    compilation.write(folder.path()).unwrap();
    folder
}

fn newest_crate(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_crate = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("libneurobook-") && name.ends_with(".rlib")
    };
    files.filter(is_crate).max_by_key(|path| path.metadata().unwrap().modified().unwrap()).unwrap()
}

/// The source that evcxr would make of a cell.
fn source(items: &[&str], statements: &str) -> String {
    format!(
        "#![allow(unused_imports, unused_mut, dead_code)]\n{}\nstruct EvcxrUserCodeError {{}}\n\
         fn evcxr_variable_store<T: 'static>(_: T) {{}}\n\
         async fn evcxr_analysis_wrapper() -> Result<(), EvcxrUserCodeError> {{\n{statements}\nOk(())}}",
        items.join("\n")
    )
}

fn text(variable: &Variable) -> String {
    let ty = match &variable.ty {
        Spelling::Type(ty) => ty.as_str(),
        Spelling::Closure => "(closure)",
        Spelling::Unknown => "(unknown)",
    };
    format!("{}: {ty}", variable.name)
}

/// What the variables that a line makes are told to be.
fn types_of(line: &str, all: &[Variable]) -> String {
    let names = variables::find(&source(&[], line), Path::new("no such folder"));
    let known = names.iter().filter_map(|one| all.iter().find(|variable| variable.name == one.name));
    known.map(text).collect::<Vec<_>>().join(" | ")
}

fn check_table(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expressions").join(name).with_extension("txt");
    let table = fs::read_to_string(&path).unwrap();
    let rows: Vec<(&str, Option<&str>)> = table
        .lines()
        .map(|line| line.split_once(" //: ").map_or((line, None), |(code, types)| (code, Some(types))))
        .collect();
    let is_item = |code: &str| {
        [
            "use ",
            "fn ",
            "async fn ",
            "unsafe ",
            "const ",
            "static ",
            "struct ",
            "enum ",
            "union ",
            "type ",
            "trait ",
            "impl",
            "mod ",
            "macro_rules",
            "#[",
        ]
        .iter()
        .any(|word| code.starts_with(word))
    };
    let (items, statements): (Vec<_>, Vec<_>) = rows.iter().partition(|row| is_item(row.0));
    let items: Vec<&str> = items.into_iter().map(|row: &(&str, _)| row.0).collect();
    let cell = statements.iter().map(|(code, _)| *code).collect::<Vec<_>>().join("\n");
    let session = session();
    let found = variables::find(&source(&items, &cell), session.path());
    assert!(found.iter().all(|variable| variable.ty != Spelling::Unknown), "{found:?}");

    let mut written = String::new();
    for (code, _) in &rows {
        let types = if is_item(code) { String::new() } else { types_of(code, &found) };
        // A line that makes a name which a later line makes again shows the later one's type.
        writeln!(written, "{code}{}{types}", if types.is_empty() { "" } else { " //: " }).unwrap();
    }
    if env::var_os("UPDATE_TYPES").is_some() {
        fs::write(&path, written).unwrap();
    } else {
        similar(&table, &written);
    }

    // The types can be written, and are those of the values.
    let mut checked = cell.clone();
    checked.insert_str(0, "fn is<T>(_: &T) {}\n");
    for variable in &found {
        if let Spelling::Type(ty) = &variable.ty
            && !ty.contains("impl ")
            // A function by itself becomes a pointer to it only where it is stored.
            && !["fn(", "for<", "unsafe "].iter().any(|word| ty.starts_with(word))
        {
            let line = statements
                .iter()
                .rposition(|(code, _)| types_of(code, &found).split(" | ").any(|known| known == text(variable)));
            let code = statements[line.unwrap()].0;
            checked = checked.replacen(&format!("{code}\n"), &format!("{code} is::<{ty}>(&{});\n", variable.name), 1);
        }
    }
    let file = session.path().join("src/checked.rs");
    fs::write(&file, source(&items, &checked).replace("async fn evcxr", "fn evcxr")).unwrap();
    let compilation = Compilation::read(session.path()).unwrap();
    let said = Command::new("rustc")
        .args(&compilation.arguments)
        .args(["--crate-type=lib", "--emit=metadata", "--cap-lints=allow", "--out-dir"])
        .arg(session.path())
        .arg(&file)
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

#[track_caller]
fn similar(expected: &str, found: &str) {
    assert_eq!(expected.lines().count(), found.lines().count());
    for (expected, found) in expected.lines().zip(found.lines()) {
        assert_eq!(expected, found);
    }
}

#[test]
fn vectors_maps_and_arrays_of_numbers_have_types() {
    check_table("collections");
}

#[test]
fn numbers_strings_functions_and_pointers_have_types() {
    check_table("values");
}

#[test]
fn iterators_have_types_or_are_known_for_what_cannot_be_kept() {
    check_table("iterators");
}

#[test]
fn the_learners_own_types_and_patterns_have_types() {
    check_table("own");
}

#[test]
fn a_name_inside_a_block_is_another_one() {
    check_table("shadowing");
}
