//! Makes sure that the sandbox holds before anything is run in it.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::bubblewrap::Bubblewrap;
use super::outcome::How;
use super::system::System;
use super::user::{Users, namespaces_count_processes};
use super::{ITSELF, Job, Limits, Required, Role, landlock};

/// A sandbox that has been tried on this machine. All jobs share it.
#[derive(Debug)]
pub struct Sandbox {
    pub(super) bubblewrap: Option<Bubblewrap>,
    pub(super) users: Option<Users>,
    pub(super) system: System,
    /// This binary, which is started again inside.
    pub(super) itself: PathBuf,
    /// A job's processes are counted apart from others.
    pub(super) counted_alone: bool,
    layers: Vec<String>,
}

impl Sandbox {
    /// Finds the layers and runs a program in them that tries to get out. A layer that is missing or
    /// does not hold is an error that says what to do; it is never left out.
    pub fn establish(required: Required) -> Result<Sandbox> {
        let bubblewrap = match required {
            Required::Full => Some(Bubblewrap::find()?),
            Required::Landlock => None,
        };
        let landlock = landlock::version().context(
            "the sandbox needs Landlock: Linux 5.13 or newer, started with `landlock` among its security modules (`lsm=landlock,…` on the kernel's command line); in a container, a seccomp profile that allows it (Docker 20.10.10 or newer)",
        )?;
        let users = Users::find()?;
        let mut layers: Vec<String> = bubblewrap.iter().map(|found| format!("{}: namespaces", found.version)).collect();
        layers.push(format!("Landlock ABI {landlock}"));
        layers.extend(["seccomp".to_owned(), "limits".to_owned()]);
        layers.extend(users.map(|_| "a user of its own".to_owned()));
        let sandbox = Sandbox {
            counted_alone: users.is_some() || (bubblewrap.is_some() && namespaces_count_processes()),
            bubblewrap,
            users,
            system: System::find()?,
            itself: env::current_exe().context("cannot find this program's own file")?,
            layers,
        };
        sandbox.try_to_get_out().context("the sandbox does not hold on this machine, so nothing is run in it")?;
        Ok(sandbox)
    }

    /// The layers that held when they were tried, for records.
    pub fn layers(&self) -> &[String] {
        &self.layers
    }

    fn try_to_get_out(&self) -> Result<()> {
        let folder = tempfile::tempdir()?;
        // Open to all, so that only the sandbox is before it.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777))?;
        let secret = folder.path().join(super::probe::SECRET);
        fs::write(&secret, "a secret")?;
        let secret = secret.to_str().context("the folder for temporary files has a name that is not text")?;
        let ended = self.run(&Job {
            role: Role::Answer,
            program: Path::new(ITSELF),
            arguments: &["confined".to_owned(), "probe".to_owned()],
            input: &[secret.as_bytes()],
            readable: &[],
            environment: &[("NAME", "value")],
            limits: Limits { wall: Duration::from_secs(20), ..Limits::ANSWER },
        })?;
        let (stdout, stderr) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        if ended.how != How::Exited(0) || stdout.trim() != super::probe::HELD {
            bail!("the program that tries to get out {}: {}{}", ended.how, stdout, stderr.trim());
        }
        Ok(())
    }
}
