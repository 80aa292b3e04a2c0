//! A site takes its place as a whole: it is written beside it, then the folders change places.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// Tells a site that this program wrote from a folder that is somebody's own.
pub const GENERATOR: &str = concat!("neurobook ", env!("CARGO_PKG_VERSION"));

/// A site that is being written.
pub struct Draft {
    folder: TempDir,
    place: PathBuf,
    /// How many there are so far.
    bytes: u64,
}

impl Draft {
    /// Begins a site that is to be in this folder.
    pub fn begin(place: &Path) -> Result<Draft> {
        refuse_strangers(place)?;
        let parent = place
            .parent()
            .with_context(|| format!("{} has no folder above it: name another one with --out", place.display()))?;
        let folder = fs::create_dir_all(parent).and_then(|()| beside(parent));
        let folder = folder.with_context(|| format!("cannot write in {}", parent.display()))?;
        Ok(Draft { folder, place: place.to_owned(), bytes: 0 })
    }

    /// Writes a file of the site; its name may begin with a folder.
    pub fn write(&mut self, name: &str, contents: impl AsRef<[u8]>) -> Result<()> {
        let path = self.folder.path().join(name);
        let written = fs::create_dir_all(path.parent().unwrap_or(&path)).and_then(|()| fs::write(&path, &contents));
        self.bytes += contents.as_ref().len() as u64;
        written.with_context(|| format!("cannot write {}", path.display()))
    }

    /// Puts the site in its place. Says how many bytes it has.
    pub fn place(self) -> Result<u64> {
        let Draft { folder, place, bytes } = self;
        // Somebody may have put something there meanwhile.
        refuse_strangers(&place)?;
        let parent = place.parent().unwrap_or(Path::new("."));
        let retired = beside(parent)?;
        let old = retired.path().join("old");
        let there = place.is_dir();
        if there {
            fs::rename(&place, &old)
                .with_context(|| format!("cannot replace {}: is a file of it open?", place.display()))?;
        }
        if let Err(error) = fs::rename(folder.path(), &place) {
            if there && fs::rename(&old, &place).is_err() {
                bail!(
                    "cannot put the pages into {}: {error}. The old ones are in {}",
                    place.display(),
                    retired.keep().display()
                );
            }
            return Err(error).with_context(|| format!("cannot put the pages into {}", place.display()));
        }
        // It is not a draft any more.
        let _ = folder.keep();
        Ok(bytes)
    }
}

fn beside(parent: &Path) -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".neurobook-site-");
    // A temporary folder is private unless told otherwise; a web server must be able to read the pages.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
}

/// Refuses to replace what is not a site.
fn refuse_strangers(place: &Path) -> Result<()> {
    let Ok(mut entries) = fs::read_dir(place) else {
        if place.exists() {
            bail!("{} is not a folder: name another one with --out", place.display());
        }
        return Ok(());
    };
    let ours = || {
        let index = fs::read_to_string(place.join("index.html")).unwrap_or_default();
        index.contains("<meta name=\"generator\" content=\"neurobook ")
    };
    if entries.next().is_some() && !ours() {
        bail!(
            "{} holds files that are not a site of this program, and they would be lost: empty it, or name another folder with --out",
            place.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "<meta name=\"generator\" content=\"neurobook 0\">";

    #[test]
    fn a_site_is_replaced_as_a_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a").join("site");
        for (file, other) in [("one.html", "two.html"), ("two.html", "one.html")] {
            let mut draft = Draft::begin(&place).unwrap();
            draft.write("index.html", OURS).unwrap();
            draft.write(file, "x").unwrap();
            draft.write("cells/a.png", [0, 255]).unwrap();
            assert_eq!(draft.place().unwrap(), OURS.len() as u64 + 3);
            assert!(place.join(file).exists() && !place.join(other).exists());
            assert_eq!(fs::read(place.join("cells/a.png")).unwrap(), [0, 255]);
        }
        assert_eq!(fs::read_dir(place.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_draft_that_is_given_up_leaves_the_site_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("site");
        let mut draft = Draft::begin(&place).unwrap();
        draft.write("index.html", OURS).unwrap();
        draft.place().unwrap();
        let mut draft = Draft::begin(&place).unwrap();
        draft.write("index.html", "half").unwrap();
        drop(draft);
        assert_eq!(fs::read_to_string(place.join("index.html")).unwrap(), OURS);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn somebodys_own_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.tex"), "x").unwrap();
        let refused = Draft::begin(folder.path()).err().unwrap().to_string();
        assert!(refused.contains("would be lost") && refused.contains("--out"), "{refused}");
        let file = Draft::begin(&folder.path().join("thesis.tex")).err().unwrap().to_string();
        assert!(file.contains("is not a folder"), "{file}");
    }
}
