//! A toolchain in the session's folder whose Cargo is this program.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use neurobook_cli::jupyter::session::Sessions;

/// What tells evcxr of the toolchain in a session's folder; nothing where there are no links to be had, and evcxr then
/// finds the real Cargo.
#[cfg(unix)]
pub fn variables(sessions: &Sessions, folder: &Path, program: &Path) -> Result<Vec<(&'static str, OsString)>> {
    let real = &sessions.toolchain;
    let own = folder.join("toolchain");
    if make(&real.sysroot, &own, program).is_err() {
        return Ok(Vec::new());
    }
    let path = sessions.variables()?.into_iter().find_map(|(name, value)| (name == "PATH").then_some(value));
    let path = path.unwrap_or_default();
    let folders = std::iter::once(own.join("bin")).chain(std::env::split_paths(&path));
    Ok(vec![
        ("PATH", std::env::join_paths(folders)?),
        ("RUSTUP_TOOLCHAIN", own.into_os_string()),
        (super::REAL, real.cargo().into_os_string()),
    ])
}

#[cfg(not(unix))]
pub fn variables(_sessions: &Sessions, _folder: &Path, _program: &Path) -> Result<Vec<(&'static str, OsString)>> {
    Ok(Vec::new())
}

/// Links to all programs of a toolchain, and to this one under Cargo's name.
#[cfg(unix)]
fn make(real: &Path, own: &Path, program: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::symlink;

    let programs = own.join("bin");
    let cargo = programs.join("cargo");
    // A kernel that moves to another folder has its toolchain already; this link is made last.
    if std::fs::read_link(&cargo).is_ok_and(|made| made == program) {
        return Ok(());
    }
    std::fs::create_dir_all(&programs)?;
    for entry in std::fs::read_dir(real.join("bin"))? {
        let entry = entry?;
        if entry.file_name() != "cargo" {
            symlink(entry.path(), programs.join(entry.file_name()))?;
        }
    }
    symlink(real.join("lib"), own.join("lib"))?;
    symlink(program, cargo)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn everything_but_cargo_is_the_real_toolchains() {
        let folder = tempfile::tempdir().unwrap();
        let [real, own, program] = ["real", "own", "kernel"].map(|name| folder.path().join(name));
        fs::create_dir_all(real.join("bin")).unwrap();
        for name in ["cargo", "rustc", "rustdoc"] {
            fs::write(real.join("bin").join(name), "").unwrap();
        }
        for _ in 0..2 {
            make(&real, &own, &program).unwrap();
        }
        let target = |name: &str| fs::read_link(own.join(name)).unwrap();
        assert_eq!(target("bin/cargo"), program);
        assert_eq!(target("lib"), real.join("lib"));
        for name in ["bin/rustc", "bin/rustdoc"] {
            assert_eq!(target(name), real.join(name));
        }
    }
}
