//! The marks on what a cell has shown: a kind, lines and an end, each a line of evcxr's channel of standard output.
//!
//! evcxr gathers what a cell shows, and forgets it where it gives the cell up. Then the supervisor says it once more. The
//! marks are control strings that no terminal shows (APC of ECMA-48).

const BEGINS: &str = "\u{1b}_neurobook shows\u{1b}\\";
const GOES_ON: &str = "\u{1b}_neurobook shown\u{1b}\\";
const ENDS: &str = "\u{1b}_neurobook has shown\u{1b}\\";

/// A line about what a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Something of this kind begins, such as "text/html".
    Begins(&'a str),
    /// A line of it.
    Line(&'a str),
    Ends,
}

impl<'a> Shown<'a> {
    /// The supervisor's line for it, without a line end.
    #[cfg_attr(not(any(target_os = "linux", target_os = "macos")), allow(dead_code))]
    pub fn line(self) -> [&'a str; 2] {
        match self {
            Shown::Begins(kind) => [BEGINS, kind],
            Shown::Line(line) => [GOES_ON, line],
            Shown::Ends => [ENDS, ""],
        }
    }

    /// Takes the mark off a line; none if it has none.
    pub fn read(line: &'a str) -> Option<Shown<'a>> {
        if let Some(line) = line.strip_prefix(GOES_ON) {
            return Some(Shown::Line(line));
        }
        if let Some(kind) = line.strip_prefix(BEGINS) {
            return Some(Shown::Begins(kind));
        }
        (line == ENDS).then_some(Shown::Ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_as_it_was_written_and_nothing_else_is() {
        for shown in [Shown::Begins("text/html"), Shown::Line("<b>"), Shown::Line(""), Shown::Ends] {
            assert_eq!(Shown::read(&shown.line().concat()), Some(shown));
        }
        assert_eq!(Shown::read("<b>"), None);
    }
}
