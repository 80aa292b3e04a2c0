//! The line in a notebook that asks for an answer in words, and says how it is written.
//!
//! In JupyterLab a double click shows a cell's source and leaves the keyboard to commands: what is typed then deletes
//! cells. After a click, the Enter key opens the cell for writing; where it is open already, it writes a line.

/// Stands above the parts of each answer in words. No chapter has it itself.
pub const INVITATION: &str =
    "*Click here once and press Enter. Then write your answer here, and press Shift+Enter when it is done.*";

/// What it was, which learners' notebooks still hold.
const EARLIER: [&str; 4] = [
    "*Double-click here and write your answer.*",
    "*Double-click here and write your plan.*",
    "*Double-click here and write your prediction.*",
    "*Write your answer here.*",
];

/// Whether a line is the invitation, as it is or was.
pub fn is_invitation(line: &str) -> bool {
    line.trim() == INVITATION || EARLIER.contains(&line.trim())
}

/// Whether two texts say the same, with or without an invitation.
pub fn same_but_for_invitation(one: &str, other: &str) -> bool {
    let own = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !is_invitation(line) && !line.trim().is_empty());
        lines.map(|line| line.trim_end().to_owned()).collect()
    };
    own(one) == own(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_untouched_whichever_invitation_it_has_and_touched_by_any_word() {
        let stub = |invitation: &str| format!("Why?\n\n{invitation}\n\n1. The reason:\n2. A doubt:");
        for earlier in EARLIER.into_iter().chain(["", "\n"]) {
            assert!(same_but_for_invitation(&stub(INVITATION), &stub(earlier)), "{earlier}");
        }
        assert!(!same_but_for_invitation(&stub(INVITATION), &(stub(INVITATION) + " x")));
        assert!(!same_but_for_invitation(&stub(INVITATION), &stub("It grows.")));
        assert!(!same_but_for_invitation(&stub(INVITATION), &stub(&format!("{INVITATION} It grows."))));
    }
}
