//! Where a kernel works: evcxr in one folder, the cells in another.
//!
//! The chapters load the course by `:dep neurobook = { path = "../.." }`, which evcxr reads from its own working folder.
//! A learner's copy may be anywhere: among the downloads, or in a folder of their own inside `mine/`. So evcxr works
//! where that path is the course, wherever the notebook is. The cells run in another process, and that one works where
//! Jupyter has started the kernel, which is the notebook's folder: a file beside the notebook is found by its name.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use neurobook_cli::support::paths;

/// Tells the process that runs the cells where to work.
const VARIABLE: &str = "NEUROBOOK_CELLS_FOLDER";

/// evcxr's own sign for that process (0.22, `runtime.rs`).
const RUNS_CELLS: &str = "EVCXR_IS_RUNTIME";

/// The working folders of evcxr and of the cells.
#[derive(Debug, PartialEq, Eq)]
struct WorkingFolders {
    evcxr: PathBuf,
    cells: PathBuf,
}

impl WorkingFolders {
    /// The folders of a kernel that was started in this one.
    ///
    /// Some programs start it in the folder that they have opened, which is often the course itself: the cells then run
    /// beside the notebooks.
    fn of(root: &Path, here: &Path, is_folder: impl Fn(&Path) -> bool) -> WorkingFolders {
        if here.parent().and_then(Path::parent) == Some(root) {
            return WorkingFolders { evcxr: here.to_owned(), cells: here.to_owned() };
        }
        let notebooks = root.join("notebooks");
        let beside = ["mine", "student"].map(|name| notebooks.join(name)).into_iter().find(|folder| is_folder(folder));
        // Any folder two below the course will do.
        let evcxr = beside.unwrap_or_else(|| root.join("cli").join("src"));
        let cells = if here == root || here == notebooks { evcxr.clone() } else { here.to_owned() };
        WorkingFolders { evcxr, cells }
    }
}

/// Changes into evcxr's folder for a kernel that was started in this one, and writes down the cells'. Called while no
/// other thread asks the environment.
pub fn enter(root: &Path, here: &Path) -> Result<()> {
    let here = paths::canonical(here)?;
    let folders = WorkingFolders::of(root, &here, Path::is_dir);
    env::set_current_dir(&folders.evcxr).with_context(|| format!("cannot work in {}", folders.evcxr.display()))?;
    // SAFETY: the caller sees to it that no other thread asks the environment.
    unsafe { env::set_var(VARIABLE, &folders.cells) };
    Ok(())
}

/// In the process that runs the cells: changes into their folder. In any other it does nothing.
pub fn enter_as_runner() {
    if let Some(folder) = of_runner(env::var_os(RUNS_CELLS).as_deref(), env::var_os(VARIABLE).as_deref())
        && let Err(error) = env::set_current_dir(folder)
    {
        eprintln!("The cells cannot work in {}: {error}.", folder.display());
    }
}

fn of_runner<'a>(runs_cells: Option<&OsStr>, folder: Option<&'a OsStr>) -> Option<&'a Path> {
    runs_cells.and(folder).map(Path::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "/home/ada/course";
    const MINE: &str = "/home/ada/course/notebooks/mine";

    fn folders(here: &str) -> WorkingFolders {
        WorkingFolders::of(Path::new(ROOT), Path::new(here), |folder| folder == Path::new(MINE))
    }

    fn both(evcxr: &str, cells: &str) -> WorkingFolders {
        WorkingFolders { evcxr: evcxr.into(), cells: cells.into() }
    }

    #[test]
    fn beside_the_notebooks_evcxr_and_cells_work_where_the_kernel_was_started() {
        for here in [MINE, "/home/ada/course/notebooks/student"] {
            assert_eq!(folders(here), both(here, here));
        }
    }

    #[test]
    fn a_notebook_elsewhere_finds_the_course_and_the_files_beside_it() {
        let subfolder = format!("{MINE}/experiments");
        for here in ["/home/ada/Downloads", "/home/ada", "/", "/home/ada/course/docs", &subfolder] {
            assert_eq!(folders(here), both(MINE, here));
        }
    }

    #[test]
    fn where_the_course_itself_is_open_the_cells_run_beside_the_notebooks() {
        for here in [ROOT, "/home/ada/course/notebooks"] {
            assert_eq!(folders(here), both(MINE, MINE));
        }
    }

    #[test]
    fn without_any_notebook_the_course_is_two_folders_above_evcxr_all_the_same() {
        let folders = WorkingFolders::of(Path::new(ROOT), Path::new("/tmp"), |_| false);
        assert_eq!(folders.evcxr.ancestors().nth(2), Some(Path::new(ROOT)));
    }

    #[test]
    fn only_the_process_that_runs_cells_changes_its_folder() {
        let [yes, folder] = ["1", "/home/ada"].map(OsStr::new);
        assert_eq!(of_runner(Some(yes), Some(folder)), Some(Path::new("/home/ada")));
        assert_eq!(of_runner(None, Some(folder)), None);
        assert_eq!(of_runner(Some(yes), None), None);
    }
}
