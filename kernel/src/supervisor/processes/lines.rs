//! What a cell prints, made into lines that evcxr can read.
//!
//! evcxr finds its own lines only where a line begins, reads text up to the next line end, and stops at bytes that are not
//! UTF-8. So text without a line end gets one before such a line and at the cell's end, which is marked as not the cell's
//! own ([`printed`](super::super::printed)).

use std::io::BufRead;

use super::super::evidence::Evidence;
use super::super::printed::{ON_STDERR, Stream, UNFINISHED};
use super::super::shown::Shown;

/// evcxr's lines, to their ends (0.22, `eval_context.rs`, `evcxr_internal_runtime.rs`).
const WHOLE: [&str; 2] = ["EVCXR_PANIC_NOTIFICATION", "EVCXR_ERROR_OCCURRED"];
/// Those that say more.
const OPEN: [&str; 3] = ["EVCXR_VARIABLE_CHANGED_TYPE:", BEGIN_CONTENT, "EVCXR_INPUT_REQUEST"];
const BEGIN_CONTENT: &str = "EVCXR_BEGIN_CONTENT ";
const END_CONTENT: &str = "EVCXR_END_CONTENT";
/// How all of them begin.
const MARK: &str = "EVCXR_";
/// Ends a cell. Only the supervisor says that.
pub const COMPLETE: &str = "EVCXR_EXECUTION_COMPLETE";

/// What Rust's runtime says before it aborts a process that gets no memory (`std::alloc`): a number of bytes is between.
const NO_MEMORY: [&str; 2] = ["memory allocation of ", " bytes failed"];
/// How the lines begin that it adds, since evcxr asks for a backtrace: no frame of it is the learner's.
const BACKTRACE: [&str; 2] = ["stack backtrace:", "note: "];

/// A longer line is passed on in pieces.
const LONG: usize = 64 << 10;

/// One stream of a cell's.
pub struct Lines {
    stream: Stream,
    /// Whether the kernel takes the marks off.
    marked: bool,
    /// What has come of a line.
    partial: Vec<u8>,
    /// Whether the lines are what a cell shows, and not what it prints.
    in_content: bool,
    /// Whether nothing has come for some time.
    paused: bool,
    refuses_memory: bool,
    /// Whether the process ends because it gets no memory.
    aborts: bool,
    gave_up: bool,
    /// What the cell has shown, by its kinds: the lines of the last of each.
    shown: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
}

impl Lines {
    pub fn new(stream: Stream, marked: bool) -> Self {
        Self {
            stream,
            marked,
            partial: Vec::new(),
            in_content: false,
            paused: false,
            refuses_memory: false,
            aborts: false,
            gave_up: false,
            shown: Vec::new(),
        }
    }

    /// Whether lines of others would be taken for something that the cell shows.
    pub fn in_content(&self) -> bool {
        self.in_content
    }

    /// Whether Rust's runtime has said, since this was asked, that it gets no memory.
    pub fn refuses_memory(&mut self) -> bool {
        std::mem::take(&mut self.refuses_memory)
    }

    /// What follows is another cell's.
    pub fn begin_cell(&mut self) {
        (self.gave_up, self.aborts) = (false, false);
        self.shown.clear();
    }

    /// Whether the cell has panicked, or met an error with a `?`.
    pub fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Whether a line is not finished.
    pub fn waits(&self) -> bool {
        !self.partial.is_empty()
    }

    /// Takes what was printed, and passes on what can be read of it.
    pub fn push(&mut self, bytes: &[u8], kernel: &mut Vec<u8>) {
        self.paused = false;
        let mut rest = bytes;
        while matches!(rest.read_until(b'\n', &mut self.partial), Ok(1..)) {
            if self.partial.last() == Some(&b'\n') {
                self.partial.pop();
                let line = std::mem::take(&mut self.partial);
                self.line(&line, kernel);
            } else if self.partial.len() > LONG && !self.in_content {
                self.pass_on_partial(kernel);
            }
        }
    }

    /// A moment has passed: what the line has so far is passed on, if nothing has come meanwhile.
    pub fn pause(&mut self, kernel: &mut Vec<u8>) {
        if self.paused {
            self.pass_on_partial(kernel);
        }
        self.paused = true;
    }

    /// Passes on what the line has so far, unless that may become a line of evcxr's.
    pub fn pass_on_partial(&mut self, kernel: &mut Vec<u8>) {
        // Without a mark, the kernel takes each piece for a line.
        if self.in_content || !self.marked && self.partial.len() <= LONG {
            return;
        }
        // A letter that has not come whole waits for its end.
        let whole = match std::str::from_utf8(&self.partial) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.partial.len(),
        };
        let text = &self.partial[..whole];
        let may_be_mark =
            contains(text, MARK) || (1..MARK.len()).any(|length| text.ends_with(&MARK.as_bytes()[..length]));
        if may_be_mark && text.len() < LONG || text.is_empty() {
            return;
        }
        let text: Vec<u8> = self.partial.drain(..whole).collect();
        self.text(&text, false, kernel);
    }

    /// The cell has ended: passes on all that is left.
    pub fn finish(&mut self, kernel: &mut Vec<u8>) {
        if !self.partial.is_empty() {
            let rest = std::mem::take(&mut self.partial);
            match self.in_content {
                true => self.line(&rest, kernel),
                false => self.text(&rest, false, kernel),
            }
        }
        if self.in_content {
            self.in_content = false;
            self.mark(END_CONTENT.as_bytes(), kernel);
        }
    }

    fn line(&mut self, line: &[u8], kernel: &mut Vec<u8>) {
        if self.stream == Stream::Stderr {
            if self.aborts && is_of_backtrace(line) {
                return;
            }
            let refuses = NO_MEMORY.iter().all(|part| contains(line, part));
            (self.refuses_memory, self.aborts) = (self.refuses_memory | refuses, self.aborts | refuses);
            return self.text(line, true, kernel);
        }
        if !(self.in_content || contains(line, MARK)) {
            return self.text(line, true, kernel);
        }
        if self.in_content {
            let marks = [END_CONTENT, WHOLE[0]];
            let mark = marks.iter().find(|mark| line.ends_with(mark.as_bytes()));
            let content = &line[..line.len() - mark.map_or(0, |mark| mark.len())];
            if mark.is_none() || !content.is_empty() {
                self.content(content, kernel);
            }
            if let Some(mark) = mark {
                self.in_content = false;
                self.mark(mark.as_bytes(), kernel);
            }
            return;
        }
        let Some(place) = mark_in(line) else {
            return self.text(line, true, kernel);
        };
        let (text, mark) = line.split_at(place);
        if !text.is_empty() {
            self.text(text, false, kernel);
        }
        self.in_content = mark.starts_with(BEGIN_CONTENT.as_bytes());
        self.mark(mark, kernel);
    }

    /// Passes on a line of evcxr's. What that keeps to itself, the kernel hears from us.
    fn mark(&mut self, mark: &[u8], kernel: &mut Vec<u8>) {
        push_line(mark, kernel);
        if let Some(rest) = mark.strip_prefix(BEGIN_CONTENT.as_bytes()) {
            let kind = rest.split(|&byte| byte == b' ').next().unwrap_or_default();
            self.shown.retain(|(known, _)| known != kind);
            self.shown.push((kind.to_owned(), Vec::new()));
        }
        for (whole, evidence) in WHOLE.iter().zip([Evidence::Panicked, Evidence::QuestionMark]) {
            if self.marked && whole.as_bytes() == mark {
                self.gave_up = true;
                push_line(evidence.line().as_bytes(), kernel);
            }
        }
    }

    /// Passes on a line of what the cell shows.
    fn content(&mut self, line: &[u8], kernel: &mut Vec<u8>) {
        push_line(line, kernel);
        if let Some((_, lines)) = self.shown.last_mut().filter(|_| self.marked) {
            lines.push(line.to_owned());
        }
    }

    /// Passes on once more what the cell has shown, since evcxr forgets it with the cell.
    pub fn show_again(&mut self, kernel: &mut Vec<u8>) {
        for (kind, lines) in std::mem::take(&mut self.shown) {
            push_parts(Shown::Begins(&String::from_utf8_lossy(&kind)).line(), kernel);
            lines.iter().for_each(|line| push_parts(Shown::Line(&String::from_utf8_lossy(line)).line(), kernel));
            push_parts(Shown::Ends.line(), kernel);
        }
    }

    fn text(&self, text: &[u8], is_finished: bool, kernel: &mut Vec<u8>) {
        if self.marked && self.stream == Stream::Stderr {
            kernel.extend_from_slice(ON_STDERR.as_bytes());
        }
        kernel.extend_from_slice(String::from_utf8_lossy(text).as_bytes());
        if self.marked && !is_finished {
            kernel.extend_from_slice(UNFINISHED.as_bytes());
        } else if text == COMPLETE.as_bytes() {
            // The cell only talks about it.
            kernel.push(b' ');
        }
        kernel.push(b'\n');
    }
}

fn push_parts(parts: [&str; 2], kernel: &mut Vec<u8>) {
    parts.iter().for_each(|part| kernel.extend_from_slice(part.as_bytes()));
    kernel.push(b'\n');
}

fn push_line(line: &[u8], kernel: &mut Vec<u8>) {
    kernel.extend_from_slice(String::from_utf8_lossy(line).as_bytes());
    kernel.push(b'\n');
}

/// Where a line of evcxr's begins in this one.
fn mark_in(line: &[u8]) -> Option<usize> {
    let whole = WHOLE.iter().filter(|mark| line.ends_with(mark.as_bytes())).map(|mark| line.len() - mark.len());
    whole.chain(OPEN.iter().filter_map(|mark| find(line, mark))).min()
}

/// Whether this is a line of a backtrace: its first, its last, a frame's number and name, or its place.
fn is_of_backtrace(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let is_frame = line.split(|&byte| byte == b':').next().is_some_and(|number| number.iter().all(u8::is_ascii_digit));
    is_frame || line.starts_with(b"at ") || BACKTRACE.iter().any(|begin| line.starts_with(begin.as_bytes()))
}

fn contains(bytes: &[u8], text: &str) -> bool {
    find(bytes, text).is_some()
}

fn find(bytes: &[u8], text: &str) -> Option<usize> {
    let text = text.as_bytes();
    let mut from = 0;
    // Few bytes are this one, and only there the rest is compared.
    while let Some(place) = bytes[from..].iter().position(|&byte| byte == text[0]) {
        let place = from + place;
        if bytes[place..].starts_with(text) {
            return Some(place);
        }
        from = place + 1;
    }
    None
}

#[cfg(test)]
mod tests;
