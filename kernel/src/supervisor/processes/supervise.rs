//! The supervisor: passes commands on to the runner and output to the kernel, and wakes the copy when the runner ends.
//!
//! One thread, which waits for whatever comes first and never for one of them alone.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::exit;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitStatus, kill_process};
use signal_hook::consts::{SIGCHLD, SIGINT};

use super::super::{Ended, Ending, Stream};
use super::cell::{self, Cell, Copy};
use super::lines::{COMPLETE, Lines};
use super::memory::{Limit, Use};
use super::outbox::Outbox;
use super::report::Report;
use super::runner;
use super::runner_process::RunnerProcess;
use super::streams::{drain, endings, listen, own, read_some};

/// How evcxr's command begins.
const COMMAND: &str = "LOAD_AND_RUN ";
/// A line that is not UTF-8: evcxr gives up the cell.
const NOT_TEXT: &[u8] = b"\xff\n";
/// While a cell runs, its memory is looked at this often.
const TICK: Duration = Duration::from_millis(50);
/// A pipe's content, and more than that: threads can print for ever.
const LAST_OUTPUT: usize = 1 << 20;
/// A copy that has not answered by then will not.
const WAKING: Duration = Duration::from_secs(10);

struct Supervisor {
    runner: RunnerProcess,
    cell: Option<Cell>,
    /// evcxr's commands: a pipe, and what has come of the next one.
    commands: File,
    command: Vec<u8>,
    interrupts: UnixStream,
    children: UnixStream,
    output: Outbox<File>,
    errors: Outbox<File>,
    printed: Lines,
    complaints: Lines,
    /// Lines of standard error that come in the middle of what a cell shows.
    held: Vec<u8>,
    /// Where the kernel hears why a cell's process has ended.
    endings: Option<File>,
    ticked: Instant,
}

/// Supervises until the kernel is gone, or the variables are.
pub fn supervise(runner: RunnerProcess) -> ! {
    let result = Supervisor::new(runner).and_then(|mut supervisor| {
        loop {
            supervisor.turn()?;
        }
    });
    let Err::<(), _>(error) = result else { exit(0) };
    // A kernel that has gone needs no words.
    if error.kind() != io::ErrorKind::BrokenPipe {
        eprintln!("The supervisor of the cells gives up: {error}.");
    }
    exit(1)
}

impl Supervisor {
    fn new(runner: RunnerProcess) -> io::Result<Self> {
        let marked = endings();
        let is_marked = marked.is_some();
        Ok(Self {
            runner,
            cell: None,
            commands: own(io::stdin())?,
            command: Vec::new(),
            interrupts: listen(SIGINT)?,
            children: listen(SIGCHLD)?,
            output: Outbox::new(own(io::stdout())?)?,
            errors: Outbox::new(own(io::stderr())?)?,
            printed: Lines::new(Stream::Stdout, is_marked),
            complaints: Lines::new(Stream::Stderr, is_marked),
            held: Vec::new(),
            endings: marked,
            ticked: Instant::now(),
        })
    }

    /// Waits for something and deals with it.
    fn turn(&mut self) -> io::Result<()> {
        const IN: PollFlags = PollFlags::IN;
        let [output_room, errors_room] = [self.output.has_room(), self.errors.has_room()];
        let flags = |wanted: bool, flags| if wanted { flags } else { PollFlags::empty() };
        let (sending, complaining) = (!self.output.pending.is_empty(), !self.errors.pending.is_empty());
        let mut wait = [
            PollFd::new(&self.interrupts, IN),
            PollFd::new(&self.children, IN),
            PollFd::new(&self.runner.reports, IN),
            PollFd::new(&self.commands, IN),
            PollFd::new(&self.runner.output, flags(output_room, IN)),
            PollFd::new(&self.runner.errors, flags(output_room && errors_room, IN)),
            PollFd::from_borrowed_fd(self.output.stream(), flags(sending, PollFlags::OUT)),
            PollFd::from_borrowed_fd(self.errors.stream(), flags(complaining, PollFlags::OUT)),
        ];
        let is_watched = self.cell.is_some() || self.printed.waits() || self.complaints.waits();
        let pause = Timespec { tv_sec: 0, tv_nsec: TICK.as_nanos() as _ };
        match poll(&mut wait, is_watched.then_some(&pause)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [_, children, reports, commands, output, errors, ..] = wait.map(|one| !one.revents().is_empty());
        // A signal that came before a command is seen before it, even if it came after the wait.
        if drain(&self.interrupts) {
            self.interrupt();
        }
        if output && output_room {
            self.read_output()?;
        }
        if errors && output_room && errors_room {
            self.read_errors()?;
        }
        if reports {
            while let Ok(report) = Report::read(&self.runner.reports) {
                self.hear(report)?;
            }
        }
        if children {
            drain(&self.children);
            self.look_at_runner()?;
        }
        if commands {
            self.read_command()?;
        }
        if self.ticked.elapsed() >= TICK {
            self.ticked = Instant::now();
            self.tick()?;
        }
        self.output.send()?;
        self.errors.send()
    }

    /// The learner wants the cell to stop. Between two cells there is nothing to stop.
    fn interrupt(&mut self) {
        if self.cell.is_some() {
            self.stop_for(Ending::Interrupted);
        }
    }

    /// Ends the runner, once its copy is made.
    fn stop_for(&mut self, reason: Ending) {
        if let Some(cell) = &mut self.cell {
            cell.killed_for.get_or_insert(reason);
            if cell.copy != Copy::Awaited {
                self.runner.kill();
            }
        }
    }

    fn hear(&mut self, report: Report) -> io::Result<()> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.hear(report);
        match (cell.killed_for, report) {
            (Some(reason), _) => self.stop_for(reason),
            (None, Report::Done) => return self.complete(),
            (None, _) => {}
        }
        Ok(())
    }

    /// The cell has run to its end. If it gave up on the way, all is as before it; else there is no going back.
    fn complete(&mut self) -> io::Result<()> {
        self.look_at_input();
        self.read_rest()?;
        let has_copy = self.cell.as_ref().is_some_and(|cell| cell.sleeping().is_some() && !cell.threads);
        if self.printed.gave_up() && has_copy && self.endings.is_some() {
            self.stop_for(Ending::GaveUp);
            return Ok(());
        }
        // If the runner has ended at this very moment, that is noticed, too.
        let _ = self.runner.commands.write_all(runner::FORGET_COPY);
        self.output.pending.extend_from_slice(COMPLETE.as_bytes());
        self.output.pending.push(b'\n');
        self.cell = None;
        Ok(())
    }

    /// What the runner has printed until now, with line ends.
    fn read_rest(&mut self) -> io::Result<()> {
        let mut left = LAST_OUTPUT;
        while left > 0 {
            match self.read_output()? + self.read_errors()? {
                0 => break,
                read => left = left.saturating_sub(read),
            }
        }
        self.printed.finish(&mut self.output.pending);
        self.complaints.finish(&mut self.held);
        self.pass_on_held();
        Ok(())
    }

    fn read_output(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 64 << 10];
        let read = read_some(&self.runner.output, &mut buffer)?;
        self.printed.push(&buffer[..read], &mut self.output.pending);
        self.pass_on_held();
        Ok(read)
    }

    fn read_errors(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 64 << 10];
        let read = read_some(&self.runner.errors, &mut buffer)?;
        if read > 0 {
            self.complain(&buffer[..read]);
        }
        Ok(read)
    }

    /// Passes on text for standard error.
    fn complain(&mut self, text: &[u8]) {
        // What was printed before stays before it.
        self.printed.pass_on_partial(&mut self.output.pending);
        self.complaints.push(text, &mut self.held);
        if let Some(cell) = &mut self.cell {
            cell.was_refused_memory |= self.complaints.refuses_memory();
        }
        self.pass_on_held();
    }

    fn pass_on_held(&mut self) {
        if self.endings.is_none() {
            self.errors.pending.append(&mut self.held);
        } else if !self.printed.in_content() {
            self.output.pending.append(&mut self.held);
        }
    }

    /// The runner, or a process that a cell has started, may have ended.
    fn look_at_runner(&mut self) -> io::Result<()> {
        match self.runner.ended() {
            Some(status) => self.runner_ended(status),
            None => Ok(()),
        }
    }

    fn runner_ended(&mut self, status: Option<WaitStatus>) -> io::Result<()> {
        // Its last words may say more.
        while let Ok(report) = Report::read(&self.runner.reports) {
            if let Some(cell) = &mut self.cell {
                cell.hear(report);
            }
        }
        self.look_at_input();
        self.read_rest()?;
        let Some(cell) = self.cell.take() else {
            let ended = Ended { ending: cell::ending(status), kept: false, between_cells: true, threads: false };
            return self.give_up(ended);
        };
        let copy = cell.sleeping();
        self.runner.kill_orphans(copy);
        let kept = copy.is_some_and(|copy| self.wake(copy));
        let ended = Ended { ending: cell.ending(status), kept, between_cells: false, threads: cell.threads };
        if !kept {
            return self.give_up(ended);
        }
        self.tell(ended);
        if self.endings.is_some() {
            self.printed.show_again(&mut self.output.pending);
        }
        self.output.pending.extend_from_slice(NOT_TEXT);
        Ok(())
    }

    /// Makes the copy the runner; gives whether it is.
    fn wake(&mut self, copy: Pid) -> bool {
        if self.runner.wake.write_all(&[0]).is_err() {
            return false;
        }
        self.runner.process = copy;
        let begin = Instant::now();
        let pause = Timespec { tv_sec: 0, tv_nsec: TICK.as_nanos() as _ };
        while begin.elapsed() < WAKING && self.runner.ended().is_none() {
            // Whatever it is, it is looked at again.
            let _ = poll(&mut [PollFd::new(&self.runner.reports, PollFlags::IN)], Some(&pause));
            while let Ok(report) = Report::read(&self.runner.reports) {
                if report == (Report::Woken { runner: copy.as_raw_nonzero().get() }) {
                    return true;
                }
            }
        }
        self.runner.kill();
        false
    }

    /// Without variables there is nothing to supervise. evcxr starts again.
    fn give_up(&mut self, ended: Ended) -> io::Result<()> {
        self.tell(ended);
        self.output.send_all()?;
        self.errors.send_all()?;
        exit(1)
    }

    /// Says to the kernel why the runner has ended.
    fn tell(&mut self, ended: Ended) {
        match &mut self.endings {
            Some(kernel) => {
                let line = serde_json::to_string(&ended).unwrap_or_default();
                // A kernel that does not listen is not waited for.
                let _ = kernel.write_all(format!("{line}\n").as_bytes());
            }
            None => {
                self.errors.pending.extend_from_slice(format!("{ended}\n").as_bytes());
            }
        }
    }

    /// Takes what evcxr says.
    fn read_command(&mut self) -> io::Result<()> {
        let mut buffer = [0; 4096];
        let read = self.commands.read(&mut buffer)?;
        if read == 0 {
            self.runner.kill();
            exit(0);
        }
        self.command.extend_from_slice(&buffer[..read]);
        while let Some(end) = self.command.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = self.command.drain(..=end).collect();
            // All other lines answer a question of a cell's, which has had the end of its input already.
            if let Some(command) = line.strip_prefix(COMMAND.as_bytes()) {
                self.begin(command)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, command: &[u8]) -> io::Result<()> {
        self.runner.input.refill();
        self.cell = Some(Cell::new(Limit::now(self.runner.process)));
        self.printed.begin_cell();
        self.ticked = Instant::now();
        if self.runner.commands.write_all(command).is_err() {
            // It has ended, which the system has not told us yet.
            self.cell = None;
            return self.runner_ended(None);
        }
        Ok(())
    }

    fn tick(&mut self) -> io::Result<()> {
        self.printed.pause(&mut self.output.pending);
        self.complaints.pause(&mut self.held);
        self.pass_on_held();
        if self.cell.is_some() {
            self.look_at_input();
            self.look_at_memory();
            self.look_at_runner()?;
        }
        Ok(())
    }

    fn look_at_input(&mut self) {
        if self.runner.input.refill()
            && let Some(cell) = &mut self.cell
            && !std::mem::replace(&mut cell.has_read, true)
        {
            self.complain(
                b"A cell cannot read from the keyboard: it finds the end of its input at once. \
                  Write the value into the cell instead, as in `let answer = \"42\";`.\n",
            );
        }
    }

    fn look_at_memory(&mut self) {
        let Some(cell) = &mut self.cell else { return };
        match (cell.limit.check(self.runner.process), cell.copy) {
            (Use::TooMuch, _) => {
                let bytes = cell.limit.bytes;
                self.stop_for(Ending::MemoryLimit { bytes });
            }
            (Use::Short, Copy::Sleeps(copy)) => {
                cell.copy = Copy::None;
                // The runner takes note of its end when the cell has ended.
                let _ = kill_process(copy, Signal::KILL);
            }
            _ => {}
        }
    }
}
