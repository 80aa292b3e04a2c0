//! The Jupyter kernel: evcxr's, in a session that is compiled already.

use std::env;
use std::path::Path;

use anyhow::{Context, Result};
use neurobook_cli::jupyter::prepare::prepare_sessions;
use neurobook_cli::jupyter::session::{Session, Sessions, foreign_variables};
use neurobook_cli::support::paths;

/// Serves one notebook; Jupyter starts this with the file that names its sockets.
pub fn serve() -> Result<()> {
    // Without the seed the same kernel compiles everything as evcxr's own does: for tests, and for
    // finding out whether a problem is ours.
    if env::var_os("NEUROBOOK_UNSEEDED").is_some() {
        return evcxr_jupyter::main();
    }
    let sessions = Sessions::find()?;
    stand_beside_the_notebooks(&sessions.root)?;
    let session = enter(&sessions)?;
    let served = evcxr_jupyter::main();
    drop(session);
    served
}

/// Changes into the folder of the notebooks, where the chapters' `../..` is the course.
///
/// JupyterLab starts a kernel in its notebook's folder. Other programs may start it in the folder that they have
/// opened, which is often the course itself. Outside the course the folder is left as it is.
fn stand_beside_the_notebooks(root: &Path) -> Result<()> {
    let here = paths::canonical(&env::current_dir().context("the folder that the kernel was started in is gone")?)?;
    let is_beside = here.ancestors().nth(2) == Some(root);
    if here.starts_with(root) && !is_beside {
        let notebooks = root.join("notebooks");
        let folder = ["mine", "student"].map(|name| notebooks.join(name)).into_iter().find(|folder| folder.is_dir());
        let folder = folder.unwrap_or(notebooks);
        env::set_current_dir(&folder).with_context(|| format!("cannot work in {}", folder.display()))?;
    }
    Ok(())
}

/// Opens a session and makes it this process's own. Called before any other thread exists.
pub fn enter(sessions: &Sessions) -> Result<Session> {
    // Sources may have changed since the set-up: what is compiled for that is compiled here, and nothing by evcxr.
    prepare_sessions(sessions)?;
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
    // SAFETY: called at the start of `main`, while this process has one thread.
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
