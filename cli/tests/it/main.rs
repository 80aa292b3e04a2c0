//! The binary, run on small courses that the tests write as text.

#[cfg(target_os = "linux")]
#[path = "../common/attacks.rs"]
mod attacks;
mod build;
#[path = "../common/caches.rs"]
mod caches;
mod cells;
mod chapters;
mod checks;
mod convert;
mod copies;
mod documents;
#[cfg(target_os = "linux")]
mod examined;
mod grade_run;
#[cfg(target_os = "linux")]
#[path = "../common/graded.rs"]
mod graded;
#[cfg(target_os = "linux")]
mod honest_rust;
#[cfg(target_os = "linux")]
mod hostile;
#[path = "../common/kit.rs"]
mod kit;
mod merged_records;
#[path = "../common/mini.rs"]
mod mini;
#[path = "../common/mutants.rs"]
mod mutants;
mod nbgrader;
mod notebook;
#[cfg(unix)]
mod orders;
#[path = "../common/patient.rs"]
mod patient;
#[path = "../common/program.rs"]
mod program;
mod progress;
#[cfg(target_os = "linux")]
mod reading_limits;
mod register;
mod rooms;
#[cfg(target_os = "linux")]
#[path = "../common/sandboxes.rs"]
mod sandboxes;
mod site;
mod snapshot;
#[cfg(target_os = "linux")]
mod sweep;
#[cfg(unix)]
mod toolchain;
mod wrong_answers;
