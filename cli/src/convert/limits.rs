//! How much is read. A file can claim to be of any size, and a small archive can unpack to one.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The most bytes of a file, and of what it unpacks to.
pub const MOST_BYTES: u64 = 512 << 20;
/// The most numbers that are kept at a time: a connectome of 400 regions has 160,000.
pub const MOST_VALUES: usize = 32_000_000;
/// The most files in an archive, and the most variables in a file.
pub const MOST_MEMBERS: usize = 1_000;

/// What is in a file.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    let about = fs::metadata(path).context("the file cannot be read: check its name, and the folder you are in")?;
    ensure!(about.is_file(), "this is not a file: name one file");
    let file = fs::File::open(path).context("the file cannot be read: ask for leave to read it, or copy it")?;
    read_all(file, about.len(), "the file")
}

/// All that a reader has, if it is within the limit. A size that is promised saves memory where it is true.
pub fn read_all(reader: impl Read, promised: u64, what: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(promised.min(1 << 20))?);
    reader
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{what} is damaged, or was not copied to its end: copy or save it again"))?;
    ensure!(
        bytes.len() as u64 <= MOST_BYTES,
        "{what} holds more than {} MB: save the part that you need",
        MOST_BYTES >> 20
    );
    Ok(bytes)
}
