//! Why a program failed that set-up started, such as pip or Cargo, by what it printed.
//!
//! Such programs print many lines, and the first is seldom the reason: pip without space left speaks of the network
//! as well. So the causes are looked for in their order, the one that explains the others first.

use std::env;
use std::path::{Path, PathBuf};

/// What was tried.
pub struct Attempt<'a> {
    /// A sentence that says what is missing now, without its full stop: "JupyterLab could not be installed".
    pub failure: &'a str,
    /// Where it was to be.
    pub folder: &'a Path,
    /// The space that it needs there.
    pub megabytes: u64,
    /// Where its parts come from: "the Python package index", "Rust's crate index".
    pub index: &'a str,
}

/// Why a program failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The disk or the user's share of it is full.
    NoSpace,
    /// A file or folder may not be written or read.
    NoRights,
    /// The system stopped it for want of memory.
    NoMemory,
    /// The connection's certificate is not one that this machine trusts.
    Certificate,
    /// The index wants a name and a password, or refuses this machine.
    Refused,
    /// No connection.
    NoNetwork,
    /// The packages are not made for this Python.
    WrongPython,
    /// Python lacks the parts that make an environment.
    NoEnsurepip,
    /// The compiler finds no linker.
    NoLinker,
    /// The compiler or Cargo is older than a crate asks for.
    OldCompiler,
    /// The index was reached, and does not have a package.
    NotInIndex,
}

/// With fewer megabytes than this, a disk is full.
const ALMOST_NOTHING: u64 = 10;

/// What programs print, the cause that explains the others first.
const SIGNS: [(Cause, &[&str]); 11] = [
    (
        Cause::NoSpace,
        &[
            "no space left on device",
            "errno 28]",
            "os error 28)",
            "quota exceeded",
            "os error 122)",
            "not enough space on the disk",
            "signal 7 [bus error]",
        ],
    ),
    (
        Cause::NoMemory,
        &["signal: 9, sigkill", "cannot allocate memory", "memory allocation of", "memoryerror", "killed signal"],
    ),
    (Cause::NoRights, &["permission denied", "read-only file system", "operation not permitted", "access is denied"]),
    (
        Cause::NoEnsurepip,
        &[
            "ensurepip is not available",
            "no module named ensurepip",
            "no module named venv",
            "'ensurepip'",
            "no module named pip",
        ],
    ),
    (Cause::NoLinker, &["linker `"]),
    (
        Cause::Certificate,
        &[
            "certificate_verify_failed",
            "certificate verify failed",
            "invalid peer certificate",
            "self-signed certificate",
            "self signed certificate",
            "ssl certificate problem",
            "could not find a suitable tls ca certificate bundle",
        ],
    ),
    (
        Cause::Refused,
        &["401 client error", "403 client error", "407 proxy", "got 401", "got 403", "401 error", "403 error"],
    ),
    (
        Cause::NoNetwork,
        &[
            "failed to establish a new connection",
            "newconnectionerror",
            "temporary failure in name resolution",
            "name or service not known",
            "nodename nor servname",
            "could not resolve host",
            "couldn't resolve host",
            "could not connect to server",
            "couldn't connect to server",
            "network is unreachable",
            "connection refused",
            "connection reset",
            "connection broken",
            "connection aborted",
            "cannot connect to proxy",
            "timed out",
            "timeout was reached",
            "spurious network error",
            "failed to download from",
        ],
    ),
    (Cause::WrongPython, &["require a different python version"]),
    (
        Cause::OldCompiler,
        &["cannot be built because it requires rustc", "edition2024", "is not supported by the following package"],
    ),
    (
        Cause::NotInIndex,
        &["no matching distribution found", "no matching package", "failed to select a version", "404 client error"],
    ),
];

impl Cause {
    /// The cause, if what a program printed tells it.
    pub fn of(said: &str) -> Option<Cause> {
        let said = said.to_lowercase();
        SIGNS.iter().find(|(_, signs)| signs.iter().any(|sign| said.contains(sign))).map(|(cause, _)| *cause)
    }

    /// The reason and the way out, in sentences.
    fn sentence(self, attempt: &Attempt) -> String {
        let Attempt { folder, index, .. } = attempt;
        let place = folder.display();
        match self {
            Cause::NoSpace => no_space(attempt, free_megabytes),
            Cause::NoMemory => "The system stopped a program because memory is full. Close other programs, or ask for a machine with 2 GB or more, and run the command again.".to_owned(),
            Cause::NoRights => format!("A file may not be written there, or a program may not be started: {place}. Make that folder yours, or set NEUROBOOK_CACHE to a folder that can be written to, and run the command again."),
            Cause::Certificate => format!("The connection to {index} came with a certificate that this machine does not trust. Look at the machine's clock first. Where a firewall reads all traffic, as in some hospitals, ask its administrators for their certificate, and name its file in PIP_CERT for Python's packages and in CARGO_HTTP_CAINFO for Rust's."),
            Cause::Refused => format!("The request to {index} was refused. If your institution has an index of its own, its address or password is wrong or out of date: look at pip's and Cargo's settings (`pip config list`, ~/.cargo/config.toml)."),
            Cause::NoNetwork => format!("The first start needs the network, to reach {index}; later starts do not. Nothing of yours was changed: connect and run the command again. Behind a proxy, set HTTPS_PROXY."),
            Cause::WrongPython => "This Python is not one that JupyterLab's packages are made for: install Python 3.10 to 3.14, put it first on PATH, and run the command again.".to_owned(),
            Cause::NoEnsurepip => "This Python lacks the part that makes environments, or it is broken. Debian and Ubuntu: `apt install python3-venv`; elsewhere, install Python again, or put another one first on PATH. Then run the command again.".to_owned(),
            Cause::NoLinker => "There is no C linker, or it does not work: install one (Debian and Ubuntu: the package gcc; Fedora: gcc; macOS: xcode-select --install; Windows: Visual Studio's C++ build tools).".to_owned(),
            Cause::OldCompiler => "This Rust is too old: with rustup, `rustup update stable`; else install Rust from https://rustup.rs and open a new terminal.".to_owned(),
            Cause::NotInIndex => format!("The network works, but {index} does not have a package, or not at the version that is needed. If your institution has an index of its own, ask for the package that is named below; `pip config list` and ~/.cargo/config.toml say which index is asked."),
        }
    }
}

/// What to tell a learner: the failure, its reason first, then the program's own last words.
pub fn explain(said: &str, attempt: &Attempt) -> String {
    let is_full = || free_megabytes(attempt.folder).is_some_and(|free| free < ALMOST_NOTHING);
    let cause = match Cause::of(said) {
        // Not every program says why it could not write.
        None | Some(Cause::NoEnsurepip) if is_full() => Some(Cause::NoSpace),
        cause => cause,
    };
    let reason = cause.map(|cause| format!(" {}", cause.sentence(attempt))).unwrap_or_default();
    format!("{}.{reason}\n{}", attempt.failure, last_words(said)).trim_end().to_owned()
}

/// The lines that a program marked as errors, or else its last ones.
fn last_words(said: &str) -> String {
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let marked: Vec<&str> = lines.iter().copied().filter(|line| line.starts_with("ERROR")).collect();
    let chosen = if marked.is_empty() { lines } else { marked };
    chosen[chosen.len().saturating_sub(12)..].join("\n")
}

/// Programs write to the folder and to the system's temporary one: the one with too little space is named.
fn no_space(attempt: &Attempt, free: impl Fn(&Path) -> Option<u64>) -> String {
    let temporary = env::temp_dir();
    let places = [(attempt.folder, "NEUROBOOK_CACHE"), (temporary.as_path(), "TMPDIR")];
    let short = places.into_iter().find_map(|(place, variable)| {
        free(place).filter(|free| *free < attempt.megabytes).map(|free| (place, variable, free))
    });
    let needed = attempt.megabytes;
    match short {
        Some((place, variable, free)) => format!(
            "There is no space left: about {needed} MB are needed in {}, and {free} MB are free. Make room there, or set {variable} to a folder on another disk, and run the command again.",
            place.display()
        ),
        None => format!(
            "There is no space left, or your quota is used up: about {needed} MB are needed in {}. Delete what you no longer need, or set NEUROBOOK_CACHE to a folder on another disk, and run the command again.",
            attempt.folder.display()
        ),
    }
}

/// The megabytes that this user may still write to a folder's disk, if the system tells.
pub fn free_megabytes(folder: &Path) -> Option<u64> {
    let existing: PathBuf = folder.ancestors().find(|folder| folder.exists())?.to_owned();
    free_at(&existing)
}

#[cfg(target_os = "linux")]
fn free_at(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize) / 1_000_000)
}

#[cfg(not(target_os = "linux"))]
fn free_at(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt() -> Attempt<'static> {
        Attempt {
            failure: "JupyterLab could not be installed",
            folder: Path::new("/home/ada/.cache/neurobook"),
            megabytes: 400,
            index: "the Python package index",
        }
    }

    #[test]
    fn a_full_disk_is_the_reason_also_where_pip_speaks_of_the_network() {
        let said = "WARNING: Retrying after connection broken by NewConnectionError\nERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n";
        assert_eq!(Cause::of(said), Some(Cause::NoSpace));
        let told = explain(said, &attempt());
        let (reason, words) = told.split_once('\n').unwrap();
        assert!(reason.contains("no space left") && reason.contains("400 MB") && !reason.contains("connect"), "{told}");
        assert!(words.contains("[Errno 28]") && !words.contains("Retrying"), "{told}");
    }

    #[test]
    fn each_cause_is_told_from_what_pip_cargo_and_python_print() {
        let cases = [
            (
                "error: failed to write `/x/Cargo.lock`\n\nCaused by:\n  Disk quota exceeded (os error 122)",
                Cause::NoSpace,
            ),
            ("collect2: fatal error: ld terminated with signal 7 [Bus error], core dumped", Cause::NoSpace),
            (
                "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'",
                Cause::NoRights,
            ),
            (
                "error: failed to create directory `/x`\n\nCaused by:\n  Read-only file system (os error 30)",
                Cause::NoRights,
            ),
            (
                "error: could not compile `regex`\n\nCaused by:\n  process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)",
                Cause::NoMemory,
            ),
            (
                "The virtual environment was not created successfully because ensurepip is not available.",
                Cause::NoEnsurepip,
            ),
            (
                "Error: Command '['/x/bin/python3', '-m', 'ensurepip', '--upgrade']' returned non-zero exit status 1.",
                Cause::NoEnsurepip,
            ),
            (
                "WARNING: Retrying after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')'\nERROR: No matching distribution found for nbformat==5.11.1",
                Cause::Certificate,
            ),
            (
                "WARNING: Retrying after connection broken by 'NewConnectionError: [Errno -3] Temporary failure in name resolution'\nERROR: No matching distribution found for nbformat==5.11.1",
                Cause::NoNetwork,
            ),
            (
                "error: failed to get `ndarray`\n\nCaused by:\n  [6] Could not resolve hostname (Could not resolve host: index.crates.io)",
                Cause::NoNetwork,
            ),
            (
                "ERROR: HTTP error 403 while getting https://x/simple\nERROR: 403 Client Error: Forbidden for url",
                Cause::Refused,
            ),
            (
                "ERROR: Ignored the following versions that require a different python version: 4.6.6 Requires-Python >=3.10\nERROR: No matching distribution found for jupyterlab==4.6.6",
                Cause::WrongPython,
            ),
            ("ERROR: No matching distribution found for jupyterlab==4.6.6", Cause::NotInIndex),
            (
                "error: no matching package named `ndarray` found\nlocation searched: registry `mirror`",
                Cause::NotInIndex,
            ),
            ("error: linker `cc` not found", Cause::NoLinker),
            ("error: package `rand v0.10` cannot be built because it requires rustc 1.85 or newer", Cause::OldCompiler),
        ];
        for (said, cause) in cases {
            assert_eq!(Cause::of(said), Some(cause), "{said}");
        }
    }

    #[test]
    fn only_a_missing_network_is_told_to_connect() {
        for (cause, _) in SIGNS {
            let advises = cause.sentence(&attempt()).contains("connect and run");
            assert_eq!(advises, cause == Cause::NoNetwork, "{cause:?}");
        }
    }

    #[test]
    fn what_is_not_recognised_is_shown_as_it_was_printed() {
        let told = explain("something new\n", &attempt());
        assert_eq!(told, "JupyterLab could not be installed.\nsomething new");
    }

    #[test]
    fn the_full_place_is_named_with_what_is_free_and_a_quota_where_the_disk_has_room() {
        let temporary_is_full = |place: &Path| Some(if place == env::temp_dir() { 3 } else { 9000 });
        let said = no_space(&attempt(), temporary_is_full);
        assert!(said.contains("3 MB are free") && said.contains("TMPDIR"), "{said}");
        let said = no_space(&attempt(), |_| Some(12));
        assert!(said.contains("12 MB are free") && said.contains("NEUROBOOK_CACHE"), "{said}");
        let said = no_space(&attempt(), |_| Some(9000));
        assert!(said.contains("quota") && said.contains("/home/ada/.cache/neurobook"), "{said}");
    }
}
