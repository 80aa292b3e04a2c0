//! Has the completion program read the crates before the first Tab, at a moment when nobody notices.
//!
//! The moment: no cell of the user's runs, or has run just now, the machine has room, and its memory is plenty. On a
//! machine that many share, several hundred megabytes for each who may never press the Tab key are too much: there the
//! program starts when it is asked.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use neurobook_cli::jupyter::presence::Presence;
use neurobook_cli::support::file_lock::FileLock;
use neurobook_cli::support::{memory, processor};

use crate::completion_client::{CompletionClient, Reply};

/// The learner reads: this long nothing was asked.
const REST: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_secs(1);
/// A moment that has not come in so many looks is waited for after the next cell.
const MOST_LOOKS: u32 = 120;
/// In bytes. The program takes about a sixth of it.
const PLENTY: u64 = 3 << 30;
/// To connect, and to be told that it reads.
const LIMIT: Duration = Duration::from_millis(100);

/// What a kernel does that the completion program stands by.
pub struct Standby {
    client: Arc<CompletionClient>,
    presence: Presence,
    /// Whether it may start before it is asked.
    is_early: bool,
    /// Whether nobody would notice that it starts now.
    is_moment: Box<dyn FnMut() -> bool>,
    /// How often the moment is still looked for.
    looks: u32,
}

impl Standby {
    pub fn new(client: Arc<CompletionClient>, presence: Presence, is_early: bool) -> Standby {
        let (kernels, mut processors) = (presence.clone(), processor::Watch::default());
        let is_moment = Box::new(move || processors.has_room() && kernels.all_rest() && is_memory_plenty());
        let mut standby = Standby { client, presence, is_early, is_moment, looks: 0 };
        standby.expect();
        standby
    }

    /// Says that a notebook has this kernel, until the lock is dropped: the program goes with the last one.
    pub fn attend(&self) -> Option<FileLock> {
        // Where there are no locks, it goes when it is idle.
        self.presence.attend().ok()
    }

    /// Somebody is at work, who may press the Tab key. The program stays when it is asked from time to time.
    pub fn expect(&mut self) {
        self.looks = if self.is_early { MOST_LOOKS } else { 0 };
    }

    /// Waits for what comes next, and looks meanwhile whether the moment is there. `folder` is the session's. `None` when
    /// nothing will come any more.
    pub fn receive<T>(&mut self, coming: &Receiver<T>, folder: &Path) -> Option<T> {
        while let Some(pause) = self.pause() {
            match coming.recv_timeout(pause) {
                Ok(next) => return Some(next),
                Err(RecvTimeoutError::Timeout) => self.look(folder),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        coming.recv().ok()
    }

    /// When to look again, if nothing comes until then.
    fn pause(&self) -> Option<Duration> {
        match self.looks {
            0 => None,
            MOST_LOOKS => Some(REST),
            _ => Some(PAUSE),
        }
    }

    fn look(&mut self, folder: &Path) {
        self.looks -= 1;
        if (self.is_moment)() {
            match self.client.load(folder, LIMIT) {
                // What has been started is asked again once it listens.
                Reply::NotYet => {}
                Reply::Ready(()) | Reply::Unavailable(_) => self.looks = 0,
            }
        }
    }
}

fn is_memory_plenty() -> bool {
    memory::available().is_none_or(|bytes| bytes >= PLENTY)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::os::unix::net::UnixListener;
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    const LOADING: &str = "{\"state\": \"loading\"}\n";
    const LOADED: &str = "{\"state\": \"loaded\"}\n";

    /// A program in a folder that answers one question after the other, and tells what was asked.
    fn program(folder: &Path, answers: &'static [&'static str]) -> mpsc::Receiver<String> {
        let listener = UnixListener::bind(folder.join("socket")).unwrap();
        let (tell, asked) = mpsc::channel();
        thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut question = String::new();
                BufReader::new(&stream).read_line(&mut question).unwrap();
                tell.send(question).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        asked
    }

    fn standby(folder: &Path, is_early: bool, is_moment: impl FnMut() -> bool + 'static) -> Standby {
        let (socket, presence) = (folder.join("socket"), Presence::of(folder));
        let client = CompletionClient::new(folder.join("none"), socket, presence.living(), Vec::new());
        let is_moment = Box::new(is_moment);
        Standby { is_moment, ..Standby::new(Arc::new(client), presence, is_early) }
    }

    #[test]
    fn the_crates_are_read_at_the_moment_and_again_after_the_next_cell() {
        let folder = tempfile::tempdir().unwrap();
        let asked = program(folder.path(), &[LOADING, LOADED, LOADING]);
        let mut moments = [false, true, true, true].into_iter();
        let mut standby = standby(folder.path(), true, move || moments.next().unwrap());
        assert_eq!(standby.pause(), Some(REST));
        standby.look(Path::new("/session"));
        assert!(asked.try_recv().is_err(), "somebody would notice");
        assert_eq!(standby.pause(), Some(PAUSE));
        standby.look(Path::new("/session"));
        let question = asked.recv().unwrap();
        assert!(question.contains("\"load\"") && question.contains("\"/session\""), "{question}");
        assert_eq!(standby.pause(), Some(PAUSE), "it still reads");
        standby.look(Path::new("/session"));
        assert_eq!(standby.pause(), None);
        standby.expect();
        standby.look(Path::new("/session"));
        assert_eq!(asked.iter().count(), 2);
    }

    #[test]
    fn a_moment_that_does_not_come_is_not_waited_for_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut standby = standby(folder.path(), true, || false);
        let looks = std::iter::from_fn(|| standby.pause().map(|_| standby.look(Path::new("/session")))).count();
        assert_eq!(looks, MOST_LOOKS as usize);
        standby.expect();
        assert_eq!(standby.pause(), Some(REST));
    }

    #[test]
    fn what_is_shared_by_many_and_what_is_not_compiled_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(standby(folder.path(), false, || panic!("not looked for")).pause(), None);
        let mut without_program = standby(folder.path(), true, || true);
        without_program.look(Path::new("/session"));
        assert_eq!(without_program.pause(), None);
    }

    #[test]
    fn what_comes_is_received_while_the_moment_is_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let mut standby = standby(folder.path(), true, || false);
        let (sender, coming) = mpsc::channel();
        sender.send("a cell").unwrap();
        assert_eq!(standby.receive(&coming, Path::new("/session")), Some("a cell"));
        drop(sender);
        assert_eq!(standby.receive(&coming, Path::new("/session")), None);
    }
}
