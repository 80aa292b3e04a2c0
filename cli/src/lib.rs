//! The workbook's tool: builds, opens, checks and grades the chapters.
//!
//! The rooms, from the top floor down; each may use those below it:
//!
//! ```text
//! commands                     a file for each verb
//! nbgrader, site               the course in other shapes
//! grading                      submissions, their marks and feedback
//! answers, page                a learner's answers, evaluated; notebooks as HTML
//! jupyter, notebook            sessions and toolchain; nbformat and learners' notebooks
//! compiler_hints, convert      plain words for the compiler's messages; files of other programs
//! sandbox, chapter             one untrusted program; the one source of a chapter
//! support                      whole files, folders, what is said about a step
//! ```
//!
//! The kernel is a crate above this one. Nothing here is linked to it: it is started as a program.

pub mod answers;
#[cfg(test)]
#[path = "../tests/common/caches.rs"]
mod caches;
pub mod chapter;
pub mod cli;
pub mod commands;
pub mod compiler_hints;
pub mod convert;
#[cfg(test)]
mod fuzz;
pub mod grading;
pub mod jupyter;
pub mod nbgrader;
pub mod notebook;
pub mod page;
pub mod sandbox;
pub mod site;
pub mod support;
