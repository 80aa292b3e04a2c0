//! The folder of this user's sockets on this machine, which others cannot open.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The folder, made if it is not there. `own` is any folder that belongs to the user.
pub fn runtime_folder(own: &Path) -> io::Result<PathBuf> {
    within(env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from), own)
}

fn within(runtime: Option<PathBuf>, own: &Path) -> io::Result<PathBuf> {
    let user = fs::metadata(own)?.uid();
    let folder = match runtime.filter(|folder| folder.is_dir()) {
        Some(runtime) => runtime.join("neurobook"),
        None => env::temp_dir().join(format!("neurobook-{user}")),
    };
    match fs::DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(&folder)?;
    if found.is_dir() && found.uid() == user && found.permissions().mode() & 0o077 == 0 {
        Ok(folder)
    } else {
        Err(io::Error::other(format!("{} is open to others: remove it", folder.display())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_users_own_and_one_that_is_open_to_others_is_refused() {
        let parent = tempfile::tempdir().unwrap();
        let folder = within(Some(parent.path().to_owned()), parent.path()).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(within(Some(parent.path().to_owned()), parent.path()).unwrap(), folder);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let refused = within(Some(parent.path().to_owned()), parent.path()).unwrap_err();
        assert!(refused.to_string().contains("open to others"), "{refused}");
    }
}
