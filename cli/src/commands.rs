//! One file for each verb of the command line.

pub mod build;
pub mod check;
pub mod completion;
pub mod convert;
pub mod hand_out;
pub mod kernel;
pub mod lab;
pub mod merge;
pub mod progress;
pub mod register;
pub mod run;
pub mod setup;
