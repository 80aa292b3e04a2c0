//! Where things are: the checkout of the course, and the cache folder for all that can be made again.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::shared_setup::SharedSetup;

/// The folder of the course: the checkout that holds `notebooks/` and the crate that they load.
///
/// `NEUROBOOK_ROOT` names it. A program that an administrator has set up for all users has a course of its own. Else it is
/// looked for from the working folder upwards, then from this program upwards.
pub fn root() -> Result<PathBuf> {
    if let Some(named) = env::var_os("NEUROBOOK_ROOT").map(PathBuf::from) {
        if is_course(&named) {
            return canonical(&named);
        }
        bail!(
            "NEUROBOOK_ROOT is {}, but no course is there: set it to the folder that holds Cargo.toml and notebooks/, or unset it",
            named.display()
        );
    }
    if let Some(shared) = SharedSetup::of_this_program()? {
        return canonical(&shared.course());
    }
    let here = env::current_dir().context("the working folder is gone: go to the course's folder and try again")?;
    let program = env::current_exe().unwrap_or_default();
    here.ancestors()
        .chain(program.ancestors())
        .find(|folder| is_course(folder))
        .map(canonical)
        .unwrap_or_else(|| bail!("no course in {} or above it: go to the folder that holds Cargo.toml and notebooks/, or set NEUROBOOK_ROOT to it", here.display()))
}

/// The checkout whose crate programs are compiled with: the course itself. A course of chapters alone, such as a
/// test writes, borrows the one that `NEUROBOOK_CRATE` names.
pub fn crate_root() -> Result<PathBuf> {
    env::var_os("NEUROBOOK_CRATE").map_or_else(root, |named| canonical(Path::new(&named)))
}

fn is_course(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && folder.join("notebooks").is_dir()
}

/// The folder's own path, without links on the way.
pub fn canonical(folder: &Path) -> Result<PathBuf> {
    let folder = folder.canonicalize().with_context(|| format!("cannot open {}", folder.display()))?;
    Ok(without_verbatim_prefix(folder))
}

/// Windows' canonical paths begin with `\\?\`, which Cargo and Jupyter do not understand.
fn without_verbatim_prefix(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(plain) if cfg!(windows) => PathBuf::from(plain),
        _ => path,
    }
}

/// The set-up of all users that a course belongs to; `None` for a course of the user's own.
pub fn shared_setup(root: &Path) -> Result<Option<SharedSetup>> {
    let shared = SharedSetup::of_this_program()?;
    Ok(shared.filter(|shared| canonical(&shared.course()).is_ok_and(|course| course == root)))
}

/// The folder of a learner's own notebooks: `NEUROBOOK_NOTEBOOKS`, or `mine` beside the chapters. Where the course belongs
/// to all users, it is `neurobook` in the home.
pub fn own_notebooks(root: &Path) -> Result<PathBuf> {
    if let Some(named) = env::var_os("NEUROBOOK_NOTEBOOKS") {
        return std::path::absolute(named).context("NEUROBOOK_NOTEBOOKS is empty: unset it or name a folder");
    }
    if shared_setup(root)?.is_none() {
        return Ok(root.join("notebooks").join("mine"));
    }
    let home = dirs::home_dir().context("this user has no home: set NEUROBOOK_NOTEBOOKS to a folder for notebooks")?;
    Ok(home.join("neurobook"))
}

/// The cache folder of all courses: `NEUROBOOK_CACHE`, or `neurobook` in the user's cache folder.
pub fn cache() -> Result<PathBuf> {
    match env::var_os("NEUROBOOK_CACHE") {
        Some(named) => std::path::absolute(&named).context("NEUROBOOK_CACHE is empty: unset it or name a folder"),
        None => Ok(dirs::cache_dir()
            .context("this user has no cache folder: set NEUROBOOK_CACHE to a folder that can be written to")?
            .join("neurobook")),
    }
}

/// The cache of one checkout: a moved or second checkout has its own.
pub fn course_cache(root: &Path) -> Result<PathBuf> {
    Ok(course_cache_in(&cache()?, root))
}

/// The cache of one checkout in this cache of all courses.
pub fn course_cache_in(cache: &Path, root: &Path) -> PathBuf {
    cache.join("courses").join(short_hash(root.as_os_str().as_encoded_bytes()))
}

/// Where the sessions of one checkout are made, without links on the way, since Cargo takes the same folder under
/// another name for another one: in its cache, unless that has a blank in its name, at which evcxr would cut the path
/// short.
pub fn sessions(root: &Path) -> Result<PathBuf> {
    sessions_in(&cache()?, root)
}

/// Where the sessions of one checkout are made with this cache of all courses.
pub fn sessions_in(cache: &Path, root: &Path) -> Result<PathBuf> {
    private_sessions(&course_cache_in(cache, root))
}

/// Where this user's kernels write, whose programs and crates are an administrator's.
pub fn own_sessions(shared: &SharedSetup) -> Result<PathBuf> {
    private_sessions(&cache()?.join("shared").join(short_hash(shared.folder.as_os_str().as_encoded_bytes())))
}

/// The folder of the sessions in a cache, closed to other users.
pub fn private_sessions(cache: &Path) -> Result<PathBuf> {
    let usual = made(&cache.join("sessions"))?;
    // Names in it tell what a neighbour does. Where it cannot be closed, each session in it still is.
    #[cfg(unix)]
    let _ = fs::set_permissions(&usual, std::os::unix::fs::PermissionsExt::from_mode(0o700));
    if !has_space(&usual) {
        return Ok(usual);
    }
    let name = format!("neurobook-{}", short_hash(usual.as_os_str().as_encoded_bytes()));
    let other = made(&env::temp_dir().join(name))?;
    // Everybody can make folders there. What another user has made is not worked in.
    #[cfg(unix)]
    fs::set_permissions(&other, std::os::unix::fs::PermissionsExt::from_mode(0o700))
        .with_context(|| format!("{} belongs to somebody else: set TMPDIR to a folder of your own", other.display()))?;
    if has_space(&other) {
        bail!(
            "the cache folder {} has a blank in its name, which evcxr cannot work with: set NEUROBOOK_CACHE to a folder without one",
            usual.display()
        );
    }
    Ok(other)
}

fn made(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| {
        format!("cannot create {}: set NEUROBOOK_CACHE to a folder that can be written to", folder.display())
    })?;
    canonical(folder)
}

/// Whether evcxr would cut a path short.
pub fn has_space(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().iter().any(|byte| matches!(byte, b' ' | b'\n' | b'\r'))
}

/// The first 16 hex digits of the SHA-256 of some bytes.
pub fn short_hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
