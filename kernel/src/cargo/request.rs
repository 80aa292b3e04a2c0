//! What Cargo is asked for, and whether its last answer still holds.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Keeps, in a session's folder, what Cargo was last asked for successfully. Its time is the time of the question.
const KEPT: &str = ".neurobook-cargo";
/// Between the question and the files that the answer rests on.
const AND_SOURCES: &[u8] = b"\0\n";

/// All that an answer of Cargo's depends on but for the cell itself.
pub struct Request {
    time: SystemTime,
    /// Cargo's arguments, the variables that it reads, the manifest and the settings.
    text: Vec<u8>,
}

impl Request {
    /// What Cargo is asked for by this process.
    pub fn now(session: &Path) -> io::Result<Request> {
        Request::with(env::args_os().skip(1), env::vars_os(), session)
    }

    fn with(
        arguments: impl Iterator<Item = OsString>,
        variables: impl Iterator<Item = (OsString, OsString)>,
        session: &Path,
    ) -> io::Result<Request> {
        let time = SystemTime::now();
        let mut parts: Vec<Vec<u8>> = arguments.map(OsString::into_encoded_bytes).collect();
        let mut variables: Vec<(OsString, OsString)> = variables.filter(|(name, _)| is_read(name)).collect();
        variables.sort();
        parts.extend(variables.into_iter().flat_map(|(name, value)| [name, value].map(OsString::into_encoded_bytes)));
        parts.push(fs::read(session.join("Cargo.toml"))?);
        parts.push(fs::read(session.join(".cargo").join("config.toml"))?);
        Ok(Request { time, text: parts.join(&0) })
    }

    /// Whether Cargo has been asked for the same, and nothing has changed since in the crates that it compiled for that.
    pub fn is_as_before(&self, session: &Path) -> bool {
        let is_older = |source: &str, time: SystemTime| {
            fs::metadata(source).and_then(|about| about.modified()).is_ok_and(|changed| changed < time)
        };
        let before = || {
            let file = session.join(KEPT);
            let kept = fs::read(&file).ok()?;
            let sources = kept.strip_prefix(self.text.as_slice())?.strip_prefix(AND_SOURCES)?;
            let time = fs::metadata(&file).and_then(|about| about.modified()).ok()?;
            std::str::from_utf8(sources).ok()?.lines().all(|source| is_older(source, time)).then_some(())
        };
        before().is_some()
    }

    /// Keeps that Cargo has been asked for this, with success.
    pub fn keep(&self, session: &Path) -> io::Result<()> {
        let mut kept = [&self.text, AND_SOURCES].concat();
        for source in sources(&session.join("target"))? {
            kept.extend(source.into_bytes());
            kept.push(b'\n');
        }
        fs::write(session.join(KEPT), kept)?;
        File::options().write(true).open(session.join(KEPT))?.set_modified(self.time)
    }
}

/// Whether Cargo, or the compiler, may go by a variable.
fn is_read(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    ["CARGO", "__CARGO", "RUST", "EVCXR"].iter().any(|prefix| name.starts_with(prefix))
}

/// The sources of all crates that may change: what Cargo has fetched or made itself does not.
fn sources(target: &Path) -> io::Result<Vec<String>> {
    let fetched = env::var_os("CARGO_HOME").map(PathBuf::from);
    let may_change = |source: &str| {
        let source = Path::new(source);
        let is_cargos = source.starts_with(target) || fetched.as_ref().is_some_and(|home| source.starts_with(home));
        // A template's crates name the folder that they were compiled in, which is gone.
        !is_cargos && source.exists()
    };
    let mut sources = Vec::new();
    for machine in fs::read_dir(target)?.flatten() {
        // Build scripts and macros have a folder without the machine's name.
        let entries = ["deps", "debug/deps"].map(|folder| fs::read_dir(machine.path().join(folder)));
        for file in entries.into_iter().flatten().flatten().flatten().map(|entry| entry.path()) {
            // The cells' own crate is compiled each time.
            let is_cell =
                file.file_stem().is_some_and(|name| name == "ctx" || name.to_string_lossy().starts_with("ctx-"));
            if file.extension().is_none_or(|ending| ending != "d") || is_cell {
                continue;
            }
            // At its end each source is on a line of its own, with a colon behind it.
            let list = fs::read_to_string(&file)?;
            let named = list.lines().filter_map(|line| line.strip_suffix(':')).map(|name| name.replace("\\ ", " "));
            sources.extend(named.filter(|source| may_change(source)));
        }
    }
    sources.sort();
    sources.dedup();
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A session with one crate whose source can change, and what Cargo is asked for in it.
    struct Session(tempfile::TempDir);

    impl Session {
        fn new() -> Session {
            let session = Session(tempfile::tempdir().unwrap());
            session.write("Cargo.toml", "[package]");
            session.write(".cargo/config.toml", "[net]");
            session.write("course/lib.rs", "");
            let source = session.0.path().join("course/lib.rs");
            let list = format!("a.rlib: {0} /gone/made.rs\n\n{0}:\n/gone/made.rs:\n", source.display());
            session.write("target/machine/debug/deps/course-1.d", &list);
            session.write("target/machine/debug/deps/ctx.d", "a.so: gone.rs\n\ngone.rs:\n");
            session.age(source, 60);
            session
        }

        fn write(&self, file: &str, text: &str) {
            let file = self.0.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }

        fn age(&self, file: PathBuf, seconds: u64) {
            let time = SystemTime::now() - Duration::from_secs(seconds);
            File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
        }

        fn asked(&self, argument: &str, flags: &str) -> Request {
            let variables = [("RUSTFLAGS", flags), ("LANG", flags)].map(|(name, value)| (name.into(), value.into()));
            Request::with([argument.into()].into_iter(), variables.into_iter(), self.0.path()).unwrap()
        }
    }

    #[test]
    fn an_answer_holds_while_nothing_changes() {
        let session = Session::new();
        let asked = session.asked("build", "");
        assert!(!asked.is_as_before(session.0.path()), "nothing was asked before");
        asked.keep(session.0.path()).unwrap();
        assert!(session.asked("build", "").is_as_before(session.0.path()));
    }

    #[test]
    fn other_words_flags_manifests_and_settings_are_another_question() {
        let session = Session::new();
        session.asked("build", "").keep(session.0.path()).unwrap();
        assert!(!session.asked("check", "").is_as_before(session.0.path()));
        assert!(!session.asked("build", "-Copt-level=1").is_as_before(session.0.path()));
        for file in ["Cargo.toml", ".cargo/config.toml"] {
            let before = fs::read_to_string(session.0.path().join(file)).unwrap();
            session.write(file, "other");
            assert!(!session.asked("build", "").is_as_before(session.0.path()), "{file}");
            session.write(file, &before);
        }
        assert!(session.asked("build", "").is_as_before(session.0.path()));
    }

    #[test]
    fn a_crate_whose_source_has_changed_or_gone_is_asked_for_again() {
        let session = Session::new();
        session.asked("build", "").keep(session.0.path()).unwrap();
        session.age(session.0.path().join(KEPT), 30);
        assert!(session.asked("build", "").is_as_before(session.0.path()));
        session.write("course/lib.rs", "// changed");
        assert!(!session.asked("build", "").is_as_before(session.0.path()));
        fs::remove_file(session.0.path().join("course/lib.rs")).unwrap();
        assert!(!session.asked("build", "").is_as_before(session.0.path()));
    }
}
