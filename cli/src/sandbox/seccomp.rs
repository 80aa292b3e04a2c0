//! Seccomp: which system calls a program may make.
//!
//! A list of what is allowed, so that calls of later kernels are refused until somebody has thought
//! about them. What is not on it does not exist (ENOSYS), to which C libraries have an answer of their
//! own. What honest code may try, such as to open a socket, is refused with the error that says so
//! (EPERM). System calls that no legitimate answer makes kill the process.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use libc::c_long;
use seccompiler::SeccompCmpArgLen::{Dword, Qword};
use seccompiler::SeccompCmpOp::{Eq, MaskedEq, Ne};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

mod lists;

use lists::{ALLOWED, ALLOWED_OLD, COMPILER, COMPILER_OLD, HOSTILE, REFUSED};

/// The calls of a filter. A call without rules is meant whatever its arguments are; else one rule must
/// hold.
struct Calls(BTreeMap<c_long, Vec<SeccompRule>>);

/// All flags that make a new namespace.
const NAMESPACES: u64 = 0x7e02_0000;
/// The part of a socket's type that is not a flag.
const SOCKET_TYPE: u64 = 0xf;

/// The filters of an answer or of a compiler, for the process that calls this and then becomes it.
/// They are to be applied in this order: the last one allows no further filter.
pub fn filters(compiler: bool) -> Result<[BpfProgram; 3]> {
    let refused = refused(compiler)?;
    let mut allowed = allowed(compiler)?;
    // Of two errors the last filter's would be seen, so it leaves to the first what that one refuses.
    for call in refused.0.keys() {
        allowed.0.entry(*call).or_default();
    }
    Ok([
        refused.compile(SeccompAction::Allow, SeccompAction::Errno(libc::EPERM as u32))?,
        Calls::of(&[HOSTILE]).compile(SeccompAction::Allow, SeccompAction::KillProcess)?,
        allowed.compile(SeccompAction::Errno(libc::ENOSYS as u32), SeccompAction::Allow)?,
    ])
}

fn allowed(compiler: bool) -> Result<Calls> {
    let mut calls = Calls::of(&[ALLOWED, ALLOWED_OLD]);
    calls.when(libc::SYS_clone, &[(0, Qword, MaskedEq(NAMESPACES), 0)])?;
    for name in [libc::PR_SET_NAME, libc::PR_GET_NAME, libc::PR_SET_VMA] {
        calls.when(libc::SYS_prctl, &[(0, Dword, Eq, name as u64)])?;
    }
    for about in [libc::TCGETS, libc::FIONBIO, libc::FIONREAD, libc::FIOCLEX, libc::FIONCLEX] {
        calls.when(libc::SYS_ioctl, &[(1, Dword, Eq, about)])?;
    }
    // Not F_SETOWN, which sends signals to others.
    for command in [
        libc::F_DUPFD,
        libc::F_DUPFD_CLOEXEC,
        libc::F_GETFD,
        libc::F_SETFD,
        libc::F_GETFL,
        libc::F_SETFL,
        libc::F_GETLK,
        libc::F_SETLK,
        libc::F_SETLKW,
        libc::F_OFD_GETLK,
        libc::F_OFD_SETLK,
        libc::F_OFD_SETLKW,
        libc::F_SETPIPE_SZ,
        libc::F_GETPIPE_SZ,
    ] {
        calls.when(libc::SYS_fcntl, &[(1, Dword, Eq, command as u64)])?;
    }
    if compiler {
        calls.0.extend(Calls::of(&[COMPILER, COMPILER_OLD]).0);
        // Pairs are connected for good. A datagram of such a pair could be sent elsewhere.
        for kind in [libc::SOCK_STREAM, libc::SOCK_SEQPACKET] {
            let pair = [(0, Dword, Eq, libc::AF_UNIX as u64), (1, Dword, MaskedEq(SOCKET_TYPE), kind as u64)];
            calls.when(libc::SYS_socketpair, &pair)?;
        }
    }
    Ok(calls)
}

fn refused(compiler: bool) -> Result<Calls> {
    let mut calls = Calls::of(&[REFUSED]);
    // Limits of another process.
    calls.when(libc::SYS_prlimit64, &[(0, Dword, Ne, 0)])?;
    if !compiler {
        // And lower ones of its own: the system would end it as it ends a program when memory is short.
        calls.when(libc::SYS_prlimit64, &[(2, Qword, Ne, 0)])?;
        calls.0.extend(Calls::of(&[COMPILER, COMPILER_OLD, &[libc::SYS_socketpair]]).0);
        // Memory that is shared is not counted with a process's own. Nobody is there to share it with.
        for kind in [libc::MAP_SHARED, libc::MAP_SHARED_VALIDATE] {
            calls.when(libc::SYS_mmap, &[(3, Dword, MaskedEq(libc::MAP_TYPE as u64), kind as u64)])?;
        }
        // A file that is opened to be changed.
        for flag in [libc::O_WRONLY, libc::O_RDWR, libc::O_CREAT, libc::O_TRUNC].map(|flag| flag as u64) {
            calls.when(libc::SYS_openat, &[(2, Dword, MaskedEq(flag), flag)])?;
            #[cfg(target_arch = "x86_64")]
            calls.when(libc::SYS_open, &[(1, Dword, MaskedEq(flag), flag)])?;
        }
        // A process that is not a thread of this one, a signal for another process, and one by which it would look as if somebody
        // else had ended it; `abort` sends the one that is left.
        calls.when(libc::SYS_clone, &[(0, Qword, MaskedEq(libc::CLONE_THREAD as u64), 0)])?;
        calls.when(libc::SYS_tgkill, &[(0, Dword, Ne, std::process::id().into())])?;
        calls.when(libc::SYS_tgkill, &[(2, Dword, Ne, libc::SIGABRT as u64)])?;
    }
    Ok(calls)
}

impl Calls {
    fn of(lists: &[&[c_long]]) -> Calls {
        Calls(lists.iter().flat_map(|list| list.iter()).map(|call| (*call, Vec::new())).collect())
    }

    /// Adds a call whose arguments (by place) are all so.
    fn when(&mut self, call: c_long, conditions: &[(u8, SeccompCmpArgLen, SeccompCmpOp, u64)]) -> Result<()> {
        let conditions = conditions
            .iter()
            .map(|(place, length, comparison, value)| {
                SeccompCondition::new(*place, length.clone(), comparison.clone(), *value)
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.0.entry(call).or_default().push(SeccompRule::new(conditions)?);
        Ok(())
    }

    fn compile(self, others: SeccompAction, these: SeccompAction) -> Result<BpfProgram> {
        let processor = std::env::consts::ARCH;
        let target =
            processor.try_into().with_context(|| format!("no seccomp filter for the processor {processor}"))?;
        Ok(SeccompFilter::new(self.0, others, these, target)?.try_into()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filters_compile_for_both_roles() {
        for compiler in [false, true] {
            for filter in filters(compiler).unwrap() {
                assert!(filter.len() < 4096, "{}", filter.len());
            }
        }
    }

    #[test]
    fn no_call_is_allowed_and_refused_whatever_its_arguments() {
        for compiler in [false, true] {
            let allowed = allowed(compiler).unwrap();
            let refused = refused(compiler).unwrap();
            for (call, rules) in &refused.0 {
                let both = rules.is_empty() && allowed.0.contains_key(call);
                assert!(!both && !HOSTILE.contains(call), "system call {call}");
            }
            assert!(HOSTILE.iter().all(|call| !allowed.0.contains_key(call)));
        }
    }
}
