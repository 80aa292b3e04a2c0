//! What every room may use: whole files, folders, temporary files, and what is said about a step.

pub mod address;
pub mod atomic_file;
pub mod cause;
pub mod ended_with_us;
pub mod file_lock;
pub mod memory;
pub mod owned_folder;
pub mod paths;
pub mod plain_text;
pub mod pretty_json;
pub mod process_mark;
pub mod processor;
pub mod program_copy;
#[cfg(unix)]
pub mod runtime_folder;
pub mod seconds;
pub mod shared_setup;
pub mod step_reporter;
pub mod temp_dir;
pub mod toml_text;
