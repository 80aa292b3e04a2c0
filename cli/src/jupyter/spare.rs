//! A spare kernel: a kernel's program that has started and waits, so that whoever opens a notebook or restarts a kernel
//! need not. There is one for each user and version of the course.
//!
//! In the folder of the user's sockets, a spare that can be had is a folder with a socket in it. Whoever renames that
//! folder has the spare, and nobody else: so never two notebooks get the same. `NAME.lock` is held by the spare, from its
//! first moment until it is taken. A spare that no kernel lives beside is the last one, and ends.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::engine_protocol::{self as protocol, Request};
use super::presence::Presence;
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

    /// The kernels that may want a spare.
    pub fn presence(&self) -> Presence {
        Presence::of(self.path.parent().unwrap_or(Path::new("")))
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
        let known = File::options().read(true).write(true).open(self.lock_file());
        known.and_then(FileLock::try_alone).is_ok_and(|lock| lock.is_none())
    }

    /// Whether there is a spare that can be had at once.
    pub fn is_offered(&self) -> bool {
        self.path.exists()
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
            } else if let Ok(Some(keeping)) = other.keep() {
                // Who has the lock is the only one who may make the folder.
                keeping.remove();
            }
        }
    }

    /// Ends the spare, if nobody has taken it.
    pub fn retire(&self) {
        if let Some(mut spare) = self.take_now() {
            // One that is gone has ended.
            let _ = protocol::write(&mut spare, &Request::Shutdown);
        }
    }

    /// Ends the spare, also one that is on its way, and leaves nothing of its place.
    pub fn clear(&self) {
        let begin = Instant::now();
        self.retire();
        while self.is_kept() && begin.elapsed() < ON_ITS_WAY {
            thread::sleep(AGAIN);
            self.retire();
        }
        if let Ok(Some(keeping)) = self.clone().keep() {
            keeping.remove();
        }
    }

    /// In the spare's own process: keeps the place for it, unless another one does.
    pub fn keep(self) -> io::Result<Option<Keeping>> {
        let file = FileLock::file(&self.lock_file())?;
        let number = file.metadata()?.ino();
        let lock = FileLock::try_alone(file)?;
        // Who had it before may just have removed it.
        let is_there = fs::metadata(self.lock_file()).is_ok_and(|about| about.ino() == number);
        Ok(lock.filter(|_| is_there).map(|lock| Keeping { place: self, _lock: lock }))
    }

    /// Waits until nobody wants the spare any more, because no kernel is left or it has waited for so `long`; then
    /// takes it out of the others' reach and ends it. Returns also when somebody has taken it.
    pub fn watch(&self, since: Instant, long: Duration, pause: Duration) {
        let presence = self.presence();
        // The last kernel may have ended while the spare started.
        while self.path.exists() {
            if presence.all_are_gone() || since.elapsed() > long {
                return self.retire();
            }
            thread::sleep(pause);
        }
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

    /// Removes what is left of a spare that is gone, and the place itself.
    fn remove(self) {
        // What cannot be removed is found by the next one.
        let _ = fs::remove_dir_all(&self.place.path);
        let _ = fs::remove_file(self.place.lock_file());
    }

    /// Where it is.
    pub fn place(&self) -> SparePlace {
        self.place.clone()
    }
}

#[cfg(test)]
mod tests;
