//! What takes minutes, or a kernel: for who changes the program. `cargo test` leaves it out; it runs by
//! `cargo test -p neurobook-cli --test thorough`, and in CI.

#[path = "../common/attacks.rs"]
mod attacks;
#[path = "../common/caches.rs"]
mod caches;
mod cells;
mod disturbed;
#[path = "../common/graded.rs"]
mod graded;
mod grader;
mod hidden_inputs;
#[path = "../common/kit.rs"]
mod kit;
mod leaks;
mod many_seeds;
mod mess;
#[path = "../common/mini.rs"]
mod mini;
#[path = "../common/mutants.rs"]
mod mutants;
#[path = "../common/patient.rs"]
mod patient;
#[path = "../common/program.rs"]
mod program;
mod run;
// The attacks name system calls by their numbers.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod sandbox;
#[path = "../common/sandboxes.rs"]
mod sandboxes;
mod second_solutions;
mod site;
mod wrong_at_hidden_inputs;
