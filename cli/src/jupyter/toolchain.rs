//! The Rust toolchain that compiles the cells.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// A toolchain's own programs, not rustup's stand-ins, which cost 20 ms a call.
pub struct Toolchain {
    /// The folder that holds `bin/` and `lib/`.
    pub sysroot: PathBuf,
    /// What `rustc --version --verbose` says.
    pub version: String,
}

impl Toolchain {
    /// The toolchain that `rustc` stands for in this folder.
    pub fn find() -> Result<Toolchain> {
        let sysroot = |rustc: &Path| output(rustc, &["--print", "sysroot"]);
        let sysroot = sysroot(Path::new("rustc"))
            // An editor that was not started from a terminal may have a `PATH` without rustup's folder.
            .or_else(|missing| rustup_programs().map_or(Err(missing), |folder| sysroot(&folder.join(program("rustc")))))
            .context("no Rust compiler: install Rust from https://rustup.rs and open a new terminal")?;
        let sysroot = PathBuf::from(sysroot);
        let rustc = sysroot.join("bin").join(program("rustc"));
        let version = output(&rustc, &["--version", "--verbose"])?;
        Ok(Toolchain { sysroot, version })
    }

    /// The compiler.
    pub fn rustc(&self) -> PathBuf {
        self.sysroot.join("bin").join(program("rustc"))
    }

    /// Cargo.
    pub fn cargo(&self) -> PathBuf {
        self.sysroot.join("bin").join(program("cargo"))
    }

    /// The system that it compiles for.
    pub fn host(&self) -> Result<&str> {
        let host = self.version.lines().find_map(|line| line.strip_prefix("host: "));
        host.context("rustc does not say for which system it compiles")
    }

    /// The standard library's sources, which the kernel's type inference reads, if they are installed.
    pub fn library_sources(&self) -> Option<PathBuf> {
        let sources = self.sysroot.join("lib/rustlib/src/rust/library");
        sources.join("core").is_dir().then_some(sources)
    }

    /// `PATH` with the toolchain's own programs first.
    pub fn path_variable(&self) -> Result<OsString> {
        with_first(self.sysroot.join("bin"), env::var_os("PATH"))
    }

    /// The system's variable for shared libraries, with the standard library's folder first. evcxr
    /// moves what it has linked, after which a relative path to that library leads elsewhere.
    pub fn library_variable(&self) -> Result<(&'static str, OsString)> {
        let name = if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
        let libraries = self.sysroot.join("lib").join("rustlib").join(self.host()?).join("lib");
        Ok((name, with_first(libraries, env::var_os(name))?))
    }
}

/// `paths` with one more folder before them, as in `PATH`.
fn with_first(first: PathBuf, paths: Option<OsString>) -> Result<OsString> {
    let inherited = paths.unwrap_or_default();
    let folders =
        std::iter::once(first).chain(env::split_paths(&inherited).filter(|path| !path.as_os_str().is_empty()));
    env::join_paths(folders).context("a folder has a name that cannot stand in a list of folders")
}

/// Where rustup puts its programs.
fn rustup_programs() -> Option<PathBuf> {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(dirs::home_dir()?.join(".cargo")));
    Some(cargo_home?.join("bin")).filter(|folder| folder.is_dir())
}

/// A program's name with the system's ending.
pub fn program(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

fn output(program: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .with_context(|| format!("cannot start {}", program.display()))?;
    if !output.status.success() {
        bail!(
            "{} {} failed: {}",
            program.display(),
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
