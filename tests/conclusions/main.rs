//! What the chapters conclude from many simulations, at the lengths and with the seeds that it takes to know:
//! `cargo test --test conclusions`.

mod chapter_03_recovery;
mod chapter_04;
#[path = "../it/prose.rs"]
mod prose;
