//! The binary, run on small courses that the tests write as text.

#[cfg(target_os = "linux")]
mod attacks;
mod build;
mod chapters;
mod checks;
mod copies;
mod documents;
mod grade_run;
mod mess;
mod mini;
#[cfg(target_os = "linux")]
mod mutants;
mod nbgrader;
mod notebook;
mod progress;
mod register;
mod run;
// The attacks name system calls by their numbers.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod sandbox;
mod site;
#[cfg(unix)]
mod toolchain;
