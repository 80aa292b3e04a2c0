//! What cells print: gathered, so that a line is not a message; in order; and bounded, so that a loop that prints for ever
//! fills neither the memory nor the notebook.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Select, TryRecvError};
use evcxr::EvalContextOutputs;
use neurobook_cli::jupyter::engine_protocol::Stream;

use crate::supervisor::{self, Evidence, Printed, Shown};

/// Text that comes so soon after other text waits for more.
const PAUSE: Duration = Duration::from_millis(50);
/// So much text does not wait.
const LONG: usize = 64 << 10;
/// What a notebook shows of one cell, in bytes: with a megabyte of short lines, JupyterLab did not answer for seconds.
const MOST: usize = 1 << 18;
/// What is kept of a cell's words on standard error, to say why it failed.
const MOST_KEPT: usize = 16 << 10;
/// The lock is given up after this many lines.
const TURN: usize = 1000;

/// Stands before a line of the crate's that says how far a sweep is: a control string that no terminal shows (APC of ECMA-48).
const PROGRESS: &str = "\u{1b}_neurobook progress\u{1b}\\";

type Print = Box<dyn FnMut(Stream, &str) + Send>;

/// The way from evcxr's channels to whoever shows what is printed.
pub struct Printing(Arc<Shared>);

struct Shared {
    channels: [(Stream, Receiver<String>); 2],
    /// Locked while lines are taken from the channels: so whoever has the lock knows that none is on its way.
    gathered: Mutex<Gathered>,
}

/// What has been said about a cell besides what is shown.
#[derive(Debug, Default)]
pub struct Said {
    /// The beginning of what it printed on standard error.
    pub stderr: String,
    pub evidence: Vec<Evidence>,
    /// What it showed, by its kinds; the last of each.
    pub shown: BTreeMap<String, String>,
}

impl Printing {
    pub fn begin(outputs: EvalContextOutputs, print: impl FnMut(Stream, &str) + Send + 'static) -> Printing {
        let channels = [(Stream::Stdout, outputs.stdout), (Stream::Stderr, outputs.stderr)];
        let gathered = Mutex::new(Gathered::new(Box::new(print)));
        let shared = Arc::new(Shared { channels, gathered });
        let gatherer = Arc::clone(&shared);
        thread::spawn(move || gatherer.gather());
        Printing(shared)
    }

    /// What comes now belongs to a new cell.
    pub fn begin_cell(&self) {
        self.0.gathered().begin_cell();
    }

    /// The cell has ended: prints all that is left of it.
    pub fn end_cell(&self) -> Said {
        let mut gathered = self.0.gathered();
        // Between two cells evcxr reads nothing, so this comes to an end also where a thread prints for ever.
        self.0.take(&mut gathered, usize::MAX);
        gathered.end_cell()
    }
}

impl Shared {
    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn gather(&self) {
        let mut select = Select::new();
        for (_, channel) in &self.channels {
            select.recv(channel);
        }
        loop {
            let waits = self.gathered().waits();
            match waits {
                // That the time is over is what is waited for.
                Some(time) => drop(select.ready_timeout(time)),
                None => {
                    select.ready();
                }
            }
            let mut gathered = self.gathered();
            let open = self.take(&mut gathered, TURN);
            gathered.print_if_due();
            if !open {
                gathered.print_all();
                return;
            }
        }
    }

    /// Takes lines until there are none, or enough; gives whether there can be more.
    fn take(&self, gathered: &mut Gathered, most: usize) -> bool {
        let mut open = true;
        for (stream, channel) in &self.channels {
            for _ in 0..most {
                match channel.try_recv() {
                    Ok(line) => gathered.line(*stream, &line),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => {
                        open = false;
                        break;
                    }
                }
            }
        }
        open
    }
}

struct Gathered {
    print: Print,
    /// Text that waits, all of one stream.
    pending: String,
    stream: Stream,
    printed_at: Option<Instant>,
    /// How many bytes the cell has printed.
    count: usize,
    said: Said,
    /// What is being shown: its kind, and what has come of it.
    showing: Option<(String, String)>,
}

impl Gathered {
    fn new(print: Print) -> Gathered {
        let (pending, stream) = (String::new(), Stream::Stdout);
        Gathered { print, pending, stream, printed_at: None, count: 0, said: Said::default(), showing: None }
    }

    fn begin_cell(&mut self) {
        self.print_all();
        (self.count, self.said, self.showing) = (0, Said::default(), None);
    }

    fn end_cell(&mut self) -> Said {
        if self.count > MOST {
            let more = size(self.count - MOST);
            self.gather(Stream::Stderr, &format!("[{more} more were printed, and are not shown.]\n"));
        }
        self.print_all();
        std::mem::take(&mut self.said)
    }

    /// A line of one of evcxr's channels.
    fn line(&mut self, channel: Stream, line: &str) {
        if let (Stream::Stdout, Some(shown)) = (channel, Shown::read(line)) {
            return self.show(shown);
        }
        match (channel, supervisor::evidence(line)) {
            (Stream::Stdout, Some(evidence)) => self.said.evidence.push(evidence),
            (Stream::Stdout, None) => {
                let Printed { stream, text } = Printed::read(line);
                match (stream, text.split_once(PROGRESS)) {
                    (supervisor::Stream::Stdout, Some((before, progress))) => {
                        if !before.is_empty() {
                            self.text(Stream::Stdout, before);
                        }
                        self.gather(Stream::Progress, progress);
                        self.print_if_due();
                    }
                    (supervisor::Stream::Stdout, None) => self.text(Stream::Stdout, &text),
                    (supervisor::Stream::Stderr, _) => self.text(Stream::Stderr, &text),
                }
            }
            (Stream::Stderr | Stream::Progress, _) => self.text(Stream::Stderr, &format!("{line}\n")),
        }
    }

    fn show(&mut self, shown: Shown) {
        match shown {
            Shown::Begins(kind) => self.showing = Some((kind.to_owned(), String::new())),
            Shown::Line(line) => {
                if let Some((_, content)) = &mut self.showing {
                    if !content.is_empty() {
                        content.push('\n');
                    }
                    content.push_str(line);
                }
            }
            Shown::Ends => self.said.shown.extend(self.showing.take()),
        }
    }

    fn text(&mut self, stream: Stream, text: &str) {
        if stream == Stream::Stderr {
            let room = MOST_KEPT.saturating_sub(self.said.stderr.len());
            self.said.stderr.push_str(beginning(text, room));
        }
        let room = MOST.saturating_sub(self.count);
        self.count += text.len();
        if text.len() <= room {
            self.gather(stream, text);
        } else if room > 0 {
            self.gather(stream, beginning(text, room));
            let sentence = format!("\n[This cell has printed {}. What follows is not shown.]\n", size(MOST));
            self.gather(Stream::Stderr, &sentence);
        }
        self.print_if_due();
    }

    fn gather(&mut self, stream: Stream, text: &str) {
        if stream != self.stream {
            self.print_all();
            self.stream = stream;
        }
        if stream == Stream::Progress {
            self.pending.clear();
        }
        self.pending.push_str(text);
    }

    /// How long the text that waits goes on to wait.
    fn waits(&self) -> Option<Duration> {
        let since = self.printed_at.map_or(PAUSE, |at| at.elapsed());
        (!self.pending.is_empty()).then(|| PAUSE.saturating_sub(since))
    }

    fn print_if_due(&mut self) {
        if self.pending.len() > LONG || self.waits() == Some(Duration::ZERO) {
            self.print_all();
        }
    }

    fn print_all(&mut self) {
        if !self.pending.is_empty() {
            (self.print)(self.stream, &self.pending);
            self.pending.clear();
            self.printed_at = Some(Instant::now());
        }
    }
}

/// As much of the text's beginning as fits into this many bytes.
fn beginning(text: &str, room: usize) -> &str {
    &text[..text.floor_char_boundary(room)]
}

/// Bytes for people.
fn size(bytes: usize) -> String {
    match bytes as f64 / f64::from(1 << 20) {
        megabytes if megabytes < 0.95 => format!("{:.0} KB", (1024.0 * megabytes).ceil()),
        megabytes => format!("{megabytes:.0} MB"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use crossbeam_channel::{Sender, unbounded};

    use super::*;

    /// The two channels of an evcxr, and what is printed of them.
    fn printing() -> (Printing, [Sender<String>; 2], mpsc::Receiver<(Stream, String)>) {
        let (stdout, stdout_receiver) = unbounded();
        let (stderr, stderr_receiver) = unbounded();
        let (sender, printed) = mpsc::channel();
        let print = move |stream, text: &str| sender.send((stream, text.to_owned())).unwrap();
        let outputs = EvalContextOutputs { stdout: stdout_receiver, stderr: stderr_receiver };
        (Printing::begin(outputs, print), [stdout, stderr], printed)
    }

    fn all(printed: &mpsc::Receiver<(Stream, String)>) -> String {
        printed.try_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn what_a_cell_has_printed_is_there_when_it_has_ended() {
        let (printing, [stdout, _stderr], printed) = printing();
        for cell in 0..20 {
            printing.begin_cell();
            (0..50).for_each(|line| stdout.send(format!("{cell} {line}")).unwrap());
            printing.end_cell();
            let expected: String = (0..50).map(|line| format!("{cell} {line}\n")).collect();
            assert_eq!(all(&printed), expected);
        }
    }

    #[test]
    fn the_first_line_is_printed_at_once_and_many_lines_are_few_messages() {
        let (printing, [stdout, _stderr], printed) = printing();
        printing.begin_cell();
        stdout.send("first".to_owned()).unwrap();
        let first = printed.recv_timeout(PAUSE / 2).unwrap();
        assert_eq!(first, (Stream::Stdout, "first\n".to_owned()));
        (0..1000).for_each(|line| stdout.send(line.to_string()).unwrap());
        printing.end_cell();
        assert!(printed.try_iter().count() <= 3);
    }

    #[test]
    fn what_a_cell_shows_is_not_printed_and_the_last_of_each_kind_counts() {
        let (printing, [stdout, _stderr], printed) = printing();
        printing.begin_cell();
        for (kind, lines) in [("text/html", ["<b>", "1"]), ("text/plain", ["a", "b"]), ("text/html", ["<i>", "2"])] {
            let lines = lines.map(Shown::Line);
            for shown in [Shown::Begins(kind)].into_iter().chain(lines).chain([Shown::Ends]) {
                stdout.send(shown.line().concat()).unwrap();
            }
        }
        let said = printing.end_cell();
        let expected = [("text/html", "<i>\n2"), ("text/plain", "a\nb")];
        assert_eq!(said.shown, expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())).into());
        assert_eq!(all(&printed), "");
        assert!(printing.end_cell().shown.is_empty());
    }

    #[test]
    fn how_far_a_cell_is_has_a_stream_of_its_own_and_only_the_newest_line_counts() {
        let (printing, [stdout, _stderr], printed) = printing();
        printing.begin_cell();
        stdout.send("begins".to_owned()).unwrap();
        stdout.send(format!("half a line{PROGRESS}1 of 9")).unwrap();
        (2..9).for_each(|run| stdout.send(format!("{PROGRESS}{run} of 9")).unwrap());
        stdout.send("ends".to_owned()).unwrap();
        printing.end_cell();
        let (progress, rest): (Vec<_>, Vec<_>) =
            printed.try_iter().partition(|(stream, _)| *stream == Stream::Progress);
        let text: String = rest.into_iter().map(|(_, text)| text).collect();
        assert_eq!(text, "begins\nhalf a lineends\n");
        assert!(progress.len() <= 3, "{progress:?}");
        assert_eq!(progress.last().unwrap().1, "8 of 9\n");
    }

    #[test]
    fn a_flood_is_cut_with_a_sentence_and_the_next_cell_prints_again() {
        let (printing, [stdout, _stderr], printed) = printing();
        printing.begin_cell();
        let line = "é".repeat(500);
        (0..5000).for_each(|_| stdout.send(line.clone()).unwrap());
        while !stdout.is_empty() {
            thread::sleep(Duration::from_millis(1));
        }
        printing.end_cell();
        let text = all(&printed);
        assert!(text.len() < MOST + 200, "{}", text.len());
        assert!(text.contains("[This cell has printed 256 KB. What follows is not shown.]"));
        assert!(text.ends_with("[5 MB more were printed, and are not shown.]\n"), "{}", &text[text.len() - 80..]);
        printing.begin_cell();
        stdout.send("next".to_owned()).unwrap();
        printing.end_cell();
        assert_eq!(all(&printed), "next\n");
    }
}
