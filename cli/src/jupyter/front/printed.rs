//! What the newest cell has printed, and the line that says how far it is. That line goes as soon as something else comes: the
//! cell's output is cleared, and what it has printed is said again.

use serde_json::{Value, json};

use crate::jupyter::engine_protocol::Stream;

/// A message to everybody: its kind and its content.
type Message = (&'static str, Value);

/// Below one cell.
#[derive(Default)]
pub(super) struct Printed {
    /// In its order. The kernel's program bounds how much a cell prints.
    texts: Vec<(Stream, String)>,
    shows_progress: bool,
}

impl Printed {
    /// What is to be said of a text.
    pub(super) fn add(&mut self, stream: Stream, text: String) -> Vec<Message> {
        if stream == Stream::Progress && text.trim().is_empty() {
            return self.end();
        }
        let mut messages = self.without_progress(true);
        messages.push(message(stream, &text));
        if stream == Stream::Progress {
            self.shows_progress = true;
            return messages;
        }
        match self.texts.last_mut() {
            Some((last, all)) if *last == stream => all.push_str(&text),
            _ => self.texts.push((stream, text)),
        }
        messages
    }

    /// What is to be said when the cell shows something, or has ended.
    pub(super) fn end(&mut self) -> Vec<Message> {
        self.without_progress(false)
    }

    /// `more`: whether something is said after it, until which the old output may stay.
    fn without_progress(&mut self, more: bool) -> Vec<Message> {
        if !std::mem::take(&mut self.shows_progress) {
            return Vec::new();
        }
        let clear = ("clear_output", json!({"wait": more || !self.texts.is_empty()}));
        [clear].into_iter().chain(self.texts.iter().map(|(stream, text)| message(*stream, text))).collect()
    }
}

fn message(stream: Stream, text: &str) -> Message {
    ("stream", json!({"name": stream.name(), "text": text}))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a client shows in the end.
    #[derive(Default)]
    struct Client {
        outputs: Vec<(String, String)>,
        clears_next: bool,
    }

    impl Client {
        fn hear(&mut self, messages: Vec<Message>) -> String {
            for (kind, content) in messages {
                if kind == "clear_output" {
                    self.clears_next = content["wait"] == true;
                    if !self.clears_next {
                        self.outputs.clear();
                    }
                } else {
                    if std::mem::take(&mut self.clears_next) {
                        self.outputs.clear();
                    }
                    let text = |name: &str| content[name].as_str().unwrap().to_owned();
                    match self.outputs.last_mut().filter(|(name, _)| *name == text("name")) {
                        Some((_, all)) => all.push_str(&text("text")),
                        None => self.outputs.push((text("name"), text("text"))),
                    }
                }
            }
            self.outputs.iter().map(|(name, text)| format!("{}:{text}", &name[3..])).collect()
        }
    }

    fn add(printed: &mut Printed, client: &mut Client, stream: Stream, text: &str) -> String {
        client.hear(printed.add(stream, text.to_owned()))
    }

    #[test]
    fn progress_stands_below_what_was_printed_until_something_else_comes_and_leaves_nothing() {
        let (mut printed, mut client) = (Printed::default(), Client::default());
        let mut says = |stream, text: &str| add(&mut printed, &mut client, stream, text);
        assert_eq!(says(Stream::Stdout, "one\n"), "out:one\n");
        assert_eq!(says(Stream::Stderr, "two\n"), "out:one\nerr:two\n");
        assert_eq!(says(Stream::Progress, "3 of 9\n"), "out:one\nerr:two\nout:3 of 9\n");
        assert_eq!(says(Stream::Progress, "6 of 9\n"), "out:one\nerr:two\nout:6 of 9\n");
        assert_eq!(says(Stream::Stderr, "three\n"), "out:one\nerr:two\nthree\n");
        assert_eq!(says(Stream::Progress, "9 of 9\n"), "out:one\nerr:two\nthree\nout:9 of 9\n");
        assert_eq!(says(Stream::Progress, "\n"), "out:one\nerr:two\nthree\n", "the sweep has ended");
        says(Stream::Progress, "1 of 7\n");
        assert_eq!(client.hear(printed.end()), "out:one\nerr:two\nthree\n");
        assert!(printed.end().is_empty(), "there is nothing more to take away");
    }

    #[test]
    fn progress_alone_leaves_an_empty_output() {
        let (mut printed, mut client) = (Printed::default(), Client::default());
        assert_eq!(add(&mut printed, &mut client, Stream::Progress, "3 of 9\n"), "out:3 of 9\n");
        assert_eq!(client.hear(printed.end()), "");
        assert!(!client.clears_next, "what the next message shows is not taken away");
    }
}
