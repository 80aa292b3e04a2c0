//! The front's threads, which do little but wait. Where a process has few addresses, each of them counts.

use std::io::Result;
use std::thread::{Builder, JoinHandle};

/// Bytes of a thread's stack.
const STACK: usize = 256 << 10;

/// Starts a thread. That the system grants no more of them is an error, and no panic.
pub(super) fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>> {
    Builder::new().stack_size(STACK).spawn(work)
}

/// Has threads share what they take memory from: by itself, the C library sets 64 MB of addresses aside for each.
pub(super) fn share_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it changes a number of the allocator's, before there is another thread.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}
