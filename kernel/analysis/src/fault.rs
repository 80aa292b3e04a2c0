//! What went wrong on the machine, where evcxr has no words for it.

use std::sync::{Mutex, PoisonError};

static FAULT: Mutex<Option<String>> = Mutex::new(None);

/// Why the compiler could not be asked since this was called last, in a sentence. evcxr then says something about
/// the types of variables that does not help; this is what is to be said instead.
pub fn take_fault() -> Option<String> {
    FAULT.lock().unwrap_or_else(PoisonError::into_inner).take()
}

pub(crate) fn set(sentence: String) {
    *FAULT.lock().unwrap_or_else(PoisonError::into_inner) = Some(sentence);
}
