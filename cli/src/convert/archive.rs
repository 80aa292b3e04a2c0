//! Zip files in memory, and files that gzip or bzip2 have made smaller.

use std::io::Cursor;

use anyhow::{Result, anyhow, bail, ensure};
use zip::ZipArchive;

use super::limits;
use crate::support::plain_text;

/// A zip file, of which nothing is unpacked until it is asked for.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of the files in it, in its order.
    pub names: Vec<String>,
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        ensure!(
            zip.len() <= limits::MOST_MEMBERS,
            "the archive has {} files, and the limit is {}: take out the ones that you need",
            zip.len(),
            limits::MOST_MEMBERS
        );
        let mut names = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(damaged)?;
            ensure!(!entry.encrypted(), "the archive has a password: unpack it, and pack it again without one");
            names.push(String::from_utf8_lossy(entry.name_raw()).into_owned());
        }
        Ok(Archive { zip, names })
    }

    /// The bytes of a file in it, at most this many.
    pub fn read(&mut self, index: usize) -> Result<Vec<u8>> {
        let what = format!("{:?} in the archive", shown(&self.names[index]));
        let entry = self.zip.by_index(index).map_err(damaged)?;
        let promised = entry.size();
        ensure!(
            promised <= limits::MOST_BYTES,
            "{what} unpacks to {} MB, and the limit is {}: save the part that you need",
            promised >> 20,
            limits::MOST_BYTES >> 20
        );
        limits::read_all(entry, promised, &what)
    }

    /// The first bytes of a file in it.
    pub fn begin(&mut self, index: usize, most: u64) -> Result<Vec<u8>> {
        use std::io::Read;
        let entry = self.zip.by_index(index).map_err(damaged)?;
        let mut bytes = Vec::new();
        entry.take(most).read_to_end(&mut bytes).map_err(|error| damaged(error.into()))?;
        Ok(bytes)
    }
}

/// What gzip's bytes unpack to.
pub fn gunzip(bytes: &[u8]) -> Result<Vec<u8>> {
    limits::read_all(flate2::read::MultiGzDecoder::new(bytes), 0, "the file that gzip packed")
}

/// What bzip2's bytes unpack to.
pub fn bunzip2(bytes: &[u8]) -> Result<Vec<u8>> {
    limits::read_all(bzip2::read::MultiBzDecoder::new(bytes), 0, "the file that bzip2 packed")
}

/// A name in an archive, for a message.
pub fn shown(name: &str) -> String {
    plain_text::line(&plain_text::cut(name, 80))
}

fn damaged(error: zip::result::ZipError) -> anyhow::Error {
    let words = shown(&error.to_string());
    anyhow!("the archive is damaged, or was not copied to its end ({words}): copy or save it again")
}

/// Refuses what is in a zip file of another kind.
pub fn refuse(names: &[String]) -> Result<super::Conversion> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("[Content_Types].xml") {
        bail!("this is an Excel workbook: in Excel, \"Save as\" a \"CSV UTF-8\" file, one for each sheet");
    }
    if has("mimetype") {
        bail!(
            "this is an OpenDocument file: in LibreOffice, \"Save as\" a CSV file, in UTF-8 with points in its numbers"
        );
    }
    let list = names.iter().take(8).map(|name| shown(name)).collect::<Vec<_>>().join(", ");
    bail!(
        "the archive is neither NumPy's (.npz) nor a connectome of The Virtual Brain, which has a file \"weights\": it holds \
         {}. Unpack it, and convert the file that you want",
        if list.is_empty() { "nothing" } else { &list }
    )
}
