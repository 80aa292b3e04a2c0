//! What a cell shows while it waits for the kernel.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Progress;

/// A wait that is shorter is not worth a word.
const UNSAID: Duration = Duration::from_millis(700);
/// The words are renewed no more often than this.
const RENEWAL: Duration = Duration::from_secs(2);

/// The words below one waiting cell.
pub(super) struct Notice {
    id: String,
    /// The header of the cell's request.
    pub(super) cell: Value,
    since: Instant,
    shown: Option<(Instant, String)>,
}

impl Notice {
    pub(super) fn new(cell: Value) -> Self {
        let id = format!("neurobook-wait-{}", cell["msg_id"].as_str().unwrap_or_default());
        Self { id, cell, since: Instant::now(), shown: None }
    }

    pub(super) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// A message to everybody, its kind and content, if there is something new to say.
    pub(super) fn renew(&mut self, progress: &Progress) -> Option<(&'static str, Value)> {
        let waited = self.since.elapsed();
        if waited < UNSAID {
            return None;
        }
        let text = words(progress, waited);
        let kind = match &self.shown {
            None => "display_data",
            Some((when, before)) if when.elapsed() >= RENEWAL && *before != text => "update_display_data",
            Some(_) => return None,
        };
        let content = json!({
            "data": {"text/plain": text, "text/html": html(&text, progress.fraction)},
            "metadata": {},
            "transient": {"display_id": self.id},
        });
        self.shown = Some((Instant::now(), text));
        Some((kind, content))
    }
}

fn words(progress: &Progress, waited: Duration) -> String {
    let time = match progress.left {
        Some(left) => format!("about {} left", duration(left)),
        None => format!("{} so far", duration(waited)),
    };
    format!("{}: {time}. This cell starts by itself.", progress.doing)
}

fn html(text: &str, fraction: Option<f64>) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let bar = fraction.map(|done| format!("<progress max=\"1\" value=\"{:.2}\"></progress> ", done.clamp(0.0, 1.0)));
    format!("<div role=\"status\">{}{text}</div>", bar.unwrap_or_default())
}

/// A time as people say it, in steps that do not flicker.
pub(super) fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..10 => format!("{} s", seconds.max(1)),
        seconds @ 10..100 => format!("{} s", seconds / 5 * 5),
        seconds => format!("{} min", (seconds + 30) / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(left: Option<u64>) -> Progress {
        Progress {
            doing: "Rust's <crates> are compiled".into(),
            fraction: Some(0.25),
            left: left.map(Duration::from_secs),
        }
    }

    #[test]
    fn the_words_say_what_is_waited_for_and_how_long() {
        let text = words(&progress(Some(130)), Duration::from_secs(3));
        assert_eq!(text, "Rust's <crates> are compiled: about 2 min left. This cell starts by itself.");
        assert!(words(&progress(None), Duration::from_secs(47)).contains("45 s so far"));
    }

    #[test]
    fn the_page_shows_the_words_as_they_are_with_a_bar() {
        let page = html("a <b> & c", Some(0.25));
        assert!(page.contains("a &lt;b&gt; &amp; c") && page.contains("value=\"0.25\""), "{page}");
    }

    #[test]
    fn a_short_wait_is_not_worth_a_word_and_a_long_one_is_shown_once_and_then_renewed() {
        let mut notice = Notice::new(json!({"msg_id": "1"}));
        assert!(notice.renew(&progress(Some(9))).is_none());
        notice.since -= UNSAID;
        assert_eq!(notice.renew(&progress(Some(9))).unwrap().0, "display_data");
        assert!(notice.renew(&progress(Some(8))).is_none(), "too soon");
        if let Some((when, _)) = &mut notice.shown {
            *when -= RENEWAL;
        }
        assert!(notice.renew(&progress(Some(9))).is_none(), "the same words");
        assert_eq!(notice.renew(&progress(Some(8))).unwrap().0, "update_display_data");
    }
}
