//! Finds out, in a process that is about to end by a fault, whether its stack was full.

use std::io::PipeWriter;
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicI32, Ordering};
use std::{io, mem, ptr};

use libc::{c_int, c_void, siginfo_t};

use super::report::Report;

/// Where the handler reports.
static REPORTS: AtomicI32 = AtomicI32::new(-1);

/// A stack is probed from page to page, so that the first address beyond its end is near the stack pointer.
const NEAR: usize = 64 << 10;

/// Reports before the process ends by a fault.
pub fn install(reports: &PipeWriter) -> io::Result<()> {
    REPORTS.store(reports.as_raw_fd(), Ordering::Relaxed);
    for signal in [libc::SIGSEGV, libc::SIGBUS] {
        // SAFETY: all zeros are a valid value of this plain struct.
        let mut action: libc::sigaction = unsafe { mem::zeroed() };
        action.sa_sigaction = on_fault as *const () as usize;
        // On the stack that Rust's runtime has set aside: the thread's own may be full. The second time the signal ends the
        // process, as it would have done without a handler.
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESETHAND;
        // SAFETY: the handler is of the type that SA_SIGINFO asks for, and calls only what a handler may call.
        if unsafe { libc::sigaction(signal, &action, ptr::null_mut()) } != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

extern "C" fn on_fault(_signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: the system gives a handler both.
    let (address, stack) = unsafe { ((*info).si_addr() as usize, stack_pointer(context)) };
    match stack {
        Some(stack) if stack.abs_diff(address) < NEAR => report(Report::StackOverflow),
        _ => report(Report::InvalidMemory),
    }
}

fn report(report: Report) {
    let bytes = report.to_bytes();
    // SAFETY: `write` may be called in a handler, and the bytes are there.
    unsafe { libc::write(REPORTS.load(Ordering::Relaxed), bytes.as_ptr().cast(), bytes.len()) };
}

/// Where the interrupted thread's stack ends, if that is known on this machine.
///
/// # Safety
///
/// `context` must be what the system has given to a handler.
unsafe fn stack_pointer(context: *mut c_void) -> Option<usize> {
    let context = context.cast::<libc::ucontext_t>();
    // SAFETY: by this function's own contract.
    let machine = unsafe { &(*context).uc_mcontext };
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    return usize::try_from(machine.gregs[libc::REG_RSP as usize]).ok();
    #[cfg(all(target_os = "linux", target_arch = "aarch64"))]
    return usize::try_from(machine.sp).ok();
    // SAFETY: on macOS the context has a pointer to the machine's state, which is there as long.
    #[cfg(all(target_os = "macos", target_arch = "x86_64"))]
    return usize::try_from(unsafe { &**machine }.__ss.__rsp).ok();
    // SAFETY: as above.
    #[cfg(all(target_os = "macos", target_arch = "aarch64"))]
    return usize::try_from(unsafe { &**machine }.__ss.__sp).ok();
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return None;
}
