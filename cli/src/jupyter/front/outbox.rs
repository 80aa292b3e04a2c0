//! Messages to one peer. They are written at once where that keeps nobody waiting; otherwise a thread writes them.

use std::io::{BufWriter, Result, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::stream::Stream;

/// Bytes as they go over the stream; a message to many peers is held once.
pub(super) type Bytes = Arc<Vec<u8>>;

#[derive(Clone)]
pub(super) struct Outbox(Arc<Mutex<State>>);

struct State {
    /// Nothing once it is closed.
    sender: Option<Sender<(Bytes, usize)>>,
    /// How many bytes the thread has still to write.
    waiting: usize,
    /// Where it is written at once while nothing waits; nothing before the peer is greeted, and after it has gone.
    stream: Option<Stream>,
}

/// The end at which messages come out.
pub(super) struct Outgoing {
    receiver: Receiver<(Bytes, usize)>,
    state: Arc<Mutex<State>>,
}

pub(super) fn outbox() -> (Outbox, Outgoing) {
    let (sender, receiver) = channel();
    let state = Arc::new(Mutex::new(State { sender: Some(sender), waiting: 0, stream: None }));
    (Outbox(Arc::clone(&state)), Outgoing { receiver, state })
}

impl Outbox {
    /// Gives how many bytes wait now. What is sent to a peer that has gone is lost.
    pub(super) fn send(&self, bytes: Bytes) -> usize {
        let state = &mut *self.state();
        let Some(sender) = &state.sender else { return 0 };
        let mut written = 0;
        if state.waiting == 0
            && let Some(stream) = &state.stream
        {
            // An error is met again by the thread, which ends with it.
            written = stream.write_without_waiting(&bytes).unwrap_or(0);
        }
        if written < bytes.len() {
            state.waiting += bytes.len() - written;
            // The thread closes the outbox before it goes.
            let _ = sender.send((bytes, written));
        }
        state.waiting
    }

    pub(super) fn is_empty(&self) -> bool {
        self.state().waiting == 0
    }

    /// Has the thread end, too.
    pub(super) fn close(&self) {
        self.state().close();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn close(&mut self) {
        (self.sender, self.waiting, self.stream) = (None, 0, None);
    }
}

impl Outgoing {
    /// Writes until the peer has gone or the outbox is closed.
    pub(super) fn write_to(self, stream: Stream) -> Result<()> {
        let direct = stream.try_clone()?;
        let mut stream = BufWriter::with_capacity(1 << 16, stream);
        self.state().stream = Some(direct);
        while let Ok((mut bytes, mut begin)) = self.receiver.recv() {
            let mut written = 0;
            loop {
                stream.write_all(&bytes[begin..])?;
                written += bytes.len() - begin;
                match self.receiver.try_recv() {
                    Ok(next) => (bytes, begin) = next,
                    Err(_) => break,
                }
            }
            stream.flush()?;
            let mut state = self.state();
            state.waiting = state.waiting.saturating_sub(written);
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.state().close();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    use super::*;

    #[test]
    fn a_slow_peer_gets_everything_in_order_and_keeps_nobody_waiting() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = Stream::tcp(TcpStream::connect(listener.local_addr().unwrap()).unwrap()).unwrap();
        let mut peer = listener.accept().unwrap().0;
        let (outbox, outgoing) = outbox();
        let mut sent = vec![0; 1000];
        outbox.send(Arc::new(sent.clone()));
        let writer = thread::spawn(move || outgoing.write_to(stream));
        for number in 1..=100_u8 {
            let bytes = vec![number; 100_000];
            outbox.send(Arc::new(bytes.clone()));
            sent.extend(bytes);
        }
        assert!(!outbox.is_empty(), "nobody has read yet");
        let mut read = vec![0; sent.len()];
        peer.read_exact(&mut read).unwrap();
        assert!(read == sent);
        outbox.close();
        writer.join().unwrap().unwrap();
        assert_eq!(outbox.send(Arc::new(vec![1])), 0);
        assert_eq!(peer.read(&mut [0]).unwrap(), 0, "its stream is closed");
    }
}
