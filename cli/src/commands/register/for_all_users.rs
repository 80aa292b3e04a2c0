//! The kernel of a shared set-up, made known to all users, once it is sure that they can read it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::jupyter::for_all_users::modes;
use crate::jupyter::kernel_spec::{self, DESCRIPTION, DISPLAY_NAME};
use crate::support::atomic_file;
use crate::support::shared_setup::SharedSetup;

/// A user without rights, on nearly all systems.
#[cfg(unix)]
const NOBODY: u32 = 65534;

/// Describes the kernel below a prefix, or takes the description away.
pub fn register(prefix: &Path, name: &str, remove: bool) -> Result<ExitCode> {
    let Some(shared) = SharedSetup::of_this_program()? else {
        bail!(
            "other users cannot read this program's checkout: run `cargo run -- setup --shared /opt/neurobook`, and then `/opt/neurobook/current/bin/neurobook register --system`"
        )
    };
    let prefix = std::path::absolute(prefix)?;
    let folder = kernel_spec::kernels_of_all(&prefix).join(name);
    let description = folder.join(DESCRIPTION);
    let is_ours = match kernel_spec::described_shared(&folder) {
        Ok(Some(known)) => known == shared.folder,
        Err(error) if error.kind() == ErrorKind::NotFound => !remove,
        Ok(None) | Err(_) => false,
    };
    if remove {
        if !is_ours {
            println!("No kernel of {} is described in {}: nothing to do.", shared.folder.display(), folder.display());
            return Ok(ExitCode::SUCCESS);
        }
        fs::remove_file(&description).with_context(|| format!("cannot remove {}", description.display()))?;
        // What somebody else has put there stays.
        let _ = fs::remove_dir(&folder);
        println!("{} is removed.", description.display());
        return Ok(ExitCode::SUCCESS);
    }
    if !is_ours {
        bail!(
            "{} holds another kernel, which is left as it is: add `--name neurobook`, or delete that folder and run this again",
            folder.display()
        );
    }
    require_readable(&shared)?;
    let text = kernel_spec::describe(&crate::support::paths::canonical(&shared.course())?, &folder, DISPLAY_NAME)?;
    modes::create_for_all(&folder)?;
    atomic_file::write_if_changed(&description, text.as_bytes())?;
    modes::open_to_readers(&folder)?;
    let unreadable = modes::unreadable(&folder);
    if !unreadable.is_empty() {
        bail!("other users cannot read the kernel's description:\n{}", unreadable.join("\n"));
    }
    println!("The kernel \"{DISPLAY_NAME}\" is described for all users in {}.", folder.display());
    println!("A user without rights can read all that it needs.");
    println!("`{} register --help` says how it is taken out again.", shared.lasting_program().display());
    Ok(ExitCode::SUCCESS)
}

/// An error that names what other users cannot read.
fn require_readable(shared: &SharedSetup) -> Result<()> {
    let sessions = shared.sessions();
    let needed = [
        shared.version.clone(),
        sessions.join(format!("template-{}", shared.record.key)),
        sessions.join(&shared.record.cargo_home),
        shared.record.sysroot.clone(),
    ];
    // Of a distribution's toolchain the folder is the whole system's.
    let of_the_system = !shared.record.sysroot.starts_with(&shared.folder);
    let looked_at = needed.iter().take(if of_the_system { 3 } else { 4 });
    let mut problems: Vec<String> = looked_at.flat_map(|path| modes::unreadable(path)).collect();
    problems.sort();
    problems.dedup();
    if !problems.is_empty() {
        bail!("other users cannot read what their kernels need:\n{}", problems.join("\n"));
    }
    // Modes are not all: there are access lists, and disks on which no program may be run.
    for (program, word) in
        [(shared.lasting_program(), "--version"), (shared.record.sysroot.join("bin").join("rustc"), "--version")]
    {
        run_without_rights(&program, word)?;
    }
    Ok(())
}

/// Runs a program as nobody, where this user may.
#[cfg(unix)]
fn run_without_rights(program: &Path, word: &str) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(program);
    command.arg(word).current_dir("/").stdin(Stdio::null());
    if rustix::process::geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let ran = command.output();
    let said = match ran {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(error) => error.to_string(),
    };
    bail!("a user without rights cannot run {}: {said}", program.display())
}

#[cfg(not(unix))]
fn run_without_rights(program: &Path, _word: &str) -> Result<()> {
    let _ = Command::new(program).stdin(Stdio::null());
    Ok(())
}
