//! NumPy's `.npz`: a zip file of arrays.

use anyhow::Result;

use super::archive::{Archive, shown};
use super::array::Array;
use super::members::{Member, choose, left_out};
use super::numpy;

/// More than the header of an array of plain numbers has.
const HEADER: u64 = 4_096;

/// Whether all files of an archive are arrays.
pub fn is_npz(names: &[String]) -> bool {
    !names.is_empty() && names.iter().all(|name| name.ends_with(".npy"))
}

/// The array that is wanted, and what was left out.
pub fn read(archive: &mut Archive<'_>, wanted: Option<&str>, assumed: &mut Vec<String>) -> Result<(String, Array)> {
    let mut members = Vec::with_capacity(archive.names.len());
    for index in 0..archive.names.len() {
        let name = shown(archive.names[index].trim_end_matches(".npy"));
        let (words, refused) = match numpy::describe(&archive.begin(index, HEADER)?) {
            Ok(words) => (words, None),
            Err(error) => ("no plain numbers".to_owned(), Some(error.to_string())),
        };
        members.push(Member { name, words, refused });
    }
    let index = choose(&members, wanted)?;
    assumed.extend(left_out(&members, index));
    let (array, _) = numpy::read(&archive.read(index)?)?;
    Ok((members.swap_remove(index).name, array))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::numpy::tests::file;
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_array_that_is_named_is_read_and_the_others_are_listed() {
        let numbers = |value: f64| file("'<f8'", false, "(1, 1)", &value.to_le_bytes());
        let labels = file("'<U1'", false, "(1,)", &[0; 4]);
        let bytes = archive(&[("W.npy", &numbers(1.5)), ("D.npy", &numbers(2.5)), ("labels.npy", &labels)]);
        let mut open = Archive::open(&bytes).unwrap();
        assert!(is_npz(&open.names));
        let (name, array) = read(&mut open, Some("D"), &mut Vec::new()).unwrap();
        assert_eq!((name.as_str(), array.values.as_slice()), ("D", [2.5].as_slice()));
        let message = read(&mut open, None, &mut Vec::new()).unwrap_err().to_string();
        assert!(message.contains("it holds 2 arrays: W (1 × 1 float64), D"), "{message}");
        let message = read(&mut open, Some("labels"), &mut Vec::new()).unwrap_err().to_string();
        assert!(message.contains("words, not numbers"), "{message}");
    }

    #[test]
    fn an_array_that_unpacks_to_more_than_the_limit_is_refused() {
        let huge = file("'<f8'", false, "(30000, 30000)", &[]);
        let message =
            read(&mut Archive::open(&archive(&[("W.npy", &huge)])).unwrap(), None, &mut Vec::new()).unwrap_err();
        assert!(message.to_string().contains("the limit is 32 million"), "{message}");
    }
}
