//! `neurobook build` and `neurobook check` on a small course with two exercises that have cases.

mod built;
mod course;
mod ends;
mod example;
mod judged;
mod watched;
mod words;
