//! The session in which a kernel works, whose crates are compiled already.

use std::env;
use std::path::Path;

use anyhow::{Context, Result};
use neurobook_cli::jupyter::prepare::prepare_sessions;
use neurobook_cli::jupyter::session::{Session, Sessions, foreign_variables};

use crate::cargo;

/// Opens a session and makes it this process's own. Called before any other thread exists.
pub fn enter(sessions: &Sessions) -> Result<Session> {
    // Sources may have changed since the set-up: what is compiled for that is compiled here, and nothing by evcxr.
    prepare_sessions(sessions)?;
    let session = sessions.open()?;
    set_environment(sessions, &session.folder)?;
    Ok(session)
}

/// Tells evcxr and Cargo, which ask the environment, about the session. Called while no other thread asks it.
pub fn set_environment(sessions: &Sessions, folder: &Path) -> Result<()> {
    let mut variables = sessions.variables()?;
    let program = env::current_exe().context("cannot find this program's own file")?;
    variables.extend(cargo::variables(sessions, folder, &program)?);
    variables.extend([
        ("EVCXR_TMPDIR", folder.as_os_str().to_owned()),
        ("EVCXR_CONFIG_DIR", sessions.configuration().into_os_string()),
        // So that the errors in a cell get a sentence in plain words.
        ("RUSTC_WORKSPACE_WRAPPER", program.into_os_string()),
    ]);
    // SAFETY: the caller sees to it that no other thread asks the environment.
    unsafe {
        for name in foreign_variables() {
            env::remove_var(name);
        }
        for (name, value) in variables {
            env::set_var(name, value);
        }
    }
    Ok(())
}
