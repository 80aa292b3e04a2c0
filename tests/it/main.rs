//! What the course promises, as tests: one binary, a module for each part.

mod chapter_02;
mod check;
mod figures;
mod interact;
mod tidy;
