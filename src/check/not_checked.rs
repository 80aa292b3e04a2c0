//! A check that gives no verdict.

use std::fmt;

use super::verdict::{escaped, framed};

/// What a check says where it would judge other code than what is in the notebook. It is not a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotChecked {
    /// What has happened, and what to do.
    pub why: String,
}

impl NotChecked {
    /// As HTML that reads well on light and dark pages.
    pub fn html(&self) -> String {
        framed("128,128,128", &format!("<div><b>Not checked.</b> {}</div>", escaped(&self.why)))
    }
}

impl fmt::Display for NotChecked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Not checked. {}", self.why)
    }
}
