//! The command by which Cargo compiles a session's crate, kept beside its manifest.
//!
//! This program is Cargo's wrapper of the compiler for the cells' crate, so it sees which crates that crate is
//! compiled with. The kernel, which wants to ask the compiler about a cell, reads them here. Without dependencies,
//! since both the tool and the kernel use it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where this is set, Cargo is only run for the record: the wrapper compiles nothing.
pub const ONLY_RECORD: &str = "NEUROBOOK_ONLY_RECORD";

/// The name that evcxr gives to a session's crate.
const CELLS: &str = "ctx";
/// The name of the record, beside the session's Cargo.toml.
const FILE: &str = ".neurobook-compilation";
/// Changes with the form of the record.
const FORMAT: &str = "2";

/// What Cargo and evcxr tell the compiler by the environment. Without the first ones Cargo compiles all crates again.
const VARIABLES: [&str; 24] = [
    "RUSTFLAGS",
    "RUSTC",
    "CARGO",
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_BUILD_DIR",
    "EVCXR_CORE_EXTERN",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_CRATE_NAME",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
    "CARGO_PKG_AUTHORS",
    "CARGO_PKG_DESCRIPTION",
    "CARGO_PKG_RUST_VERSION",
    "CARGO_PKG_HOMEPAGE",
    "CARGO_PKG_REPOSITORY",
    "CARGO_PKG_LICENSE",
    "CARGO_PKG_LICENSE_FILE",
    "CARGO_PKG_README",
    "CARGO_PRIMARY_PACKAGE",
];

/// One compilation of a session's crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compilation {
    /// The session's Cargo.toml, whole.
    pub manifest: String,
    /// The compiler that Cargo started.
    pub rustc: PathBuf,
    /// All that the compiler was given.
    pub arguments: Vec<String>,
    /// The folder that it was started in.
    pub folder: PathBuf,
    /// What it was told by the environment.
    pub environment: Vec<(String, String)>,
}

impl Compilation {
    /// The last compilation in a session's folder, whichever manifest it belongs to.
    pub fn read(session: &Path) -> Option<Compilation> {
        let text = fs::read_to_string(session.join(FILE)).ok()?;
        let mut parts = text.split('\0').map(str::to_owned);
        if parts.next()? != FORMAT {
            return None;
        }
        let (manifest, rustc, folder) = (parts.next()?, parts.next()?.into(), parts.next()?.into());
        let count: usize = parts.next()?.parse().ok()?;
        let arguments: Vec<String> = parts.by_ref().take(count).collect();
        let mut environment = Vec::new();
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            environment.push((name, value));
        }
        (arguments.len() == count).then_some(Compilation { manifest, rustc, arguments, folder, environment })
    }

    /// Writes the record, if it says anything new. A reader sees the old one or the new one.
    pub fn write(&self, session: &Path) -> io::Result<()> {
        if Compilation::read(session).as_ref() == Some(self) {
            return Ok(());
        }
        let (rustc, folder) = (self.rustc.to_string_lossy(), self.folder.to_string_lossy());
        let count = self.arguments.len().to_string();
        let mut parts = vec![FORMAT, &self.manifest, &rustc, &folder, &count];
        parts.extend(self.arguments.iter().map(String::as_str));
        parts.extend(self.environment.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]));
        let draft = session.join(format!("{FILE}-{}", std::process::id()));
        fs::write(&draft, parts.join("\0"))?;
        fs::rename(draft, session.join(FILE))
    }
}

/// Keeps the command of a compiler that Cargo starts through this program. True where that was all that was wanted.
///
/// A record that cannot be written is no reason not to compile: the kernel then misses it and says so.
pub fn record(rustc: &Path, arguments: &[OsString]) -> bool {
    if !is_of_cells(arguments) {
        return false;
    }
    if let Some(session) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
        && let Some(compilation) = compilation(&session, rustc, arguments)
    {
        let _ = compilation.write(&session);
    }
    env::var_os(ONLY_RECORD).is_some()
}

/// What the wrapper gives to the compiler besides. evcxr checks a cell that has a mistake, and takes warnings for
/// mistakes there; where it compiles, it leaves them out.
pub fn more_arguments(arguments: &[OsString]) -> &'static [&'static str] {
    if is_of_cells(arguments) && !is_built(arguments) { &["-Awarnings"] } else { &[] }
}

fn is_of_cells(arguments: &[OsString]) -> bool {
    arguments.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == CELLS)
}

/// Whether something comes out that can be run. `cargo check` compiles the same crate against other files.
fn is_built(arguments: &[OsString]) -> bool {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    arguments.any(|argument| argument.starts_with("--emit") && argument.contains("link"))
}

fn compilation(session: &Path, rustc: &Path, arguments: &[OsString]) -> Option<Compilation> {
    if !is_built(arguments) {
        return None;
    }
    let arguments: Vec<String> =
        arguments.iter().map(|argument| argument.to_str().map(str::to_owned)).collect::<Option<_>>()?;
    let environment = VARIABLES.iter().filter_map(|name| Some((name.to_string(), env::var(name).ok()?))).collect();
    Some(Compilation {
        manifest: fs::read_to_string(session.join("Cargo.toml")).ok()?,
        rustc: rustc.to_owned(),
        arguments,
        folder: env::current_dir().ok()?,
        environment,
    })
}
