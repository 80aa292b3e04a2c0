//! What a run says while it works: a bar with the time left on a terminal, else a line per submission.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::record::{Record, Status};
use super::spreadsheet_cell::points;
use crate::support::plain_text;

/// How far a run is.
pub struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
    done: AtomicUsize,
    begin: Instant,
}

impl Progress {
    pub fn begin(total: usize) -> Progress {
        let bar = (std::io::stderr().is_terminal() && total > 0).then(|| {
            let bar = ProgressBar::new(total as u64).with_style(
                ProgressStyle::with_template("  {wide_bar} {pos} of {len}, {eta} left")
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        Progress { bar, total, done: AtomicUsize::new(0), begin: Instant::now() }
    }

    /// One submission is done.
    pub fn done(&self, record: &Record) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let line = line(record);
        match &self.bar {
            Some(bar) => {
                if record.status != Status::Graded {
                    bar.println(line);
                }
                bar.inc(1);
            }
            None => {
                let left = self.begin.elapsed().mul_f64((self.total - done.min(self.total)) as f64 / done as f64);
                eprintln!("[{done}/{}, {} left] {line}", self.total, span(left));
            }
        }
    }

    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn line(record: &Record) -> String {
    let id = &record.submission.id;
    let mark = format!("{} of {} points", points(record.score), points(record.max_score));
    // A learner's own words reach no terminal as they are.
    let message = record.message.as_deref().map(plain_text::line);
    match (record.status, message) {
        (Status::Graded, _) => format!("{id}: {mark}"),
        (Status::Unreadable | Status::Infrastructure, Some(why)) => format!("{id}: {}: {why}", record.status),
        (status, Some(why)) => format!("{id}: {mark}, {status}: {why}"),
        (status, None) => format!("{id}: {mark}, {status}"),
    }
}

fn span(span: Duration) -> String {
    match span.as_secs() {
        seconds @ 0..=90 => format!("{seconds} s"),
        seconds @ 91..=5400 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{:.1} h", seconds as f64 / 3600.0),
    }
}
