//! The kernel's own program, which holds evcxr. It is compiled from its sources when something first needs a kernel, so
//! that whoever only builds, checks or grades need not wait for it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::progress::{Estimate, ProgressFile};
use super::toolchain::{Toolchain, program};
use crate::support::atomic_file;
use crate::support::paths;
use crate::support::step_reporter::{Step, said};

const PACKAGE: &str = "neurobook-kernel";

/// What the program is compiled from.
const SOURCES: [&str; 7] = ["Cargo.toml", "Cargo.lock", "src", "data", "cli/Cargo.toml", "cli/src", "kernel"];

/// The kernel's program, compiled or not.
pub struct KernelProgram {
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

impl KernelProgram {
    /// The program that fits this one.
    pub fn find() -> Result<KernelProgram> {
        if let Some(named) = env::var_os("NEUROBOOK_KERNEL") {
            let file = std::path::absolute(named).context("NEUROBOOK_KERNEL is empty: unset it or name a program")?;
            return Ok(KernelProgram { file, checkout: None });
        }
        let current = env::current_exe().context("cannot find this program's own file")?;
        let folder = current.parent().context("a program is in a folder")?;
        let file = folder.join(program(PACKAGE));
        let checkout = checkout_of(folder);
        if checkout.is_none() && !file.is_file() {
            bail!(
                "the kernel's program is neither beside {} nor can it be compiled, for its sources are not there: set NEUROBOOK_KERNEL to the program",
                current.display()
            );
        }
        Ok(KernelProgram { file, checkout })
    }

    /// The program's file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether the program is there and is what its sources say.
    pub fn is_ready(&self, toolchain: &Toolchain) -> bool {
        let Some(checkout) = &self.checkout else { return self.file.is_file() };
        let known = fs::read_to_string(self.key_file());
        self.file.is_file() && known.is_ok_and(|known| checkout.key(toolchain).is_ok_and(|key| key == known))
    }

    /// Compiles the program if that is not done.
    pub fn prepare(&self, toolchain: &Toolchain, progress: &ProgressFile) -> Result<()> {
        let Some(checkout) = &self.checkout else { return Ok(()) };
        if self.is_ready(toolchain) {
            return Ok(());
        }
        let key = checkout.key(toolchain)?;
        let step = Step::begin("Compiling the kernel", "about two minutes, once; needs the network the first time");
        checkout.compile(toolchain, progress, &step)?;
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
    fn key(&self, toolchain: &Toolchain) -> Result<String> {
        let mut files = Vec::new();
        for source in SOURCES {
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

    fn cargo(&self, toolchain: &Toolchain, words: &[&str]) -> Command {
        let mut cargo = Command::new(toolchain.cargo());
        cargo.args(words).args(["--package", PACKAGE]).current_dir(&self.root).stdin(Stdio::null());
        cargo
    }

    /// How many crates it is made of, as far as Cargo can tell beforehand.
    fn count_crates(&self, toolchain: &Toolchain) -> Option<usize> {
        let words = ["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
        let tree = self.cargo(toolchain, &words).output().ok().filter(|tree| tree.status.success())?;
        let text = String::from_utf8_lossy(&tree.stdout);
        let mut crates: Vec<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        crates.sort_unstable();
        crates.dedup();
        Some(crates.len())
    }

    fn compile(&self, toolchain: &Toolchain, progress: &ProgressFile, step: &Step) -> Result<()> {
        let total = self.count_crates(toolchain);
        let mut estimate = Estimate::begin();
        let mut compiling = self
            .cargo(toolchain, &["build", "--profile", self.profile, "--message-format", "json-render-diagnostics"])
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
            bail!("The kernel did not compile.\n{}", errors.trim());
        }
        Ok(())
    }
}

/// The checkout that a program in a folder of Cargo's was compiled in: the one around it; or, where the target folder is
/// elsewhere, the one that was there when it was compiled.
fn checkout_of(folder: &Path) -> Option<Checkout> {
    let profile = match folder.file_name()?.to_str()? {
        "debug" => "dev",
        "release" => "release",
        _ => return None,
    };
    let has_sources = |root: &&Path| root.join("kernel").join("Cargo.toml").is_file();
    let compiled_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let root = folder.ancestors().find(has_sources).or(compiled_in.filter(has_sources))?;
    let root = paths::canonical(root).ok()?;
    Some(Checkout { root, target: folder.parent()?.to_owned(), profile })
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

/// Ends as the kernel's program, called with these words, ends.
pub fn hand_over(kernel: &KernelProgram, words: impl Iterator<Item = OsString>) -> Result<ExitCode> {
    let mut command = Command::new(kernel.file());
    command.args(words);
    become_program(command).with_context(|| format!("cannot start {}", kernel.file().display()))
}

/// The program takes this process's place, so that it gets the signals that are meant for it.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<ExitCode> {
    let status = command.status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
