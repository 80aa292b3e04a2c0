//! Tries, from inside, what must not succeed.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::Result;
use rustix::process::geteuid;

use super::run::ONE_ARENA;

/// What it prints when all layers held.
pub const HELD: &str = "held";

/// The name of the file that it must not read.
pub const SECRET: &str = "secret";

/// Names what should have failed, or should have worked, and did not. Its input is the path of a file that it must not
/// read: other users could read a command line.
pub fn probe() -> Result<ExitCode> {
    let mut input = String::new();
    let read = std::io::stdin().read_to_string(&mut input).is_ok();
    let secret = Path::new(&input);
    let beside = secret.with_file_name("written");
    let environment: BTreeMap<String, String> = env::vars().collect();
    let given = BTreeMap::from([("NAME", "value"), ONE_ARENA].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let failures = [
        ("it read a file that it must not read", fs::read(secret).is_ok()),
        ("it listed the folder of all files", fs::read_dir("/").is_ok()),
        ("it changed a file", OpenOptions::new().append(true).open(secret).is_ok()),
        ("it made a file", File::create(beside).is_ok()),
        ("it opened a TCP socket", TcpListener::bind("127.0.0.1:0").is_ok()),
        ("it opened a UDP socket", UdpSocket::bind("127.0.0.1:0").is_ok()),
        ("it made a pair of sockets", UnixStream::pair().is_ok()),
        ("it started a program", Command::new("/proc/self/exe").arg("--version").spawn().is_ok()),
        ("it read another process' environment", fs::read("/proc/1/environ").is_ok()),
        ("it runs as root", geteuid().is_root()),
        ("its environment is not what it was given", environment != given),
        ("its input is not what it was given", !read || !secret.ends_with(SECRET)),
        ("it cannot start a thread", thread::Builder::new().spawn(|| ()).is_err()),
    ];
    let mut failed = failures.into_iter().filter(|(_, failed)| *failed).map(|(name, _)| name).peekable();
    if failed.peek().is_none() {
        println!("{HELD}");
        return Ok(ExitCode::SUCCESS);
    }
    failed.for_each(|name| println!("{name}"));
    Ok(ExitCode::FAILURE)
}
