//! What all users of a machine share, made by its administrator: see [`SharedSetup`](crate::support::shared_setup).

mod copies;
pub mod modes;
mod unused;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::compiled_program::{COMPLETION, CompiledProgram, KERNEL};
use super::prepare::prepare_sessions;
use super::progress::ProgressFile;
use super::rust_src;
use super::session::Sessions;
use super::toolchain::{self, Toolchain, executable_name};
use crate::support::paths;
use crate::support::program_copy;
use crate::support::shared_setup::{CURRENT, Record, SharedSetup, TOOLCHAINS, VERSIONS};
use crate::support::step_reporter::Step;

/// Makes the set-up of a checkout in a folder, beside what is in use there; it is used when all of it is there.
pub fn make(root: &Path, folder: &Path) -> Result<SharedSetup> {
    let folder = own_folder(folder)?;
    toolchain::choose(root)?;
    let users = Toolchain::find()?;
    let kernel = CompiledProgram::find(&KERNEL)?;
    kernel.prepare(&users, &ProgressFile::new(&folder, "kernel"))?;
    let step = Step::begin("Copying the course and Rust", "seconds");
    let toolchain = copies::toolchain(&users, &folder.join(TOOLCHAINS))?;
    if let Some(sources) = users.library_sources() {
        rust_src::slim_in(&folder.join("rust-library"), &sources, &toolchain)?;
    }
    let programs = [(program_copy::original()?, "neurobook"), (kernel.file().to_owned(), "neurobook-kernel")];
    let version = copies::version(root, &programs, &toolchain, &folder.join(VERSIONS))?;
    step.done();

    let sessions = Sessions::for_all_users(version.join("course"), folder.join("sessions"), toolchain.clone())?;
    prepare_sessions(&sessions)?;
    let cargo_home = sessions.cargo_home()?;
    let cargo_home = cargo_home.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let record =
        Record { key: sessions.key().to_owned(), cargo_home, sysroot: toolchain.sysroot, rustc: toolchain.version };
    let setup = SharedSetup { folder, version, record };
    setup.write()?;
    modes::open_to_readers(&setup.folder)?;
    use_from_now_on(&setup)?;
    unused::remove(&setup.folder)?;
    Ok(setup)
}

/// Compiles what completes names at the Tab key, and puts it beside the other programs.
pub fn add_completion(setup: &SharedSetup) -> Result<()> {
    let users = Toolchain::find()?;
    let completion = CompiledProgram::find(&COMPLETION)?;
    completion.prepare(&users, &ProgressFile::new(&setup.folder, "completion"))?;
    copies::program_into(completion.file(), &setup.programs().join(executable_name("neurobook-completion")))
}

/// The folder, which is to be this user's and nobody else's to write to.
fn own_folder(folder: &Path) -> Result<PathBuf> {
    let folder = std::path::absolute(folder)?;
    modes::create_for_all(&folder)?;
    let folder = paths::canonical(&folder)?;
    ensure!(
        !paths::has_space(&folder),
        "{} has a blank in its name, which evcxr cannot work with: name another folder",
        folder.display()
    );
    if let Some(others) = modes::others_who_write(&folder)? {
        bail!("{others}, and so could put programs into it: name a folder of your own");
    }
    Ok(folder)
}

#[cfg(unix)]
fn use_from_now_on(setup: &SharedSetup) -> Result<()> {
    let link = setup.folder.join(CURRENT);
    let draft = setup.folder.join(format!("{CURRENT}-draft"));
    // One can only be left from a set-up that was ended here.
    let _ = fs::remove_file(&draft);
    let target = Path::new(VERSIONS).join(setup.version.file_name().unwrap_or_default());
    std::os::unix::fs::symlink(target, &draft)
        .and_then(|()| fs::rename(&draft, &link))
        .with_context(|| format!("cannot write {}", link.display()))
}

#[cfg(not(unix))]
fn use_from_now_on(_setup: &SharedSetup) -> Result<()> {
    bail!("a set-up for all users needs Linux or macOS")
}
