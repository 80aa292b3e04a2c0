//! One program with many ways to misbehave, compiled by the tests with plain `rustc`. Its first
//! argument says which. It prints `got …` where it got what it must not have, and `refused …` else.

use std::ffi::{c_char, c_int, c_long};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::FromRawFd;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixListener, UnixStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

unsafe extern "C" {
    fn fork() -> c_int;
    fn kill(process: c_int, signal: c_int) -> c_int;
    fn setsid() -> c_int;
    fn setuid(user: c_int) -> c_int;
    fn getppid() -> c_int;
    fn chroot(path: *const c_char) -> c_int;
    fn close(file: c_int) -> c_int;
    fn dup2(from: c_int, to: c_int) -> c_int;
    fn signal(signal: c_int, handler: usize) -> usize;
    fn syscall(number: c_long, ...) -> c_long;
}

#[cfg(target_arch = "x86_64")]
mod number {
    pub const PTRACE: i64 = 101;
    pub const MOUNT: i64 = 165;
    pub const UNSHARE: i64 = 272;
    pub const IO_URING_SETUP: i64 = 425;
    pub const SHMGET: i64 = 29;
    pub const MEMFD_CREATE: i64 = 319;
    pub const BPF: i64 = 321;
    pub const PROCESS_VM_WRITEV: i64 = 311;
    pub const PRLIMIT64: i64 = 302;
    pub const FCNTL: i64 = 72;
    pub const USERFAULTFD: i64 = 323;
    pub const KEYCTL: i64 = 250;
    pub const CLONE3: i64 = 435;
    pub const PIDFD_OPEN: i64 = 434;
    pub const SECCOMP: i64 = 317;
    pub const OPEN_READ_TRUNCATE: c_int = 0o1000;
    pub const OPEN: i64 = 2;
    use std::ffi::c_int;
}

fn say<T, E: std::fmt::Display>(result: Result<T, E>, what: impl FnOnce(T) -> String) {
    match result {
        Ok(value) => println!("got {}", what(value)),
        Err(error) => println!("refused {error}"),
    }
}

fn call(result: i64) {
    say(if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }, |value| value.to_string());
}

fn recurse(depth: u64) -> u64 {
    let frame = std::hint::black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { recurse(depth + 1) + frame[3] }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |place: usize| arguments.get(place).map_or("", String::as_str);
    let path = argument(1);
    let myself = || Command::new("/proc/self/exe");
    match argument(0) {
        // what it may do
        "nothing" => {}
        "echo" => {
            io::copy(&mut io::stdin(), &mut io::stdout()).unwrap();
        }
        "compute" => {
            let threads: Vec<_> = (0..4_u64).map(|n| thread::spawn(move || (0..=n).sum::<u64>())).collect();
            let sum: u64 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
            eprintln!("a stray line");
            println!("{sum}");
        }
        "environment" => {
            let mut all: Vec<String> = std::env::vars().map(|(name, value)| format!("{name}={value}")).collect();
            all.sort();
            println!("{}", all.join(" "));
        }
        "stop reading" => drop(io::stdin()),
        // too much
        "loop" => loop {
            std::hint::black_box(0);
        },
        "sleep" => thread::sleep(Duration::from_secs(1000)),
        "loop deaf" => {
            // SIGXCPU is ignored, the kill after it is not.
            unsafe { signal(24, 1) };
            loop {
                std::hint::black_box(0);
            }
        }
        "memory" => {
            let mut all = Vec::new();
            loop {
                all.push(vec![1_u8; 1 << 20]);
            }
        }
        "memory at once" => println!("got {}", vec![1_u8; 3 << 30][7]),
        "threads" => {
            let mut all = Vec::new();
            loop {
                all.push(
                    thread::Builder::new()
                        .stack_size(16 << 10)
                        .spawn(|| thread::sleep(Duration::from_secs(100)))
                        .unwrap_or_else(|error| panic!("failed to spawn thread: {error}")),
                );
            }
        }
        "stdout" => {
            let line = vec![b'x'; 1 << 16];
            while io::stdout().write_all(&line).is_ok() {}
            loop {}
        }
        "stderr" => {
            let line = vec![b'x'; 1 << 16];
            while io::stderr().write_all(&line).is_ok() {}
            loop {}
        }
        "recursion" => println!("{}", recurse(0)),
        "file" => {
            let mut file = File::create(path).unwrap();
            while file.write_all(&[0; 1 << 16]).is_ok() {}
        }
        // files
        "read" => say(fs::read_to_string(path), |text| text),
        "list" => say(fs::read_dir(path), |entries| format!("{} entries", entries.count())),
        "inherited" => {
            let mut text = String::new();
            say(unsafe { File::from_raw_fd(7) }.read_to_string(&mut text), |_| text);
        }
        "write" => say(File::create(path), |_| "a file".into()),
        "append" => say(OpenOptions::new().append(true).open(path), |_| "a file".into()),
        "remove" => say(fs::remove_file(path), |()| "rid of it".into()),
        "make folder" => say(fs::create_dir(path), |()| "a folder".into()),
        "open mode" => say(fs::set_permissions(path, fs::Permissions::from_mode(0o777)), |()| "its mode".into()),
        "truncate by reading" => {
            let name = std::ffi::CString::new(path).unwrap();
            call(unsafe { syscall(number::OPEN, name.as_ptr(), number::OPEN_READ_TRUNCATE) })
        }
        "link" => say(symlink(argument(2), path), |()| "a link".into()),
        // processes
        "spawn" => say(myself().arg("nothing").spawn(), |_| "a process".into()),
        "spawn bomb" => loop {
            let _ = myself()
                .arg("spawn bomb")
                .arg(path)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
        },
        "fork" => match unsafe { fork() } {
            0 => println!("got a child"),
            answer => call(answer.into()),
        },
        "outlive" => {
            let mut child = myself();
            child.args(["outlived", path]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            println!("{}", child.spawn().is_ok());
        }
        "outlived" => {
            unsafe { setsid() };
            unsafe { fork() };
            thread::sleep(Duration::from_secs(1000));
        }
        "kill parent" => call(unsafe { kill(getppid(), 9) }.into()),
        "kill all" => call(unsafe { kill(-1, 9) }.into()),
        "session" => call(unsafe { setsid() }.into()),
        "limit parent" => {
            let limit = [0_u64, 0];
            call(unsafe { syscall(number::PRLIMIT64, getppid(), 7, limit.as_ptr(), 0) })
        }
        "signal by file" => call(unsafe { syscall(number::FCNTL, 0, 8, getppid()) }),
        "clone3" => call(unsafe { syscall(number::CLONE3, 0, 0) }),
        "pidfd" => call(unsafe { syscall(number::PIDFD_OPEN, getppid(), 0) }),
        // network and shared things
        "tcp" => say(TcpStream::connect(path), |_| "a connection".into()),
        "tcp server" => say(TcpListener::bind("127.0.0.1:0"), |_| "a server".into()),
        "udp" => say(UdpSocket::bind("127.0.0.1:0"), |_| "a socket".into()),
        "unix" => say(UnixStream::connect(path), |_| "a connection".into()),
        "unix server" => say(UnixListener::bind(path), |_| "a server".into()),
        "abstract" => {
            say(SocketAddr::from_abstract_name(path).and_then(|address| UnixStream::connect_addr(&address)), |_| {
                "a connection".into()
            })
        }
        "datagram" => say(UnixDatagram::unbound(), |_| "a socket".into()),
        "shared memory" => call(unsafe { syscall(number::SHMGET, 0x1234, 4096, 0o1666) }),
        "memory file" => call(unsafe { syscall(number::MEMFD_CREATE, c"x".as_ptr(), 0) }),
        "filter" => call(unsafe { syscall(number::SECCOMP, 0, 0, 0) }),
        // what nobody does honestly
        "io_uring" => call(unsafe { syscall(number::IO_URING_SETUP, 8, [0_u64; 16].as_ptr()) }),
        "ptrace" => call(unsafe { syscall(number::PTRACE, 16, 1, 0, 0) }),
        "write memory" => call(unsafe { syscall(number::PROCESS_VM_WRITEV, getppid(), 0, 0, 0, 0, 0) }),
        "setuid" => call(unsafe { setuid(0) }.into()),
        "mount" => call(unsafe { syscall(number::MOUNT, c"x".as_ptr(), c"/".as_ptr(), c"tmpfs".as_ptr(), 0, 0) }),
        "chroot" => call(unsafe { chroot(c"/".as_ptr()) }.into()),
        "unshare" => call(unsafe { syscall(number::UNSHARE, 0x1000_0000) }),
        "bpf" => call(unsafe { syscall(number::BPF, 0, 0, 0) }),
        "userfaultfd" => call(unsafe { syscall(number::USERFAULTFD, 0) }),
        "keys" => call(unsafe { syscall(number::KEYCTL, 0, -3, 1) }),
        // ends
        "exit" => std::process::exit(path.parse().unwrap()),
        "panic" => panic!("on purpose"),
        "abort" => std::process::abort(),
        "segmentation fault" => println!("{}", unsafe { std::ptr::read_volatile(8 as *const u8) }),
        "close outputs" => {
            unsafe { close(0) };
            unsafe { close(1) };
            unsafe { close(2) };
            thread::sleep(Duration::from_millis(100));
        }
        "swap outputs" => {
            unsafe { dup2(2, 1) };
            println!("to standard error");
        }
        "forge" => {
            // The report of the guard goes through its standard input; this program's own is a pipe.
            let report =
                br#"{"status":{"Exited":0},"late":false,"processor":{"secs":0,"nanos":0},"wall":{"secs":0,"nanos":0}}"#;
            for name in ["/proc/self/fd/0", "/proc/1/fd/0"] {
                say(OpenOptions::new().write(true).open(name).and_then(|mut file| file.write_all(report)), |()| {
                    name.into()
                });
            }
            eprint!("0123456789abcdef0123456789abcdef cannot start");
            let mut rest = String::new();
            io::stdin().read_to_string(&mut rest).unwrap();
            println!("{rest}");
        }
        other => panic!("no attack is called {other}"),
    }
}
