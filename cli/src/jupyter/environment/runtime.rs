//! The folder of a server's running files: connection files, sockets, the cookies' secret.
//!
//! In a home on a network disk no socket can be made, and another machine of the same user finds files of servers that
//! it cannot reach. So the folder is on this machine.

use std::path::{Path, PathBuf};

/// The folder for the server whose other files are in `home`; made if it is not there.
pub fn folder(home: &Path) -> PathBuf {
    on_this_machine(home).unwrap_or_else(|| home.join("runtime"))
}

#[cfg(target_os = "linux")]
fn on_this_machine(home: &Path) -> Option<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let name = crate::support::paths::short_hash(home.as_os_str().as_encoded_bytes());
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let candidates = [
        own.map(|folder| folder.join(format!("neurobook-{name}"))),
        Some(std::env::temp_dir().join(format!("neurobook-run-{user}-{name}"))),
    ];
    candidates.into_iter().flatten().find(|folder| is_made_private(folder, user))
}

/// Home folders of other systems are on their own disk.
#[cfg(not(target_os = "linux"))]
fn on_this_machine(_home: &Path) -> Option<PathBuf> {
    None
}

/// Whether the folder is there, belongs to this user, and is closed to all others. The temporary folder is everybody's:
/// somebody else may have made a folder or a link of this name.
#[cfg(target_os = "linux")]
fn is_made_private(folder: &Path, user: u32) -> bool {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    // It may be there already; where it cannot be made, there is nothing to look at.
    let _ = std::fs::DirBuilder::new().mode(0o700).create(folder);
    std::fs::symlink_metadata(folder)
        .is_ok_and(|about| about.is_dir() && about.uid() == user && about.mode() & 0o077 == 0)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_folder_that_others_can_enter_or_that_a_link_leads_to_is_not_used() {
        let parent = tempfile::tempdir().unwrap();
        let user = rustix::process::geteuid().as_raw();
        let [fresh, open, link] = ["fresh", "open", "link"].map(|name| parent.path().join(name));
        assert!(is_made_private(&fresh, user) && is_made_private(&fresh, user));
        std::fs::create_dir(&open).unwrap();
        std::fs::set_permissions(&open, PermissionsExt::from_mode(0o755)).unwrap();
        symlink(&fresh, &link).unwrap();
        assert!(!is_made_private(&open, user) && !is_made_private(&link, user));
        assert!(!is_made_private(&fresh, user + 1));
    }
}
