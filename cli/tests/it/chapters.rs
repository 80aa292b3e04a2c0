//! The course's own chapters: what the notebooks hold compiles, blanks and all.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Checks a program against the crate, in a package of its own.
fn check(program: &Path, name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let package = tempfile::tempdir().unwrap();
    fs::create_dir(package.path().join("src")).unwrap();
    fs::copy(program, package.path().join("src/main.rs")).unwrap();
    // The versions that are here already: the test needs no network.
    fs::copy(root.join("Cargo.lock"), package.path().join("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[dependencies]\nneurobook = {{ path = {root:?} }}\n[workspace]\n"
    );
    fs::write(package.path().join("Cargo.toml"), manifest).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline"])
        .current_dir(package.path())
        .env("CARGO_TARGET_DIR", root.join("target").join("chapters"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{name} does not compile:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_chapter_compiles_with_its_blanks_and_with_its_answers() {
    let programs = tempfile::tempdir().unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_neurobook"))
        .args(["build", "--programs"])
        .arg(programs.path())
        .env("NEUROBOOK_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut count = 0;
    for variant in ["student", "solution"] {
        for entry in fs::read_dir(programs.path().join(variant)).unwrap() {
            let program = entry.unwrap().path();
            let chapter = program.file_stem().unwrap().to_string_lossy().into_owned();
            check(&program, &format!("{variant}_{chapter}"));
            count += 1;
        }
    }
    assert!(count >= 2, "there are no chapters");
}
