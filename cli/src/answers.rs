//! A learner's answers: taken out of a notebook, compiled, and compared with what is right.

pub mod answer;
mod captured;
mod collection;
mod compile;
pub mod compiler;
mod diagnostic;
pub mod evaluate;
pub mod evaluation;
pub mod extract;
mod form;
mod imports;
mod index;
mod interrupts;
mod items;
mod lendable;
pub mod lent;
mod namespace;
mod own_root;
mod program_text;
pub mod read_submission;
pub mod reference;
mod replies;
mod run_program;
mod variables;
pub mod workshop;
mod written;
