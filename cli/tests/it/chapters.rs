//! The course's own chapters: what the notebooks hold compiles, blanks and all.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::kit::kit;
use crate::program;

/// What the compiler says of a program; nothing where it is content.
fn refusal(program: &Path) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(program, folder.path().join("main.rs")).unwrap();
    let mut compiler = Command::new(&kit().rustc);
    compiler
        .args(kit().arguments(&folder.path().join("main.rs"), &folder.path().join("answers")))
        .arg("--emit=metadata");
    let output = compiler.output().unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn every_chapter_compiles_with_its_blanks_and_with_its_answers() {
    let programs = tempfile::tempdir().unwrap();
    let built = program::neurobook().args(["build", "--programs"]).arg(programs.path()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut count = 0;
    for variant in ["student", "solution"] {
        for entry in fs::read_dir(programs.path().join(variant)).unwrap() {
            let program = entry.unwrap().path();
            let refusal = refusal(&program);
            assert!(refusal.is_none(), "{} does not compile:\n{}", program.display(), refusal.unwrap());
            count += 1;
        }
    }
    assert!(count >= 2, "there are no chapters");
}
