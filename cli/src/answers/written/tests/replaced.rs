//! Answers to questions whose cells are gone.

use super::without_marks::{bare, chapters, found, place_of, questions};
use super::*;

/// Whether what is above a cell is the chapter's prose, and no other question's.
fn is_below_prose(cells: &[Value], at: usize) -> bool {
    let above = &cells[at - 1];
    above["cell_type"] == "markdown" && above["metadata"]["neurobook"]["role"].is_null()
}

#[test]
fn an_answer_at_the_end_of_the_prose_above_a_question_that_is_gone_is_its_answer() {
    let mut count = 0;
    for (chapter, cells) in chapters(Variant::Student) {
        for id in questions(&chapter) {
            let at = place_of(&cells, &id);
            if !is_below_prose(&cells, at) {
                continue;
            }
            count += 1;
            let mut cells = cells.clone();
            cells.remove(at);
            append(&mut cells[at - 1], &format!("\n\n{OWN}"));
            let expected = BTreeMap::from([(id.clone(), format!("[Cell {at}]\n{OWN}"))]);
            let others = questions(&chapter).into_iter().filter(|other| *other != id).collect();
            for cells in [cells.clone(), bare(&cells)] {
                let written = found(&cells, &chapter);
                assert_eq!(written.texts, expected, "{}: {id}", chapter.name);
                assert_eq!((&written.unwritten, written.far.len()), (&others, 0), "{}: {id}", chapter.name);
            }
            // A cell of code below it, in which something was tried, does not hide it.
            cells.insert(at, cell("code", "1 + 1"));
            assert!(found(&cells, &chapter).texts[&id].contains(OWN), "{}: {id}", chapter.name);
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn the_answer_below_edited_prose_is_the_answer() {
    let written = of(|cells| {
        let at = position(cells);
        append(&mut cells[at - 1], "\nNot quite.");
        cells[at] = cell("markdown", OWN);
    });
    assert_eq!(written.texts["why"], OWN);
}

#[test]
fn a_picture_in_the_prose_above_a_question_that_is_gone_does_not_hide_the_answer() {
    let written = of(|cells| {
        let at = position(cells);
        cells.remove(at);
        append(&mut cells[at - 1], &format!("\n{OWN}"));
        cells[at - 1]["attachments"] = json!({"image.png": {"image/png": "AAEC"}});
    });
    assert!(written.texts["why"].contains(OWN));
    assert_eq!(written.pictures["why"].len(), 1);
}

#[test]
fn a_question_that_is_gone_from_below_prose_as_it_was_is_neither_written_nor_unwritten() {
    for (chapter, cells) in chapters(Variant::Student) {
        for id in questions(&chapter) {
            let mut cells = cells.clone();
            cells.remove(place_of(&cells, &id));
            let written = found(&cells, &chapter);
            assert!(written.texts.is_empty() && !written.unwritten.contains(&id), "{}: {id}", chapter.name);
        }
    }
}

#[test]
fn code_that_is_nothing_but_words_takes_a_question_s_place() {
    let words = [
        format!("// {OWN}"),
        format!("/// {OWN}"),
        format!("/* {OWN}\nIt isn't more. */"),
        format!("\"{OWN}\""),
        format!("println!(\"{OWN}\");\n// That's all."),
        format!("println!(\"First\");\nprintln!(\"{OWN}\")"),
        format!("let answer = \"{OWN}\";"),
        format!("let answer = r#\"{OWN}\"#;"),
    ];
    for (chapter, cells) in chapters(Variant::Student) {
        for id in questions(&chapter) {
            let at = place_of(&cells, &id);
            if !is_below_prose(&cells, at) {
                continue;
            }
            for text in &words {
                let mut cells = cells.clone();
                cells[at] = cell("code", text);
                let expected = BTreeMap::from([(id.clone(), text.clone())]);
                for cells in [cells.clone(), bare(&cells)] {
                    assert_eq!(found(&cells, &chapter).texts, expected, "{}: {id}", chapter.name);
                }
                cells.insert(at + 1, cell("code", "let tried = 1;"));
                assert!(found(&cells, &chapter).texts[&id].starts_with(text), "{}: {id}", chapter.name);
            }
        }
    }
}

#[test]
fn code_that_does_more_takes_no_question_s_place() {
    let more = [
        "let mine = 1; // mine",
        "fn mine() {} // mine",
        "use std::fs; // mine",
        "println!(\"{mine}\");",
        "println!(\"{}\", mine);",
        "#[derive(Clone)] struct Mine;",
        "mine(\"mine\")",
        "include!(\"mine\");",
        "\"mine\".len()",
        "It isn't closed",
    ];
    for code in more {
        let written = of(|cells| {
            let at = position(cells);
            cells[at] = cell("code", code);
        });
        assert!(written.texts.is_empty() && written.unwritten.is_empty(), "{code}: {written:?}");
    }
}
