//! What keeps the crate light and the repository in order.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::licences;

/// Every learner compiles each of these before the first notebook opens.
const MOST_CRATES: usize = 35;

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

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
fn completions_lock_file_holds_the_versions_with_which_rust_analyzer_compiles() {
    let lock = read("completion/Cargo.lock");
    for name in ["salsa", "salsa-macros", "salsa-macro-rules"] {
        let entry = format!("name = \"{name}\"\nversion = \"0.28.2\"\n");
        assert!(lock.contains(&entry), "{name} 0.28.3 and later do not compile with evcxr 0.22's rust-analyzer");
    }
}

#[test]
fn the_kernel_compiles_none_of_rust_analyzers_crates_but_its_parser() {
    let lock = read("Cargo.lock");
    let packages = lock.split("[[package]]").filter(|package| package.contains("\nsource = "));
    let names: BTreeSet<&str> = packages.filter_map(|package| package.split('"').nth(1)).collect();
    let analyzers: Vec<&&str> = names.iter().filter(|name| name.starts_with("ra_ap_") || **name == "salsa").collect();
    assert!(names.contains("evcxr"), "{names:?}");
    assert_eq!(analyzers, [&"ra_ap_edition", &"ra_ap_parser", &"ra_ap_stdx", &"ra_ap_syntax"]);
}

#[test]
fn both_lock_files_hold_the_same_evcxr() {
    let evcxr = |lock: &str| {
        let entry = |name: &str| format!("name = \"{name}\"\nversion = \"0.22.0\"\n");
        ["evcxr", "evcxr_jupyter"].map(|name| read(lock).contains(&entry(name)))
    };
    // The notebooks' kernel has evcxr; its own Jupyter kernel is started for comparison only.
    assert_eq!(evcxr("Cargo.lock"), [true, false]);
    assert_eq!(evcxr("completion/Cargo.lock"), [true, true]);
}

#[test]
fn the_image_and_the_readme_name_the_rust_that_the_crate_asks_for() {
    let manifest = read("Cargo.toml");
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    assert!(read("README.md").contains(&format!("(https://rustup.rs) {version} or newer")), "README.md: not {version}");
    let image = read(".binder/Dockerfile");
    let bases: Vec<&str> = image.lines().filter_map(|line| line.strip_prefix("FROM rust:")).collect();
    assert!(!bases.is_empty() && bases.iter().all(|base| base.starts_with(&format!("{version}-"))), "{bases:?}");
}

#[test]
fn the_image_has_its_python_packages_from_the_lists_that_name_their_versions() {
    let pinned = |list: &str| -> BTreeSet<String> {
        let lines: Vec<String> = read(list).lines().map(str::to_owned).collect();
        lines.iter().filter_map(|line| Some(line.split_once("==")?.0.to_owned())).collect()
    };
    let (ours, hub) = (pinned("cli/src/jupyter/requirements.txt"), pinned(".binder/requirements.txt"));
    assert!(ours.contains("jupyterlab") && hub.contains("jupyterhub"), "{ours:?} {hub:?}");
    assert!(ours.is_disjoint(&hub), "a version is named twice: {ours:?} {hub:?}");
    let image = read(".binder/Dockerfile");
    assert!(!image.contains("=="), "the image names a version of its own");
    for list in ["--constraint cli/src/jupyter/requirements.txt", "--requirement .binder/requirements.txt"] {
        assert!(image.contains(list), "the image does without `{list}`");
    }
}

#[test]
fn every_crate_of_the_notebooks_and_of_the_tool_has_a_licence_that_lets_anybody_use_and_share_it() {
    licences::check(&["neurobook", "neurobook-cli"]);
}
