//! Messages that wait to be written to one peer. A thread writes them, so that a slow peer keeps nobody else waiting.

use std::io::{BufWriter, Result, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::stream::Stream;

/// Bytes as they go over the stream; a message to many peers is held once.
pub(super) type Bytes = Arc<Vec<u8>>;

#[derive(Clone)]
pub(super) struct Outbox {
    sender: Sender<Bytes>,
    waiting: Arc<AtomicUsize>,
}

/// The end at which messages come out.
pub(super) struct Outgoing {
    receiver: Receiver<Bytes>,
    waiting: Arc<AtomicUsize>,
}

pub(super) fn outbox() -> (Outbox, Outgoing) {
    let (sender, receiver) = channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    (Outbox { sender, waiting: Arc::clone(&waiting) }, Outgoing { receiver, waiting })
}

impl Outbox {
    /// Gives how many bytes wait now. What is sent to a peer that has gone is lost.
    pub(super) fn send(&self, bytes: Bytes) -> usize {
        let size = bytes.len();
        let before = self.waiting.fetch_add(size, Ordering::Relaxed);
        if self.sender.send(bytes).is_err() {
            self.waiting.store(0, Ordering::Relaxed);
            return 0;
        }
        before + size
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) == 0
    }
}

impl Outgoing {
    /// Writes until the outbox is dropped or the peer has gone.
    pub(super) fn write_to(self, stream: Stream) -> Result<()> {
        let mut stream = BufWriter::with_capacity(1 << 16, stream);
        let mut written = 0;
        while let Ok(mut bytes) = self.receiver.recv() {
            loop {
                stream.write_all(&bytes)?;
                written += bytes.len();
                match self.receiver.try_recv() {
                    Ok(next) => bytes = next,
                    Err(_) => break,
                }
            }
            stream.flush()?;
            self.waiting.fetch_sub(written, Ordering::Relaxed);
            written = 0;
        }
        Ok(())
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.waiting.store(0, Ordering::Relaxed);
    }
}
