//! Reads what a program has left, which may be anything but an honest file.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The contents of a file in a folder that an untrusted program wrote into: a plain file of at most
/// `most` bytes, not a link, a pipe or a device. No process of the program may be left.
pub fn take_file(folder: &Path, name: &str, most: u64) -> Result<Vec<u8>> {
    let path = folder.join(name);
    if path.file_name() != Some(name.as_ref()) || path.parent() != Some(folder) {
        bail!("`{name}` is not the name of a file in a folder");
    }
    let taken = || -> Result<Vec<u8>> {
        // A pipe would block, a link could lead to any file of the grader.
        let open = OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(&path);
        let file: File = open.map_err(|error| match error.raw_os_error() {
            Some(libc::ELOOP) => anyhow::anyhow!("it is a link"),
            _ => error.into(),
        })?;
        let about = file.metadata()?;
        if !about.is_file() {
            bail!("it is not a plain file");
        }
        if about.len() > most {
            bail!("it has {} bytes, more than {most}", about.len());
        }
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    taken().with_context(|| format!("cannot take {}, which the program has left", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use rustix::fs::{CWD, Mode, mkfifoat};

    use super::*;

    #[test]
    fn only_a_plain_file_of_the_right_size_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let take = |name: &str| take_file(folder.path(), name, 5).map_err(|error| format!("{error:#}"));
        fs::write(folder.path().join("plain"), "five!").unwrap();
        fs::write(folder.path().join("long"), "longer").unwrap();
        symlink("plain", folder.path().join("link")).unwrap();
        symlink("/dev/zero", folder.path().join("device")).unwrap();
        fs::create_dir(folder.path().join("folder")).unwrap();
        mkfifoat(CWD, folder.path().join("pipe"), Mode::RWXU).unwrap();
        let _socket = UnixListener::bind(folder.path().join("socket")).unwrap();
        assert_eq!(take("plain").unwrap(), b"five!");
        for (name, reason) in [
            ("long", "it has 6 bytes, more than 5"),
            ("link", "it is a link"),
            ("device", "it is a link"),
            ("folder", "it is not a plain file"),
            ("pipe", "it is not a plain file"),
            ("socket", "No such device"),
            ("absent", "No such file"),
            ("../plain", "not the name"),
            ("..", "not the name"),
            ("/etc/passwd", "not the name"),
            ("", "not the name"),
        ] {
            let message = take(name).unwrap_err();
            assert!(message.contains(reason), "{name}: {message}");
        }
    }
}
