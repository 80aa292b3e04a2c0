//! Where a learner's work on a chapter is: in their own notebook, or in the one that was meant to be copied.

use std::fs;
use std::path::{Path, PathBuf};

use crate::chapter::Variant;
use crate::chapter::course::Course;
use crate::notebook::{Notebook, Outputs};

/// Where the work on a chapter is.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    pub path: PathBuf,
    /// A second notebook of the chapter that somebody has worked in.
    pub other: Option<PathBuf>,
}

/// Finds the work on a chapter; nothing where there is neither a notebook of the learner's own nor work elsewhere.
pub fn find(course: &Course, chapter: &str) -> Option<Place> {
    let mine = course.own_copy(chapter);
    let other = strayed(course, chapter).map(|_| course.generated(chapter, Variant::Student));
    match (mine.is_file(), other) {
        (false, None) => None,
        (false, Some(other)) => Some(Place { path: other, other: None }),
        (true, Some(other)) if !is_worked_in(&mine) => Some(Place { path: other, other: None }),
        (true, other) => Some(Place { path: mine, other }),
    }
}

/// What somebody has made of the student notebook, which is generated and belongs to nobody.
pub fn strayed(course: &Course, chapter: &str) -> Option<Vec<u8>> {
    let path = course.generated(chapter, Variant::Student);
    let bytes = fs::read(path).ok()?;
    let notebook = Notebook::parse_for_any_kernel("the notebook", &bytes, Outputs::Keep).ok()?;
    // Of an older version it is not known what it was; whoever builds it again keeps it.
    let has_mark = notebook.metadata(&["neurobook", "content"]).is_some();
    (has_mark && !notebook.is_as_generated()).then_some(bytes)
}

/// Whether this is another file than the one that was generated: a notebook with work, or a damaged one.
pub fn is_worked_in(path: &Path) -> bool {
    Notebook::read(path, Outputs::Keep).map_or(true, |notebook| !notebook.is_as_generated())
}
