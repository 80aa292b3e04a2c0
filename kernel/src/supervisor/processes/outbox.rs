//! Bytes on their way to the kernel, which may read slowly: nobody waits for it.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::ioctl_fionbio;

/// With this many bytes on their way, no more are taken from the cell.
const ENOUGH: usize = 256 << 10;

pub struct Outbox<W> {
    stream: W,
    pub pending: Vec<u8>,
}

impl<W: Write + AsFd> Outbox<W> {
    pub fn new(stream: W) -> io::Result<Self> {
        ioctl_fionbio(&stream, true)?;
        Ok(Self { stream, pending: Vec::new() })
    }

    pub fn stream(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }

    pub fn has_room(&self) -> bool {
        self.pending.len() < ENOUGH
    }

    /// Writes as much as the stream takes now. An error is that nobody reads it any more.
    pub fn send(&mut self) -> io::Result<()> {
        let mut sent = 0;
        let result = loop {
            match self.stream.write(&self.pending[sent..]) {
                Ok(0) => break Ok(()),
                Ok(written) => sent += written,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        self.pending.drain(..sent);
        result
    }

    /// Writes all of it.
    pub fn send_all(&mut self) -> io::Result<()> {
        while !self.pending.is_empty() {
            let mut wait = [PollFd::new(&self.stream, PollFlags::OUT)];
            match poll(&mut wait, None) {
                Ok(_) | Err(rustix::io::Errno::INTR) => self.send()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
