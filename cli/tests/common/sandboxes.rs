//! The sandboxes that this machine has. What needs another one says that it was not run.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::program;

/// Names, with commas, the sandboxes without which tests are to fail, as in CI: `full,landlock`.
const DEMANDED: &str = "NEUROBOOK_TEST_SANDBOXES";

/// The sandboxes of this machine, the strictest first.
pub static MODES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let demanded = env::var(DEMANDED).unwrap_or_default();
    let holds = |mode: &&str| {
        let tried = program::neurobook().args(["sandbox", "--sandbox", mode]).stdin(Stdio::null()).output().unwrap();
        let message = String::from_utf8_lossy(&tried.stderr);
        if !tried.status.success() {
            assert!(demanded.split(',').all(|name| name != *mode), "{DEMANDED} demands `{mode}`, but: {message}");
            say(&format!("NOT TESTED: the sandbox `{mode}`: {}", message.trim()));
        }
        tried.status.success()
    };
    ["full", "landlock"].into_iter().filter(holds).collect()
});

/// The strictest one in which the compiler starts: without namespaces, a toolchain in root's own home cannot be shown
/// to another user.
pub static GRADING: LazyLock<Option<&str>> = LazyLock::new(|| {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = String::from_utf8(sysroot.stdout).unwrap().trim().to_owned();
    let compiles = |mode: &&&str| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program::neurobook();
        command.args(["sandbox", "--sandbox", mode, "--readable", &sysroot, "--compiler"]).arg(folder.path());
        command.args(["--", &format!("{sysroot}/bin/rustc"), "--version"]).stdin(Stdio::null());
        command.output().unwrap().status.success()
    };
    let mode = MODES.iter().find(compiles).copied();
    if mode.is_none() {
        say("NOT TESTED: the grader, for it finds no sandbox in which the compiler starts");
    }
    mode
});

/// Past the test's own output, which is shown only where a test fails.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}
