//! Zip files, and zip files in them. Nothing is unpacked to a name of the archive's choosing: an entry is
//! read into memory, or into a temporary file that has no name.

mod doubled;

use std::cell::Cell;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::Machine;
use super::name::{is_junk_file, shortened};
use crate::support::plain_text;

/// A zip file inside another one is somebody's work, not a class's.
const MOST_NESTED_BYTES: u64 = 512 << 20;
/// Nor do all of one person's unpack to more.
pub const MOST_UNPACKED: u64 = 1 << 30;
/// No file system takes a longer path with more folders in it.
const LONGEST_PATH: usize = 1_000;
const MOST_FOLDERS: usize = 50;
/// The end of a longer part of it, which is kept with the ending.
const END_BYTES: usize = 50;
/// A zip file in a zip file in a zip file.
const MOST_DEPTH: usize = 3;
/// What of a nested zip file is kept in memory.
const SPOOLED_BYTES: usize = 8 << 20;

/// How much a zip file's list of entries may take, by whose it is: the list is kept in memory, and its maker has chosen
/// its length.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub entries: usize,
    pub list_bytes: u64,
}

impl Limits {
    /// More than any class hands in.
    pub const CLASS: Limits = Limits { entries: 100_000, list_bytes: 32 << 20 };
    /// More than anybody hands in alone, also with all packages of an environment.
    pub const PERSON: Limits = Limits { entries: 20_000, list_bytes: 4 << 20 };
}

/// An entry of a zip file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The outermost zip file.
    pub archive: PathBuf,
    /// The number of the entry, behind those of the zip files that it is in.
    pub entries: Vec<usize>,
    /// How many bytes have to be unpacked to read it.
    pub cost: u64,
}

/// What a zip file says of an entry.
#[derive(Debug)]
pub struct Entry {
    /// Folders and the file's name, as one text: a list of thousands of paths takes many times their length.
    path: String,
    pub is_folder: bool,
    /// Whether the zip file holds something else under the very same name, which cannot be read.
    pub is_doubled: bool,
    /// Why it must not be read.
    pub refused: Option<&'static str>,
    /// Its number.
    pub index: usize,
    /// Its size, as the zip file says.
    pub size: u64,
}

impl Entry {
    /// Folders and the file's name.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter(|part| !part.is_empty())
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        self.parts().last().unwrap_or_default()
    }
}

trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// Reads no further than somebody allows.
struct Metered {
    source: Box<dyn Source>,
    left: Rc<Cell<u64>>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(buffer)?;
        let left = self.left.get().checked_sub(count as u64);
        self.left.set(left.ok_or_else(|| std::io::Error::other("its list of files is too long"))?);
        Ok(count)
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.source.seek(to)
    }
}

/// An open zip file.
pub struct Archive {
    zip: ZipArchive<Metered>,
    doubled: HashSet<Vec<u8>>,
    depth: usize,
    /// How many bytes have been unpacked to come to it.
    pub cost: u64,
}

impl Archive {
    pub fn open(path: &Path, limits: Limits) -> Result<Archive> {
        let file = File::open(path).map_err(|error| Machine::fault("the zip file cannot be opened", error))?;
        Archive::of(Box::new(BufReader::new(file)), limits, 1, 0)
    }

    fn of(source: Box<dyn Source>, limits: Limits, depth: usize, cost: u64) -> Result<Archive> {
        let left = Rc::new(Cell::new(limits.list_bytes));
        let source = Metered { source, left: Rc::clone(&left) };
        let mut zip = ZipArchive::new(source).map_err(|error| fault("not a zip file", error))?;
        let count = zip.len();
        ensure!(count <= limits.entries, "the zip file has {count} entries, the limit is {}", limits.entries);
        left.set(u64::MAX);
        let mut doubled = HashSet::new();
        if zip.has_duplicate_names() {
            let start = zip.central_directory_start();
            let mut source = zip.into_inner();
            left.set(limits.list_bytes);
            let names = doubled::names(&mut source, start);
            let names = names.map_err(|error| fault("the zip file is damaged", error.into()))?;
            left.set(u64::MAX);
            zip = ZipArchive::new(source).map_err(|error| fault("not a zip file", error))?;
            // A name may be written elsewhere in the list, too: then whose file is lost is not known.
            ensure!(names.different == zip.len(), "files in the zip file have the same name: pack it again");
            doubled = names.doubled;
        }
        Ok(Archive { zip, doubled, depth, cost })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.zip.len()
    }

    /// The files and folders, sorted, without what an operating system or Jupyter left.
    pub fn entries(&mut self) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(index).map_err(|error| fault("the zip file is damaged", error))?;
            let is_doubled = self.doubled.contains(entry.name_raw());
            let entry = Entry { is_doubled, ..describe(&entry, index) };
            if !entry.parts().any(is_junk_file) {
                entries.push(entry);
            }
        }
        entries.sort_by(|a, b| a.parts().cmp(b.parts()).then(a.index.cmp(&b.index)));
        Ok(entries)
    }

    /// The zip file at an entry. What is unpacked is taken from the bytes that are left.
    pub fn nested(&mut self, index: usize, limits: Limits, left: &mut u64) -> Result<Archive> {
        ensure!(self.depth < MOST_DEPTH, "zip files are in each other more than {MOST_DEPTH} deep");
        let entry = self.zip.by_index(index).map_err(|error| fault("cannot be read from the zip file", error))?;
        let most = *left;
        let mut entry = entry.take(most.min(MOST_NESTED_BYTES) + 1);
        let mut spool = tempfile::spooled_tempfile(SPOOLED_BYTES);
        let (mut buffer, mut size) = (vec![0; 64 << 10], 0);
        loop {
            let count = entry.read(&mut buffer).map_err(|error| fault("damaged in the zip file", error.into()))?;
            if count == 0 {
                break;
            }
            size += count as u64;
            *left = most.saturating_sub(size);
            // The archive may be as it should be, and the disk full.
            spool
                .write_all(&buffer[..count])
                .map_err(|error| Machine::fault("a zip file cannot be unpacked", error))?;
        }
        ensure!(size <= MOST_NESTED_BYTES, "the zip file unpacks to more than {} MB", MOST_NESTED_BYTES >> 20);
        ensure!(size <= most, "all zip files in it unpack to more than {} MB", MOST_UNPACKED >> 20);
        Archive::of(Box::new(spool), limits, self.depth + 1, self.cost + size)
    }
}

/// The bytes of an entry, if they are not more than this.
pub fn read(place: &Place, most: u64) -> Result<Vec<u8>> {
    let (last, outer) = place.entries.split_last().context("a place in a zip file names an entry")?;
    let (mut archive, mut left) = (Archive::open(&place.archive, Limits::CLASS)?, u64::MAX);
    for index in outer {
        archive = archive.nested(*index, Limits::CLASS, &mut left)?;
    }
    let entry = archive.zip.by_index(*last).map_err(|error| fault("cannot be read from the zip file", error))?;
    // What the archive says of the size is not believed, but no more than that is read.
    let said = entry.size();
    let room = said.min(most) + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(room)?);
    entry.take(room).read_to_end(&mut bytes).map_err(|error| fault("damaged in the zip file", error.into()))?;
    ensure!(bytes.len() as u64 <= most, "{}", super::too_large(bytes.len() as u64));
    ensure!(bytes.len() as u64 <= said, "damaged in the zip file: it is larger than the zip file says");
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
    let refused = if name.len() > LONGEST_PATH || parts.len() > MOST_FOLDERS {
        Some("its name in the zip file is too long")
    } else if leaves {
        Some("its name in the zip file leads out of it")
    } else if entry.is_symlink() {
        Some("it is a symbolic link, not a file")
    } else if entry.encrypted() {
        Some("it is protected by a password")
    } else {
        None
    };
    // A name that leads elsewhere names nobody but by its last part. Of one that is too long the first tells whose it is.
    let kept = if leaves { &parts[parts.len().saturating_sub(1)..] } else { &parts[..parts.len().min(MOST_FOLDERS)] };
    let kept: Vec<_> = kept.iter().map(|part| shortened(part, LONGEST_PATH, END_BYTES)).collect();
    Entry { path: kept.join("/"), is_folder: entry.is_dir(), is_doubled: false, refused, index, size: entry.size() }
}

fn is_drive(part: &str) -> bool {
    part.len() == 2 && part.ends_with(':')
}
