//! Loading of folders: it is done at once, because nothing is read.

use crossbeam_channel::Sender;

use super::files::AbsPathBuf;

/// How far loading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadingProgress {
    /// To its end.
    Finished,
}

/// What a loader says.
pub enum Message {
    /// How far it has come.
    Progress {
        /// Of how many.
        n_total: usize,
        /// How far.
        n_done: LoadingProgress,
    },
    /// Files that it has read.
    Loaded {
        /// Their paths and texts.
        files: Vec<(AbsPathBuf, Option<Vec<u8>>)>,
    },
    /// Files that have changed.
    Changed {
        /// Their paths and texts.
        files: Vec<(AbsPathBuf, Option<Vec<u8>>)>,
    },
}

/// What is to be loaded.
pub enum Entry {
    /// All in some folders.
    Directories(Directories),
}

/// Some folders.
pub struct Directories {
    /// The ends of their files' names.
    pub extensions: Vec<String>,
    /// These folders,
    pub include: Vec<AbsPathBuf>,
    /// but not these.
    pub exclude: Vec<AbsPathBuf>,
}

/// What a loader is to do.
pub struct Config {
    /// Which of the orders this is.
    pub version: u32,
    /// What to load.
    pub load: Vec<Entry>,
    /// Which of them to watch.
    pub watch: Vec<usize>,
}

/// A loader.
pub trait Handle {
    /// Starts one.
    fn spawn(sender: Sender<Message>) -> Self
    where
        Self: Sized;
    /// Says what it is to do.
    fn set_config(&mut self, config: Config);
}

/// The loader, which has always finished.
pub struct NotifyHandle {
    sender: Sender<Message>,
}

impl Handle for NotifyHandle {
    fn spawn(sender: Sender<Message>) -> NotifyHandle {
        NotifyHandle { sender }
    }

    fn set_config(&mut self, _config: Config) {
        // Nobody is waiting if the receiver is gone.
        let _ = self.sender.send(Message::Progress { n_total: 0, n_done: LoadingProgress::Finished });
    }
}
