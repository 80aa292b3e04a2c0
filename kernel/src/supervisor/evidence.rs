//! What the supervisor has seen of a cell, and evcxr does not say.

/// How a cell ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    Panicked,
    /// A `?` outside a function met an error.
    QuestionMark,
}

impl Evidence {
    /// The line that tells the kernel of it: a control string that no terminal shows (APC of ECMA-48).
    #[cfg_attr(not(any(target_os = "linux", target_os = "macos")), allow(dead_code))]
    pub(super) const fn line(self) -> &'static str {
        match self {
            Evidence::Panicked => "\u{1b}_neurobook panicked\u{1b}\\",
            Evidence::QuestionMark => "\u{1b}_neurobook question mark\u{1b}\\",
        }
    }
}

/// The evidence that a line of evcxr's channel of standard output is, if it is one.
pub fn evidence(line: &str) -> Option<Evidence> {
    [Evidence::Panicked, Evidence::QuestionMark].into_iter().find(|evidence| evidence.line() == line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_evidence_is_known_and_no_other_is() {
        assert_eq!(evidence(Evidence::Panicked.line()), Some(Evidence::Panicked));
        assert_eq!(evidence(Evidence::QuestionMark.line()), Some(Evidence::QuestionMark));
        assert_eq!(evidence("panicked"), None);
    }
}
