//! The sandbox against programs that try to get out of it, with all layers and without namespaces.

mod answers;
mod compilers;
mod ends;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::thread;

use neurobook_cli::support::paths::short_hash;
use serde_json::Value;
use tempfile::TempDir;

use crate::mini::stderr;
use crate::program;
use crate::sandboxes::MODES;

/// The program that attacks.
static ATTACK: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/thorough/sandbox/attack.rs");
    let program = folder.join(format!("attack-{}", short_hash(&fs::read(&source).unwrap())));
    if !program.is_file() {
        // Whole or not there, whoever compiles it at the same time.
        let draft = tempfile::tempdir_in(folder).unwrap();
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition", "2024", "-Copt-level=1", "-Adead_code,unconditional_recursion", "-o"]);
        let output = rustc.arg(draft.path().join("attack")).arg(source).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        fs::rename(draft.path().join("attack"), &program).unwrap();
    }
    program
});

thread_local! {
    /// It, where the users of the sandbox can read it, which may not be so below the target folder.
    static OPEN_ATTACK: (TempDir, PathBuf) = {
        let folder = open_folder();
        let program = folder.path().join("attack");
        fs::copy(&*ATTACK, &program).unwrap();
        (folder, program)
    };
}

fn neurobook() -> Command {
    let mut command = program::neurobook();
    command.stdin(Stdio::null()).env("A_SECRET_OF_THE_GRADER", "secret");
    command
}

/// Readable by the users of the sandbox, as far as the folder for temporary files is.
fn open_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn sandbox(mode: &str, options: &[&str], attack: &[&str]) -> Command {
    let mut command = neurobook();
    command.args(["sandbox", "--json", "--sandbox", mode]).args(options).arg("--");
    OPEN_ATTACK.with(|(_, program)| command.arg(program));
    command.args(attack);
    command
}

struct Ended {
    how: String,
    stdout: String,
    stderr: String,
    message: String,
}

impl Ended {
    fn of(output: &Output) -> Ended {
        assert!(output.status.success(), "{}", stderr(output));
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        let how = match &json["how"] {
            Value::Object(how) if how.contains_key("limit") => {
                how["limit"].as_object().unwrap().keys().next().unwrap().clone()
            }
            how => how.to_string().replace(['{', '}', '"'], ""),
        };
        Ended { how, stdout: text("stdout"), stderr: text("stderr"), message: text("message") }
    }
}

/// Runs an attack as an answer, with its input.
fn answer(mode: &str, options: &[&str], attack: &[&str], input: &[u8]) -> Ended {
    let mut child = sandbox(mode, options, attack)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A command that fails early reads nothing.
    let _ = feeder.join().unwrap();
    Ended::of(&output)
}

fn attack(mode: &str, arguments: &[&str]) -> Ended {
    answer(mode, &[], arguments, b"")
}

/// Runs an attack as a compiler that writes into a folder.
fn compiler(mode: &str, folder: &Path, arguments: &[&str]) -> Ended {
    answer(mode, &["--compiler", folder.to_str().unwrap()], arguments, b"")
}

fn assert_refused(mode: &str, arguments: &[&str]) {
    let ended = attack(mode, arguments);
    assert!(
        ended.how == "exited:0" && ended.stdout.starts_with("refused "),
        "{mode} {arguments:?}: {} {}{}",
        ended.how,
        ended.stdout,
        ended.stderr
    );
}
