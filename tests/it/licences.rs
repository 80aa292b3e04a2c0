//! The licences of the crates that a package is compiled of. The kernel's tests use this file too: whoever has typed
//! `cargo test` alone has not downloaded the kernel's crates.

use std::collections::BTreeSet;
use std::process::Command;

/// The licences that `deny.toml` allows, any of which is enough.
fn allowed() -> Vec<String> {
    let settings = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml"))
        .or_else(|_| std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../deny.toml")))
        .unwrap();
    let lines = settings.lines().skip_while(|line| *line != "allow = [").skip(1).take_while(|line| *line != "]");
    lines.map(|line| line.trim().trim_matches(['"', ',']).to_owned()).collect()
}

/// Whether an expression of SPDX's, in the old way with strokes or in the new one, holds for one who keeps these terms.
fn is_free(licence: &str) -> bool {
    let (plain, allowed) = (licence.replace(['(', ')'], "").replace('/', " OR "), allowed());
    plain.split(" AND ").all(|part| part.split(" OR ").any(|one| allowed.iter().any(|name| name == one.trim())))
}

/// Each crate of these packages has a licence that lets anybody use and share it.
pub fn check(packages: &[&str]) {
    assert!(!is_free("GPL-3.0-only") && !is_free("MIT AND GPL-2.0-or-later") && is_free("MIT/Apache-2.0"));
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}|{l}"]);
    tree.args(packages.iter().flat_map(|package| ["--package", package]));
    let output = tree.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let crates: BTreeSet<(&str, &str)> =
        text.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('|')).collect();
    assert!(crates.len() > 50, "the list is not one of crates:\n{text}");
    let others: Vec<_> = crates.iter().filter(|(_, licence)| !is_free(licence)).collect();
    assert!(others.is_empty(), "{others:#?}");
}
