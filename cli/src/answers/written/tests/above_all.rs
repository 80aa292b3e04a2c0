//! Answers to all questions in one cell above them.

use super::without_marks::{bare, chapters, found, place_of, questions};
use super::*;

const ALL: &str = "# My answers\n\n1. It is zebra.\n2. It is lion.";

#[test]
fn a_cell_with_all_answers_above_the_chapter_is_read_for_each_question() {
    for (chapter, mut cells) in chapters(Variant::Student) {
        cells.insert(0, cell("markdown", ALL));
        for cells in [cells.clone(), bare(&cells)] {
            let written = found(&cells, &chapter);
            for id in questions(&chapter) {
                assert_eq!(written.texts.get(&id), Some(&format!("{FAR}[Cell 1]\n{ALL}")), "{}: {id}", chapter.name);
                assert!(written.far.contains(&id), "{}: {id}", chapter.name);
            }
            assert!(written.unwritten.is_empty(), "{}", chapter.name);
        }
    }
}

#[test]
fn answers_above_the_chapter_are_read_in_whatever_they_are_written() {
    type Change = fn(&mut Vec<Value>);
    let ways: [(&str, Change); 4] = [
        ("as comments in code", |cells| cells.insert(0, cell("code", &format!("// {OWN}\n/// And so on.")))),
        ("as text that code prints", |cells| cells.insert(0, cell("code", &format!("println!(\"{OWN}\");")))),
        ("in the title", |cells| append(&mut cells[0], &format!("\n\n{OWN}"))),
        ("with a note at the end", |cells| {
            cells.insert(0, cell("markdown", OWN));
            cells.push(cell("markdown", "Thank you."));
        }),
    ];
    for (way, change) in ways {
        for (chapter, mut cells) in chapters(Variant::Student) {
            change(&mut cells);
            let written = found(&cells, &chapter);
            for id in questions(&chapter) {
                let text = written.texts.get(&id);
                assert!(text.is_some_and(|text| text.contains(OWN)), "{way}, {}: {id}: {text:?}", chapter.name);
            }
        }
    }
}

#[test]
fn an_answer_nearer_by_is_not_joined_with_what_is_above_the_chapter() {
    for (chapter, mut cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        let at = place_of(&cells, &ids[0]);
        append(&mut cells[at], "\nMy giraffe.");
        cells.insert(0, cell("markdown", ALL));
        let written = found(&cells, &chapter);
        assert!(!written.texts[&ids[0]].contains("zebra") && !written.far.contains(&ids[0]), "{}", chapter.name);
        assert!(ids[1..].iter().all(|id| written.texts[id].contains("zebra")), "{}", chapter.name);
    }
}

#[test]
fn all_answers_in_a_cell_near_one_question_are_read_for_the_others_too() {
    for (chapter, cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        for near in [&ids[0], &ids[ids.len() - 1]] {
            for behind in [0, 1] {
                let mut cells = cells.clone();
                cells.insert(place_of(&cells, near) + behind, cell("markdown", ALL));
                let written = found(&cells, &chapter);
                let lacks = |id: &&String| !written.texts.get(*id).is_some_and(|text| text.contains("zebra"));
                assert_eq!(ids.iter().find(lacks), None, "{}: {near}, {behind}", chapter.name);
            }
        }
    }
}

#[test]
fn photos_of_all_answers_stand_at_one_question() {
    for (chapter, mut cells) in chapters(Variant::Student) {
        let mut photo = cell("markdown", "My answers: ![](attachment:photo.png)");
        photo["attachments"] = json!({"photo.png": {"image/png": "iVBORw0KGgo="}});
        cells.push(photo);
        let written = found(&cells, &chapter);
        assert_eq!(written.far.len(), questions(&chapter).len(), "{}", chapter.name);
        assert_eq!(written.pictures.values().map(Vec::len).sum::<usize>(), 1, "{}", chapter.name);
        let told = |(id, text): (&String, &String)| text.contains(ELSEWHERE) != written.pictures.contains_key(id);
        assert!(written.texts.iter().all(told), "{}", chapter.name);
    }
}

#[test]
fn a_comment_above_a_question_and_the_chapters_own_prose_is_read_for_it() {
    for (chapter, mut cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        let at = place_of(&cells, &ids[0]);
        let given =
            cells[..at].iter().rposition(|cell| cell["cell_type"] == "code" && cell["metadata"]["neurobook"].is_null());
        let Some(given) = given else { continue };
        append(&mut cells[given], "\n// It is because of zebra.");
        let written = found(&cells, &chapter);
        assert!(written.texts.get(&ids[0]).is_some_and(|text| text.contains("zebra")), "{}: {written:?}", chapter.name);
    }
}

#[test]
fn the_answer_above_the_first_question_is_no_other_question_s() {
    for (chapter, mut cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        let at = place_of(&cells, &ids[0]);
        cells.insert(at, cell("markdown", OWN));
        let written = found(&cells, &chapter);
        assert_eq!(written.texts.keys().collect::<Vec<_>>(), [&ids[0]], "{}", chapter.name);
        assert_eq!(written.unwritten.len(), ids.len() - 1, "{}", chapter.name);
    }
}

#[test]
fn code_above_the_chapter_is_no_answer() {
    for code in ["let mine = 1;", "fn mine() {} // of my own", "println!(\"{mine}\");", "println!(\"{}\", 1);"] {
        let written = of(|cells| cells.insert(0, cell("code", code)));
        assert!(written.texts.is_empty() && written.unwritten.contains("why"), "{code}: {written:?}");
    }
}
