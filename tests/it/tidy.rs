//! What keeps the crate light and the repository in order.

use std::collections::BTreeSet;
use std::process::Command;

/// Every learner compiles each of these before the first notebook opens.
const MOST_CRATES: usize = 35;

#[test]
fn a_notebook_compiles_few_crates() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "neurobook", "--edges", "normal,build", "--prefix", "none"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let crates: BTreeSet<&str> =
        text.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "neurobook").collect();
    assert!(crates.contains("ndarray"), "the list is not one of crates:\n{text}");
    assert!(crates.len() <= MOST_CRATES, "{} crates, and {MOST_CRATES} at most:\n{crates:#?}", crates.len());
}

#[test]
fn the_lock_file_holds_the_versions_with_which_the_kernel_compiles() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    for name in ["salsa", "salsa-macros", "salsa-macro-rules"] {
        let entry = format!("name = \"{name}\"\nversion = \"0.28.2\"\n");
        assert!(lock.contains(&entry), "{name} 0.28.3 and later do not compile with evcxr 0.22's rust-analyzer");
    }
}
