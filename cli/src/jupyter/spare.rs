//! A spare kernel: a kernel's program that has started and waits, so that whoever opens a notebook or restarts a kernel
//! need not. There is one for each user and version of the course.
//!
//! In the folder of the user's sockets, a spare that can be had is a folder with a socket in it. Whoever renames that
//! folder has the spare, and nobody else: so never two notebooks get the same. Two locks say who lives:
//!
//! - `NAME.lock` is held by the spare, from its first moment until it is taken.
//! - `kernels.lock` is shared by all kernels. A spare that can have it for itself is the last one, and ends.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::engine_protocol::{self as protocol, Request};
use crate::support::file_lock::FileLock;
use crate::support::{memory, paths};

/// A spare that is on its way is waited for this long: that is quicker than to start another kernel beside it.
const ON_ITS_WAY: Duration = Duration::from_secs(8);
const AGAIN: Duration = Duration::from_millis(10);
/// Nobody keeps a spare who has so little memory, in bytes.
const ENOUGH: u64 = 1 << 30;
/// How the spare's folder, and what is made or taken of it, is called.
const PREFIX: &str = "spare-";
const SOCKET: &str = "socket";

/// Where the spare of one version of a course is.
#[derive(Clone, Debug)]
pub struct SparePlace {
    /// The folder with the socket, where there is a spare.
    path: PathBuf,
    /// How the names of all versions of this course begin.
    course: String,
}

impl SparePlace {
    /// The place in the folder of the user's sockets. `version` changes with whatever a kernel is made of.
    pub fn new(folder: &Path, course: &Path, version: &str) -> SparePlace {
        let course = format!("{PREFIX}{}-", paths::short_hash(course.as_os_str().as_encoded_bytes()));
        let path = folder.join(format!("{course}{}", paths::short_hash(version.as_bytes())));
        SparePlace { path, course }
    }

    /// The place that another process has named.
    pub fn at(path: &Path) -> SparePlace {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let course = name.rsplit_once('-').map_or(String::new(), |(course, _)| format!("{course}-"));
        SparePlace { path: path.to_owned(), course }
    }

    /// Names the place to another process.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says that a kernel lives that may want a spare, until the lock is dropped.
    pub fn attend(&self) -> anyhow::Result<FileLock> {
        FileLock::shared(&self.kernels_lock())
    }

    /// Takes the spare, if there is one, or one is on its way. Those of other versions end.
    pub fn take(&self) -> Option<UnixStream> {
        self.retire_others();
        let begin = Instant::now();
        loop {
            if let Some(spare) = self.take_now() {
                return Some(spare);
            }
            if !self.is_kept() || begin.elapsed() > ON_ITS_WAY {
                return None;
            }
            thread::sleep(AGAIN);
        }
    }

    fn take_now(&self) -> Option<UnixStream> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let taken = self.path.with_extension(format!("taken-{}-{number}", process::id()));
        fs::rename(&self.path, &taken).ok()?;
        // Where its process was killed nobody answers, and what is left goes with the folder.
        let stream = UnixStream::connect(taken.join(SOCKET)).ok();
        let _ = fs::remove_dir_all(&taken);
        stream
    }

    /// Whether there is a spare, or one is on its way.
    pub fn is_kept(&self) -> bool {
        open(&self.lock_file()).and_then(FileLock::try_alone).is_ok_and(|lock| lock.is_none())
    }

    /// Whether there should be one and is none: memory is plenty.
    pub fn is_vacant(&self) -> bool {
        !self.is_kept() && memory::available().is_none_or(|bytes| bytes >= ENOUGH)
    }

    /// Ends the spares of other versions of this course, and removes what killed ones of any course have left.
    fn retire_others(&self) {
        let Some(folder) = self.path.parent() else { return };
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let other = SparePlace::at(&entry.path());
            let is_spare = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX))
                && other.path.extension().is_none();
            if !is_spare || other.path == self.path {
                continue;
            }
            if other.course == self.course {
                other.retire();
            } else {
                other.remove_if_dead();
            }
        }
    }

    fn remove_if_dead(self) {
        // Who has the lock is the only one who may make the folder.
        if let Ok(Some(keeping)) = self.keep() {
            let _ = fs::remove_dir_all(&keeping.place.path);
        }
    }

    /// Ends the spare, if nobody has taken it.
    pub fn retire(&self) {
        if let Some(mut spare) = self.take_now() {
            // One that is gone has ended.
            let _ = protocol::write(&mut spare, &Request::Shutdown);
        }
    }

    /// In the spare's own process: keeps the place for it, unless another one does.
    pub fn keep(self) -> io::Result<Option<Keeping>> {
        let lock = open(&self.lock_file()).and_then(FileLock::try_alone)?;
        Ok(lock.map(|lock| Keeping { place: self, _lock: lock }))
    }

    /// Waits until nobody wants the spare any more, because no kernel is left or it has waited for so `long`; then
    /// takes it out of the others' reach and ends it. Returns also when somebody has taken it.
    pub fn watch(&self, since: Instant, long: Duration, pause: Duration) {
        // The last kernel may have ended while the spare started.
        while self.path.exists() {
            let is_last = open(&self.kernels_lock()).and_then(FileLock::try_alone).is_ok_and(|lock| lock.is_some());
            if is_last || since.elapsed() > long {
                return self.retire();
            }
            thread::sleep(pause);
        }
    }

    fn kernels_lock(&self) -> PathBuf {
        self.path.with_file_name("kernels.lock")
    }

    fn lock_file(&self) -> PathBuf {
        self.path.with_extension("lock")
    }
}

/// The spare's own side.
pub struct Keeping {
    place: SparePlace,
    _lock: FileLock,
}

impl Keeping {
    /// From now on the spare can be taken. Whoever connects has it.
    pub fn offer(&self) -> io::Result<UnixListener> {
        let draft = self.place.path.with_extension("draft");
        // Both can only be left from a spare that was killed.
        for left in [&draft, &self.place.path] {
            match fs::remove_dir_all(left) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        DirBuilder::new().mode(0o700).create(&draft)?;
        let listener = UnixListener::bind(draft.join(SOCKET))?;
        fs::rename(&draft, &self.place.path)?;
        Ok(listener)
    }

    /// Where it is.
    pub fn place(&self) -> SparePlace {
        self.place.clone()
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).read(true).write(true).open(path)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn place(folder: &Path, version: &str) -> SparePlace {
        SparePlace::new(folder, Path::new("/course"), version)
    }

    #[test]
    fn a_spare_is_had_by_one_and_by_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), "1");
        assert!(place.take().is_none());
        let keeping = place.clone().keep().unwrap().unwrap();
        let listener = keeping.offer().unwrap();
        assert_eq!(fs::metadata(place.path()).unwrap().permissions().mode() & 0o077, 0);
        let takers: Vec<_> = (0..8)
            .map(|_| {
                let place = place.clone();
                thread::spawn(move || place.take_now().is_some())
            })
            .collect();
        let had: Vec<bool> = takers.into_iter().map(|taker| taker.join().unwrap()).collect();
        assert_eq!(had.iter().filter(|had| **had).count(), 1);
        assert!(listener.accept().is_ok());
    }

    #[test]
    fn a_spare_on_its_way_is_waited_for_and_a_second_one_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), "1");
        let keeping = place.clone().keep().unwrap().unwrap();
        assert!(place.is_kept() && place.clone().keep().unwrap().is_none());
        let waiting = place.clone();
        let taker = thread::spawn(move || waiting.take().is_some());
        thread::sleep(Duration::from_millis(50));
        let _listener = keeping.offer().unwrap();
        assert!(taker.join().unwrap());
        drop(keeping);
        assert!(!place.is_kept());
    }

    #[test]
    fn what_a_killed_spare_has_left_is_no_spare_and_does_not_disturb_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), "1");
        let keeping = place.clone().keep().unwrap().unwrap();
        drop(keeping.offer().unwrap());
        assert!(place.take_now().is_none());
        drop(keeping.offer().unwrap());
        let _listener = keeping.offer().unwrap();
        assert!(place.take_now().is_some());
    }

    #[test]
    fn what_a_killed_spare_of_another_course_has_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let killed = SparePlace::new(folder.path(), Path::new("/other"), "1").keep().unwrap().unwrap();
        drop(killed.offer().unwrap());
        let left = killed.place();
        drop(killed);
        assert!(left.path().exists());
        assert!(place(folder.path(), "1").take().is_none());
        assert!(!left.path().exists());
    }

    #[test]
    fn a_spare_of_another_version_is_ended_and_one_of_another_course_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let old = place(folder.path(), "old").keep().unwrap().unwrap();
        let other = SparePlace::new(folder.path(), Path::new("/other"), "old");
        let stranger = other.clone().keep().unwrap().unwrap();
        let (old_socket, _strangers_socket) = (old.offer().unwrap(), stranger.offer().unwrap());
        assert!(place(folder.path(), "new").take().is_none());
        let mut said = String::new();
        old_socket.accept().unwrap().0.read_to_string(&mut said).unwrap();
        assert_eq!(said.trim(), "\"shutdown\"");
        assert!(other.take_now().is_some());
    }

    #[test]
    fn a_spare_ends_with_the_last_kernel_or_when_it_has_waited_long() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), "1");
        let keeping = place.clone().keep().unwrap().unwrap();
        let pause = Duration::from_millis(5);
        for long in [Duration::from_secs(600), Duration::ZERO] {
            let kernel = place.attend().unwrap();
            let listener = keeping.offer().unwrap();
            let watched = place.clone();
            let watch = thread::spawn(move || watched.watch(Instant::now(), long, pause));
            if !long.is_zero() {
                thread::sleep(10 * pause);
                assert!(place.path().exists(), "a kernel lives");
                drop(kernel);
            }
            watch.join().unwrap();
            let mut said = String::new();
            listener.accept().unwrap().0.read_to_string(&mut said).unwrap();
            assert_eq!(said.trim(), "\"shutdown\"");
        }
    }
}
