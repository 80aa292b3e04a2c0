//! A learner's answers: taken out of a notebook, compiled, and compared with what is right.

mod collect;
mod compile;
pub mod compiler;
mod diagnostic;
pub mod evaluate;
pub mod extract;
mod imports;
mod items;
pub mod lent;
mod program_text;
pub mod reference;
mod replies;
mod run_program;
mod written;
