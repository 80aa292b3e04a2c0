//! The supervisor's own streams: to the kernel, from the runner, and from the system.

use std::fs::File;
use std::io::{self, PipeReader, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use super::super::supervision::ENDINGS;

/// The pipe for endings, if the kernel has opened one.
pub fn endings() -> Option<File> {
    let number: i32 = std::env::var(ENDINGS).ok()?.parse().ok()?;
    // SAFETY: the kernel has left this descriptor open for us. If it is not, the variable is another kernel's, and the
    // copy is an error.
    let pipe = unsafe { BorrowedFd::borrow_raw(number) }.try_clone_to_owned().ok()?;
    Some(File::from(pipe))
}

/// A standard stream, without the standard library's buffer.
pub fn own(stream: impl AsFd) -> io::Result<File> {
    stream.as_fd().try_clone_to_owned().map(File::from)
}

/// A stream that has bytes when the signal has come.
pub fn listen(signal: i32) -> io::Result<UnixStream> {
    let (heard, told) = UnixStream::pair()?;
    heard.set_nonblocking(true)?;
    signal_hook::low_level::pipe::register(signal, told)?;
    Ok(heard)
}

/// Empties such a stream; gives whether the signal has come.
pub fn drain(mut stream: &UnixStream) -> bool {
    let mut has_come = false;
    while matches!(stream.read(&mut [0; 64]), Ok(1..)) {
        has_come = true;
    }
    has_come
}

/// What there is to read, nothing included.
pub fn read_some(mut pipe: &PipeReader, buffer: &mut [u8]) -> io::Result<usize> {
    match pipe.read(buffer) {
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Ok(0),
        read => read,
    }
}
