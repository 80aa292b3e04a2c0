//! The submissions that somebody means by files, folders and zip files: where each is, and its id.
//! Only what is asked for is read, one at a time.

mod archive;
mod name;
mod others;
mod people;
mod walk;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};

use archive::Place;
pub use name::{numbered, safe};

/// A larger notebook is not read. Fifty megabytes of outputs do occur.
pub const MOST_BYTES: u64 = 64 << 20;

/// A fault of the machine, or of who runs it: no learner's.
#[derive(Debug)]
pub struct Machine(String);

impl Machine {
    fn fault(what: &str, error: std::io::Error) -> anyhow::Error {
        Machine(format!("{what}: {error}")).into()
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Machine {}

/// The submissions, sorted by their ids. Several of one id are what one person handed in, or several by that name.
#[derive(Debug)]
pub struct Submissions {
    /// What to mark.
    pub found: Vec<Found>,
    /// What was skipped or renamed: a sentence each.
    pub notes: Vec<String>,
}

/// A submission whose contents are not read yet.
#[derive(Debug, Clone)]
pub struct Found {
    /// Safe as a file's name.
    pub id: String,
    /// Where it came from, for people: `class.zip/anna/work.ipynb`.
    pub origin: String,
    /// The names of documents that were handed in beside it.
    pub beside: Option<String>,
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Zipped(Place),
    /// It cannot be read, and why.
    Nothing(String),
    /// The machine cannot read it, and why.
    Unreadable(String),
}

impl Submissions {
    /// Finds the submissions in files, folders and zip files. A notebook that bears a chapter's name is
    /// called by its folder's.
    pub fn find(given: &[PathBuf], chapters: &[String]) -> Result<Submissions> {
        let mut walk = walk::Walk::new(given, chapters);
        for path in given {
            walk.given(path)?;
        }
        let submissions = walk.finish();
        ensure!(
            !submissions.found.is_empty(),
            "there is no notebook in {}: name notebooks (.ipynb), folders of them, or a zip file",
            given.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
        );
        Ok(submissions)
    }
}

impl Found {
    /// The same, to be told why it is not marked.
    pub fn unmarked(id: String, origin: String, why: String) -> Found {
        Found { id, origin, beside: None, source: Source::Nothing(why) }
    }

    /// The notebook's bytes.
    ///
    /// # Errors
    /// [`Machine`] where trying again may help; any other is about the submission, and for its record.
    pub fn read(&self) -> Result<Vec<u8>> {
        let bytes = match &self.source {
            Source::File(path) => read_file(path)?,
            Source::Zipped(place) => archive::read(place, MOST_BYTES)?,
            Source::Nothing(why) => bail!("{why}"),
            Source::Unreadable(why) => return Err(Machine(why.clone()).into()),
        };
        ensure!(!bytes.is_empty(), "the file is empty");
        Ok(bytes)
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |error| Machine::fault("the file cannot be read", error);
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    ensure!(size <= MOST_BYTES, "{}", too_large(size));
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "{}", too_large(bytes.len() as u64));
    Ok(bytes)
}

fn too_large(size: u64) -> String {
    // Rounded up, so that what is a byte too large is more than the limit.
    let size = size.div_ceil(1 << 20);
    format!("the notebook has {size} MB, the limit is {} MB: clear its outputs and save it", MOST_BYTES >> 20)
}
