//! The program `neurobook`, as a test starts it: with a home and a cache that are not the user's.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use crate::caches;

/// What would lead a program to the user's own folders, or to another course.
const OF_THE_USER: [&str; 12] = [
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_PATH",
    "JUPYTER_RUNTIME_DIR",
    "NEUROBOOK_CRATE",
    "NEUROBOOK_KERNEL",
    "NEUROBOOK_PROGRAM",
    "NEUROBOOK_ROOT",
];

/// The program, at work on this repository's course.
pub fn neurobook() -> Command {
    let mut command = command(env!("CARGO_BIN_EXE_neurobook"));
    command.env("NEUROBOOK_ROOT", caches::root());
    command
}

/// Any program, with the folders of the tests.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    OF_THE_USER.iter().for_each(|name| _ = command.env_remove(name));
    // rustup and Cargo are found where they are, by whoever asks for them.
    for (name, folder) in [("RUSTUP_HOME", ".rustup"), ("CARGO_HOME", ".cargo")] {
        let usual = env::home_dir().map(|home| home.join(folder)).filter(|folder| folder.is_dir());
        let folder = env::var_os(name).map(PathBuf::from).or(usual);
        command.envs(folder.map(|folder| (name, folder)));
    }
    command.env("HOME", caches::folder().join("home")).env("NEUROBOOK_CACHE", caches::cache());
    command
}
