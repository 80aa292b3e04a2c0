//! What the chapters conclude from many simulations, at the lengths and with the seeds that it takes to know:
//! `cargo test --test conclusions`.

mod brain;
mod chapter_03_recovery;
mod chapter_03_wilson_cowan;
mod chapter_04;
mod chapter_04_bold;
mod chapter_04_recovery;
#[path = "../it/prose.rs"]
mod prose;
mod robustness;
