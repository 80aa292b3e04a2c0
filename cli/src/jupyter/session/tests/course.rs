//! A course of one line and its sessions, with a cache of its own.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::super::{Session, Sessions};

const LOCK: &str = "version = 4\n\n[[package]]\nname = \"helper\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"neurobook\"\nversion = \"0.1.0\"\ndependencies = [\n \"helper\",\n]\n";

/// What a session of evcxr has as its package once the course is loaded.
const PACKAGE: &str = "[package]\nname = \"ctx\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\npath = \"src/lib.rs\"\n\n[profile.dev]\nopt-level = 2\ndebug = false\nstrip = \"debuginfo\"\nrpath = true\nlto = false\ndebug-assertions = true\ncodegen-units = 16\npanic = 'unwind'\nincremental = true\noverflow-checks = true\n\n[dependencies]\n";

pub struct Course {
    folder: TempDir,
    root: PathBuf,
    pub cache: PathBuf,
}

impl Course {
    pub fn new() -> Course {
        Course::called("course")
    }

    /// A course in a folder of this name.
    pub fn called(name: &str) -> Course {
        let folder = tempfile::tempdir().unwrap();
        let above = folder.path().canonicalize().unwrap();
        let course = Course { root: above.join(name), cache: above.join("cache").join("sessions"), folder };
        course.write(
            "Cargo.toml",
            "[workspace]\n[package]\nname = \"neurobook\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nhelper = { path = \"helper\" }\n",
        );
        course.write("Cargo.lock", LOCK);
        course.write("src/lib.rs", "pub mod prelude {\n    pub fn one() -> f64 { helper::one() }\n}\n");
        course.write("src/data.rs", "");
        course.write("helper/Cargo.toml", "[package]\nname = \"helper\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        course.write("helper/src/lib.rs", "pub fn one() -> f64 { 1.0 }\n");
        // Cargo goes by what such a program printed, too, and by when.
        course.write("helper/build.rs", "fn main() { println!(\"cargo::rerun-if-changed=build.rs\"); }\n");
        fs::create_dir_all(&course.cache).unwrap();
        course
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a file of settings that Cargo finds on its way up from the sessions.
    pub fn set(&self, settings: &str) {
        let folder = self.folder.path().join(".cargo");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), settings).unwrap();
    }

    pub fn sessions(&self) -> Sessions {
        Sessions::within(self.root.clone(), self.cache.clone()).unwrap()
    }

    /// The sessions with a template, and what was compiled for it.
    pub fn prepared(&self) -> (Sessions, Vec<String>) {
        let sessions = self.sessions();
        let mut compiled = Vec::new();
        prepare(&sessions, &mut compiled).unwrap();
        (sessions, compiled)
    }

    /// What is in the folder of the sessions, without what is hidden and what is always there.
    pub fn left(&self) -> Vec<String> {
        let names = fs::read_dir(&self.cache).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut left: Vec<String> =
            names.filter(|name| ["kernel-", "draft-", "template-"].iter().any(|own| name.starts_with(own))).collect();
        left.sort();
        left
    }
}

/// Makes the template as set-up does, and says what is compiled.
pub fn prepare(sessions: &Sessions, compiled: &mut Vec<String>) -> Result<()> {
    sessions.prepare(
        |_| Ok(()),
        |draft| {
            compiled.extend(build(sessions, draft, &[])?);
            Ok(())
        },
    )
}

/// What is compiled for a kernel's first two cells, as evcxr has them compiled, for a user with these variables.
pub fn start(sessions: &Sessions, session: &Session, users: &[(&str, &str)]) -> Vec<String> {
    let folder = &session.folder;
    fs::write(folder.join("Cargo.toml"), PACKAGE).unwrap();
    fs::write(folder.join("src/lib.rs"), "pub fn first() -> f64 { 42.0 }\n").unwrap();
    let mut compiled = build(sessions, folder, users).unwrap();
    let path = sessions.root.display();
    fs::write(folder.join("Cargo.toml"), format!("{PACKAGE}neurobook = {{ path = \"{path}\" }}\n")).unwrap();
    fs::write(folder.join("src/lib.rs"), "pub fn second() -> f64 { neurobook::prelude::one() }\n").unwrap();
    compiled.extend(build(sessions, folder, users).unwrap());
    compiled
}

/// Calls Cargo as evcxr does. Gives the crates that were compiled.
fn build(sessions: &Sessions, folder: &Path, users: &[(&str, &str)]) -> Result<Vec<String>> {
    let users = users.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let mut cargo = sessions.cargo_among(folder, env::vars_os().chain(users))?;
    let done =
        cargo.args(["--offline", "build", "--target", sessions.toolchain.host()?, "--message-format=json"]).output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "{said}");
    let names = said.lines().filter_map(|line| line.trim().strip_prefix("Compiling ")?.split(' ').next());
    Ok(names.map(str::to_owned).collect())
}

/// Every file of a folder with a digest of what it holds and its time.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            found.insert(path.clone(), (Sha256::digest(fs::read(path).unwrap()).to_vec(), time));
        }
    }
    found
}
