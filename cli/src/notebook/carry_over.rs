//! A learner's work, carried into a new version of its chapter.
//!
//! A generated cell's id is made from its text, and an exercise knows what its blank looked like. So
//! each cell tells by itself whether the learner has changed it, and the old version is not needed.

use std::collections::{HashMap, HashSet};

use super::from_chapter::{content_id, stub_mark};
use super::nbgrader_metadata::is_check_as_handed_out;
use super::{Cell, Notebook};

/// What was carried over.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The exercises whose answers were, in order.
    pub answers: Vec<String>,
    /// How many other cells were.
    pub cells: usize,
}

/// The new version of a chapter, with all that the learner has written.
pub fn merge(mine: &Notebook, fresh: &Notebook) -> (Notebook, Kept) {
    let mut merged = fresh.clone();
    let mut kept = Kept::default();
    let mut taken: HashSet<String> = fresh.cells.iter().filter_map(|cell| cell.id().map(String::from)).collect();
    let mut carried = HashSet::new();
    // Cells of the learner's own are below the cell that they stood below.
    let mut below: HashMap<Option<String>, Vec<Cell>> = HashMap::new();
    let mut above = None;
    let ids: HashSet<&str> = mine.cells.iter().filter_map(Cell::id).collect();
    for cell in &mine.cells {
        let by_id = fresh.cells.iter().position(|fresh| fresh.id().is_some() && fresh.id() == cell.id());
        let is_same = |index: &usize| !carried.contains(index) && is_without_id(cell, &fresh.cells[*index], &ids);
        let same = by_id.or_else(|| (0..fresh.cells.len()).find(is_same));
        let first = same.is_some_and(|index| carried.insert(index));
        if let Some(index) = same.filter(|_| first) {
            above = fresh.cells[index].id().map(String::from);
            let is_changed = cell.source() != fresh.cells[index].source() || !cell.pictures().is_empty();
            let is_help = !matches!(cell.role(), None | Some("answer" | "text"));
            if is_written(cell) && is_changed {
                match cell.exercise().filter(|_| !is_help) {
                    Some(exercise) => kept.answers.push(exercise.to_string()),
                    None => kept.cells += 1,
                }
                // A check and a hint are the new version's, and what the learner wrote in the old one stands below.
                match is_help {
                    true => below.entry(above.clone()).or_default().push(own(cell, &mut taken)),
                    false => merged.cells[index].take_writing(cell),
                }
            }
        } else if is_written(cell) && !(cell.source().trim().is_empty() && cell.pictures().is_empty()) {
            below.entry(above.clone()).or_default().push(own(cell, &mut taken));
            kept.cells += 1;
        }
    }
    let mut cells = below.remove(&None).unwrap_or_default();
    for cell in merged.cells {
        let id = cell.id().map(String::from);
        cells.push(cell);
        cells.extend(below.remove(&id).unwrap_or_default());
    }
    merged.cells = cells;
    (merged, kept)
}

/// Whether this is that cell of the new version, though an editor has taken its id away or given it another one. `ids` are those
/// of the learner's notebook.
fn is_without_id(cell: &Cell, fresh: &Cell, ids: &HashSet<&str>) -> bool {
    if cell.is_code() != fresh.is_code() || fresh.id().is_some_and(|id| ids.contains(id)) {
        return false;
    }
    match cell.role() {
        Some(role) if cell.id().is_none() || matches!(role, "answer" | "text") => {
            (fresh.role(), fresh.exercise()) == (Some(role), cell.exercise())
        }
        Some(_) => false,
        None => cell.id().is_none() && fresh.role().is_none() && fresh.source() == cell.source(),
    }
}

/// Whether the learner has written or changed a cell.
fn is_written(cell: &Cell) -> bool {
    if cell.is_markdown() && !cell.pictures().is_empty() {
        return true;
    }
    let source = cell.source();
    match (cell.role(), cell.id()) {
        (Some("answer" | "text"), _) => {
            cell.metadata(&["neurobook", "stub"]).is_none_or(|mark| *mark != stub_mark(&source))
        }
        // Learners write in checks, below hints, and in copies of both, which keep their metadata.
        (Some("check"), _) => !is_check_as_handed_out(cell),
        (Some(_), _) => !(source.starts_with("<details>") && source.trim_end().ends_with("</details>")),
        (None, Some(id)) => id.split('-').next() != Some(&content_id(cell.is_code(), &source)),
        (None, None) => true,
    }
}

/// A cell as one of the learner's own: it belongs to no exercise and can be deleted.
fn own(cell: &Cell, taken: &mut HashSet<String>) -> Cell {
    let mut own = cell.clone();
    let metadata = own.metadata_mut();
    for key in ["neurobook", "nbgrader", "deletable", "editable"] {
        metadata.shift_remove(key);
    }
    let id = cell.id().unwrap_or("own").to_string();
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(id);
    own.set_id(&free);
    taken.insert(free);
    own
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::chapter::{Chapter, Variant};
    use crate::notebook::from_chapter::notebook;

    const HINTS: &str = "// %% [markdown] hint\n// one\n// %% [markdown] hint\n// two\n";

    fn version(prose: &str, stub: &str) -> Notebook {
        let text = format!(
            "fn main() {{\n// %% [markdown]\n// # T\n// {prose}\n// %%\ndemo(1.0);\n// %% exercise id=f points=1\n// SOLUTION\nlet f = 1;\n// STUB\n// {stub}\n// END\n{HINTS}// %% [markdown] text id=why points=1\n// Why?\n// SOLUTION\n// So.\n// STUB\n// END\n{HINTS}}}\n"
        );
        notebook(&Chapter::parse("01_t.rs", &text).unwrap(), Variant::Student)
    }

    fn position(notebook: &Notebook, id: &str) -> usize {
        notebook.cells.iter().position(|cell| cell.id() == Some(id)).unwrap()
    }

    fn set(notebook: &mut Notebook, id: &str, source: &str) {
        let index = position(notebook, id);
        notebook.cells[index].set_source(source);
    }

    #[test]
    fn a_copy_that_nobody_has_touched_becomes_the_new_version() {
        let (old, new) = (version("Old.", "blank!(1)"), version("New.", "blank!(2)"));
        assert_eq!(merge(&old, &new), (new.clone(), Kept::default()));
    }

    #[test]
    fn answers_changed_cells_and_own_cells_are_carried_over() {
        let new = version("New.", "blank!(2)");
        let mut mine = version("Old.", "blank!(1)");
        set(&mut mine, "f", "let f = 7;");
        let demo = mine.cells[1].id().unwrap().to_string();
        set(&mut mine, &demo, "demo(9.0);");
        mine.cells.insert(2, Cell::code("1a2b3c4d", "my_own();"));
        let (merged, kept) = merge(&mine, &new);
        let sources: Vec<String> = merged.cells[..4].iter().map(Cell::source).collect();
        assert_eq!(sources, ["# T\nNew.", "demo(9.0);", "my_own();", "let f = 7;"]);
        assert_eq!(kept, Kept { answers: vec!["f".into()], cells: 2 });
        assert_eq!((merged.version(), merged.cells.len()), (new.version(), new.cells.len() + 1));
    }

    #[test]
    fn a_notebook_whose_ids_an_editor_has_taken_away_or_changed_is_carried_over_into_the_same_cells() {
        let (old, new) = (version("Old.", "blank!(1)"), version("New.", "blank!(2)"));
        let mut mine = old.clone();
        set(&mut mine, "f", "let f = 7;");
        set(&mut mine, "why", "Because.");
        mine.cells.insert(2, Cell::code("1a2b3c4d", "my_own();"));
        let (expected, kept) = merge(&mine, &new);
        let edited = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut json: serde_json::Value = serde_json::from_str(&mine.to_json()).unwrap();
            json["cells"].as_array_mut().unwrap().iter_mut().for_each(change);
            Notebook::parse("mine", json.to_string().as_bytes(), crate::notebook::Outputs::Keep).unwrap()
        };
        let without = edited(&|cell| _ = cell.as_object_mut().unwrap().remove("id"));
        let (merged, _) = merge(&without, &new);
        let texts = |notebook: &Notebook| notebook.cells.iter().map(Cell::source).collect::<Vec<_>>();
        // Of prose that is of the old version nobody can tell whose it is.
        assert_eq!(texts(&merged), [&["# T\nOld.".to_owned()], &texts(&expected)[..]].concat());
        let pasted = edited(&|cell| {
            if cell["id"] == "f" || cell["id"] == "why" {
                cell["id"] = json!("pasted");
            }
        });
        assert_eq!(merge(&pasted, &new), (expected, kept));
    }

    #[test]
    fn what_is_written_in_a_check_a_hint_and_copies_of_them_is_carried_over() {
        let new = version("New.", "blank!(2)");
        let mut mine = version("Old.", "blank!(1)");
        let of = |role: &str, mine: &Notebook| mine.cells.iter().position(|cell| cell.role() == Some(role)).unwrap();
        let (hint, text) = (of("hint", &mine), "my own words");
        let mut copy = mine.cells[hint].clone();
        copy.set_id("1a2b3c4d");
        copy.set_source("a copy");
        let source = mine.cells[hint].source();
        mine.cells[hint].set_source(&format!("{source}\n{text}"));
        mine.cells.push(copy);
        let (merged, kept) = merge(&mine, &new);
        assert_eq!((kept.cells, merged.cells.len()), (2, new.cells.len() + 2));
        assert_eq!(merged.cells[hint].source(), source, "the hint itself is the new version's");
        for text in [text, "a copy"] {
            let cell = merged.cells.iter().find(|cell| cell.source().contains(text)).unwrap();
            assert_eq!((cell.role(), cell.metadata(&["deletable"])), (None, None), "{text}");
        }
        let check = |text: &str| {
            let chapter = format!(
                "fn main() {{\n// %% [markdown]\n// # T\n// %% exercise id=f points=1\n// SOLUTION\nlet f = 1;\n// STUB\n// blank!(1)\n// END\n{HINTS}// %% check\n{text}\n}}\n"
            );
            notebook(&Chapter::parse("01_t.rs", &chapter).unwrap(), Variant::Student)
        };
        let (old, new) = (check("assert_eq!(f, 1);"), check("assert_eq!(f, 2 - 1);"));
        assert_eq!(merge(&old, &new), (new.clone(), Kept::default()), "an old check that nobody touched is no work");
        let mut mine = old;
        let at = of("check", &mine);
        mine.cells[at].set_source("let f = 7;\nassert_eq!(f, 1);");
        let (merged, _) = merge(&mine, &new);
        let sources: Vec<String> = merged.cells[at..].iter().map(Cell::source).collect();
        assert_eq!(sources, ["assert_eq!(f, 2 - 1);", "let f = 7;\nassert_eq!(f, 1);"]);
    }

    #[test]
    fn pictures_without_a_word_are_carried_over() {
        let old = version("Old.", "blank!(1)");
        let at = position(&old, "why");
        let mut json: serde_json::Value = serde_json::from_str(&old.to_json()).unwrap();
        let pictures = json!({"a.png": {"image/png": "AAAA"}});
        json["cells"][at]["attachments"] = pictures.clone();
        let own = json!({"cell_type": "markdown", "id": "own", "metadata": {}, "source": "", "attachments": pictures});
        json["cells"].as_array_mut().unwrap().insert(at, own);
        let mine = Notebook::parse("mine", json.to_string().as_bytes(), crate::notebook::Outputs::Keep).unwrap();
        let (merged, _) = merge(&mine, &version("New.", "blank!(2)"));
        let merged: serde_json::Value = serde_json::from_str(&merged.to_json()).unwrap();
        let kept = merged["cells"].as_array().unwrap().iter().filter(|cell| cell.get("attachments").is_some());
        assert_eq!(kept.count(), 2, "{merged}");
    }

    #[test]
    fn what_is_folded_opens_and_closes_without_counting_as_work_and_a_change_in_it_is_kept() {
        let text = "fn main() {\n// %% [markdown]\n// # T\n// %% folded\n// Picture: a neuron\nneuron();\n}\n";
        let fresh = notebook(&Chapter::parse("01_t.rs", text).unwrap(), Variant::Student);
        let closed = |cell: &Cell| cell.metadata(&["jupyter", "source_hidden"]).cloned();
        assert_eq!(closed(&fresh.cells[1]), Some(json!(true)));
        assert_eq!(fresh.cells[1].metadata(&["tags"]), Some(&json!(["hide-input"])));
        let mut mine = fresh.clone();
        mine.cells[1].metadata_mut().insert("jupyter".into(), json!({}));
        assert_eq!(merge(&mine, &fresh), (fresh.clone(), Kept::default()));
        mine.cells[1].set_source("// Picture: a neuron\nneuron().size(9.0, 9.0);");
        let (merged, kept) = merge(&mine, &fresh);
        assert_eq!((merged.cells[1].source(), kept.cells), (mine.cells[1].source(), 1));
    }

    #[test]
    fn pictures_in_a_written_answer_are_carried_over() {
        let old = version("Old.", "blank!(1)");
        let at = position(&old, "why");
        let mut json: serde_json::Value = serde_json::from_str(&old.to_json()).unwrap();
        let pictures = json!({"a.png": {"image/png": "AAAA"}});
        json["cells"][at]["source"] = json!("Why?\n\n![a](attachment:a.png)");
        json["cells"][at]["attachments"] = pictures.clone();
        let mine = Notebook::parse("mine", json.to_string().as_bytes(), crate::notebook::Outputs::Keep).unwrap();
        let (merged, _) = merge(&mine, &version("New.", "blank!(2)"));
        let merged: serde_json::Value = serde_json::from_str(&merged.to_json()).unwrap();
        assert_eq!(merged["cells"][at]["attachments"], pictures);
    }

    #[test]
    fn a_changed_cell_that_the_new_version_has_not_is_kept_below_its_neighbour() {
        let mut mine = version("Old.", "blank!(1)");
        let first = mine.cells[0].id().unwrap().to_string();
        set(&mut mine, &first, "# T\nMy notes.");
        let (merged, kept) = merge(&mine, &version("New.", "blank!(1)"));
        assert_eq!(
            (merged.cells[0].source().as_str(), merged.cells[1].source().as_str()),
            ("# T\nMy notes.", "# T\nNew.")
        );
        assert_eq!(kept.cells, 1);
    }

    #[test]
    fn a_copied_answer_cell_and_one_whose_exercise_is_gone_stay_as_own_cells() {
        let new = version("New.", "blank!(1)");
        let mut mine = version("Old.", "blank!(1)");
        set(&mut mine, "why", "First.");
        let mut copy = mine.cells[position(&mine, "why")].clone();
        copy.set_source("Second.");
        let mut gone = copy.clone();
        gone.set_id("gone");
        gone.metadata_mut().insert("neurobook".into(), json!({"exercise": "gone", "role": "text", "points": 1}));
        mine.cells.extend([copy, gone]);
        let (merged, _) = merge(&mine, &new);
        assert_eq!(merged.cells[position(&merged, "why")].source(), "First.");
        for id in ["why-2", "gone"] {
            let cell = &merged.cells[position(&merged, id)];
            assert_eq!(
                (cell.source().as_str(), cell.exercise(), cell.metadata(&["deletable"]), cell.metadata(&["nbgrader"])),
                ("Second.", None, None, None)
            );
        }
    }
}
