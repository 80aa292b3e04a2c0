//! `neurobook build` and `neurobook check` on a small course with two exercises that have cases.

mod case_files;
mod compiler_messages;
mod course;
mod example;
mod termination;
mod verdicts;
mod watch_mode;
