//! A cell that was not compiled because a disk is full: that is nobody's mistake, and no line of the cell is to be changed.

use std::env;
use std::path::{Path, PathBuf};

use neurobook_cli::support::cause::{Cause, free_megabytes};

/// What a cell takes, its library and the compiler's own files.
const NEEDED: u64 = 50;
/// With fewer megabytes than this, a disk is full, also where the compiler says something else or nothing.
const ALMOST_NOTHING: u64 = 5;

/// What to tell, if a full disk is why. `is_of_the_cell` says whether the compiler's errors have places in the cell.
pub fn sentence(said: &str, is_of_the_cell: bool) -> Option<String> {
    let session = env::var_os("EVCXR_TMPDIR").map_or_else(env::temp_dir, PathBuf::from);
    told(said, is_of_the_cell, &[session, env::temp_dir()], free_megabytes)
}

fn told(said: &str, is_of_the_cell: bool, places: &[PathBuf], free: impl Fn(&Path) -> Option<u64>) -> Option<String> {
    let is_said = Cause::of(said) == Some(Cause::NoSpace);
    if is_of_the_cell && !is_said {
        return None;
    }
    let least = places.iter().filter_map(|place| Some((free(place)?, place))).min_by_key(|(free, _)| *free);
    let full = least.filter(|(free, _)| *free < if is_said { NEEDED } else { ALMOST_NOTHING });
    let what = match full {
        Some((free, place)) => {
            format!(
                "There is no space left: {free} MB are free in {}, and a cell takes about {NEEDED} MB.",
                place.display()
            )
        }
        None if is_said => {
            let place = places.first()?.display();
            format!("There is no space left, or your quota is used up: a cell takes about {NEEDED} MB in {place}.")
        }
        None => return None,
    };
    Some(format!(
        "This cell was not compiled. {what} Make room there and run the cell again; your variables are as they were before it."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "failed to write `/s/x.o`: No space left on device (os error 28)";

    fn with(said: &str, is_of_the_cell: bool, free: u64) -> Option<String> {
        let places = [PathBuf::from("/sessions/1"), PathBuf::from("/tmp")];
        told(said, is_of_the_cell, &places, |place| Some(if place == Path::new("/tmp") { 9000 } else { free }))
    }

    #[test]
    fn a_full_disk_is_named_with_its_place_and_its_megabytes() {
        let told = with(SAID, false, 3).unwrap();
        assert!(told.contains("3 MB are free in /sessions/1") && told.contains("about 50 MB"), "{told}");
        let quota = with(SAID, false, 8000).unwrap();
        assert!(quota.contains("your quota") && quota.contains("/sessions/1"), "{quota}");
    }

    #[test]
    fn a_compiler_that_ends_without_a_word_on_a_full_disk_is_understood() {
        assert!(with("", false, 0).unwrap().contains("0 MB are free"));
        assert_eq!(with("", false, 600), None);
    }

    #[test]
    fn an_error_in_the_cell_is_the_cells_however_full_the_disk_is() {
        assert_eq!(with("cannot find value `x` in this scope", true, 0), None);
    }
}
