//! nbgrader's metadata (its schema 3): what a course that is run with nbgrader releases, collects and marks by hand.
//!
//! An exercise's points are on the cell whose `grade_id` is the exercise's id, so nbgrader's gradebook names its
//! scores as the chapter names its exercises. Jupyter without nbgrader takes no notice of any of this.

use md5::{Digest, Md5};
use serde_json::{Value, json};

use super::Cell;

/// What a cell is to nbgrader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The learner writes here. The points are on the check below.
    Answer,
    /// The learner writes here, and the points are here too: nbgrader lets a teacher give them by hand.
    MarkedAnswer,
    /// Has the points of the answer above it. Nobody edits it.
    Check,
    /// Nobody edits it, and it has no points.
    Locked,
}

impl Part {
    fn has_points(self) -> bool {
        matches!(self, Part::MarkedAnswer | Part::Check)
    }

    fn is_answered(self) -> bool {
        matches!(self, Part::Answer | Part::MarkedAnswer)
    }
}

/// Writes nbgrader's metadata into a cell of an exercise, whose text is final.
pub fn mark(cell: &mut Cell, part: Part, grade_id: &str, points: u32) {
    let mut about = json!({
        "cell_type": cell_type(cell),
        "checksum": checksum(cell, part, grade_id, points),
        "grade": part.has_points(),
        "grade_id": grade_id,
        "locked": !part.is_answered(),
        "schema_version": 3,
        "solution": part.is_answered(),
        "task": false,
    });
    if part.has_points() {
        about["points"] = Value::from(points);
    }
    cell.metadata_mut().insert("nbgrader".to_string(), about);
}

/// By this nbgrader tells whether an answer is still its stub, and a check still what was handed out: the MD5 of the
/// cell's text and of its other metadata, each as Python writes it.
fn checksum(cell: &Cell, part: Part, grade_id: &str, points: u32) -> String {
    let python = |value: bool| if value { "True" } else { "False" };
    let flags = [part.has_points(), part.is_answered(), !part.is_answered()].map(python).concat();
    let points = if part.has_points() { format!("{points}.0") } else { String::new() };
    let hashed = [&cell.source(), cell_type(cell), &flags, grade_id, &points].concat();
    Md5::digest(hashed).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a check is still what was handed out, as far as its metadata tell.
pub fn is_check_as_handed_out(cell: &Cell) -> bool {
    let about = |key: &str| cell.metadata(&["nbgrader", key]);
    let id = about("grade_id").and_then(Value::as_str).unwrap_or_default();
    let made = match about("points").and_then(Value::as_u64).and_then(|points| u32::try_from(points).ok()) {
        Some(points) => checksum(cell, Part::Check, id, points),
        None => checksum(cell, Part::Locked, id, 0),
    };
    about("checksum").and_then(Value::as_str) == Some(&made)
}

fn cell_type(cell: &Cell) -> &'static str {
    if cell.is_code() { "code" } else { "markdown" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected values are what nbgrader 0.9.6's `compute_checksum` gives.
    #[test]
    fn a_checksum_is_the_one_that_nbgrader_computes() {
        let code = Cell::code("a", "fn f() {\n    // ä\n}");
        let text = Cell::markdown("b", "Why?");
        let cases = [
            (&code, Part::Answer, 0, "886c8351644a828ee1ba1c6c088616e8"),
            (&text, Part::MarkedAnswer, 2, "c2bc3a277d864ed1bf62d42bfc9589bf"),
            (&code, Part::Check, 4, "9fa0cde9701a3ed004c7f8f6ab340809"),
            (&code, Part::Locked, 0, "e7beb003ef634700f517f94831849159"),
        ];
        for (cell, part, points, expected) in cases {
            assert_eq!(checksum(cell, part, "some_id-1", points), expected, "{part:?}");
        }
    }

    #[test]
    fn a_cell_without_points_of_its_own_says_nothing_of_points() {
        let mut cell = Cell::code("a", "");
        mark(&mut cell, Part::Answer, "a-solution", 4);
        assert_eq!(cell.metadata(&["nbgrader", "points"]), None);
        mark(&mut cell, Part::Check, "a", 4);
        assert_eq!(cell.metadata(&["nbgrader", "points"]), Some(&json!(4)));
    }
}
