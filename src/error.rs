//! The one error of the crate.

use std::fmt;

/// What went wrong and how to mend it, in one sentence for the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
}

/// The crate's results. The second parameter keeps plain `Result<T, E>` readable where this alias
/// is imported.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with this message: name the parameter or the file, and the way out.
    pub fn new(message: impl Into<String>) -> Error {
        Error { message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
