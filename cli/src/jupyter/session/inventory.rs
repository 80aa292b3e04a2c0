//! What a whole template holds: a list that is written last, and compared with what is there.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::tree::{entries, is_compiled};
use crate::support::atomic_file;

/// The file of the list.
pub const LIST: &str = "inventory";

/// Writes down what is there.
pub fn take(template: &Path) -> Result<()> {
    let mut lines = Vec::new();
    collect(template, Path::new(""), &mut lines)?;
    lines.sort();
    atomic_file::write(&template.join(LIST), lines.concat().as_bytes())
}

/// Whether all is there that was written down, with its length.
pub fn is_whole(template: &Path) -> bool {
    let Ok(list) = fs::read_to_string(template.join(LIST)) else { return false };
    let is_there = |line: &str| {
        let known = line.split_once(' ').and_then(|(length, path)| Some((length.parse::<u64>().ok()?, path)));
        known.is_some_and(|(length, path)| {
            fs::metadata(template.join(path)).is_ok_and(|about| about.is_file() && about.len() == length)
        })
    };
    !list.is_empty() && list.lines().all(is_there)
}

fn collect(template: &Path, below: &Path, lines: &mut Vec<String>) -> Result<()> {
    for entry in entries(&template.join(below))? {
        let path: PathBuf = below.join(entry.file_name());
        let about = entry.metadata()?;
        if about.is_dir() {
            collect(template, &path, lines)?;
        } else if is_compiled(&path) || path.components().any(|part| part.as_os_str() == ".fingerprint") {
            let name = path.to_str().context("Cargo has given a file a name that is not Unicode")?;
            lines.push(format!("{} {name}\n", about.len()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_misses_anything_is_not_whole() {
        let template = tempfile::tempdir().unwrap();
        let template = template.path();
        assert!(!is_whole(template), "an empty folder is none");
        let files = ["target/debug/deps/libndarray-1.rlib", "target/debug/.fingerprint/ndarray-1/lib-ndarray"];
        let make = || {
            for file in files {
                fs::create_dir_all(template.join(file).parent().unwrap()).unwrap();
                fs::write(template.join(file), "compiled").unwrap();
            }
        };
        make();
        assert!(!is_whole(template), "nobody has said that it is whole");
        take(template).unwrap();
        for file in files {
            assert!(is_whole(template));
            fs::remove_file(template.join(file)).unwrap();
            assert!(!is_whole(template), "{file} is missing");
            fs::write(template.join(file), "comp").unwrap();
            assert!(!is_whole(template), "{file} is cut short");
            make();
        }
    }
}
