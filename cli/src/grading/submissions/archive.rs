//! Zip files, and zip files in them. Nothing is unpacked to a name of the archive's choosing: an entry is
//! read into memory, or into a temporary file that has no name.

use std::fs::File;
use std::io::{BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::Machine;
use crate::support::plain_text;

/// More entries than any class hands in.
const MOST_ENTRIES: usize = 100_000;
/// More than anybody hands in alone.
const MOST_NESTED_ENTRIES: usize = 5_000;
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
    pub is_folder: bool,
    /// Why it must not be read.
    pub refused: Option<&'static str>,
    /// Its number.
    pub index: usize,
}

trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// An open zip file.
pub struct Archive {
    zip: ZipArchive<Box<dyn Source>>,
    depth: usize,
}

impl Archive {
    pub fn open(path: &Path) -> Result<Archive> {
        let file = File::open(path).map_err(|error| Machine::fault("the zip file cannot be opened", error))?;
        let source = Box::new(BufReader::new(file)) as Box<dyn Source>;
        Ok(Archive { zip: ZipArchive::new(source).map_err(|error| fault("not a zip file", error))?, depth: 1 })
    }

    /// The files and folders, sorted.
    pub fn entries(&mut self) -> Result<Vec<Entry>> {
        let most = if self.depth == 1 { MOST_ENTRIES } else { MOST_NESTED_ENTRIES };
        let count = self.zip.len();
        ensure!(count <= most, "the zip file has {count} entries, the limit is {most}");
        let mut entries = Vec::new();
        for index in 0..count {
            let entry = self.zip.by_index_raw(index).map_err(|error| fault("the zip file is damaged", error))?;
            entries.push(describe(&entry, index));
        }
        entries.sort_by(|a, b| (&a.path, a.index).cmp(&(&b.path, b.index)));
        Ok(entries)
    }

    /// The zip file at an entry.
    pub fn nested(&mut self, index: usize) -> Result<Archive> {
        ensure!(self.depth < MOST_DEPTH, "zip files are in each other more than {MOST_DEPTH} deep");
        let entry = self.zip.by_index(index).map_err(|error| fault("cannot be read from the zip file", error))?;
        let mut entry = entry.take(MOST_NESTED_BYTES + 1);
        let mut spool = tempfile::spooled_tempfile(SPOOLED_BYTES);
        let (mut buffer, mut size) = (vec![0; 64 << 10], 0);
        loop {
            let count = entry.read(&mut buffer).map_err(|error| fault("damaged in the zip file", error.into()))?;
            if count == 0 {
                break;
            }
            size += count as u64;
            // The archive may be as it should be, and the disk full.
            spool
                .write_all(&buffer[..count])
                .map_err(|error| Machine::fault("a zip file cannot be unpacked", error))?;
        }
        ensure!(size <= MOST_NESTED_BYTES, "the zip file unpacks to more than {} MB", MOST_NESTED_BYTES >> 20);
        let source = Box::new(spool) as Box<dyn Source>;
        let zip = ZipArchive::new(source).map_err(|error| fault("not a zip file", error))?;
        Ok(Archive { zip, depth: self.depth + 1 })
    }
}

/// The bytes of an entry, if they are not more than this.
pub fn read(place: &Place, most: u64) -> Result<Vec<u8>> {
    let (last, outer) = place.entries.split_last().context("a place in a zip file names an entry")?;
    let mut archive = Archive::open(&place.archive)?;
    for index in outer {
        archive = archive.nested(*index)?;
    }
    let entry = archive.zip.by_index(*last).map_err(|error| fault("cannot be read from the zip file", error))?;
    // What the archive says of the size is not believed, but it saves memory where it is true.
    let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(most + 1))?);
    entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| fault("damaged in the zip file", error.into()))?;
    ensure!(bytes.len() as u64 <= most, "{}", super::too_large(bytes.len() as u64));
    Ok(bytes)
}

/// A zip file that is damaged is its maker's; a disk that cannot be read is nobody's.
fn fault(what: &str, error: ZipError) -> anyhow::Error {
    match error {
        ZipError::Io(error) if error.raw_os_error().is_some() => Machine::fault(what, error),
        // Its words may hold the archive's own.
        error => anyhow::anyhow!("{what}: {}", plain_text::line(&plain_text::cut(&error.to_string(), 200))),
    }
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
    let path = kept.iter().map(|part| (*part).to_owned()).collect();
    Entry { path, is_folder: entry.is_dir(), refused, index }
}

fn is_drive(part: &str) -> bool {
    part.len() == 2 && part.ends_with(':')
}
