//! Programs that are compiled when something first needs them, so that whoever only builds, checks or grades need not
//! wait for them: the kernel's, which holds evcxr, and completion's, which holds rust-analyzer.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::progress::{Estimate, ProgressFile};
use super::toolchain::{Toolchain, executable_name};
use crate::support::shared_setup::SharedSetup;
use crate::support::step_reporter::{Step, said};
use crate::support::{atomic_file, paths, program_copy};

/// A program of the workbook's, as Cargo knows it.
pub struct Package {
    name: &'static str,
    /// The folder of its workspace in the checkout.
    workspace: &'static str,
    /// What it is compiled from, in the checkout.
    sources: &'static [&'static str],
    /// Names a program that is there already.
    variable: &'static str,
    step: &'static str,
    may_take: &'static str,
}

/// Runs the cells.
pub const KERNEL: Package = Package {
    name: "neurobook-kernel",
    workspace: "",
    sources: &["Cargo.toml", "Cargo.lock", "src", "data", "cli/Cargo.toml", "cli/src", "kernel"],
    variable: "NEUROBOOK_KERNEL",
    step: "Compiling the kernel",
    may_take: "a minute or two, once; needs the network the first time",
};

/// Answers the Tab key, and is evcxr's own kernel.
pub const COMPLETION: Package = Package {
    name: "neurobook-completion",
    workspace: "completion",
    sources: &["completion/Cargo.toml", "completion/Cargo.lock", "completion/src"],
    variable: "NEUROBOOK_COMPLETION",
    step: "Compiling what completes names at the Tab key",
    may_take: "up to ten minutes, once; notebooks run without it",
};

/// A program, compiled or not.
pub struct CompiledProgram {
    package: &'static Package,
    file: PathBuf,
    /// `None` where it was installed beside this program, as in a container.
    checkout: Option<Checkout>,
}

/// Where it is compiled.
struct Checkout {
    root: PathBuf,
    target: PathBuf,
    /// Cargo's name for the level at which this program was compiled, too.
    profile: &'static str,
}

impl CompiledProgram {
    /// The program that fits this one.
    pub fn find(package: &'static Package) -> Result<CompiledProgram> {
        if let Some(named) = env::var_os(package.variable) {
            let file = std::path::absolute(named)
                .with_context(|| format!("{} is empty: unset it or name a program", package.variable))?;
            return Ok(CompiledProgram { package, file, checkout: None });
        }
        let original = program_copy::original()?;
        let folder = original.parent().context("a program is in a folder")?;
        let checkout = checkout_of(folder, package);
        let file = match &checkout {
            Some(checkout) => {
                checkout.target.join(folder.file_name().unwrap_or_default()).join(executable_name(package.name))
            }
            None => folder.join(executable_name(package.name)),
        };
        if checkout.is_none() && !file.is_file() {
            if package.name == COMPLETION.name && SharedSetup::of_this_program()?.is_some() {
                bail!("{} was left out when the course was set up for all users (`--no-completion`)", package.name);
            }
            bail!(
                "{} is neither beside {} nor can it be compiled, for its sources are not there: set {} to the program",
                package.name,
                original.display(),
                package.variable
            );
        }
        Ok(CompiledProgram { package, file, checkout })
    }

    /// The program's file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether the program is there and is what its sources say.
    pub fn is_ready(&self, toolchain: &Toolchain) -> bool {
        let Some(checkout) = &self.checkout else { return self.file.is_file() };
        let known = fs::read_to_string(self.key_file());
        self.file.is_file()
            && known.is_ok_and(|known| checkout.key(self.package, toolchain).is_ok_and(|key| key == known))
    }

    /// Compiles the program if that is not done.
    pub fn prepare(&self, toolchain: &Toolchain, progress: &ProgressFile) -> Result<()> {
        let Some(checkout) = &self.checkout else { return Ok(()) };
        if self.is_ready(toolchain) {
            return Ok(());
        }
        let key = checkout.key(self.package, toolchain)?;
        let step = Step::begin(self.package.step, self.package.may_take);
        checkout.compile(self.package, toolchain, progress, &step)?;
        atomic_file::write(&self.key_file(), key.as_bytes())?;
        step.done();
        Ok(())
    }

    fn key_file(&self) -> PathBuf {
        self.file.with_extension("key")
    }
}

impl Checkout {
    /// Changes with whatever the program is compiled from.
    fn key(&self, package: &Package, toolchain: &Toolchain) -> Result<String> {
        let mut files = Vec::new();
        for source in package.sources {
            collect(&self.root.join(source), &mut files)?;
        }
        files.sort();
        let mut digest = Sha256::new();
        digest.update(&toolchain.version);
        for file in files {
            digest.update(file.as_os_str().as_encoded_bytes());
            digest.update(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
        }
        Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Cargo with the compiler of the same toolchain. Cargo compiles a dependency in the dependency's own folder, and rustup
    /// would obey a `rust-toolchain.toml` that it finds there.
    fn cargo(&self, package: &Package, toolchain: &Toolchain, words: &[&str]) -> Result<Command> {
        let mut cargo = Command::new(toolchain.cargo());
        cargo
            .args(words)
            .args(["--package", package.name])
            .current_dir(self.root.join(package.workspace))
            .env("PATH", toolchain.path_variable()?)
            .env("RUSTUP_TOOLCHAIN", &toolchain.sysroot)
            .stdin(Stdio::null());
        Ok(cargo)
    }

    /// How many crates it is made of, as far as Cargo can tell beforehand.
    fn count_crates(&self, package: &Package, toolchain: &Toolchain) -> Option<usize> {
        let words = ["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
        let tree = self.cargo(package, toolchain, &words).ok()?.output().ok().filter(|tree| tree.status.success())?;
        let text = String::from_utf8_lossy(&tree.stdout);
        let mut crates: Vec<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        crates.sort_unstable();
        crates.dedup();
        Some(crates.len())
    }

    fn compile(&self, package: &Package, toolchain: &Toolchain, progress: &ProgressFile, step: &Step) -> Result<()> {
        let total = self.count_crates(package, toolchain);
        let mut estimate = Estimate::begin();
        let mut compiling = self
            .cargo(
                package,
                toolchain,
                &["build", "--locked", "--profile", self.profile, "--message-format", "json-render-diagnostics"],
            )?
            .arg("--target-dir")
            .arg(&self.target)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start cargo")?;
        let errors = compiling.stderr.take().map(|stderr| {
            std::thread::spawn(move || std::io::read_to_string(BufReader::new(stderr)).unwrap_or_default())
        });
        let mut done = 0;
        if let Some(output) = compiling.stdout.take() {
            step.follow(output, |line| {
                let artifact: serde_json::Value = serde_json::from_str(line).ok()?;
                let kind = &artifact["target"]["kind"][0];
                if artifact["reason"] != "compiler-artifact" || kind == "custom-build" {
                    return None;
                }
                done += 1;
                if artifact["fresh"] == true {
                    return None;
                }
                let name = artifact["target"]["name"].as_str().unwrap_or_default();
                let left = total.and_then(|total| {
                    progress.write(done, total);
                    estimate.left(done, total)
                });
                let left = left.map(|left| format!(", about {} left", said(left))).unwrap_or_default();
                Some(format!("{name} is compiled{left}"))
            });
        }
        let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if !compiling.wait()?.success() {
            bail!("{} did not compile.\n{}", package.name, errors.trim());
        }
        Ok(())
    }
}

/// The checkout that a program in a folder of Cargo's was compiled in: the one around it; or, where the target folder is
/// elsewhere, the one that was there when it was compiled.
fn checkout_of(folder: &Path, package: &Package) -> Option<Checkout> {
    let profile = match folder.file_name()?.to_str()? {
        "debug" => "dev",
        "release" => "release",
        _ => return None,
    };
    let has_sources = |root: &&Path| root.join(package.sources[0]).is_file() && root.join("kernel").is_dir();
    let compiled_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let root = folder.ancestors().find(has_sources).or(compiled_in.filter(has_sources))?;
    let root = paths::canonical(root).ok()?;
    Some(Checkout { root, target: folder.parent()?.join(package.workspace), profile })
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
    for entry in entries {
        collect(&entry?.path(), found)?;
    }
    Ok(())
}

/// Ends as a program, called with these words, ends.
pub fn hand_over(program: &CompiledProgram, words: impl Iterator<Item = OsString>) -> Result<ExitCode> {
    let mut command = Command::new(program.file());
    command.args(words);
    become_program(command).with_context(|| format!("cannot start {}", program.file().display()))
}

/// The program takes this process's place, so that it gets the signals that are meant for it.
#[cfg(unix)]
pub fn become_program(mut command: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
pub fn become_program(mut command: Command) -> Result<ExitCode> {
    let status = command.status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    /// A program that is started without `cargo run` has no `RUSTUP_TOOLCHAIN`, and a crate of rust-analyzer's brings a
    /// `rust-toolchain.toml` with a version that a learner need not have.
    #[test]
    fn crates_are_compiled_by_the_toolchain_that_was_found_whatever_file_they_bring() {
        let toolchain = Toolchain { sysroot: PathBuf::from("/opt/rust"), version: String::new() };
        let checkout =
            Checkout { root: PathBuf::from("/course"), target: PathBuf::from("/course/target"), profile: "dev" };
        let cargo = checkout.cargo(&COMPLETION, &toolchain, &["build"]).expect("a command");
        let given =
            |name: &str| cargo.get_envs().find(|(given, _)| *given == OsStr::new(name)).and_then(|(_, value)| value);
        assert_eq!(given("RUSTUP_TOOLCHAIN"), Some(OsStr::new("/opt/rust")));
        let path = given("PATH").expect("a PATH");
        assert_eq!(std::env::split_paths(path).next(), Some(PathBuf::from("/opt/rust/bin")));
    }
}
