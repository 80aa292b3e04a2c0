//! Cells that have been merged into one, without ids and roles.

use super::without_marks::{bare, chapters, found, place_of, questions, source};
use super::*;

/// The cells of prose that follow each other as one, as they are in a file of plain Markdown.
fn merged(cells: &[Value]) -> Vec<Value> {
    let mut merged: Vec<Value> = Vec::new();
    for cell in cells {
        match merged.last_mut() {
            Some(above) if above["cell_type"] == "markdown" && cell["cell_type"] == "markdown" => {
                append(above, &format!("\n\n{}", source(cell)));
            }
            _ => merged.push(cell.clone()),
        }
    }
    merged
}

#[test]
fn of_merged_prose_each_answer_is_its_question_s() {
    for (chapter, mut cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        let untouched = found(&merged(&bare(&cells)), &chapter);
        assert!(untouched.texts.is_empty(), "{}: {:?}", chapter.name, untouched.texts);
        for (number, id) in ids.iter().enumerate() {
            let at = place_of(&cells, id);
            match number % 2 {
                0 => append(&mut cells[at], &format!("\nMy zebra_{id}.")),
                _ => cells.insert(at + 1, cell("markdown", &format!("My zebra_{id}."))),
            }
        }
        let written = found(&merged(&bare(&cells)), &chapter);
        for id in &ids {
            let text = &written.texts[id];
            assert!(text.contains(&format!("zebra_{id}.")), "{}: {id}", chapter.name);
            assert_eq!(text.matches("zebra_").count(), 1, "{}: {id}: {text}", chapter.name);
        }
    }
}

#[test]
fn two_questions_in_one_cell_are_two_whether_the_first_kept_its_id_or_not() {
    for (chapter, cells) in chapters(Variant::Student) {
        for pair in questions(&chapter).windows(2) {
            let mut cells = cells.clone();
            let second = cells.remove(place_of(&cells, &pair[1]));
            let first = place_of(&cells, &pair[0]);
            append(&mut cells[first], &format!("\nMy zebra.\n\n{}\nMy lion.", source(&second)));
            for cells in [cells.clone(), bare(&cells)] {
                let texts = found(&cells, &chapter).texts;
                assert_eq!(texts.len(), 2, "{}: {pair:?}", chapter.name);
                assert!(texts[&pair[0]].ends_with("My zebra."), "{}: {pair:?}", chapter.name);
                assert!(texts[&pair[1]].starts_with(source(&second).trim()), "{}: {pair:?}", chapter.name);
                assert!(texts[&pair[1]].ends_with("My lion."), "{}: {pair:?}", chapter.name);
            }
        }
    }
}

#[test]
fn a_picture_is_that_question_s_which_shows_it() {
    let (chapter, mut cells) = chapters(Variant::Student).swap_remove(1);
    let ids = questions(&chapter);
    let second = cells.remove(place_of(&cells, &ids[1]));
    let first = place_of(&cells, &ids[0]);
    append(&mut cells[first], &format!("\n![](attachment:a.png)\n\n{}\nMine.", source(&second)));
    cells[first]["attachments"] = json!({"a.png": {"image/png": "AAEC"}});
    let written = found(&bare(&cells), &chapter);
    assert_eq!(written.pictures.keys().collect::<Vec<_>>(), [&ids[0]]);
    assert_eq!(written.texts.len(), 2);
}

#[test]
fn help_that_is_torn_at_its_code_is_no_answer() {
    // Of a fence of code in a Markdown file, Jupytext makes a cell.
    for (chapter, cells) in chapters(Variant::Student) {
        let mut torn: Vec<Value> = Vec::new();
        let mut left = String::new();
        for mut one in bare(&cells) {
            let text = std::mem::take(&mut left) + &source(&one);
            match text.split_once("```rust\n").and_then(|(above, rest)| Some((above, rest.split_once("\n```")?))) {
                Some((above, (code, below))) if one["cell_type"] == "markdown" => {
                    torn.extend([cell("markdown", above), cell("code", code)]);
                    left = format!("{below}\n\n");
                }
                _ if one["cell_type"] == "code" => {
                    torn.extend((text != source(&one)).then(|| cell("markdown", &text.replace(&source(&one), ""))));
                    torn.push(one);
                }
                _ => {
                    one["source"] = json!(text);
                    torn.push(one);
                }
            }
        }
        let found = found(&bare(&torn), &chapter);
        assert!(found.texts.is_empty(), "{}: {:?}", chapter.name, found.texts);
        assert_eq!(found.unwritten.len(), questions(&chapter).len(), "{}", chapter.name);
    }
}
