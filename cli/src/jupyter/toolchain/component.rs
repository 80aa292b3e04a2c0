//! rustup's components, added to a toolchain by its name: a toolchain that is named by its path has none, says rustup.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Adds a component, or says which package brings it where rustup cannot.
pub fn add(sysroot: &Path, component: &str, rustup: &Path) -> Result<()> {
    let Some(toolchain) = name(sysroot, rustup) else { bail!(package(sysroot, component)) };
    let added = Command::new(rustup)
        .args(["component", "add", component, "--toolchain", &toolchain])
        .env_remove("RUSTUP_TOOLCHAIN")
        .stdin(Stdio::null())
        .output()
        .context("cannot start rustup")?;
    if !added.status.success() {
        bail!(
            "rustup could not add {component} to the toolchain {toolchain}. It may need the network: connect, and run `rustup component add {component} --toolchain {toolchain}`.\n{}",
            String::from_utf8_lossy(&added.stderr).trim()
        );
    }
    Ok(())
}

/// What rustup calls the toolchain in a folder; `None` where there is no rustup, or the toolchain is not one of its own.
fn name(sysroot: &Path, rustup: &Path) -> Option<String> {
    let listed = Command::new(rustup).args(["toolchain", "list", "-v"]).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    let named = || {
        text.lines().filter_map(|line| {
            let toolchain = line.split_whitespace().next()?;
            // The path comes last; it may have blanks, and a mark such as "(default)" may be before it.
            let here =
                line.find(['/', '\\']).map(|start| Path::new(&line[start.saturating_sub(drive(line, start))..]))?;
            (here.canonicalize().ok()? == sysroot.canonicalize().ok()?).then(|| toolchain.to_owned())
        })
    };
    // Two names may lead to one folder. Its own name is the one by which rustup keeps the components.
    let folder = sysroot.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned();
    named().find(|toolchain| *toolchain == folder).or_else(|| named().next())
}

/// How many letters of a path are before its first separator: `C:` on Windows.
fn drive(line: &str, separator: usize) -> usize {
    if line[..separator].ends_with(':') { 2 } else { 0 }
}

/// Who brings a component where rustup does not.
fn package(sysroot: &Path, component: &str) -> String {
    format!(
        "the Rust in {} is not rustup's, so its own packages bring {component}: Debian and Ubuntu `apt install {component}`, Fedora `dnf install {component}`, Arch `pacman -S {component}`, conda `conda install -c conda-forge {component}`, Nix the attribute `rustPlatform.rustLibSrc` (or the extension `{component}` of an overlay). Or install Rust from https://rustup.rs",
        sysroot.display()
    )
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;

    use super::*;

    /// A folder with a rustup of two names for one toolchain, which writes down what it is called with.
    struct Machine(tempfile::TempDir);

    impl Machine {
        fn new() -> Machine {
            let machine = Machine(tempfile::tempdir().unwrap());
            let home = machine.path("my home/toolchains");
            fs::create_dir_all(home.join("stable-x/bin")).unwrap();
            symlink(home.join("stable-x"), home.join("1.95.0-x")).unwrap();
            let list = |name: &str, mark: &str| format!("{name}{mark} {}", home.join(name).display());
            let lines = [list("1.95.0-x", ""), list("stable-x", " (active, default)")].join("\n");
            let script = format!(
                "#!/bin/sh\necho \"$RUSTUP_TOOLCHAIN:$*\" >> '{}'\nif [ \"$1\" = toolchain ]; then cat <<'END'\n{lines}\nEND\nfi\n",
                machine.path("called").display()
            );
            fs::write(machine.path("rustup"), script).unwrap();
            fs::set_permissions(machine.path("rustup"), PermissionsExt::from_mode(0o755)).unwrap();
            machine
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }
    }

    #[test]
    fn a_component_is_added_to_a_toolchain_by_its_name_and_not_by_its_path() {
        let machine = Machine::new();
        let sysroot = machine.path("my home/toolchains/1.95.0-x");
        add(&sysroot, "rust-src", &machine.path("rustup")).unwrap();
        let called = fs::read_to_string(machine.path("called")).unwrap();
        assert_eq!(called.lines().last(), Some(":component add rust-src --toolchain stable-x"), "{called}");
    }

    #[test]
    fn where_rustup_does_not_know_the_toolchain_the_package_is_named() {
        let machine = Machine::new();
        fs::create_dir(machine.path("usr")).unwrap();
        for rustup in ["rustup", "no such program"] {
            let said = add(&machine.path("usr"), "rust-src", &machine.path(rustup)).unwrap_err().to_string();
            assert!(said.contains("apt install rust-src") && said.contains("conda-forge rust-src"), "{said}");
        }
    }
}
