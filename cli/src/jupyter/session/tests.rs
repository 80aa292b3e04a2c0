//! Tests of sessions and templates, with a course of one line that compiles in a second.

mod course;
mod settings;
mod shared;
mod whole;
