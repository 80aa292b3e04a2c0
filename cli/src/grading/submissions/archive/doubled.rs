//! Names that a zip file's list has more than once. Whoever reads it by name sees the last file of each and none of the others,
//! which may be another person's.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};

/// How an entry of the list begins, and the length of what stands before its name.
const BEGINNING: [u8; 4] = *b"PK\x01\x02";
const HEAD_BYTES: usize = 46;

/// The names in a list.
#[derive(Debug, Default)]
pub struct Names {
    /// How many there are.
    pub different: usize,
    /// Those of several files with different contents.
    pub doubled: HashSet<Vec<u8>>,
}

/// Reads the names in the list that begins there.
pub fn names(source: &mut (impl Read + Seek), start: u64) -> io::Result<Names> {
    source.seek(SeekFrom::Start(start))?;
    let mut list = BufReader::new(source);
    let mut contents: HashMap<Vec<u8>, [u8; 8]> = HashMap::new();
    let mut names = Names::default();
    let mut head = [0; HEAD_BYTES];
    loop {
        match list.read_exact(&mut head) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
            read => read?,
        }
        if head[..4] != BEGINNING {
            break;
        }
        let length = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let mut name = vec![0; length(28)];
        list.read_exact(&mut name)?;
        list.seek_relative((length(30) + length(32)) as i64)?;
        // The checksum and the size: the same file twice is one.
        let content: [u8; 8] = std::array::from_fn(|at| head[if at < 4 { 16 + at } else { 20 + at }]);
        match contents.entry(name) {
            Entry::Occupied(first) if *first.get() != content => _ = names.doubled.insert(first.key().clone()),
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => _ = place.insert(content),
        }
    }
    names.different = contents.len();
    Ok(names)
}
