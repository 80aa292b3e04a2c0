//! The folders that tests have of their own: below the target folder, and kept, so that the next run finds the crates
//! of the notebooks compiled. Unit tests and the programs in `cli/tests` share them; nobody else does.

use std::env;
use std::path::{Path, PathBuf};

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The folder of all that tests keep.
pub fn folder() -> PathBuf {
    // A test's program is in `deps`, in the folder of the profile.
    let program = env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join("tests")
}

/// The cache of all courses, in place of the user's. evcxr cannot work below a folder with a blank in its name: where
/// the checkout has one, the cache is among the temporary files.
pub fn cache() -> PathBuf {
    let folder = folder().join("cache");
    let path = folder.to_string_lossy();
    match path.contains(' ') {
        true => env::temp_dir().join(format!("neurobook-tests{}", path.replace([' ', '/', '\\', ':'], "-"))),
        false => folder,
    }
}
