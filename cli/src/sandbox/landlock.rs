//! Landlock: which files a program may open. Everything else is closed to it, whoever owns it.

use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, LandlockStatus, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreated, RulesetCreatedAttr, Scope,
};

use super::protocol::Confinement;

/// The newest version that the rules are written for; an older system enforces what it knows of them.
const NEWEST: ABI = ABI::V10;

/// Restricts this process, and the program that it becomes, to the job's paths.
pub fn restrict(confinement: &Confinement) -> Result<()> {
    let read = AccessFs::from_read(ABI::V1) & !AccessFs::Execute;
    let run = AccessFs::from_read(ABI::V1);
    let mut rules = rules()?;
    // For the size of an answer's stack. The rest of /proc tells of the host, its mounts and processes; and so does this file
    // of a compiler, which has the toolchain and all crates open: a text may include it.
    if confinement.output.is_none() {
        rules = allow(rules, Path::new("/proc/self/maps"), AccessFs::ReadFile.into())?;
    }
    rules = allow(rules, Path::new("/dev/null"), AccessFs::ReadFile | AccessFs::WriteFile)?;
    rules = allow(rules, &confinement.program, run)?;
    for path in &confinement.system {
        rules = allow(rules, path, run)?;
    }
    // A compiler starts its own programs, an answer starts none.
    let rights = if confinement.output.is_some() { run } else { read };
    for path in &confinement.readable {
        rules = allow(rules, path, rights)?;
    }
    if let Some(output) = &confinement.output {
        rules = allow(rules, output, write())?;
    }
    rules.restrict_self().context("Landlock does not work here")?;
    Ok(())
}

/// Plain files and folders: no link that leads elsewhere, no socket, no device.
fn write() -> BitFlags<AccessFs> {
    let special = AccessFs::MakeSym
        | AccessFs::MakeSock
        | AccessFs::MakeFifo
        | AccessFs::MakeChar
        | AccessFs::MakeBlock
        | AccessFs::IoctlDev
        | AccessFs::ResolveUnix;
    AccessFs::from_all(NEWEST) & !special
}

/// Nothing is allowed yet. The first version's restrictions are a must, later ones where they exist.
fn rules() -> Result<RulesetCreated> {
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))
        .context("this Linux has no Landlock")?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()
        .context("Landlock does not work here")
}

fn allow(rules: RulesetCreated, path: &Path, rights: BitFlags<AccessFs>) -> Result<RulesetCreated> {
    let rights = if path.is_dir() { rights } else { rights & AccessFs::from_file(NEWEST) };
    let open = PathFd::new(path)?;
    rules.add_rule(PathBeneath::new(open, rights)).with_context(|| format!("cannot allow {}", path.display()))
}

/// The version of this system's Landlock.
pub fn version() -> Result<i32> {
    // Only a restriction tells the version; it holds for the thread that asks for it.
    let asked = thread::spawn(|| rules()?.restrict_self().context("Landlock does not work here")).join();
    let status = asked.map_err(|_| anyhow::anyhow!("the thread that asks for Landlock's version has panicked"))??;
    match status.landlock {
        LandlockStatus::Available { effective_abi, kernel_abi } => Ok(kernel_abi.unwrap_or(effective_abi as i32)),
        missing => bail!("Landlock is not there: {missing:?}"),
    }
}
