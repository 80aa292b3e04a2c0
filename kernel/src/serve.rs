//! The Jupyter kernel: evcxr's, in a session that is compiled already.

use std::env;
use std::path::Path;

use anyhow::{Context, Result};
use neurobook_cli::jupyter::prepare::prepare_sessions;
use neurobook_cli::jupyter::session::{Session, Sessions};
use neurobook_cli::jupyter::toolchain;

use crate::working_folders;

/// Serves one notebook; Jupyter starts this with the file that names its sockets.
pub fn serve() -> Result<()> {
    // Without the seed the same kernel compiles everything as evcxr's own does: for tests, and for
    // finding out whether a problem is ours.
    if env::var_os("NEUROBOOK_UNSEEDED").is_some() {
        return evcxr_jupyter::main();
    }
    let sessions = Sessions::find()?;
    bring_up_to_date(&sessions);
    working_folders::enter(&sessions.root)?;
    let session = enter(&sessions)?;
    let served = evcxr_jupyter::main();
    drop(session);
    served
}

/// Compiles the crates once where they are not what the sources and the toolchain say, instead of in this session and
/// in every later one.
fn bring_up_to_date(sessions: &Sessions) {
    let prepared = prepare_sessions(sessions).and_then(|()| toolchain::remember(&sessions.root, &sessions.toolchain));
    if let Err(why) = prepared {
        // The session can still compile them for itself.
        eprintln!("{why:#}");
    }
}

/// Opens a session and makes it this process's own. Called before any other thread exists.
pub fn enter(sessions: &Sessions) -> Result<Session> {
    let session = sessions.open()?;
    set_environment(sessions, &session.folder)?;
    Ok(session)
}

/// Tells evcxr and Cargo, which ask the environment, about the session.
fn set_environment(sessions: &Sessions, folder: &Path) -> Result<()> {
    let mut variables = sessions.variables()?;
    let program = env::current_exe().context("cannot find this program's own file")?;
    variables.extend([
        ("EVCXR_TMPDIR", folder.as_os_str().to_owned()),
        ("EVCXR_CONFIG_DIR", sessions.configuration().into_os_string()),
        // So that the errors in a cell get a sentence in plain words.
        ("RUSTC_WORKSPACE_WRAPPER", program.into_os_string()),
        // evcxr rewrites a kernel spec that it finds here, and would take ours for an old one of its own.
        ("JUPYTER_PATH", folder.join("no-kernel-specs").into_os_string()),
    ]);
    for (name, value) in variables {
        // SAFETY: called at the start of `main`, while this process has one thread.
        unsafe { env::set_var(name, value) };
    }
    Ok(())
}
