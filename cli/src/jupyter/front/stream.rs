//! Streams of bytes: over TCP, and over files of Unix where the system has them.

#[cfg(not(unix))]
use std::io::{Error, ErrorKind};
use std::io::{Read, Result, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
#[cfg(unix)]
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

use super::connection::Address;

/// Waits for peers.
pub(super) enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Ipc(UnixListener),
}

/// A peer.
pub(super) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Ipc(UnixStream),
}

impl Listener {
    pub(super) fn bind(address: &Address) -> Result<Self> {
        match address {
            Address::Tcp(ip, port) => TcpListener::bind((ip.as_str(), *port)).map(Self::Tcp),
            #[cfg(unix)]
            Address::Ipc(path) => {
                use std::os::unix::fs::{FileTypeExt, PermissionsExt};
                // A kernel that was here before and was killed has left its socket.
                if std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket()) {
                    std::fs::remove_file(path)?;
                }
                let listener = UnixListener::bind(path)?;
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
                Ok(Self::Ipc(listener))
            }
            #[cfg(not(unix))]
            Address::Ipc(_) => Err(no_files()),
        }
    }

    pub(super) fn accept(&self) -> Result<Stream> {
        match self {
            Self::Tcp(listener) => Stream::tcp(listener.accept()?.0),
            #[cfg(unix)]
            Self::Ipc(listener) => Ok(Stream::Ipc(listener.accept()?.0)),
        }
    }
}

impl Stream {
    pub(super) fn tcp(stream: TcpStream) -> Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self::Tcp(stream))
    }

    pub(super) fn try_clone(&self) -> Result<Self> {
        match self {
            Self::Tcp(stream) => stream.try_clone().map(Self::Tcp),
            #[cfg(unix)]
            Self::Ipc(stream) => stream.try_clone().map(Self::Ipc),
        }
    }

    /// How long reading and writing may take; for ever without a limit.
    pub(super) fn set_limit(&self, limit: Option<Duration>) -> Result<()> {
        match self {
            Self::Tcp(stream) => stream.set_read_timeout(limit).and_then(|()| stream.set_write_timeout(limit)),
            #[cfg(unix)]
            Self::Ipc(stream) => stream.set_read_timeout(limit).and_then(|()| stream.set_write_timeout(limit)),
        }
    }

    /// Writes what the system takes at once; gives how much that was.
    #[cfg(unix)]
    pub(super) fn write_without_waiting(&self, bytes: &[u8]) -> Result<usize> {
        use rustix::net::{SendFlags, send};
        match self {
            Self::Tcp(stream) => Ok(send(stream, bytes, SendFlags::DONTWAIT)?),
            Self::Ipc(stream) => Ok(send(stream, bytes, SendFlags::DONTWAIT)?),
        }
    }

    /// Elsewhere a stream cannot be asked once without waiting.
    #[cfg(not(unix))]
    pub(super) fn write_without_waiting(&self, _bytes: &[u8]) -> Result<usize> {
        Ok(0)
    }

    pub(super) fn shut_down(&self) {
        // A stream that its peer has closed already is what is wanted.
        let _ = match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Both),
            #[cfg(unix)]
            Self::Ipc(stream) => stream.shutdown(Shutdown::Both),
        };
    }
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(bytes),
            #[cfg(unix)]
            Self::Ipc(stream) => stream.read(bytes),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(bytes),
            #[cfg(unix)]
            Self::Ipc(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> Result<()> {
        match self {
            Self::Tcp(stream) => stream.flush(),
            #[cfg(unix)]
            Self::Ipc(stream) => stream.flush(),
        }
    }
}

#[cfg(not(unix))]
fn no_files() -> Error {
    Error::new(ErrorKind::Unsupported, "the transport `ipc` needs a Unix: use `tcp`")
}
