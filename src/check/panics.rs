//! Running a learner's function so that its panic is a message and not the end of the cell.

use crate::display::{BLANK, explanation};
use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Why a learner's function gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StopReason {
    /// It reached a blank with this hint.
    AtBlank(String),
    /// It panicked with this message.
    Panicked(String),
    /// Its process ended, for this reason.
    Ended(String),
    /// Its process was stopped at a limit; which one.
    AtLimit(String),
}

/// The panic hook belongs to the whole process: one borrower at a time.
static HOOK: Mutex<()> = Mutex::new(());

/// Calls the function. A panic in it prints nothing and comes back as the reason; the panics of
/// other threads go to the hook that was there before, which is put back at the end.
pub fn catch_panic<T>(function: impl FnOnce() -> T) -> Result<T, StopReason> {
    let turn = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
    let before = Arc::new(panic::take_hook());
    let others = Arc::clone(&before);
    let this_thread = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() != this_thread {
            others(info);
        }
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(function));
    drop(panic::take_hook());
    // Only a function that kept our hook alive could still hold the second reference.
    if let Some(hook) = Arc::into_inner(before) {
        panic::set_hook(hook);
    }
    drop(turn);
    outcome.map_err(|payload| reason(payload.as_ref()))
}

fn reason(payload: &(dyn Any + Send)) -> StopReason {
    let message = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    match message.strip_prefix(BLANK) {
        Some(hint) => StopReason::AtBlank(hint.to_owned()),
        None => StopReason::Panicked(message.to_owned()),
    }
}

impl StopReason {
    /// What happened, in words for someone whose second hour of Rust this is.
    pub fn in_plain_words(&self) -> String {
        match self {
            StopReason::AtBlank(hint) => format!("A blank is still empty: {hint}"),
            StopReason::Ended(reason) | StopReason::AtLimit(reason) => reason.clone(),
            StopReason::Panicked(message) => match explanation(message) {
                Some(explanation) => format!("Your function stopped. {explanation} (Rust says: {message}.)"),
                None => format!("Your function stopped. Rust says: {message}."),
            },
        }
    }
}
