//! What set-up says while it works: a line per step, what it is at, how long it took.

use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// The steps that are under way: two may be at once, and share the terminal's last lines.
static UNDER_WAY: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// A log gets no more lines than one in this time: nobody wants to read hundreds of percentages.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Says a line above the steps that are under way.
pub fn say(line: &str) {
    UNDER_WAY.suspend(|| eprintln!("{line}"));
}

/// A time that is left, as one says it: no more exactly than it is known.
pub fn said(left: Duration) -> String {
    match (left.as_secs_f64() / 60.0).round() as u64 {
        0 => "a minute at most".to_owned(),
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// One step of the set-up.
pub struct Step {
    what: &'static str,
    bar: Option<ProgressBar>,
    begin: Instant,
    /// When a log had its last line.
    said: Mutex<Instant>,
}

impl Step {
    /// Says what begins and how long it may take.
    pub fn begin(what: &'static str, may_take: &str) -> Step {
        say(&format!("{what} ({may_take})"));
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = UNDER_WAY.add(ProgressBar::new_spinner()).with_style(
                ProgressStyle::with_template("  {spinner} {elapsed:>4} {wide_msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let begin = Instant::now();
        Step { what, bar, begin, said: Mutex::new(begin) }
    }

    /// Says what the step is at now. A terminal shows it in place; a log gets a line.
    pub fn at(&self, detail: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(detail.to_owned()),
            None => eprintln!("  {detail}"),
        }
    }

    /// The same of what changes all the time: a log gets a line now and then.
    pub fn passes(&self, detail: &str) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if self.bar.is_some() || said.elapsed() >= BETWEEN_LINES {
            *said = Instant::now();
            self.at(detail);
        }
    }

    /// Says what a program prints, line by line, and returns all of it.
    pub fn follow(&self, output: impl Read, mut detail: impl FnMut(&str) -> Option<String>) -> String {
        let mut all = String::new();
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(detail) = detail(&line) {
                self.passes(&detail);
            }
            all.push_str(&line);
            all.push('\n');
        }
        all
    }

    /// Says that the step is done.
    pub fn done(self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        say(&format!("  {}: done in {} s", self.what, self.begin.elapsed().as_secs().max(1)));
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
