//! A process for cells, with the pipes that evcxr and the kernel have to it.

use std::io::{BufRead, BufReader, PipeReader, Write, pipe};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

const COMPLETE: &str = "EVCXR_EXECUTION_COMPLETE";

/// The library of the cells.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cells-{}.so", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/supervisor/cells.rs");
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition=2024", "--crate-type=cdylib", "-Cprefer-dynamic", "-Crpath", "-o"]);
        let status = rustc.arg(&library).arg(source).status().expect("the compiler starts");
        assert!(status.success(), "the cells do not compile");
        library
    })
}

/// What evcxr would have had of a cell.
#[derive(Debug)]
pub struct CellResult {
    pub lines: Vec<String>,
    /// Whether it ended as a cell does that ran to its end.
    pub completed: bool,
    pub ended: Option<Value>,
}

pub struct Session {
    process: Child,
    commands: ChildStdin,
    lines: Receiver<Vec<u8>>,
    endings: BufReader<PipeReader>,
}

impl Session {
    pub fn start() -> Session {
        Session::with(|_| ())
    }

    pub fn with(prepare: impl Fn(&mut Command)) -> Session {
        let (endings, writer) = pipe().unwrap();
        fcntl_setfd(&writer, FdFlags::empty()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_neurobook-kernel"));
        command.env("EVCXR_IS_RUNTIME", "1").env("NEUROBOOK_ENDINGS", writer.as_raw_fd().to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        prepare(&mut command);
        let mut process = command.spawn().expect("the supervisor starts");
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            let mut line = Vec::new();
            while output.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                line.pop();
                if sender.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        let commands = process.stdin.take().unwrap();
        Session { process, commands, lines, endings: BufReader::new(endings) }
    }

    pub fn begin(&mut self, cell: &str) {
        writeln!(self.commands, "LOAD_AND_RUN {} {cell}", library().display()).unwrap();
    }

    pub fn finish(&mut self) -> CellResult {
        let mut lines = Vec::new();
        loop {
            let completed = match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => match String::from_utf8(line) {
                    Ok(line) if line == COMPLETE => true,
                    Ok(line) => {
                        lines.push(line);
                        continue;
                    }
                    Err(_) => false,
                },
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => false,
                Err(_) => panic!("the cell does not end: {lines:?}"),
            };
            let ended = (!completed).then(|| {
                let mut line = String::new();
                self.endings.read_line(&mut line).unwrap();
                serde_json::from_str(&line).unwrap()
            });
            return CellResult { lines, completed, ended };
        }
    }

    pub fn run(&mut self, cell: &str) -> CellResult {
        self.begin(cell);
        self.finish()
    }

    pub fn interrupt(&self) {
        kill_process(self.supervisor(), Signal::INT).unwrap();
    }

    pub fn supervisor(&self) -> Pid {
        Pid::from_child(&self.process)
    }

    /// Runs a cell and stops it, as the kernel does: again and again, since a cell may begin just after that.
    pub fn run_and_stop(&mut self, cell: &str) -> CellResult {
        let (supervisor, ended) = (self.supervisor(), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(30));
                while !ended.load(Ordering::Relaxed) {
                    kill_process(supervisor, Signal::INT).unwrap();
                    thread::sleep(Duration::from_millis(20));
                }
            });
            let ran = self.run(cell);
            ended.store(true, Ordering::Relaxed);
            ran
        })
    }

    /// Runs a cell that fails, and a cell that shows the variable of the cells before it.
    pub fn fails(&mut self, cell: &str, number: usize) -> CellResult {
        let ran = match cell.starts_with("endless") {
            true => self.run_and_stop(cell),
            false => self.run(cell),
        };
        assert!(!ran.completed, "{cell} ran to its end: {:?}", ran.lines);
        let shown = self.run("show");
        assert!(shown.completed, "after {cell}: {shown:?}");
        assert_eq!(shown.lines.last().unwrap(), &format!("number {number}"), "after {cell}");
        ran
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
