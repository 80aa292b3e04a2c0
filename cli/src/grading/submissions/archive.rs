//! Zip files, and zip files in them. Nothing is unpacked to a name of the archive's choosing: an entry is
//! read into memory, or into a temporary file that has no name.

use std::fs::File;
use std::io::{BufReader, Read, Seek, copy};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zip::ZipArchive;
use zip::read::ZipFile;

/// More entries than any class hands in.
const MOST_ENTRIES: usize = 100_000;
/// A zip file inside another one is somebody's work, not a class's.
const MOST_NESTED_BYTES: u64 = 512 << 20;
/// A zip file in a zip file in a zip file.
const MOST_DEPTH: usize = 3;
/// What of a nested zip file is kept in memory.
const SPOOLED_BYTES: usize = 8 << 20;

/// An entry of a zip file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The outermost zip file.
    pub archive: PathBuf,
    /// The number of the entry, behind those of the zip files that it is in.
    pub entries: Vec<usize>,
}

/// What a zip file says of an entry.
#[derive(Debug)]
pub struct Entry {
    /// Folders and the file's name.
    pub path: Vec<String>,
    /// Why it must not be read.
    pub refused: Option<&'static str>,
    /// Its number.
    pub index: usize,
}

trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// The files in a zip file, sorted. `inside` is empty for the outermost one.
pub fn list(archive: &Path, inside: &[usize]) -> Result<Vec<Entry>> {
    let mut zip = open(archive, inside)?;
    ensure!(
        zip.len() <= MOST_ENTRIES,
        "the zip file has {} entries, more than {MOST_ENTRIES}: it is no class's work",
        zip.len()
    );
    let mut entries = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).context("the zip file is damaged")?;
        if !entry.is_dir() {
            entries.push(describe(&entry, index));
        }
    }
    entries.sort_by(|a, b| (&a.path, a.index).cmp(&(&b.path, b.index)));
    Ok(entries)
}

/// The bytes of an entry, if they are not more than this.
pub fn read(place: &Place, most: u64) -> Result<Vec<u8>> {
    let (last, outer) = place.entries.split_last().expect("a place in a zip file names an entry");
    let mut zip = open(&place.archive, outer)?;
    let entry = zip.by_index(*last).context("cannot be read from the zip file")?;
    let mut bytes = Vec::new();
    // What the archive says of the size is not believed.
    entry.take(most + 1).read_to_end(&mut bytes).context("damaged in the zip file")?;
    ensure!(bytes.len() as u64 <= most, "{}", super::too_large(bytes.len() as u64));
    Ok(bytes)
}

fn open(archive: &Path, inside: &[usize]) -> Result<ZipArchive<Box<dyn Source>>> {
    ensure!(inside.len() < MOST_DEPTH, "zip files stand in each other more than {MOST_DEPTH} deep");
    let file = File::open(archive).with_context(|| format!("cannot open {}", archive.display()))?;
    let mut zip = ZipArchive::new(Box::new(BufReader::new(file)) as Box<dyn Source>).context("not a zip file")?;
    for &index in inside {
        let entry = zip.by_index(index).context("cannot be read from the zip file")?;
        let mut spool = tempfile::spooled_tempfile(SPOOLED_BYTES);
        let size = copy(&mut entry.take(MOST_NESTED_BYTES + 1), &mut spool).context("damaged in the zip file")?;
        ensure!(size <= MOST_NESTED_BYTES, "the zip file unpacks to more than {} MB", MOST_NESTED_BYTES >> 20);
        zip = ZipArchive::new(Box::new(spool) as Box<dyn Source>).context("not a zip file")?;
    }
    Ok(zip)
}

fn describe<R: Read + ?Sized>(entry: &ZipFile<'_, R>, index: usize) -> Entry {
    // Many programs write UTF-8 without saying so; what is not UTF-8 is read as zip's old alphabet.
    let raw = entry.name_raw();
    let name = match (std::str::from_utf8(raw), entry.name()) {
        (Ok(name), _) => name.to_owned(),
        (Err(_), Ok(name)) => name.into_owned(),
        (Err(_), Err(_)) => String::from_utf8_lossy(raw).into_owned(),
    };
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let leaves =
        name.starts_with(['/', '\\']) || parts.contains(&"..") || parts.first().is_some_and(|part| is_drive(part));
    let refused = if leaves {
        Some("its name in the zip file leads out of it")
    } else if entry.is_symlink() {
        Some("it is a symbolic link, not a file")
    } else if entry.encrypted() {
        Some("it is protected by a password")
    } else {
        None
    };
    // A name that leads elsewhere names nobody but by its last part.
    let kept = if leaves { &parts[parts.len().saturating_sub(1)..] } else { &parts[..] };
    Entry { path: kept.iter().map(|part| (*part).to_owned()).collect(), refused, index }
}

fn is_drive(part: &str) -> bool {
    part.len() == 2 && part.ends_with(':')
}
