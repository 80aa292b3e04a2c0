//! The marks on what a cell has printed: on which stream, and whether its line has ended.
//!
//! They are control strings that no terminal shows (APC of ECMA-48), at the two ends of a line.

/// Begins a line that was printed on standard error.
#[cfg_attr(not(any(target_os = "linux", target_os = "macos")), allow(dead_code))]
pub(super) const ON_STDERR: &str = "\u{1b}_neurobook stderr\u{1b}\\";
/// Ends a line whose line end is not the cell's.
pub(super) const UNFINISHED: &str = "\u{1b}_neurobook unfinished\u{1b}\\";

/// Where a cell prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// A piece of what a cell has printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub stream: Stream,
    /// With its line end, if the cell has printed one.
    pub text: String,
}

impl Printed {
    /// Takes the marks off a line of evcxr's channel of standard output.
    pub fn read(line: &str) -> Printed {
        let (stream, text) = match line.strip_prefix(ON_STDERR) {
            Some(text) => (Stream::Stderr, text),
            None => (Stream::Stdout, line),
        };
        let text = match text.strip_suffix(UNFINISHED) {
            Some(text) => text.to_owned(),
            None => format!("{text}\n"),
        };
        Printed { stream, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_where_a_line_was_printed_and_whether_it_has_ended() {
        let printed = |stream, text: &str| Printed { stream, text: text.to_owned() };
        assert_eq!(Printed::read("a"), printed(Stream::Stdout, "a\n"));
        assert_eq!(Printed::read(&format!("a{UNFINISHED}")), printed(Stream::Stdout, "a"));
        assert_eq!(Printed::read(&format!("{ON_STDERR}a")), printed(Stream::Stderr, "a\n"));
        assert_eq!(Printed::read(&format!("{ON_STDERR}a{UNFINISHED}")), printed(Stream::Stderr, "a"));
    }
}
